//! How edits are made.

use super::{Change, Draft, DraftDomain, DraftLevel, DraftStatement, Edit, Texts};
use crate::{
    catalog::model::Split,
    kernel::{errors::Problem, text::excerpt},
};

/// Edits in one call at most.
const MAX_EDITS: usize = 1_000;
/// Characters of a reference at most.
const MAX_REFERENCE: usize = 64;

/// What is wrong with an edit: the member of the edit, a code and what to do.
type Wrong = (&'static str, &'static str, String);

/// Makes edits in their order: all of them, or none.
///
/// # Errors
/// The first edit that cannot be made, at `input.edits.{place}.{edit}.{member}`.
pub fn apply(draft: &mut Draft, edits: Vec<Edit>) -> Result<(), Problem> {
    if edits.len() > MAX_EDITS {
        let message = format!("give at most {MAX_EDITS} edits at once");
        return Err(Problem::new("input.edits", "BAD_LENGTH", message));
    }
    let mut edited = draft.clone();
    for (place, edit) in edits.into_iter().enumerate() {
        let name = edit.name();
        edited.make(edit).map_err(|(member, code, message)| {
            Problem::new(
                format!("input.edits.{place}.{name}.{member}"),
                code,
                message,
            )
        })?;
    }
    *draft = edited;
    Ok(())
}

/// What has a reference.
trait Referred {
    fn reference(&self) -> &str;
}

macro_rules! referred {
    ($($type:ident),*) => {
        $(impl Referred for $type {
            fn reference(&self) -> &str {
                &self.reference
            }
        })*
    };
}

referred!(DraftLevel, DraftDomain, DraftStatement);

fn place_of<T: Referred>(all: &[T], reference: &str) -> Option<usize> {
    all.iter().position(|one| one.reference() == reference)
}

/// Puts one in the place that `after` says: `at` is where it stood, if it did.
fn put<T: Referred>(
    all: &mut Vec<T>,
    one: T,
    at: Option<usize>,
    after: Change<String>,
) -> Result<(), Wrong> {
    let place = match after {
        Change::Keep => at.unwrap_or(all.len()),
        Change::Clear => 0,
        Change::Set(other) => {
            let found = place_of(all, &other).ok_or_else(|| unknown("after", &other))?;
            found + 1
        }
    };
    all.insert(place, one);
    Ok(())
}

fn unknown(member: &'static str, reference: &str) -> Wrong {
    let reference = excerpt(reference, MAX_REFERENCE);
    let message = format!("there is no {reference} here: name one that the draft has");
    (member, "UNKNOWN_REFERENCE", message)
}

fn needed(member: &'static str) -> Wrong {
    (member, "REQUIRED", "a new one needs it: add it".to_owned())
}

impl Draft {
    fn make(&mut self, edit: Edit) -> Result<(), Wrong> {
        match edit {
            Edit::Texts(texts) => {
                self.set_texts(texts);
                Ok(())
            }
            Edit::Level {
                reference,
                key,
                label,
                subtitle,
                description,
                after,
            } => {
                let at = place_of(&self.levels, &reference);
                let mut level = match at {
                    Some(at) => self.levels.remove(at),
                    None => DraftLevel {
                        key: self.admit(&reference)?,
                        reference,
                        label: label.clone().ok_or_else(|| needed("label"))?,
                        ..DraftLevel::default()
                    },
                };
                level.key = key.unwrap_or(level.key);
                level.label = label.unwrap_or(level.label);
                subtitle.make(&mut level.subtitle);
                description.make(&mut level.description);
                put(&mut self.levels, level, at, after)
            }
            Edit::Domain {
                reference,
                key,
                title,
                description,
                after,
            } => {
                let at = place_of(&self.domains, &reference);
                let mut domain = match at {
                    Some(at) => self.domains.remove(at),
                    None => DraftDomain {
                        key: self.admit(&reference)?,
                        reference,
                        title: title.clone().ok_or_else(|| needed("title"))?,
                        ..DraftDomain::default()
                    },
                };
                domain.key = key.unwrap_or(domain.key);
                domain.title = title.unwrap_or(domain.title);
                description.make(&mut domain.description);
                put(&mut self.domains, domain, at, after)
            }
            Edit::Statement {
                reference,
                level,
                domain,
                text,
                citations,
                anchors,
                after,
            } => {
                let mut statement = self.taken(reference, level, domain, text)?;
                statement.1.citations = citations.unwrap_or(statement.1.citations);
                statement.1.anchors = anchors.unwrap_or(statement.1.anchors);
                self.put_statement(statement, after)
            }
            Edit::Source(source) => {
                let mut all = self.sources.iter_mut();
                match all.find(|own| own.key == source.key) {
                    Some(own) => *own = source,
                    None => self.sources.push(source),
                }
                Ok(())
            }
            Edit::Remove { reference } => self.remove(&reference),
            Edit::RemoveSource { key } => {
                let place = self.sources.iter().position(|own| own.key == key);
                self.sources
                    .remove(place.ok_or_else(|| unknown("key", &key))?);
                Ok(())
            }
        }
    }

