//! Edits, one after the other.

use super::bare;
use crate::catalog::{
    drafts::{Change, Draft, Edit, Texts, apply},
    model::{Citation, Source, Split},
};

fn level(reference: &str, label: Option<&str>, after: Change<String>) -> Edit {
    Edit::Level {
        reference: reference.to_owned(),
        key: None,
        label: label.map(str::to_owned),
        subtitle: Change::Keep,
        description: Change::Keep,
        after,
    }
}

fn domain(reference: &str, title: Option<&str>) -> Edit {
    Edit::Domain {
        reference: reference.to_owned(),
        key: None,
        title: title.map(str::to_owned),
        description: Change::Keep,
        after: Change::Keep,
    }
}

/// A statement at a level, in a domain, with a text, behind another.
fn statement(
    reference: &str,
    level: Option<&str>,
    domain: Change<String>,
    text: Option<&str>,
    after: Change<String>,
) -> Edit {
    Edit::Statement {
        reference: reference.to_owned(),
        level: level.map(str::to_owned),
        domain,
        text: text.map(str::to_owned),
        citations: None,
        anchors: None,
        after,
    }
}

fn set(text: &str) -> Change<String> {
    Change::Set(text.to_owned())
}

fn remove(reference: &str) -> Edit {
    Edit::Remove {
        reference: reference.to_owned(),
    }
}

fn edited(edits: Vec<Edit>) -> Draft {
    let mut draft = bare();
    apply(&mut draft, edits).expect("they can be made");
    draft
}

/// The place and code of the edit that cannot be made, which leaves the draft as it was.
fn refused(edits: Vec<Edit>) -> (String, &'static str) {
    let mut draft = bare();
    let problem = apply(&mut draft, edits).expect_err("one cannot be made");
    assert_eq!(draft, bare());
    assert!(problem.message.contains(": ") || problem.message.starts_with("give"));
    (problem.field, problem.code)
}

fn levels(draft: &Draft) -> Vec<&str> {
    draft.levels.iter().map(|l| l.reference.as_str()).collect()
}

fn statements(draft: &Draft) -> Vec<&str> {
    let all = draft.statements.iter();
    all.map(|s| s.reference.as_str()).collect()
}

#[test]
fn texts_are_set_cleared_and_left() {
    let draft = edited(vec![Edit::Texts(Texts {
        title: Change::Clear,
        creator: set("Us"),
        description: Some("Words.".to_owned()),
        ..Texts::default()
    })]);
    assert_eq!(
        (draft.title.as_deref(), draft.creator.as_deref()),
        (None, Some("Us"))
    );
    assert_eq!(
        (draft.description.as_str(), draft.attribution.as_str()),
        ("Words.", "")
    );
}

#[test]
fn levels_come_and_move_and_change() {
    let draft = edited(vec![
        level("l2", Some("End"), Change::Keep),
        level("l0", Some("Before"), Change::Clear),
        level("mid", Some("Between"), set("l1")),
        level("l2", None, Change::Clear),
        level("l1", Some("Begin"), Change::Keep),
    ]);
    assert_eq!(levels(&draft), ["l2", "l0", "l1", "mid"]);
    assert_eq!(
        (draft.levels[2].label.as_str(), draft.levels[2].key.as_str()),
        ("Begin", "start")
    );
    assert_eq!(draft.levels[3].key, "mid");
    // Ordinals follow.
    let frame = crate::catalog::drafts::Frame::first(
        None,
        crate::catalog::ids::FrameworkKey::custom("forklifts").expect("a slug"),
        "v.1".to_owned(),
    );
    let version = draft.version(frame);
    let ordinals: Vec<_> = version
        .levels
        .iter()
        .map(|l| (l.ordinal, l.key.as_str()))
        .collect();
    assert_eq!(ordinals, [(1, "l2"), (2, "l0"), (3, "start"), (4, "mid")]);
}

#[test]
fn statements_come_and_move_and_change() {
    let draft = edited(vec![
        domain("d1", Some("Safety")),
        level("l2", Some("End"), Change::Keep),
        statement(
            "s2",
            Some("l1"),
            Change::Keep,
            Some("Looks back."),
            Change::Clear,
        ),
        statement("s3", Some("l1"), Change::Keep, Some("Looks up."), set("s2")),
        statement("s1", Some("l2"), set("d1"), None, Change::Keep),
        statement(
            "s2",
            None,
            Change::Keep,
            Some("Looks behind."),
            Change::Keep,
        ),
    ]);
    assert_eq!(statements(&draft), ["s2", "s3", "s1"]);
    assert_eq!(draft.statements[0].text, "Looks behind.");
    assert_eq!(
        (
            draft.statements[2].level.as_str(),
            draft.statements[2].domain.as_deref()
        ),
        ("l2", Some("d1"))
    );
}

