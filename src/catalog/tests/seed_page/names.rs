//! The names of the O*NET content model, by which lists are taken apart that a page glues
//! together.

use std::{collections::BTreeSet, fs, path::Path};

use crate::catalog::profile::AnchorKind;

/// Names by the kind of anchor; tasks have none.
pub(super) struct Names(Vec<(AnchorKind, BTreeSet<String>)>);

impl Names {
    /// Reads the names out of O*NET releases.
    pub(super) fn load(data: &Path) -> Self {
        let files = [
            (AnchorKind::Skill, "onet-29.3/Skills.txt", "Element Name"),
            (
                AnchorKind::Knowledge,
                "onet-29.3/Knowledge.txt",
                "Element Name",
            ),
            (
                AnchorKind::Ability,
                "onet-30.0/Abilities.txt",
                "Element Name",
            ),
            (
                AnchorKind::WorkStyle,
                "onet-30.1/Work Styles.txt",
                "Element Name",
            ),
            (
                AnchorKind::Technology,
                "onet-30.1/Technology Skills.txt",
                "Commodity Title",
            ),
        ];
        Self(
            files
                .map(|(kind, file, column)| (kind, column_of(&data.join(file), column)))
                .into(),
        )
    }

    /// Takes names that stand without a gap apart, the longest that fits first.
    pub(super) fn apart(&self, kind: AnchorKind, glued: &str) -> Vec<String> {
        let (_, names) = self.0.iter().find(|(of, _)| *of == kind).unwrap();
        let mut rest = glued;
        let mut found = Vec::new();
        while !rest.is_empty() {
            let fits = names.iter().filter(|name| rest.starts_with(name.as_str()));
            let name = fits.max_by_key(|name| name.len());
            let name = name.unwrap_or_else(|| panic!("no {kind} has a name that starts {rest:?}"));
            rest = rest.strip_prefix(name.as_str()).unwrap();
            found.push(name.clone());
        }
        found
    }
}

fn column_of(file: &Path, column: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(file).unwrap();
    let mut lines = text.lines();
    let at = lines
        .next()
        .unwrap()
        .split('\t')
        .position(|name| name == column);
    let at = at.unwrap_or_else(|| panic!("{} has no {column}", file.display()));
    lines
        .map(|line| line.split('\t').nth(at).unwrap().to_owned())
        .collect()
}