    fn set_texts(&mut self, texts: Texts) {
        texts.title.make(&mut self.title);
        texts.creator.make(&mut self.creator);
        let plain = [
            (texts.description, &mut self.description),
            (texts.context_covered, &mut self.context_covered),
            (texts.attribution, &mut self.attribution),
        ];
        for (new, own) in plain {
            if let Some(new) = new {
                *own = new;
            }
        }
    }

    /// The statement taken out, or a new one, with its level, domain and text set; and where it
    /// stood, unless it changes its level or domain.
    fn taken(
        &mut self,
        reference: String,
        level: Option<String>,
        domain: Change<String>,
        text: Option<String>,
    ) -> Result<(Option<usize>, DraftStatement), Wrong> {
        if let Some(level) = &level {
            place_of(&self.levels, level).ok_or_else(|| unknown("level", level))?;
        }
        if let Change::Set(domain) = &domain {
            place_of(&self.domains, domain).ok_or_else(|| unknown("domain", domain))?;
        }
        let at = place_of(&self.statements, &reference);
        let mut statement = match at {
            Some(at) => self.statements.remove(at),
            None => {
                self.admit(&reference)?;
                DraftStatement {
                    reference,
                    level: level.clone().ok_or_else(|| needed("level"))?,
                    text: text.clone().ok_or_else(|| needed("text"))?,
                    ..DraftStatement::default()
                }
            }
        };
        let stood = (statement.level.clone(), statement.domain.clone());
        statement.level = level.unwrap_or(statement.level);
        domain.make(&mut statement.domain);
        if let Some(text) = text.filter(|text| *text != statement.text) {
            statement.text = text;
            // Where the parts of the older words met says nothing of these.
            statement.split = Split::Derived;
        }
        let stays = stood == (statement.level.clone(), statement.domain.clone());
        Ok((at.filter(|_| stays), statement))
    }

    fn put_statement(
        &mut self,
        (at, statement): (Option<usize>, DraftStatement),
        after: Change<String>,
    ) -> Result<(), Wrong> {
        if let Change::Set(other) = &after {
            let beside = self.statement(other).is_some_and(|other| {
                other.level == statement.level && other.domain == statement.domain
            });
            if !beside {
                return Err(unknown("after", other));
            }
        }
        put(&mut self.statements, statement, at, after)
    }

    /// That something new may be called so; the reference.
    fn admit(&self, reference: &str) -> Result<String, Wrong> {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if reference.is_empty() || reference.len() > MAX_REFERENCE || !reference.chars().all(fits) {
            let message = format!(
                "give 1 to {MAX_REFERENCE} letters, digits, hyphens, points and underscores"
            );
            return Err(("ref", "BAD_REFERENCE", message));
        }
        let taken = place_of(&self.levels, reference).is_some()
            || place_of(&self.domains, reference).is_some()
            || place_of(&self.statements, reference).is_some();
        if taken {
            let message = "something of another kind is called so: give it a reference of its own";
            return Err(("ref", "REFERENCE_TAKEN", message.to_owned()));
        }
        Ok(reference.to_owned())
    }

    fn remove(&mut self, reference: &str) -> Result<(), Wrong> {
        if let Some(at) = place_of(&self.statements, reference) {
            self.statements.remove(at);
            return Ok(());
        }
        let level = place_of(&self.levels, reference);
        let domain = place_of(&self.domains, reference);
        let holds = |statement: &DraftStatement| {
            statement.level == reference || statement.domain.as_deref() == Some(reference)
        };
        if self.statements.iter().any(holds) {
            let message = "there are statements in it: move them or remove them first";
            return Err(("ref", "NOT_EMPTY", message.to_owned()));
        }
        match (level, domain) {
            (Some(at), _) => {
                self.levels.remove(at);
            }
            (None, Some(at)) => {
                self.domains.remove(at);
            }
            (None, None) => return Err(unknown("ref", reference)),
        }
        Ok(())
    }
}
