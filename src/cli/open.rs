//! Opening an installation: its directory, its database, its master key.

use std::{
    fs,
    io::{self, Write},
    path::Path,
    sync::Arc,
};

use zeroize::Zeroizing;

use super::Stop;
use crate::{
    app::App,
    catalog::ops::search,
    config::{Config, MASTER_KEY_VARIABLE},
    credential::{custody::MasterKey, ops::installation},
    kernel::{
        clock::SystemClock,
        db::Db,
        rng::{self, SystemRng},
    },
};

/// The master key's file within the data directory.
pub(crate) const KEY_FILE: &str = "master.key";

/// Opens the database, brings it to the newest schema, and reads the master
/// key. What is missing is made, the key file with mode 0600.
pub(crate) async fn open(config: Config) -> Result<Arc<App>, Stop> {
    Ok(open_with_key(config).await?.0)
}

/// Opens an installation, and answers its master key besides.
pub(crate) async fn open_with_key(config: Config) -> Result<(Arc<App>, MasterKey), Stop> {
    make_directory(&config.data_dir)?;
    let db = Db::open(&config.database_url).await.map_err(Stop::usage)?;
    db.migrate().await.map_err(Stop::usage)?;
    let bound = installation::master_key_id(&db)
        .await
        .map_err(Stop::usage)?;
    let is_bound = bound.is_some();
    let key = master_key(&config, bound)?;
    let (clock, rng) = (Arc::new(SystemClock), Arc::new(SystemRng));
    let app = App::new(db, clock, rng, key.clone(), config);
    if !is_bound {
        let bound = installation::bind_master_key(&app.operator(), &key.id()).await;
        require_bound(&key, &bound.map_err(Stop::usage)?, "this start")?;
    }
    let indexed = search::catch_up(&app.operator())
        .await
        .map_err(Stop::usage)?;
    if indexed > 0 {
        tracing::info!(indexed, "made what the catalog held before searchable");
    }
    Ok((app, key))
}

/// Closes an installation, so that a SQLite database is one file again.
pub(crate) async fn close(app: Arc<App>) -> Result<(), Stop> {
    match Arc::try_unwrap(app) {
        Ok(app) => app.db.close().await.map_err(Stop::usage),
        // Someone still uses it: the process ends, and the database recovers by itself.
        Err(_) => Ok(()),
    }
}

fn make_directory(path: &Path) -> Result<(), Stop> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(path)
        .map_err(|e| Stop::usage(format!("data-dir {}: {e}", path.display())))
}

/// The master key, which must be the one that wrapped what is stored.
fn master_key(config: &Config, bound: Option<String>) -> Result<MasterKey, Stop> {
    let file = config.data_dir.join(KEY_FILE);
    let (key, source) = match &config.master_key {
        Some(text) => {
            let key = MasterKey::parse(text)
                .map_err(|e| Stop::usage(format!("{MASTER_KEY_VARIABLE}: {e}")))?;
            (key, MASTER_KEY_VARIABLE.to_owned())
        }
        None => (
            key_file(&file, bound.as_deref())?,
            file.display().to_string(),
        ),
    };
    if let Some(bound) = bound {
        require_bound(&key, &bound, &source)?;
    }
    Ok(key)
}

/// Refuses another master key than the one that the database is bound to.
fn require_bound(key: &MasterKey, bound: &str, source: &str) -> Result<(), Stop> {
    if key.id() == bound {
        return Ok(());
    }
    Err(Stop::usage(format!(
        "{source} has master key {}, and the database is encrypted under {bound}: give that key, in {KEY_FILE} of the data directory or in {MASTER_KEY_VARIABLE}",
        key.id()
    )))
}

/// The master key in a file, which is made where there is none.
pub(crate) fn key_file(path: &Path, bound: Option<&str>) -> Result<MasterKey, Stop> {
    let named = |e: &dyn std::fmt::Display| Stop::usage(format!("{}: {e}", path.display()));
    match fs::read_to_string(path).map(Zeroizing::new) {
        Ok(text) => MasterKey::parse(&text).map_err(|e| named(&e)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => match bound {
            // A new key here would hide that the old one is lost.
            Some(id) => Err(named(&format!(
                "this file is missing, and the database is encrypted under master key {id}: restore the file, or give the key in {MASTER_KEY_VARIABLE}"
            ))),
            None => make_key(path).map_err(|e| named(&e)),
        },
        Err(e) => Err(named(&e)),
    }
}

/// Makes a key file, whole or not at all: half of one would be in the way of the next start. Only
/// its owner can read it. Where another command made the file at the same moment, its key is the
/// answer: one of the two stands, and both go on with it.
fn make_key(path: &Path) -> io::Result<MasterKey> {
    let key = MasterKey::from_bytes(rng::bytes(&SystemRng));
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    writeln!(file, "{}", key.to_text().as_str())?;
    file.as_file().sync_all()?;
    let key = match file.persist_noclobber(path) {
        Ok(_) => key,
        Err(e) if e.error.kind() == io::ErrorKind::AlreadyExists => {
            let text = fs::read_to_string(path).map(Zeroizing::new)?;
            MasterKey::parse(&text).map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e))?
        }
        Err(e) => return Err(e.error),
    };
    // The name too: what is encrypted under the key must not outlive it.
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, sync::Barrier, thread};

    use super::*;

    const COMMANDS: usize = 8;

    #[test]
    fn commands_that_make_the_key_at_once_go_on_with_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(KEY_FILE);
        let together = Barrier::new(COMMANDS);
        let keys: BTreeSet<String> = thread::scope(|scope| {
            let started: Vec<_> = (0..COMMANDS)
                .map(|_| {
                    scope.spawn(|| {
                        together.wait();
                        make_key(&path).map(|key| key.id())
                    })
                })
                .collect();
            started
                .into_iter()
                .map(|command| command.join().unwrap().unwrap())
                .collect()
        });
        assert_eq!(keys.len(), 1, "{keys:?}");
        let Ok(stored) = key_file(&path, None) else {
            panic!("the file that stands is a key file");
        };
        assert_eq!(Some(&stored.id()), keys.first());
        let left = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(left, 1, "nothing but the key file is left");
    }
}
