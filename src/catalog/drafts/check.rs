//! What bars a draft from being published.

use std::collections::HashSet;

use super::{Draft, DraftStatement};
use crate::{
    catalog::model::{AnchorRef, Split},
    kernel::errors::Problem,
};

/// Characters of a name at most, as in what is imported.
const MAX_NAME: usize = 300;
/// Characters of a longer text at most.
const MAX_TEXT: usize = 20_000;
/// Problems that are told at most.
const MAX_PROBLEMS: usize = 100;

/// All that bars a draft from being published, at most 100 of it, each with its place in the draft
/// and the remedy: `levels.{reference}.label`, `statements.{reference}.citations`. Empty when
/// nothing does.
///
/// `named` tells whether something else tells the framework's name, such as an occupation;
/// `anchors` are those of the profile that it is published with; none without a profile.
#[must_use]
pub fn check(draft: &Draft, named: bool, anchors: &HashSet<AnchorRef>) -> Vec<Problem> {
    let mut found = Found::default();
    found.name_if_any("title", draft.title.as_deref());
    found.name_if_any("creator", draft.creator.as_deref());
    if !named && draft.title.is_none() {
        let message = "nothing tells what the framework is called: give it a title";
        found.add("title".to_owned(), "REQUIRED", message);
    }
    for (place, text) in [
        ("description", &draft.description),
        ("contextCovered", &draft.context_covered),
        ("attribution", &draft.attribution),
    ] {
        found.long(place, text);
    }
    if draft.levels.is_empty() {
        let message = "there is no level: put at least one";
        found.add("levels".to_owned(), "REQUIRED", message);
    }
    let mut keys = HashSet::new();
    for level in &draft.levels {
        let at = |member: &str| format!("levels.{}.{member}", level.reference);
        found.key(&at("key"), &level.key, &mut keys);
        found.name(&at("label"), &level.label);
        found.name_if_any(&at("subtitle"), level.subtitle.as_deref());
        found.long_if_any(&at("description"), level.description.as_deref());
    }
    let mut keys = HashSet::new();
    for domain in &draft.domains {
        let at = |member: &str| format!("domains.{}.{member}", domain.reference);
        found.key(&at("key"), &domain.key, &mut keys);
        found.name(&at("title"), &domain.title);
        found.long_if_any(&at("description"), domain.description.as_deref());
    }
    let mut keys = HashSet::new();
    for source in &draft.sources {
        let at = |member: &str| format!("sources.{}.{member}", source.key);
        found.key(&at("key"), &source.key, &mut keys);
        found.name(&at("label"), &source.label);
        for (member, text) in [
            ("title", &source.title),
            ("release", &source.release),
            ("date", &source.date),
            ("licence", &source.licence),
            ("url", &source.url),
        ] {
            found.long_if_any(&at(member), text.as_deref());
        }
    }
    if draft.statements.is_empty() {
        let message = "there is no statement: put at least one";
        found.add("statements".to_owned(), "REQUIRED", message);
    }
    for statement in &draft.statements {
        found.statement(draft, statement, &keys, anchors);
    }
    found.0
}

/// What was found so far.
#[derive(Default)]
struct Found(Vec<Problem>);

impl Found {
    fn add(&mut self, place: String, code: &'static str, message: impl Into<String>) {
        if self.0.len() < MAX_PROBLEMS {
            self.0.push(Problem::new(place, code, message));
        }
    }

    fn name(&mut self, place: &str, text: &str) {
        self.sized(place, text, MAX_NAME, true);
    }

    fn name_if_any(&mut self, place: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.name(place, text);
        }
    }

    fn long(&mut self, place: &str, text: &str) {
        self.sized(place, text, MAX_TEXT, false);
    }

    fn long_if_any(&mut self, place: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.long(place, text);
        }
    }

    fn sized(&mut self, place: &str, text: &str, most: usize, visible: bool) {
        if visible && text.chars().all(is_invisible) {
            let message = "the text is empty or blank: write it";
            self.add(place.to_owned(), "BLANK", message);
        }
        if text.chars().nth(most).is_some() {
            let message = format!("give at most {most} characters");
            self.add(place.to_owned(), "BAD_LENGTH", message);
        }
        if text.contains('\0') {
            let message = "the character U+0000 cannot be stored: take it out";
            self.add(place.to_owned(), "BAD_CHARACTER", message);
        }
    }

    fn key<'a>(&mut self, place: &str, key: &'a str, keys: &mut HashSet<&'a str>) {
        self.name(place, key);
        if !keys.insert(key) {
            let message = "another has the same key: give each its own";
            self.add(place.to_owned(), "KEY_TAKEN", message);
        }
    }

    fn statement(
        &mut self,
        draft: &Draft,
        statement: &DraftStatement,
        sources: &HashSet<&str>,
        anchors: &HashSet<AnchorRef>,
    ) {
        let at = |member: &str| format!("statements.{}.{member}", statement.reference);
        self.sized(&at("text"), &statement.text, MAX_TEXT, true);
        let mut levels = draft.levels.iter();
        if !levels.any(|level| level.reference == statement.level) {
            let message = "its level is not there: put it at one that is";
            self.add(at("level"), "UNKNOWN_REFERENCE", message);
        }
        let domain = statement.domain.as_ref();
        if domain.is_some_and(|own| draft.domains.iter().all(|d| d.reference != *own)) {
            let message = "its domain is not there: put it into one that is";
            self.add(at("domain"), "UNKNOWN_REFERENCE", message);
        }
        if let Split::Unsure { at: Some(split) } = statement.split {
            let length = statement.text.chars().count();
            if usize::try_from(split).is_ok_and(|split| split >= length) {
                let message = "its description would begin after its end: write the text anew";
                self.add(at("split"), "OUT_OF_RANGE", message);
            }
        }
        for citation in &statement.citations {
            if !sources.contains(citation.source.as_str()) {
                let message = format!(
                    "there is no source {}: put it, or cite another",
                    crate::kernel::text::excerpt(&citation.source, 40)
                );
                self.add(at("citations"), "UNKNOWN_SOURCE", message);
            }
            self.long_if_any(&at("citations"), citation.locator.as_deref());
        }
        for anchor in &statement.anchors {
            if !anchors.contains(anchor) {
                let message = format!(
                    "the version's profile has no {} {}: name an anchor that is there",
                    anchor.kind, anchor.ordinal
                );
                self.add(at("anchors"), "UNKNOWN_ANCHOR", message);
            }
        }
    }
}

/// White space, control characters, and the common characters of no width.
fn is_invisible(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(
            character,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
        )
}
