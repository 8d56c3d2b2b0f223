//! `attestry keys`: at the machine, for any provider, what its administrators do over GraphQL; and
//! what only the machine can do: take in a key from elsewhere, and change the master key.

mod reissue;
mod rewrap;
mod show;

use std::{
    fs::File,
    io::{self, Read},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};

use clap::{Args, Subcommand};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{
    Stop,
    open::{close, open},
    say,
};
use crate::{
    app::{App, Op},
    config::{Config, ServeArgs},
    credential::{
        custody::{Seed, secret},
        did::parse_multikey,
        ops::{
            installation,
            keys::{add, compromise, read, rotate},
        },
    },
    identity::ops::providers,
    kernel::errors::Error,
};

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
        provider: Provider,
        /// The file that holds the private key, or - for standard input
        #[arg(value_name = "FILE|-")]
        file: PathBuf,
    },
    /// Let another key sign from now on; what the one before signed stays valid
    Rotate {
        #[command(flatten)]
        provider: Provider,
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
    #[arg(long, value_name = "SLUG")]
    provider: String,
}

#[derive(Debug, Clone, Args)]
struct OneKey {
    #[command(flatten)]
    provider: Provider,
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
    let text = match args.command {
        Command::Rewrap {
            new_master_key_file,
        } => rewrap::run(config, &new_master_key_file).await?,
        // Read first: it may be missing, and nothing else need be touched then.
        Command::Import { provider, file } => {
            let seed = read_secret(&file)?;
            let desk = Desk::open(config, &provider).await?;
            let key = add::import_key(&desk.op(), Some(desk.provider), &seed).await;
            let text = show::added("Imported", &key.map_err(stop)?, &desk.slug)?;
            desk.close().await?;
            text
        }
        Command::List(provider) => {
            let desk = Desk::open(config, &provider).await?;
            let keys = read::all_keys(&desk.op(), desk.provider).await;
            let text = show::table(&keys.map_err(stop)?)?;
            desk.close().await?;
            text
        }
        Command::Generate(provider) => {
            let desk = Desk::open(config, &provider).await?;
            let key = add::generate_key(&desk.op(), Some(desk.provider)).await;
            let text = show::added("Generated", &key.map_err(stop)?, &desk.slug)?;
            desk.close().await?;
            text
        }
        Command::Rotate { provider, to } => {
            let desk = Desk::open(config, &provider).await?;
            let to = match to {
                Some(text) => Some(desk.key(&text).await?),
                None => None,
            };
            let key = rotate::rotate_key(&desk.op(), Some(desk.provider), to).await;
            let text = show::rotated(&key.map_err(stop)?)?;
            desk.close().await?;
            text
        }
        Command::Retire(key) => {
            let desk = Desk::open(config, &key.provider).await?;
            let id = desk.key(&key.key).await?;
            let retired = rotate::retire_key(&desk.op(), Some(desk.provider), id).await;
            let text = show::retired(&retired.map_err(stop)?)?;
            desk.close().await?;
            text
        }
        Command::Compromise { key, reason } => {
            let desk = Desk::open(config, &key.provider).await?;
            let id = desk.key(&key.key).await?;
            let op = desk.op();
            let done = compromise::mark_compromised(&op, Some(desk.provider), id, &reason).await;
            let text = show::compromised(&done.map_err(stop)?, &desk.slug)?;
            drop(op);
            desk.close().await?;
            text
        }
        Command::Reissue(key) => {
            let desk = Desk::open(config, &key.provider).await?;
            let id = desk.key(&key.key).await?;
            let text = reissue::run(&desk, id).await?;
            desk.close().await?;
            text
        }
    };
    say(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// An open installation, at the keys of one provider.
struct Desk {
    app: Arc<App>,
    slug: String,
    provider: Uuid,
}

impl Desk {
    async fn open(config: Config, provider: &Provider) -> Result<Self, Stop> {
        let given = config.public_url_given;
        let mut app = open(config).await?;
        if given {
            installation::check_public_url(&app).await.map_err(stop)?;
        } else {
            // What records name decides how their issuer is called.
            let bound = installation::public_url(&app).await.map_err(stop)?;
            let own = Arc::get_mut(&mut app);
            own.ok_or_else(|| Stop::usage("the installation is in use by this process already"))?
                .config
                .public_url = bound;
        }
        let slug = provider.provider.clone();
        let found = providers::provider_by_slug(&app.operator(), &slug).await;
        let Some(found) = found.map_err(stop)? else {
            return Err(Stop::refused(format!(
                "there is no provider {slug:?} in {}: give the slug that its issuer documents have, and the right --data-dir or --database-url",
                app.config.data_dir.display()
            )));
        };
        Ok(Self {
            provider: found.id,
            app,
            slug,
        })
    }

    fn op(&self) -> Op {
        self.app.operator()
    }

    /// The provider's key with this public text.
    async fn key(&self, text: &str) -> Result<Uuid, Stop> {
        let keys = read::all_keys(&self.op(), self.provider).await;
        for key in keys.map_err(stop)? {
            if read::public_text(&key).map_err(stop)? == text {
                return Ok(key.id);
            }
        }
        Err(Stop::refused(format!(
            "{} has no key {text}: attestry keys list --provider {} shows those it has",
            self.slug, self.slug
        )))
    }

    async fn close(self) -> Result<(), Stop> {
        close(self.app).await
    }
}

/// How an operation's error ends the command.
fn stop(error: Error) -> Stop {
    match error {
        Error::Internal(_) => Stop::usage(error),
        Error::Invalid(problems) => {
            let told: Vec<_> = problems.into_iter().map(|p| p.message).collect();
            Stop::refused(told.join("; "))
        }
        other => Stop::refused(other),
    }
}

/// Reads a private key from a file, or standard input for `-`.
fn read_secret(file: &std::path::Path) -> Result<Seed, Stop> {
    let is_stdin = file == std::path::Path::new("-");
    let name = if is_stdin {
        "standard input".to_owned()
    } else {
        file.display().to_string()
    };
    let unreadable = |e: io::Error| Stop::usage(format!("{name}: {e}"));
    // Large enough from the start, so that no part of it is left behind when it grows.
    let mut text = Zeroizing::new(String::with_capacity(secret::MAX_TEXT + 2));
    let most = secret::MAX_TEXT as u64 + 1;
    let read = if is_stdin {
        io::stdin().lock().take(most).read_to_string(&mut text)
    } else {
        let file = File::open(file).map_err(unreadable)?;
        file.take(most).read_to_string(&mut text)
    };
    read.map_err(unreadable)?;
    secret::parse(&text).map_err(|e| Stop::refused(format!("{name}: {e}")))
}
