//! Drafts from versions and back, their edits, and what bars them from being published.

mod edits;

use std::collections::HashSet;

use proptest::prelude::*;
use uuid::Uuid;

use super::{Draft, DraftLevel, DraftStatement, Frame, check};
use crate::catalog::{
    export::v2_0,
    ids,
    import::{Limits, read},
    model::{AnchorRef, Citation, FrameworkVersion, Source, Split},
    profile::AnchorKind,
    rules::freeze,
    tests::wide_any::any_version,
};

/// A version without what drafts do not take over: outlines, CASE facts, a time of export, and
/// what else stood in objects of levels and the like.
fn plain(mut version: FrameworkVersion) -> FrameworkVersion {
    version.case = None;
    version.exported_at = None;
    version
        .extras
        .retain(|extra| extra.container == "/framework");
    for level in &mut version.levels {
        for statement in &mut level.statements {
            statement.outline = None;
        }
    }
    version
}

/// The version with each statement in the place of the one that it was.
fn succeeded(owner: Option<Uuid>, version: &FrameworkVersion) -> FrameworkVersion {
    let mut after = version.clone();
    for level in &mut after.levels {
        for s in &mut level.statements {
            let (key, label) = (&version.key, &version.version);
            let id = ids::statement(owner, key, label, s.domain, level.ordinal, s.position);
            s.replaces = Some(id);
        }
    }
    after.replaces = Some(version.version.clone());
    after.version = "z.1".to_owned();
    after
}

fn bare() -> Draft {
    Draft {
        title: Some("Forklifts".to_owned()),
        levels: vec![DraftLevel {
            reference: "l1".to_owned(),
            key: "start".to_owned(),
            label: "Start".to_owned(),
            ..DraftLevel::default()
        }],
        statements: vec![DraftStatement {
            reference: "s1".to_owned(),
            level: "l1".to_owned(),
            text: "Parks safely.".to_owned(),
            ..DraftStatement::default()
        }],
        ..Draft::default()
    }
}

/// The places and codes of what bars a draft.
fn problems(draft: &Draft) -> Vec<(String, &'static str)> {
    let found = check(draft, false, &HashSet::new()).into_iter();
    found.map(|problem| (problem.field, problem.code)).collect()
}

#[test]
fn a_whole_draft_has_no_problem_and_an_empty_one_says_what_it_needs() {
    assert_eq!(problems(&bare()), []);
    let needed = ["title", "levels", "statements"];
    let needed = needed.map(|place| (place.to_owned(), "REQUIRED"));
    assert_eq!(problems(&Draft::default()), needed);
    // An occupation names it, too.
    assert_eq!(check(&Draft::default(), true, &HashSet::new()).len(), 2);
}

#[test]
fn each_problem_names_its_place() {
    let told = |change: &dyn Fn(&mut Draft)| {
        let mut draft = bare();
        change(&mut draft);
        let found = problems(&draft);
        assert_eq!(found.len(), 1, "{found:?}");
        found.into_iter().next().expect("there is one")
    };
    let at = |place: &str, code| (place.to_owned(), code);
    assert_eq!(
        told(&|d| d.levels[0].label = " ".into()),
        at("levels.l1.label", "BLANK")
    );
    assert_eq!(
        told(&|d| d.levels[0].key = "k".repeat(301)),
        at("levels.l1.key", "BAD_LENGTH")
    );
    assert_eq!(
        told(&|d| {
            let other = DraftLevel {
                reference: "l2".to_owned(),
                ..d.levels[0].clone()
            };
            d.levels.push(other);
        }),
        at("levels.l2.key", "KEY_TAKEN")
    );
    assert_eq!(
        told(&|d| d.statements[0].text = "\u{200b}".into()),
        at("statements.s1.text", "BLANK")
    );
    assert_eq!(
        told(&|d| d.statements[0].text = "a\0".into()),
        at("statements.s1.text", "BAD_CHARACTER")
    );
    assert_eq!(
        told(&|d| d.statements[0].level = "gone".into()),
        at("statements.s1.level", "UNKNOWN_REFERENCE")
    );
    assert_eq!(
        told(&|d| d.statements[0].domain = Some("gone".into())),
        at("statements.s1.domain", "UNKNOWN_REFERENCE")
    );
    assert_eq!(
        told(&|d| d.statements[0].split = Split::Unsure { at: Some(13) }),
        at("statements.s1.split", "OUT_OF_RANGE")
    );
    assert_eq!(
        told(&|d| {
            d.statements[0].citations = vec![Citation {
                source: "aei".to_owned(),
                locator: None,
            }];
        }),
        at("statements.s1.citations", "UNKNOWN_SOURCE")
    );
    let source = Source {
        key: "aei".to_owned(),
        label: String::new(),
        title: None,
        release: None,
        date: None,
        licence: None,
        url: None,
    };
    assert_eq!(
        told(&|d| d.sources = vec![source.clone()]),
        at("sources.aei.label", "BLANK")
    );
}

#[test]
fn anchors_are_those_of_the_profile() {
    let anchor = |ordinal| AnchorRef {
        kind: AnchorKind::Task,
        ordinal,
    };
    let mut draft = bare();
    draft.statements[0].anchors = vec![anchor(2)];
    assert_eq!(check(&draft, true, &[anchor(2)].into()), []);
    for known in [HashSet::new(), [anchor(1)].into()] {
        assert_eq!(check(&draft, true, &known)[0].code, "UNKNOWN_ANCHOR");
    }
}

#[test]
fn a_hopeless_draft_is_told_of_in_bounded_length() {
    let mut draft = bare();
    let blank = DraftStatement {
        text: String::new(),
        ..draft.statements[0].clone()
    };
    draft.statements = vec![blank; 500];
    assert_eq!(check(&draft, true, &HashSet::new()).len(), 100);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_draft_of_a_version_is_that_version_again(
        version in any_version(),
        owned in any::<bool>(),
    ) {
        let owner = owned.then(|| Uuid::from_u128(7));
        let version = plain(version);
        let draft = Draft::of(owner, &version);
        let frame = Frame::after(version.clone(), "z.1".to_owned());
        let after = draft.version(frame);
        prop_assert_eq!(&after, &succeeded(owner, &version));
        prop_assert_eq!(Draft::from_json(&draft.to_object().into()), Some(draft.clone()));
        for statement in &draft.statements {
            let replaced = statement.replaces.expect("each was one");
            prop_assert_eq!(draft.successor_of(replaced), Some(statement));
            prop_assert_eq!(draft.statement(&replaced.to_string()), Some(statement));
        }
    }

    #[test]
    fn what_nothing_bars_is_a_document_that_can_be_imported(version in any_version()) {
        let mut version = plain(FrameworkVersion { profile: None, ..version });
        for statement in version.levels.iter_mut().flat_map(|level| &mut level.statements) {
            statement.anchors.clear();
        }
        let draft = Draft::of(None, &version);
        let none = HashSet::new();
        prop_assume!(check(&draft, version.occupation.is_some(), &none).is_empty());
        let after = draft.version(Frame::after(version, "z.1".to_owned()));
        let written = v2_0::write(std::slice::from_ref(&after), None).expect("it is one");
        let again = read(written.to_text().as_bytes(), &Limits::default()).expect("it is fit");
        prop_assert_eq!(freeze(None, &again.version), freeze(None, &after));
    }
}
