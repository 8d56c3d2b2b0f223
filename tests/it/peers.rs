//! Other implementations, run as the house's examiners.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::{files::root, support::skipped};

/// Where the peers' packages are installed: `node` holds a copy of `tests/it/peers` after
/// `npm ci`, and `python` a virtual environment with its `requirements.txt`.
const FOLDER: &str = "ATTESTRY_PEERS_DIR";

/// The folder of the installed peers. Without one the caller's test is skipped, aloud;
/// where `CI=true`, that fails.
pub(crate) fn folder(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(FOLDER).map(PathBuf::from);
    if folder.is_none() {
        let remedy = format!("Set {FOLDER} to a folder with the packages of tests/it/peers.");
        skipped(test, &remedy);
    }
    folder
}

/// The same, for scripts that read contexts among the shared data.
pub(crate) fn folder_with_contexts(test: &str) -> Option<PathBuf> {
    const SHARED: &str = "ATTESTRY_SHARED_DIR";
    let folder = folder(test)?;
    if std::env::var_os(SHARED).is_none() {
        skipped(
            test,
            &format!("Set {SHARED} to the folder of the shared data."),
        );
        return None;
    }
    Some(folder)
}

/// Runs a script of the peers with Node. Whether it ended well, and what it printed.
pub(crate) fn node(folder: &Path, script: &str, arguments: &[&str]) -> (bool, String) {
    let place = workplace(folder);
    run(Command::new("node")
        .arg(place.path().join(script))
        .args(arguments))
}

/// Runs a script of the peers with Python. Whether it ended well, and what it printed.
pub(crate) fn python(folder: &Path, script: &str, arguments: &[&str]) -> (bool, String) {
    run(Command::new(interpreter(folder))
        .arg(scripts().join(script))
        .args(arguments))
}

/// What is wrong with a document by a JSON Schema.
pub(crate) fn schema_errors(folder: &Path, document: &Value, schema: &Value) -> Option<String> {
    let place = tempfile::tempdir().expect("there is room");
    let document = write(&place, "document", &document.to_string());
    let schema = write(&place, "schema", &schema.to_string());
    let (valid, printed) = python(folder, "validate_schema.py", &[&document, &schema]);
    (!valid).then_some(printed)
}

/// Of each document, whether it is valid by a JSON Schema.
pub(crate) fn schema_verdicts(folder: &Path, documents: &[Value], schema: &Value) -> Vec<bool> {
    let place = tempfile::tempdir().expect("there is room");
    let lines: Vec<String> = documents.iter().map(Value::to_string).collect();
    let documents = write(&place, "documents", &lines.join("\n"));
    let schema = write(&place, "schema", &schema.to_string());
    let (ended, printed) = python(folder, "validate_many.py", &[&schema, &documents]);
    assert!(ended, "{printed}");
    let verdicts: Vec<bool> = printed.lines().map(|line| line == "true").collect();
    assert_eq!(verdicts.len(), lines.len(), "{printed}");
    verdicts
}

fn write(place: &TempDir, name: &str, text: &str) -> String {
    let path = place.path().join(name);
    fs::write(&path, text).expect("there is room");
    path.to_str().expect("a path is text").to_owned()
}

/// Puts requests to a script of the peers, which answers each line with a line.
pub(crate) fn ask(folder: &Path, script: &str, requests: &[Value]) -> Vec<Value> {
    let place = workplace(folder);
    let lines: String = requests.iter().map(|r| format!("{r}\n")).collect();
    let input = place.path().join("requests");
    fs::write(&input, lines).expect("there is room");
    let program = match Path::new(script).extension() {
        Some(kind) if kind == "py" => interpreter(folder),
        _ => PathBuf::from("node"),
    };
    let output = Command::new(program)
        .arg(place.path().join(script))
        .stdin(File::open(&input).expect("it was just written"))
        .output()
        .unwrap_or_else(|e| panic!("{script} cannot be run: {e}"));
    let answers: Vec<Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{script}: {e}: {line}")))
        .collect();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert_eq!(answers.len(), requests.len(), "{script}: {complaint}");
    answers
}

/// Starts a script of the peers with Node. The folder must last as long as the child runs.
pub(crate) fn start(folder: &Path, script: &str) -> (TempDir, Child) {
    let place = workplace(folder);
    let child = Command::new("node")
        .arg(place.path().join(script))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|e| panic!("{script} cannot be run: {e}"));
    (place, child)
}

/// A folder with copies of the scripts and a link to Node's packages: Node looks for packages
/// beside the script, so the scripts go beside the packages.
fn workplace(folder: &Path) -> TempDir {
    let place = tempfile::tempdir().expect("there is room");
    let packages = folder.join("node").join("node_modules");
    let beside = place.path().join("node_modules");
    std::os::unix::fs::symlink(packages, beside).expect("there is room");
    for entry in fs::read_dir(scripts()).expect("the scripts are there") {
        let script = entry.expect("the folder can be read").path();
        if script.extension().is_some_and(|e| e == "mjs" || e == "py") {
            let name = script.file_name().expect("it has an extension");
            fs::copy(&script, place.path().join(name)).expect("there is room");
        }
    }
    place
}

fn interpreter(folder: &Path) -> PathBuf {
    folder.join("python").join("bin").join("python")
}

fn scripts() -> PathBuf {
    root().join("tests/it/peers")
}

fn run(command: &mut Command) -> (bool, String) {
    let output = command
        .output()
        .unwrap_or_else(|e| panic!("{command:?} cannot be run: {e}"));
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8_lossy(&printed).into_owned();
    (output.status.success(), printed)
}
