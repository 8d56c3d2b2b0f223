//! `attestry backup`.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;

use super::{Stop, open::KEY_FILE, say};
use crate::{
    config::Config,
    kernel::{
        db::{Db, sqlite_file},
        urls::redact,
    },
};

/// Where to write the copy.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
The database may be in use meanwhile. Evidence files are copied to a folder beside FILE, named after
it: FILE.evidence. The master key is never in a backup: keep a copy of it apart, because without it
no record can be signed from what is restored.

To restore: stop the service, put FILE in the place of attestry.db and the folder in the place of
evidence, both in the data directory, and remove attestry.db-wal and attestry.db-shm there.

Exit codes: 0 done, 2 a file stands in the way, or cannot be read or written.")]
pub(crate) struct BackupArgs {
    /// The new file, which must not exist yet
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Copies the database and the evidence files; both are whole, or there is neither.
pub(crate) async fn run(config: Config, args: &BackupArgs) -> Result<ExitCode, Stop> {
    let to = &args.file;
    let Some(from) = sqlite_file(&config.database_url) else {
        return Err(Stop::usage(elsewhere(&config, to)));
    };
    if !from.is_file() {
        return Err(named(
            &from,
            "there is no database here: give the right --data-dir or --database-url",
        ));
    }
    let evidence = beside(to, ".evidence");
    for path in [to, &evidence] {
        if fs::symlink_metadata(path).is_ok() {
            return Err(named(
                path,
                "this is there already, and is not written over: give another name",
            ));
        }
    }
    let partial = Partial::create(to)?;
    let db = Db::open(&config.database_url).await.map_err(Stop::usage)?;
    let copied = db.copy_to(&partial.database()).await;
    db.close().await.map_err(Stop::usage)?;
    copied.map_err(|e| named(to, e))?;
    // Files only ever come before the rows that name them: none is missing from this copy.
    let files = copy_folder(&config.evidence_dir(), &partial.evidence())
        .map_err(|e| named(&evidence, e))?;
    partial.settle(to, &evidence).map_err(|e| named(to, e))?;
    let told = match files {
        0 => format!("Backed up {} to {}.\n", from.display(), to.display()),
        n => format!(
            "Backed up {} to {}, and {n} evidence files to {}.\n",
            from.display(),
            to.display(),
            evidence.display()
        ),
    };
    say(&format!(
        "{told}The master key is not in it: keep a copy of {KEY_FILE} apart.\n"
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn named(path: &Path, why: impl std::fmt::Display) -> Stop {
    Stop::usage(format!("{}: {why}", path.display()))
}

/// What to do where the database is no SQLite file.
fn elsewhere(config: &Config, to: &Path) -> String {
    let url = redact(&config.database_url);
    if config.database_url.starts_with("sqlite:") {
        return format!(
            "{url} is in memory, and gone with its process: there is nothing to back up"
        );
    }
    format!(
        "{url} is backed up with PostgreSQL's own tool, while it is in use:\n  PGOPTIONS='-c attestry.tenant=system' pg_dump --enable-row-security --format=custom --file={} '{url}'\nand the evidence files by copying {}",
        to.display(),
        config.evidence_dir().display()
    )
}

/// A path with something added to its last name.
fn beside(path: &Path, added: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(added);
    PathBuf::from(name)
}

/// A folder that only its owner can enter, where the copy grows until it is whole.
struct Partial(tempfile::TempDir);

impl Partial {
    fn create(to: &Path) -> Result<Self, Stop> {
        let folder = folder_of(to);
        let made = tempfile::Builder::new()
            .prefix(".attestry-backup-")
            .tempdir_in(folder);
        Ok(Self(made.map_err(|e| named(folder, e))?))
    }

    fn database(&self) -> PathBuf {
        self.0.path().join("database")
    }

    fn evidence(&self) -> PathBuf {
        self.0.path().join("evidence")
    }

    /// Puts the copy in its place: the database last, so that one that is there is whole.
    fn settle(&self, to: &Path, evidence: &Path) -> io::Result<()> {
        let database = self.database();
        #[cfg(unix)]
        fs::set_permissions(
            &database,
            std::os::unix::fs::PermissionsExt::from_mode(0o600),
        )?;
        fs::File::open(&database)?.sync_all()?;
        if self.evidence().is_dir() {
            fs::rename(self.evidence(), evidence)?;
        }
        // Unlike a rename, a link never takes the place of another file.
        fs::hard_link(&database, to)?;
        #[cfg(unix)]
        fs::File::open(folder_of(to))?.sync_all()?;
        Ok(())
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// Copies the files of a folder and of the folders in it; tells how many. Where there is no such
/// folder there is nothing to copy. One that is gone meanwhile was erased, and is left out.
fn copy_folder(from: &Path, to: &Path) -> io::Result<u64> {
    let entries = match fs::read_dir(from) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(0),
        other => other?,
    };
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(to)?;
    let mut count = 0;
    for entry in entries {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            count += copy_folder(&entry.path(), &target)?;
            continue;
        }
        match fs::copy(entry.path(), &target) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => continue,
            other => other?,
        };
        fs::File::open(&target)?.sync_all()?;
        count += 1;
    }
    Ok(count)
}