#[test]
fn other_words_forget_where_the_older_ones_were_glued() {
    let mut draft = bare();
    draft.statements[0].split = Split::Unsure { at: Some(5) };
    let same = statement(
        "s1",
        None,
        Change::Keep,
        Some("Parks safely."),
        Change::Keep,
    );
    apply(&mut draft, vec![same]).expect("it can be made");
    assert_eq!(draft.statements[0].split, Split::Unsure { at: Some(5) });
    let other = statement("s1", None, Change::Keep, Some("Parks well."), Change::Keep);
    apply(&mut draft, vec![other]).expect("it can be made");
    assert_eq!(draft.statements[0].split, Split::Derived);
}

#[test]
fn sources_are_put_by_key_and_cited() {
    let source = |label: &str| {
        Edit::Source(Source {
            key: "own".to_owned(),
            label: label.to_owned(),
            title: None,
            release: None,
            date: None,
            licence: None,
            url: None,
        })
    };
    let cite = Edit::Statement {
        reference: "s1".to_owned(),
        level: None,
        domain: Change::Keep,
        text: None,
        citations: Some(vec![Citation {
            source: "own".to_owned(),
            locator: Some("p. 3".to_owned()),
        }]),
        anchors: None,
        after: Change::Keep,
    };
    let draft = edited(vec![source("A"), source("B"), cite]);
    assert_eq!(draft.sources.len(), 1);
    assert_eq!(draft.sources[0].label, "B");
    assert_eq!(draft.statements[0].citations.len(), 1);
    let gone = Edit::RemoveSource {
        key: "own".to_owned(),
    };
    assert_eq!(edited(vec![source("A"), gone.clone()]).sources, []);
    assert_eq!(
        refused(vec![gone]),
        (
            "input.edits.0.removeSource.key".to_owned(),
            "UNKNOWN_REFERENCE"
        )
    );
}

#[test]
fn what_is_removed_must_be_empty() {
    assert_eq!(
        refused(vec![remove("l1")]),
        ("input.edits.0.remove.ref".to_owned(), "NOT_EMPTY")
    );
    let draft = edited(vec![remove("s1"), remove("l1")]);
    assert!(draft.levels.is_empty() && draft.statements.is_empty());
    assert_eq!(refused(vec![remove("s9")]).1, "UNKNOWN_REFERENCE");
    let inhabited = vec![
        domain("d1", Some("Safety")),
        statement("s1", None, set("d1"), None, Change::Keep),
        remove("d1"),
    ];
    assert_eq!(
        refused(inhabited),
        ("input.edits.2.remove.ref".to_owned(), "NOT_EMPTY")
    );
}

#[test]
fn an_edit_that_cannot_be_made_is_named_and_leaves_nothing() {
    let at = |member: &str| format!("input.edits.0.{member}");
    let keep = || Change::Keep;
    for (edit, place, code) in [
        (level("l9", None, keep()), "putLevel.label", "REQUIRED"),
        (
            level("s1", Some("L"), keep()),
            "putLevel.ref",
            "REFERENCE_TAKEN",
        ),
        (
            level("no good", Some("L"), keep()),
            "putLevel.ref",
            "BAD_REFERENCE",
        ),
        (
            level("", Some("L"), keep()),
            "putLevel.ref",
            "BAD_REFERENCE",
        ),
        (
            level("l9", Some("L"), set("l8")),
            "putLevel.after",
            "UNKNOWN_REFERENCE",
        ),
        (
            level("l1", None, set("l1")),
            "putLevel.after",
            "UNKNOWN_REFERENCE",
        ),
        (domain("d1", None), "putDomain.title", "REQUIRED"),
        (
            statement("s9", None, keep(), Some("T"), keep()),
            "putStatement.level",
            "REQUIRED",
        ),
        (
            statement("s9", Some("l1"), keep(), None, keep()),
            "putStatement.text",
            "REQUIRED",
        ),
        (
            statement("s9", Some("l9"), keep(), Some("T"), keep()),
            "putStatement.level",
            "UNKNOWN_REFERENCE",
        ),
        (
            statement("s1", None, set("d9"), None, keep()),
            "putStatement.domain",
            "UNKNOWN_REFERENCE",
        ),
        (
            statement("s1", None, keep(), None, set("s9")),
            "putStatement.after",
            "UNKNOWN_REFERENCE",
        ),
    ] {
        assert_eq!(refused(vec![edit]), (at(place), code));
    }
    // Behind a statement of another level there is no place.
    let apart = vec![
        level("l2", Some("End"), keep()),
        statement("s2", Some("l2"), keep(), Some("T"), set("s1")),
    ];
    assert_eq!(refused(apart).1, "UNKNOWN_REFERENCE");
    assert_eq!(
        refused(vec![remove("s1"); 1_001]),
        ("input.edits".to_owned(), "BAD_LENGTH")
    );
}
