//! Searching the catalog: open to anyone.

mod fill;
mod plan;

use std::{
    borrow::Borrow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, hash_map::Entry},
    sync::Arc,
};

use entity::occupation;
use uuid::Uuid;

use self::plan::{Asked, Plan};
use super::browse::{self, parted};
use crate::{
    app::App,
    catalog::{
        search::{Kind, Piece, Query, Vocabulary, score, snippet, sources},
        store::{
            VersionContent,
            search::{self as index, Candidate, Filter},
        },
    },
    kernel::{
        errors::{Error, Result},
        pages::{Cursor, Page, PageRequest},
    },
};

pub use self::fill::{catch_up, settle};
pub use crate::catalog::store::search::Filter as SearchFilter;

/// The most characters of a text that is searched for.
const MAX_CHARS: usize = 1_000;
/// The most values of one condition of a filter.
const MAX_VALUES: usize = 100;

/// What a search finds.
#[derive(Debug)]
pub enum Item {
    /// An occupation.
    Occupation(occupation::Model),
    /// A statement, by its id, with the version that holds it.
    Statement(Arc<VersionContent>, Uuid),
}

/// One thing that a search found.
#[derive(Debug)]
pub struct Hit {
    /// What it is.
    pub item: Item,
    /// How well it answers: more is better; only comparable within one search.
    pub score: i64,
    candidate: Arc<Candidate>,
    query: Arc<Query>,
}

impl Hit {
    /// The text that was met, or a part of it, in pieces.
    #[must_use]
    pub fn snippet(&self) -> Vec<Piece> {
        let text = match &self.item {
            Item::Statement(version, id) => version.statement(*id).map(|(_, s)| s.text.as_str()),
            Item::Occupation(_) => self.candidate.title.as_deref(),
        };
        snippet(text.unwrap_or_default(), &self.query)
    }

    /// The other title by which an occupation was found, where it is not its own.
    #[must_use]
    pub fn matched_title(&self) -> Option<&str> {
        let title = self.candidate.title.as_deref();
        title.filter(|_| self.candidate.kind == Kind::Title)
    }
}

/// How many of the hits have each value.
pub type Counts<T> = BTreeMap<T, usize>;

/// How the hits spread; what has no such property is counted nowhere.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// By what they are: occupations ([`Kind::Occupation`], whichever title was met) or statements.
    pub kinds: Counts<Kind>,
    /// By family.
    pub families: Counts<String>,
    /// By ordinal of the level.
    pub levels: Counts<i32>,
    /// By the first two digits of the SOC code.
    pub soc_groups: Counts<String>,
    /// By job zone of the occupation.
    pub job_zones: Counts<i32>,
    /// By label of the sources that are cited.
    pub sources: Counts<String>,
}

/// What a search found.
#[derive(Debug)]
pub struct Found {
    /// A page of the hits, best first.
    pub page: Page<Hit>,
    /// Whether there are more, beyond what is ranked.
    pub capped: bool,
    /// All of them, best first.
    ranked: Vec<Arc<Candidate>>,
    /// The text that was searched for in place of the client's, which had typing mistakes.
    pub corrected: Option<String>,
    /// Whether nothing held all of the words, and so these hold some of them.
    pub partial: bool,
}

impl Found {
    /// How many hits there are in all.
    #[must_use]
    pub fn total(&self) -> usize {
        self.ranked.len()
    }

    /// How all the hits spread.
    #[must_use]
    pub fn facets(&self) -> Facets {
        Facets::of(&self.ranked)
    }
}

/// A hit before its content is read.
struct Ranked {
    score: i64,
    candidate: Arc<Candidate>,
}

