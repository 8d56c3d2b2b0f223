//! The shape of the project's files: sources stay short, README names its commands.

use std::fs;
use std::path::Path;

/// The most lines a Rust file may have. About 150 is the aim.
const MOST_LINES: usize = 400;

/// The folders that hold the project's own Rust files, from the repository root.
const FOLDERS: &[&str] = &["src", "entity/src", "migration/src", "tests", "benches"];

/// The commands that README.md must name, each on a line of its own in a code block.
const COMMANDS: &[&str] = &[
    "cargo run --release -- demo --once",
    "cargo test --workspace",
];

/// The repository root.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every `.rs` file under `folders` (relative to the root; one that is absent counts
/// as empty), as (path from the root with `/`, text), in order of path.
pub(crate) fn rust_sources(folders: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in folders {
        let folder = root().join(folder);
        if folder.is_dir() {
            collect(&folder, &mut found);
        }
    }
    found.sort();
    found
}

fn collect(folder: &Path, found: &mut Vec<(String, String)>) {
    let at = |what: &dyn std::fmt::Display| format!("reading {}: {what}", folder.display());
    for entry in fs::read_dir(folder).unwrap_or_else(|e| panic!("{}", at(&e))) {
        let path = entry.unwrap_or_else(|e| panic!("{}", at(&e))).path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            let text = fs::read_to_string(&path)
                .unwrap_or_else(|e| panic!("reading {}: {e}", path.display()));
            let name = path.strip_prefix(root()).unwrap_or(&path);
            found.push((name.to_string_lossy().replace('\\', "/"), text));
        }
    }
}

/// The files with more than `MOST_LINES` lines, each with its count.
fn too_long(sources: &[(String, String)]) -> Vec<(&str, usize)> {
    sources
        .iter()
        .map(|(name, text)| (name.as_str(), text.lines().count()))
        .filter(|(_, lines)| *lines > MOST_LINES)
        .collect()
}

/// The commands that stand on no line of a fenced code block of `readme`.
/// A leading `$ ` and a trailing ` # comment` are not part of a command.
fn commands_missing_in(readme: &str) -> Vec<&'static str> {
    let mut inside = false;
    let mut lines = Vec::new();
    for line in readme.lines() {
        if line.starts_with("```") {
            inside = !inside;
        } else if inside {
            let line = line.strip_prefix("$ ").unwrap_or(line);
            lines.push(line.split(" #").next().unwrap_or(line).trim_end());
        }
    }
    let is_missing = |command: &&str| !lines.contains(command);
    COMMANDS.iter().copied().filter(is_missing).collect()
}

#[test]
fn no_rust_file_is_too_long() {
    let sources = rust_sources(FOLDERS);
    assert!(
        sources.iter().any(|(name, _)| name == "src/lib.rs"),
        "src/lib.rs was not found under {}: this test looks in the wrong place",
        root().display()
    );
    let long = too_long(&sources);
    assert!(
        long.is_empty(),
        "over {MOST_LINES} lines, split by purpose: {long:?}"
    );
}

#[test]
fn readme_names_the_commands() {
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md is readable");
    let missing = commands_missing_in(&readme);
    assert!(
        missing.is_empty(),
        "README.md lacks in its code blocks: {missing:?}"
    );
}

#[test]
fn the_checks_can_fail() {
    let sources = [
        ("short.rs".to_owned(), "\n".repeat(MOST_LINES)),
        ("long.rs".to_owned(), "\n".repeat(MOST_LINES + 1)),
    ];
    assert_eq!(too_long(&sources), [("long.rs", MOST_LINES + 1)]);
    assert_eq!(commands_missing_in("cargo test --workspace"), COMMANDS);
    let readme = "```sh\n$ cargo test --workspace   # all of it\n```\n";
    assert_eq!(commands_missing_in(readme), [COMMANDS[0]]);
}
