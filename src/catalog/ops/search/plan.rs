//! In which way a text is searched for, and how a cursor holds to it.

use std::{cmp::Reverse, collections::HashMap, sync::Arc};

use super::{Candidate, Filter, Query, documents, vocabulary};
use crate::{
    app::App,
    catalog::{
        search::rank::score_of_code,
        store::search::{self as index, Mode},
    },
    kernel::{digest::sha256_hex, errors::Result, pages::Cursor},
};

/// Characters of what a cursor knows its search by: it is no secret, and hinders mistakes only.
const MARK: usize = 8;

/// A place in a list: scores fall, and ids rise among those of one score.
pub(super) type Place = (Reverse<i64>, i64);

/// One way to search for a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    way: Way,
    query: Query,
    /// The text that stands in place of the client's, if one does.
    instead: Option<String>,
    /// What was asked for, in short.
    mark: Arc<str>,
}

/// What a client asks for.
pub(super) struct Asked<'a> {
    text: &'a str,
    filter: &'a Filter,
    mark: Arc<str>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(text: &'a str, filter: &'a Filter) -> Self {
        let lists = [
            filter.kinds.iter().map(|k| k.as_str().to_owned()).collect(),
            filter
                .families
                .iter()
                .map(|f| f.as_str().to_owned())
                .collect(),
            filter.levels.iter().map(i32::to_string).collect(),
            filter.soc_groups.clone(),
            filter.job_zones.iter().map(i32::to_string).collect(),
            filter.sources.clone(),
        ];
        let mut lists: [Vec<String>; 6] = lists;
        // In which order they are named does not matter.
        lists.iter_mut().for_each(|list| list.sort());
        let all = serde_json::json!([text, lists, filter.latest_only]);
        let digest = sha256_hex(all.to_string().as_bytes());
        Self {
            text,
            filter,
            mark: digest.chars().take(MARK).collect::<String>().into(),
        }
    }
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
    fn new(way: Way, asked: &Asked<'_>, instead: Option<String>) -> Self {
        Self {
            way,
            query: Query::parse(instead.as_deref().unwrap_or(asked.text)),
            instead,
            mark: Arc::clone(&asked.mark),
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
            key: format!("{way}.{score}.{}.{}.{instead}", candidate.id, self.mark),
            id: candidate.ref_id,
        }
    }

    /// Where a cursor stands in the list that this plan makes.
    pub(super) fn place(&self, field: &str, cursor: &Cursor) -> Result<Place> {
        let read = read(cursor).filter(|read| *read.mark == *self.mark);
        read.map(|read| read.place)
            .ok_or_else(|| Cursor::of_another(field))
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
pub(super) async fn sought(app: &App, asked: &Asked<'_>) -> Result<Sought> {
    let filter = asked.filter;
    let mut plan = Plan::new(Way::All, asked, None);
    if plan.query.code.is_some() {
        let by_code = Plan::new(Way::Code, asked, None).run(app, filter).await?;
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
        let found = Plan::new(Way::Mended, asked, Some(mended.text()));
        let found = found.run(app, filter).await?;
        if !found.found.is_empty() {
            return Ok(found);
        }
    }
    if !known.terms.is_empty() && known.terms.len() < plan.query.terms.len() {
        let found = Plan::new(Way::Known, asked, Some(known.text()));
        let found = found.run(app, filter).await?;
        if !found.found.is_empty() {
            return Ok(found);
        }
    }
    if known.terms.len() > 1 {
        plan = Plan::new(Way::Any, asked, Some(known.text()));
        return plan.run(app, filter).await;
    }
    Ok(nothing)
}

/// The plan that made a cursor.
pub(super) fn of_cursor(asked: &Asked<'_>, field: &str, cursor: &Cursor) -> Result<Plan> {
    let read = read(cursor).ok_or_else(|| Cursor::of_another(field))?;
    let instead = (!read.instead.is_empty()).then(|| read.instead.to_owned());
    Ok(Plan::new(read.way, asked, instead))
}

/// What a cursor of a search holds.
struct Read<'a> {
    way: Way,
    place: Place,
    mark: &'a str,
    instead: &'a str,
}

fn read(cursor: &Cursor) -> Option<Read<'_>> {
    let mut parts = cursor.key.splitn(5, '.');
    let letter = parts.next()?;
    let mut ways = Way::ALL.into_iter();
    let (_, way) = ways.find(|(c, _)| letter.len() == 1 && letter.starts_with(*c))?;
    let score = parts.next()?.parse().ok()?;
    let id = parts.next()?.parse().ok()?;
    Some(Read {
        way,
        place: (Reverse(score), id),
        mark: parts.next()?,
        instead: parts.next()?,
    })
}
