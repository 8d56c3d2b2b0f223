//! Looking for traces of a text: as it is, and as it looks inside what is encoded.

use std::{fs, path::Path};

use attestry::kernel::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

/// A text, in every form in which it could be written.
pub(crate) struct Trace {
    text: String,
    forms: Vec<Vec<u8>>,
}

impl Trace {
    /// Of a text of at least a dozen ASCII characters, which nothing else contains.
    pub(crate) fn of(text: &str) -> Self {
        assert!(text.len() >= 12 && text.is_ascii(), "{text}");
        let mut forms = vec![
            text.as_bytes().to_vec(),
            text.to_lowercase().into_bytes(),
            text.to_uppercase().into_bytes(),
            text.chars().rev().collect::<String>().into_bytes(),
            digest::hex(text.as_bytes()).into_bytes(),
            digest::hex(text.as_bytes()).to_uppercase().into_bytes(),
            text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        ];
        // In base64 it looks one of three ways, by where it begins; the characters at its ends
        // depend on its neighbours.
        for shift in 0..3 {
            let padded = [&b"\0\0"[..shift], text.as_bytes()].concat();
            let encoded = URL_SAFE_NO_PAD.encode(&padded).into_bytes();
            let whole = text.len() / 3 * 4 - 4;
            let start = if shift == 0 { 0 } else { 4 };
            forms.push(encoded[start..start + whole].to_vec());
        }
        Self {
            text: text.to_owned(),
            forms,
        }
    }

    /// Whether it is in there.
    pub(crate) fn is_in(&self, bytes: &[u8]) -> bool {
        self.forms.iter().any(|form| holds(bytes, form))
    }
}

fn holds(bytes: &[u8], form: &[u8]) -> bool {
    let mut from = 0;
    // Looking for the first byte alone is what makes it quick.
    while let Some(at) = bytes[from..].iter().position(|b| *b == form[0]) {
        if bytes[from + at..].starts_with(form) {
            return true;
        }
        from += at + 1;
    }
    false
}

/// Which of these texts are in there.
pub(crate) fn found<'t>(traces: &'t [Trace], bytes: &[u8]) -> Vec<&'t str> {
    let found = traces.iter().filter(|trace| trace.is_in(bytes));
    found.map(|trace| trace.text.as_str()).collect()
}

/// Every file below a folder, with its path.
pub(crate) fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("it is a folder") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            let bytes = fs::read(&path).expect("it can be read");
            all.push((path.display().to_string(), bytes));
        }
    }
    all
}

/// Every row of every table as one text: what a dump of the database holds.
pub(crate) async fn rows(db: &DatabaseConnection) -> Vec<u8> {
    let backend = db.get_database_backend();
    let ask = async |sql: String| {
        let rows = db.query_all_raw(Statement::from_string(backend, sql)).await;
        let rows = rows.expect("it answers").into_iter();
        rows.map(|row| row.try_get::<String>("", "text").expect("it is text"))
            .collect::<Vec<_>>()
    };
    let tables = match backend {
        DbBackend::Postgres => {
            "SELECT tablename::text AS text FROM pg_tables WHERE schemaname = 'public'"
        }
        _ => "SELECT name AS text FROM sqlite_schema WHERE type = 'table'",
    };
    let mut dump = Vec::new();
    for table in ask(tables.to_owned()).await {
        let sql = if backend == DbBackend::Postgres {
            format!("SELECT row_to_json(t)::text AS text FROM \"{table}\" t")
        } else {
            let columns = format!("SELECT name AS text FROM pragma_table_info('{table}')");
            let columns = ask(columns).await;
            let told = columns
                .iter()
                .map(|c| format!("COALESCE(CAST(\"{c}\" AS TEXT), '')"));
            let told: Vec<_> = told.collect();
            format!(
                "SELECT hex({}) AS text FROM \"{table}\"",
                told.join(" || ' ' || ")
            )
        };
        for row in ask(sql).await {
            match backend {
                DbBackend::Postgres => dump.extend(row.into_bytes()),
                _ => dump.extend(unhex(&row)),
            }
            dump.push(b'\n');
        }
    }
    dump
}

fn unhex(digits: &str) -> Vec<u8> {
    let value = |digit: u8| char::from(digit).to_digit(16).expect("it is hexadecimal");
    let pairs = digits.as_bytes().chunks(2);
    let byte = |pair: &[u8]| u8::try_from(value(pair[0]) * 16 + value(pair[1]));
    pairs
        .map(|pair| byte(pair).expect("it is a byte"))
        .collect()
}

#[test]
fn what_is_encoded_is_seen() {
    let trace = Trace::of("Zephyrine-Quill");
    for before in ["", "a", "ab", "abc"] {
        let text = format!("{before}Zephyrine-Quill, and more");
        assert!(
            trace.is_in(URL_SAFE_NO_PAD.encode(&text).as_bytes()),
            "{before}"
        );
        assert!(
            trace.is_in(digest::hex(text.as_bytes()).as_bytes()),
            "{before}"
        );
        assert!(trace.is_in(text.to_uppercase().as_bytes()), "{before}");
    }
    let other = "Zephyrine Quill, and more";
    assert!(!trace.is_in(URL_SAFE_NO_PAD.encode(other).as_bytes()));
    assert!(!trace.is_in(other.as_bytes()));
}
