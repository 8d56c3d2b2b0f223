//! The crosswalk from instructional programs (CIP) to occupations (SOC), a CSV file.

use std::collections::{BTreeMap, HashSet};

use super::{problem::Problems, read::Group};
use crate::kernel::text::{excerpt, has_form};

/// The crosswalk, by SOC code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CipRows {
    /// Which editions it joins, such as `CIP 2020 to SOC 2018`.
    pub release: String,
    /// The names of the columns that are kept.
    pub columns: Vec<String>,
    /// The programs of each SOC code, in the file's order.
    pub groups: Vec<Group>,
}

/// The names of a crosswalk's columns, and the editions that they tell.
fn editions(names: &[&str]) -> Option<(String, String)> {
    let year = |name: &str, before: &str, after: &str| {
        let year = name.strip_prefix(before)?.strip_suffix(after)?;
        (year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())).then(|| year.to_owned())
    };
    let [code, title, soc, soc_title] = names else {
        return None;
    };
    let (cip_year, soc_year) = (year(code, "CIP", "Code")?, year(soc, "SOC", "Code")?);
    let fits =
        year(title, "CIP", "Title")? == cip_year && year(soc_title, "SOC", "Title")? == soc_year;
    fits.then_some((cip_year, soc_year))
}

/// Whether a file's first line is that of a crosswalk.
#[must_use]
pub fn is_crosswalk(first_line: &str) -> bool {
    let line = first_line.trim_start_matches('\u{feff}').trim_end();
    editions(&line.split(',').collect::<Vec<_>>()).is_some()
}

/// The line of a record, from 1. The reader counts the line feed of a CRLF with the record after it.
fn line_at(bytes: &[u8], position: &csv::Position) -> u64 {
    let at = usize::try_from(position.byte()).ok();
    let feed = at.and_then(|at| bytes.get(at)) == Some(&b'\n');
    position.line() + u64::from(feed)
}

/// Reads a crosswalk whole. `file` is what problems call it.
pub fn read_crosswalk(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<CipRows> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes);
    let mut by_code: BTreeMap<String, Group> = BTreeMap::new();
    let mut seen = HashSet::new();
    let mut release = None;
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(e) => {
                let line = e.position().map_or(0, |at| line_at(bytes, at));
                problems.add(
                    file,
                    line,
                    None,
                    "the line is not UTF-8: fetch the file again",
                );
                return None;
            }
        };
        let line = row.position().map_or(0, |at| line_at(bytes, at));
        let cells: Vec<&str> = row.iter().collect();
        if release.is_none() {
            let Some((cip, soc)) = editions(&cells) else {
                let message = "the header is not that of the CIP to SOC crosswalk, and no other CSV file is read: fetch it again, or leave the file out";
                problems.add(file, line, None, message);
                return None;
            };
            release = Some(format!("CIP {cip} to SOC {soc}"));
            continue;
        }
        let [code, title, soc, _] = cells.as_slice() else {
            let message = format!(
                "the row has {} cells, and the header 4: fetch the file again",
                cells.len()
            );
            problems.add(file, line, None, message);
            continue;
        };
        let before = problems.kept().len();
        if !has_form(code, "dd.dddd") {
            let told = excerpt(code, 40);
            let message = format!("{told:?} is not a CIP code; write it as in 51.2306");
            problems.add(file, line, Some("CIP Code"), message);
        }
        if !has_form(soc, "dd-dddd") {
            let told = excerpt(soc, 40);
            let message = format!("{told:?} is not a SOC code; write it as in 29-1122");
            problems.add(file, line, Some("SOC Code"), message);
        }
        if title.trim().is_empty() || title.chars().any(char::is_control) {
            let message = "the title is blank or holds a control character: mend it";
            problems.add(file, line, Some("CIP Title"), message);
        }
        if !seen.insert(format!("{code} {soc}")) {
            let message = "these two codes are joined already: take one of the rows out";
            problems.add(file, line, Some("CIP Code"), message);
        }
        if problems.kept().len() == before {
            let group = by_code.entry((*soc).to_owned()).or_insert_with(|| Group {
                subject: (*soc).to_owned(),
                rows: 0,
                content: String::new(),
            });
            group.rows += 1;
            group.content.push_str(&format!("{code}\t{title}\n"));
        }
    }
    if by_code.is_empty() && problems.is_empty() {
        problems.add(file, 0, None, "the file holds no row: fetch it again");
    }
    Some(CipRows {
        release: release?,
        columns: vec!["CIP Code".to_owned(), "CIP Title".to_owned()],
        groups: by_code.into_values().collect(),
    })
}