/// Searches statements and occupations. Any text is sound; one without words finds nothing.
///
/// # Errors
/// `BAD_LENGTH` on a longer text than anybody types, or lists of a filter as long; `BAD_CURSOR`.
pub async fn search(app: &App, text: &str, filter: &Filter, page: &PageRequest) -> Result<Found> {
    check(text, filter)?;
    let asked = Asked::new(text, filter);
    let [after, before] = [("after", &page.after), ("before", &page.before)];
    let given = [after, before].into_iter();
    let mut given = given.filter_map(|(field, cursor)| Some((field, cursor.as_ref()?)));
    let sought = match given.next() {
        // The pages of a list are all found in one way, whatever the catalog gains meanwhile.
        Some((field, cursor)) => {
            plan::of_cursor(&asked, field, cursor)?
                .run(app, filter)
                .await?
        }
        None => plan::sought(app, &asked).await?,
    };
    let capped = sought.capped;
    let place = |(field, cursor): (&str, &Option<Cursor>)| {
        let cursor = cursor.as_ref();
        cursor
            .map(|cursor| sought.plan.place(field, cursor))
            .transpose()
    };
    let (after, before) = (place(after)?, place(before)?);
    let ranked = ranked(&sought.plan, sought.found);
    let all = ranked.iter().map(|r| Arc::clone(&r.candidate)).collect();
    // Best first, those of one score in the order that they came in.
    let order = |r: &Ranked| (std::cmp::Reverse(r.score), r.candidate.id);
    let rows = ranked
        .into_iter()
        .filter(|r| after.is_none_or(|a| order(r) > a) && before.is_none_or(|b| order(r) < b));
    let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
    let mut rows: Vec<Ranked> = rows.collect();
    if page.backward {
        rows.reverse();
    }
    rows.truncate(limit.saturating_add(1));
    let page = Page::from_fetched(page, rows, |_| Cursor {
        key: String::new(),
        id: Uuid::nil(),
    });
    Ok(Found {
        page: filled(app, &sought.plan, page).await?,
        capped,
        ranked: all,
        corrected: sought.plan.corrected(),
        partial: sought.plan.is_partial(),
    })
}

fn check(text: &str, filter: &Filter) -> Result<()> {
    if text.chars().nth(MAX_CHARS).is_some() {
        let message = format!("give at most {MAX_CHARS} characters");
        return Err(Error::invalid("text", "BAD_LENGTH", message));
    }
    let lists = [
        ("filter.families", filter.families.len()),
        ("filter.levels", filter.levels.len()),
        ("filter.socGroups", filter.soc_groups.len()),
        ("filter.jobZones", filter.job_zones.len()),
        ("filter.sources", filter.sources.len()),
    ];
    for (field, length) in lists {
        if length > MAX_VALUES {
            let message = format!("give at most {MAX_VALUES} values");
            return Err(Error::invalid(field, "BAD_LENGTH", message));
        }
    }
    let is_group = |text: &String| text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    if let Some(group) = filter.soc_groups.iter().find(|group| !is_group(group)) {
        let group = crate::kernel::text::excerpt(group, 40);
        let message = format!(
            "{group:?} is no major group: give the first two digits of SOC codes, as in 29"
        );
        return Err(Error::invalid("filter.socGroups", "BAD_SOC_GROUP", message));
    }
    Ok(())
}

/// Gives each candidate its score; of several titles of one occupation only the best stays.
fn ranked(plan: &Plan, found: Vec<(Option<i64>, Arc<Candidate>)>) -> Vec<Ranked> {
    let mut out: Vec<Ranked> = Vec::with_capacity(found.len());
    for (given, candidate) in found {
        let c = &candidate;
        let score = given.unwrap_or_else(|| score(plan.query(), c.kind, &c.words, c.title_words));
        out.push(Ranked { score, candidate });
    }
    out.sort_by_key(|r| (std::cmp::Reverse(r.score), r.candidate.id));
    let mut seen = HashSet::new();
    out.retain(|r| r.candidate.kind == Kind::Statement || seen.insert(r.candidate.ref_id));
    out
}

