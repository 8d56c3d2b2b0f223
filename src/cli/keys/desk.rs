//! Where the commands on what is a provider's are done, and how they end.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
    sync::Arc,
};

use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{
    app::{App, Op},
    cli::{
        Stop,
        open::{close, open},
    },
    config::Config,
    credential::{
        custody::{Seed, secret},
        ops::{installation, keys::read},
    },
    identity::ops::providers,
    kernel::errors::Error,
};

/// An open installation, at the desk of one provider.
pub(in crate::cli) struct Desk {
    app: Arc<App>,
    /// The provider's name in URLs.
    pub(in crate::cli) slug: String,
    /// The provider.
    pub(in crate::cli) provider: Uuid,
}

impl Desk {
    /// Opens it, under the address that its records name.
    pub(in crate::cli) async fn open(config: Config, slug: &str) -> Result<Self, Stop> {
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
        let found = providers::provider_by_slug(&app.operator(), slug).await;
        let Some(found) = found.map_err(stop)? else {
            return Err(Stop::refused(format!(
                "there is no provider {slug:?} in {}: give the slug that its issuer documents have, and the right --data-dir or --database-url",
                app.config.data_dir.display()
            )));
        };
        Ok(Self {
            provider: found.id,
            app,
            slug: slug.to_owned(),
        })
    }

    /// The directory of the installation's files.
    pub(in crate::cli) fn data_dir(&self) -> &Path {
        &self.app.config.data_dir
    }

    /// An operation of the person at the machine, now.
    pub(in crate::cli) fn op(&self) -> Op {
        self.app.operator()
    }

    /// The provider's key with this public text.
    pub(super) async fn key(&self, text: &str) -> Result<Uuid, Stop> {
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

    /// Closes it.
    pub(in crate::cli) async fn close(self) -> Result<(), Stop> {
        close(self.app).await
    }
}

/// How an operation's error ends the command.
pub(in crate::cli) fn stop(error: Error) -> Stop {
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
pub(super) fn read_secret(file: &Path) -> Result<Seed, Stop> {
    let is_stdin = file == Path::new("-");
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
