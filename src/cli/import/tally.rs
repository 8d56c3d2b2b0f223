//! What an import of several files did, in sum.

use std::{collections::HashSet, path::Path};

use crate::{
    catalog::{case::Mend, ops::import::Imported},
    kernel::text::{counted, excerpt, plain},
};

/// Unknown members that are named of one file at most.
const NAMED_MEMBERS: usize = 10;
/// Files whose unknown members are named at most.
const NAMED_FILES: usize = 20;
/// Characters shown of a member's path at most.
const MEMBER_CHARS: usize = 120;

/// Counts over the files of an import.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Files that were imported.
    pub(super) imported: usize,
    unchanged: usize,
    /// Files that were refused.
    pub(super) refused: usize,
    occupations: HashSet<String>,
    levels: usize,
    statements: usize,
    unknown: Vec<String>,
    more_unknown: usize,
    /// Files that were mended, and how many places of all of them.
    mended: (usize, usize),
}

impl Tally {
    /// Counts a file that was imported, or whose content is there already.
    pub(super) fn add(&mut self, path: &Path, done: &Imported) {
        if done.unchanged {
            self.unchanged += 1;
        } else {
            self.imported += 1;
        }
        self.occupations.extend(done.soc.clone());
        self.levels += done.levels;
        self.statements += done.statements;
        if !done.mended.is_empty() {
            self.mended.0 += 1;
            self.mended.1 += mended_places(&done.mended);
        }
        if done.unknown_members.is_empty() {
            return;
        }
        if self.unknown.len() == NAMED_FILES {
            self.more_unknown += 1;
            return;
        }
        let members = unknown_members(&done.unknown_members);
        self.unknown.push(format!("{}: {members}", path.display()));
    }

    /// The summary, in lines.
    pub(super) fn summary(&self) -> String {
        let mut text = format!(
            "{} imported, {} unchanged, {} refused.\n",
            self.imported, self.unchanged, self.refused
        );
        if self.imported + self.unchanged > 0 {
            text.push_str(&format!(
                "They hold {}, {}, {}.\n",
                counted(self.occupations.len(), "occupation"),
                counted(self.levels, "level"),
                counted(self.statements, "statement")
            ));
        }
        if self.mended.0 > 0 {
            text.push_str(&format!(
                "Not as the format wants it, and mended: {} of {}; import a file alone to read which.\n",
                counted(self.mended.1, "place"),
                counted(self.mended.0, "file")
            ));
        }
        if !self.unknown.is_empty() {
            text.push_str("Members that the format does not define, kept as they are:\n");
        }
        for line in &self.unknown {
            text.push_str(&format!("  {line}\n"));
        }
        if self.more_unknown > 0 {
            let more = counted(self.more_unknown, "more file");
            text.push_str(&format!("  and in {more}\n"));
        }
        text
    }
}

/// In how many places something was mended.
pub(super) fn mended_places(mended: &[Mend]) -> usize {
    mended.iter().map(|mend| mend.times).sum()
}

/// What was mended, one line a kind.
pub(super) fn mends(mended: &[Mend]) -> String {
    let line = |mend: &Mend| {
        let others = match mend.times {
            1 => String::new(),
            times => format!(" and {} like it", times - 1),
        };
        let path = plain(&excerpt(&mend.path, MEMBER_CHARS));
        format!(
            "  {path}{others}: {} -> {}\n",
            plain(&mend.found),
            plain(&mend.made)
        )
    };
    mended.iter().map(line).collect()
}

/// The members' places, the first of them.
pub(super) fn unknown_members(pointers: &[String]) -> String {
    let shown = pointers.iter().take(NAMED_MEMBERS);
    let mut text = shown
        .map(|pointer| plain(&excerpt(pointer, MEMBER_CHARS)))
        .collect::<Vec<_>>()
        .join(", ");
    if pointers.len() > NAMED_MEMBERS {
        text.push_str(&format!(" and {} more", pointers.len() - NAMED_MEMBERS));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn imported(unknown: usize) -> Imported {
        Imported {
            version: uuid::Uuid::nil(),
            versions: vec![uuid::Uuid::nil()],
            soc: Some("43-4121.00".to_owned()),
            title: "t".to_owned(),
            label: "v.1".to_owned(),
            unchanged: unknown == 0,
            levels: 4,
            statements: 40,
            unknown_members: (0..unknown).map(|n| format!("/m{n}")).collect(),
            mended: Vec::new(),
        }
    }

    #[test]
    fn what_was_mended_is_counted_and_told_by_kind() {
        let mend = |path: &str, times| Mend {
            path: path.to_owned(),
            found: "null".to_owned(),
            made: "left out".to_owned(),
            times,
        };
        let mended = vec![mend("/a/0", 3), mend("/b", 1)];
        assert_eq!(
            mends(&mended),
            "  /a/0 and 2 like it: null -> left out\n  /b: null -> left out\n"
        );
        let mut tally = Tally::default();
        tally.add(
            Path::new("f"),
            &Imported {
                mended,
                ..imported(0)
            },
        );
        assert!(tally.summary().contains(" mended: 4 places of 1 file; "));
    }

    #[test]
    fn the_summary_counts_and_names_no_more_than_a_reader_can_use() {
        let mut tally = Tally::default();
        for n in 0..30 {
            tally.add(Path::new(&format!("f{n}")), &imported(12));
        }
        tally.add(Path::new("again"), &imported(0));
        tally.refused = 2;
        let summary = tally.summary();
        assert!(summary.starts_with(
            "30 imported, 1 unchanged, 2 refused.\nThey hold 1 occupation, 124 levels, 1240 statements.\n"
        ));
        assert!(summary.contains("  f19: /m0, ") && summary.contains("/m9 and 2 more\n"));
        assert!(!summary.contains("f20") && summary.ends_with("  and in 10 more files\n"));
    }
}