impl Facets {
    fn of(ranked: &[Arc<Candidate>]) -> Self {
        let mut out = Self::default();
        for c in ranked {
            let kind = match c.kind {
                Kind::Statement => Kind::Statement,
                Kind::Title | Kind::Occupation => Kind::Occupation,
            };
            *out.kinds.entry(kind).or_default() += 1;
            add(&mut out.families, c.family.as_deref());
            add(&mut out.levels, c.level.as_ref());
            add(&mut out.soc_groups, c.soc_group.as_deref());
            add(&mut out.job_zones, c.job_zone.as_ref());
            // Two sources of one name count as one.
            for label in sources::labels(&c.sources).collect::<BTreeSet<_>>() {
                add(&mut out.sources, Some(label));
            }
        }
        out
    }
}

fn add<T: Ord + Borrow<V>, V: Ord + ToOwned<Owned = T> + ?Sized>(
    counts: &mut Counts<T>,
    value: Option<&V>,
) {
    if let Some(value) = value {
        match counts.get_mut(value) {
            Some(count) => *count += 1,
            None => {
                counts.insert(value.to_owned(), 1);
            }
        }
    }
}

/// Reads what a page shows. What has gone meanwhile is left out.
async fn filled(app: &App, plan: &Plan, page: Page<Ranked>) -> Result<Page<Hit>> {
    let candidates = || page.rows.iter().map(|(_, r)| &r.candidate);
    let versions: HashSet<Uuid> = candidates().filter_map(|c| c.version_id).collect();
    let versions: Vec<Uuid> = versions.into_iter().collect();
    let versions = browse::versions(app, &versions).await?;
    let titles = candidates().filter(|c| c.version_id.is_none());
    let occupations: Vec<Uuid> = titles.map(|c| c.ref_id).collect();
    let occupations = browse::occupations_by_id(app, &occupations).await?;
    let mut occupations: HashMap<Uuid, occupation::Model> =
        occupations.into_iter().map(|o| (o.id, o)).collect();
    let query = Arc::new(plan.query().clone());
    let mut rows = Vec::with_capacity(page.rows.len());
    for (_, Ranked { score, candidate }) in page.rows {
        let cursor = plan.cursor(score, &candidate);
        let item = match candidate.version_id {
            Some(version) => {
                let Some(version) = versions.get(&version) else {
                    continue;
                };
                let Some((_, statement)) = version.statement(candidate.ref_id) else {
                    continue;
                };
                Item::Statement(Arc::clone(version), statement.id)
            }
            None => {
                let Entry::Occupied(found) = occupations.entry(candidate.ref_id) else {
                    continue;
                };
                Item::Occupation(found.remove())
            }
        };
        let hit = Hit {
            item,
            score,
            candidate,
            query: Arc::clone(&query),
        };
        rows.push((cursor, hit));
    }
    Ok(Page {
        rows,
        has_next: page.has_next,
        has_previous: page.has_previous,
    })
}

/// Documents of the index by id, in no order.
async fn documents(app: &App, ids: &[i64]) -> Result<Vec<Arc<Candidate>>> {
    let held = app.recent.held(&app.db).await?;
    let (mut out, missing) = parted(ids, |id| held.documents.get(id));
    if !missing.is_empty() {
        for document in index::documents(app.db.public(), &missing).await? {
            let document = Arc::new(document);
            held.documents.insert(document.id, Arc::clone(&document));
            out.push(document);
        }
    }
    Ok(out)
}

/// The words of all titles, as they are now.
async fn vocabulary(app: &App) -> Result<Arc<Vocabulary>> {
    let c = app.db.public();
    let Some(newest) = index::newest_title(c).await? else {
        return Ok(Arc::default());
    };
    if let Some(held) = app.title_words.get(newest) {
        return Ok(held);
    }
    let titles = index::titles(c).await?;
    let texts = titles.iter().filter_map(|(_, title)| title.as_deref());
    let words = Arc::new(Vocabulary::of(texts));
    if let Some((newest, _)) = titles.last() {
        app.title_words.keep(*newest, &words);
    }
    Ok(words)
}
