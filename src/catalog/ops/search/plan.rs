//! In which way a text is searched for, and how a cursor holds to it.

use std::{cmp::Reverse, collections::HashMap, sync::Arc};

use super::{Candidate, Filter, Query, documents, vocabulary};
use crate::{
    app::App,
    catalog::{
        search::rank::score_of_code,
        store::search::{self as index, Mode},
    },
    kernel::{
        errors::{Error, Result},
        pages::Cursor,
    },
};

/// A place in a list: scores fall, and ids rise among those of one score.
pub(super) type Place = (Reverse<i64>, i64);

/// One way to search for a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    way: Way,
    query: Query,
    /// The text that stands in place of the client's, if one does.
    instead: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// As the start of a SOC code.
    Code,
    /// All words.
    All,
    /// All words, typing mistakes mended.
    Mended,
    /// All words but those that nothing holds.
    Known,
    /// Any of the words.
    Any,
}

impl Way {
    const ALL: [(char, Self); 5] = [
        ('c', Self::Code),
        ('a', Self::All),
        ('m', Self::Mended),
        ('k', Self::Known),
        ('o', Self::Any),
    ];

    fn letter(self) -> char {
        let found = Self::ALL.into_iter().find(|(_, way)| *way == self);
        found.map_or('a', |(letter, _)| letter)
    }
}

/// A plan, and what it found.
pub(super) struct Sought {
    pub(super) plan: Plan,
    /// Candidates, behind their scores, where the words do not decide them.
    pub(super) found: Vec<(Option<i64>, Arc<Candidate>)>,
    pub(super) capped: bool,
}

impl Plan {
    fn new(way: Way, text: &str, instead: Option<String>) -> Self {
        Self {
            way,
            query: Query::parse(instead.as_deref().unwrap_or(text)),
            instead,
        }
    }

    pub(super) fn query(&self) -> &Query {
        &self.query
    }

    pub(super) fn corrected(&self) -> Option<String> {
        self.instead.clone().filter(|_| self.way == Way::Mended)
    }

    pub(super) fn is_partial(&self) -> bool {
        matches!(self.way, Way::Known | Way::Any)
    }

    /// Where a hit stands in the list that this plan makes.
    pub(super) fn cursor(&self, score: i64, candidate: &Candidate) -> Cursor {
        let (way, instead) = (self.way.letter(), self.instead.as_deref());
        let instead = instead.unwrap_or_default();
        Cursor {
            key: format!("{way}.{score}.{}.{instead}", candidate.id),
            id: candidate.ref_id,
        }
    }

    /// Does it.
    pub(super) async fn run(self, app: &App, filter: &Filter) -> Result<Sought> {
        let c = app.db.public();
        let mut sought = Sought {
            plan: self,
            found: Vec::new(),
            capped: false,
        };
        let query = &sought.plan.query;
        match (sought.plan.way, &query.code) {
            (Way::Code, Some(code)) => {
                let (found, capped) = index::by_code(c, code, filter).await?;
                sought.capped = capped;
                let scores: HashMap<i64, i64> = found
                    .iter()
                    .map(|(id, soc)| (*id, score_of_code(soc)))
                    .collect();
                let ids: Vec<_> = found.into_iter().map(|(id, _)| id).collect();
                let found = documents(app, &ids).await?.into_iter();
                sought.found = found.map(|c| (scores.get(&c.id).copied(), c)).collect();
            }
            (Way::Code, None) => {}
            (_, _) if query.terms.is_empty() => {}
            (way, _) => {
                let mode = match way {
                    Way::Any => Mode::Any,
                    _ => Mode::All,
                };
                let found = index::find(c, &query.terms, mode, filter).await?;
                sought.capped = found.capped;
                let found = documents(app, &found.ids).await?.into_iter();
                sought.found = found.map(|c| (None, c)).collect();
            }
        }
        Ok(sought)
    }
}

/// Searches in one way after another until one finds something: as a code, for all words, with
/// typing mistakes mended, without the words that nothing holds, for any of the words.
pub(super) async fn sought(app: &App, text: &str, filter: &Filter) -> Result<Sought> {
    let mut plan = Plan::new(Way::All, text, None);
    if plan.query.code.is_some() {
        let by_code = Plan::new(Way::Code, text, None).run(app, filter).await?;
        if !by_code.found.is_empty() {
            return Ok(by_code);
        }
    }
    let nothing = plan.clone().run(app, filter).await?;
    if !nothing.found.is_empty() || plan.query.terms.is_empty() {
        return Ok(nothing);
    }
    let mut mended = plan.query.clone();
    let mut known = Query::default();
    for term in &mut mended.terms {
        if index::holds(app.db.public(), term).await? {
            known.terms.push(term.clone());
        } else if let Some(meant) = vocabulary(app).await?.meant(&term.word) {
            term.word = meant;
            known.terms.push(term.clone());
        }
    }
    if mended != plan.query {
        let found = Plan::new(Way::Mended, text, Some(mended.text()));
        let found = found.run(app, filter).await?;
        if !found.found.is_empty() {
            return Ok(found);
        }
    }
    if !known.terms.is_empty() && known.terms.len() < plan.query.terms.len() {
        let found = Plan::new(Way::Known, text, Some(known.text()));
        let found = found.run(app, filter).await?;
        if !found.found.is_empty() {
            return Ok(found);
        }
    }
    if known.terms.len() > 1 {
        plan = Plan::new(Way::Any, text, Some(known.text()));
        return plan.run(app, filter).await;
    }
    Ok(nothing)
}

/// The plan that made a cursor.
pub(super) fn of_cursor(text: &str, cursor: &Cursor) -> Result<Plan> {
    let (way, _, instead) = read("after", cursor)?;
    let instead = (!instead.is_empty()).then(|| instead.to_owned());
    Ok(Plan::new(way, text, instead))
}

/// Where a cursor stands.
pub(super) fn place(field: &str, cursor: &Cursor) -> Result<Place> {
    Ok(read(field, cursor)?.1)
}

fn read<'a>(field: &str, cursor: &'a Cursor) -> Result<(Way, Place, &'a str)> {
    let read = || {
        let mut parts = cursor.key.splitn(4, '.');
        let letter = parts.next()?;
        let mut ways = Way::ALL.into_iter();
        let (_, way) = ways.find(|(c, _)| letter.len() == 1 && letter.starts_with(*c))?;
        let score = parts.next()?.parse().ok()?;
        let id = parts.next()?.parse().ok()?;
        Some((way, (Reverse(score), id), parts.next()?))
    };
    read().ok_or_else(|| {
        Error::invalid(
            field,
            "BAD_CURSOR",
            "this is no cursor of a search: pass a pageInfo.endCursor or startCursor as it was given",
        )
    })
}
