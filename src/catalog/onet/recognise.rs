//! What a file is, by its first line and its name.

use super::{
    cip::is_crosswalk,
    part::{Database, Part},
    read::is_onet_header,
};

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recognised {
    /// A table of an O*NET release.
    Table(Part),
    /// A table of an O*NET release that the catalog has no use for.
    Unused,
    /// A crosswalk from instructional programs to occupations.
    Crosswalk,
}

/// What a file is, by its name without `.txt` and its first line; `None` for anything else.
///
/// The line tells what the columns are. Skills, knowledge and abilities are laid out alike, as are
/// tables that are not read, so the name tells which of them it is.
#[must_use]
pub fn recognise(stem: &str, first_line: &str) -> Option<Recognised> {
    if is_crosswalk(first_line) {
        return Some(Recognised::Crosswalk);
    }
    let line = first_line.trim_start_matches('\u{feff}').trim_end();
    let names: Vec<&str> = line.split('\t').collect();
    let holds = |part: &Part| {
        let columns = part.layout().columns.iter();
        columns.clone().all(|(name, _)| names.contains(name))
    };
    let named = Part::of_file(stem);
    if !is_onet_header(line) {
        let terms = named.filter(|part| !part.layout().by_occupation);
        return terms.filter(holds).map(Recognised::Table);
    }
    let named = named.filter(|part| part.layout().by_occupation);
    let by_columns = || {
        let mut parts = Part::ALL.into_iter();
        parts.find(|part| {
            part.database() == Database::Onet
                && part.layout().by_occupation
                && !part.is_rated()
                && holds(part)
        })
    };
    let part = named.or_else(by_columns);
    Some(part.map_or(Recognised::Unused, Recognised::Table))
}

/// What a file wants to be that has this name and cannot be read as that: a table of a release, or
/// a crosswalk. Reading it tells what is wrong with it.
#[must_use]
pub fn named(file_name: &str) -> Option<Recognised> {
    let (stem, extension) = file_name.rsplit_once('.')?;
    if extension.eq_ignore_ascii_case("csv") {
        return Some(Recognised::Crosswalk);
    }
    let part = Part::of_file(stem).filter(|_| extension.eq_ignore_ascii_case("txt"));
    part.map(Recognised::Table)
}
