//! `attestry keys`: at the machine, for any provider, what its administrators do over GraphQL; and
//! what only the machine can do: take in a key from elsewhere, and change the master key.

pub(super) mod desk;
mod reissue;
mod rewrap;
mod show;

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand};

use super::{Stop, say};
use crate::{
    config::{Config, ServeArgs},
    credential::{
        did::parse_multikey,
        ops::keys::{add, compromise, read, rotate},
    },
};
use desk::{Desk, read_secret, stop};

/// What to do to which keys.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  attestry keys list --provider riverside
  attestry keys generate --provider riverside     # published, and standing by
  attestry keys rotate --provider riverside       # it signs from now on
  attestry keys import --provider riverside key.pem
  attestry keys compromise --provider riverside z6Mk… --reason 'laptop stolen'
  attestry keys reissue --provider riverside z6Mk…
  attestry keys rewrap --new-master-key-file new-master.key

KEY is a key's public text (z6Mk…), as `attestry keys list` and did.json show it. Secrets are read
from files or standard input only, and never shown. Exit codes: 0 done, 1 refused, 2 usage.")]
pub(crate) struct KeysArgs {
    #[command(subcommand)]
    command: Command,
    /// Address under which others reach the service, before the first issuance has settled it
    #[arg(long, global = true, env = "ATTESTRY_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
}

#[derive(Debug, Clone, Subcommand)]
enum Command {
    /// Show every key that a provider ever had
    List(Provider),
    /// Make a further key: published at once, signing from the next rotation on
    Generate(Provider),
    /// Take in an Ed25519 private key made elsewhere: 64 hex digits, z3u2…, a JWK, or PKCS#8 in PEM
    Import {
        #[command(flatten)]
        of: Provider,
        /// The file that holds the private key, or - for standard input
        #[arg(value_name = "FILE|-")]
        file: PathBuf,
    },
    /// Let another key sign from now on; what the one before signed stays valid
    Rotate {
        #[command(flatten)]
        of: Provider,
        /// The key that stands by [default: the oldest that does, or a new one]
        #[arg(long, value_name = "KEY", value_parser = key_text)]
        to: Option<String>,
    },
    /// Put away a key that stands by
    Retire(OneKey),
    /// Mark a key as being in other hands: everything it signed fails from now on, for good
    Compromise {
        #[command(flatten)]
        key: OneKey,
        /// Why; it is recorded, and not published
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Sign the records of a compromised key anew; interrupted, it goes on where it was
    Reissue(OneKey),
    /// Encrypt all that is stored under another master key, at once or not at all
    Rewrap {
        /// The file with the new master key, which is made where there is none
        #[arg(long, value_name = "FILE")]
        new_master_key_file: PathBuf,
    },
}

#[derive(Debug, Clone, Args)]
struct Provider {
    /// The provider's name in URLs, such as riverside
    #[arg(long = "provider", value_name = "SLUG")]
    slug: String,
}

#[derive(Debug, Clone, Args)]
struct OneKey {
    #[command(flatten)]
    of: Provider,
    /// The key's public text, z6Mk…
    #[arg(value_name = "KEY", value_parser = key_text)]
    key: String,
}

/// Reads a public key's text.
fn key_text(text: &str) -> Result<String, String> {
    match parse_multikey(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err(
            "this is no public key in Multikey form: give the z6Mk… that attestry keys list shows"
                .to_owned(),
        ),
    }
}

impl KeysArgs {
    /// The settings of a server that this command needs.
    pub(crate) fn serve(&self) -> ServeArgs {
        ServeArgs {
            public_url: self.public_url.clone(),
            ..ServeArgs::default()
        }
    }
}

/// Does it, and tells what was done.
pub(crate) async fn run(config: Config, args: KeysArgs) -> Result<ExitCode, Stop> {
    let of = match &args.command {
        Command::Rewrap {
            new_master_key_file,
        } => {
            say(&rewrap::run(config, new_master_key_file).await?)?;
            return Ok(ExitCode::SUCCESS);
        }
        Command::List(of) | Command::Generate(of) => of,
        Command::Import { of, .. } | Command::Rotate { of, .. } => of,
        Command::Retire(key) | Command::Compromise { key, .. } | Command::Reissue(key) => &key.of,
    };
    let desk = Desk::open(config, &of.slug).await?;
    let text = act(&desk, &args.command).await?;
    desk.close().await?;
    say(&text)?;
    Ok(ExitCode::SUCCESS)
}

async fn act(desk: &Desk, command: &Command) -> Result<String, Stop> {
    let (op, of) = (desk.op(), Some(desk.provider));
    match command {
        Command::List(_) => {
            let keys = read::all_keys(&op, desk.provider).await;
            show::table(&keys.map_err(stop)?)
        }
        Command::Generate(_) => {
            let key = add::generate_key(&op, of).await;
            show::added("Generated", &key.map_err(stop)?, &desk.slug)
        }
        Command::Import { file, .. } => {
            let key = add::import_key(&op, of, &read_secret(file)?).await;
            show::added("Imported", &key.map_err(stop)?, &desk.slug)
        }
        Command::Rotate { to, .. } => {
            let to = match to {
                Some(text) => Some(desk.key(text).await?),
                None => None,
            };
            let key = rotate::rotate_key(&op, of, to).await;
            show::rotated(&key.map_err(stop)?)
        }
        Command::Retire(one) => {
            let key = rotate::retire_key(&op, of, desk.key(&one.key).await?).await;
            show::retired(&key.map_err(stop)?)
        }
        Command::Compromise { key, reason } => {
            let id = desk.key(&key.key).await?;
            let done = compromise::mark_compromised(&op, of, id, reason).await;
            show::compromised(&done.map_err(stop)?, &desk.slug)
        }
        Command::Reissue(one) => reissue::run(desk, desk.key(&one.key).await?).await,
        Command::Rewrap { .. } => Err(Stop::usage("rewrap is for all providers at once")),
    }
}
