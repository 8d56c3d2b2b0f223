//! Which versions and statements took the place of which, and the frameworks that they belong to:
//! open to anyone.

use std::collections::{HashMap, HashSet};

use entity::framework;
use uuid::Uuid;

use super::browse::{self, parted};
use crate::{
    app::App,
    catalog::{
        cache::Pairs,
        rules::{Said, compare_labels, same_statements},
        store::{self, Sibling, VersionContent},
    },
    kernel::{
        errors::Result,
        pages::{Page, PageRequest},
    },
};

pub use crate::catalog::store::Labelled;

/// The published versions that have these labels.
pub async fn labelled(app: &App, wanted: &[Labelled]) -> Result<HashMap<Labelled, Uuid>> {
    let found = store::versions_labelled(app.db.public(), wanted).await?;
    let found = found.into_iter();
    Ok(found.map(|(id, of, label)| ((of, label), id)).collect())
}

/// The published versions that took the place of those with these labels, by these.
pub async fn replacing(app: &App, wanted: &[Labelled]) -> Result<HashMap<Labelled, Vec<Uuid>>> {
    let mut out: HashMap<Labelled, Vec<Uuid>> = HashMap::new();
    for (id, of, label) in store::versions_replacing(app.db.public(), wanted).await? {
        out.entry((of, label)).or_default().push(id);
    }
    Ok(out)
}

/// What statements took the place of, the oldest first, and then what took theirs; by statement.
pub async fn lineages(app: &App, statements: &[Uuid]) -> Result<HashMap<Uuid, Vec<Uuid>>> {
    let c = app.db.public();
    let of = store::frameworks_of_statements(c, statements).await?;
    let frameworks: HashSet<_> = of.iter().map(|(_, framework)| *framework).collect();
    let frameworks: Vec<_> = frameworks.into_iter().collect();
    let (mut older, mut newer) = (HashMap::new(), HashMap::<Uuid, Vec<Uuid>>::new());
    for (statement, before) in links(app, &frameworks, |_| true).await? {
        older.insert(statement, before);
        newer.entry(before).or_default().push(statement);
    }
    let line = |statement: &Uuid| (*statement, line(*statement, &older, &newer));
    Ok(statements.iter().map(line).collect())
}

/// The statements of published versions of these frameworks that took another's place, each with
/// that other: as their versions say, and for those versions that say nothing of it and are
/// `wanted`, as [`same_statements`] tells it of the version before.
async fn links(
    app: &App,
    frameworks: &[Uuid],
    wanted: impl Fn([&Sibling; 2]) -> bool,
) -> Result<Vec<(Uuid, Uuid)>> {
    let c = app.db.public();
    let told = store::statement_successions(c, frameworks).await?;
    let tell: HashSet<Uuid> = told.iter().map(|(version, ..)| *version).collect();
    let versions = store::siblings(c, frameworks).await?;
    let silent = versions.windows(2).filter_map(|pair| match pair {
        [older, newer] if older.framework_id == newer.framework_id => {
            let says = newer.replaces.is_some() || tell.contains(&newer.id);
            (!says && wanted([older, newer])).then_some((older.id, newer.id))
        }
        _ => None,
    });
    let silent: Vec<(Uuid, Uuid)> = silent.collect();
    let (mut kept, missing) = parted(&silent, |pair| app.kept.get(*pair));
    let of: Vec<Uuid> = missing.iter().flat_map(|(a, b)| [*a, *b]).collect();
    let of = browse::versions(app, &of).await?;
    for pair in missing {
        let Some((older, newer)) = of.get(&pair.0).zip(of.get(&pair.1)) else {
            continue;
        };
        let pairs: Pairs = same_statements(&said(older), &said(newer)).into();
        app.kept.insert(pair, &pairs);
        kept.push(pairs);
    }
    let told = told.into_iter().map(|(_, newer, older)| (newer, older));
    let kept = kept.iter().flat_map(|pairs| pairs.iter().copied());
    Ok(told.chain(kept).collect())
}

fn said(version: &VersionContent) -> Vec<Said<'_>> {
    let levels = version.levels.iter();
    let all = levels.flat_map(|l| l.statements.iter().map(|s| (l.row.ordinal, s)));
    all.map(|(level, statement)| Said {
        id: statement.id,
        case_id: statement.case_id,
        cell: (level, statement.domain),
        text: &statement.text,
    })
    .collect()
}

/// Which statement of `from` each one of `to` is, where one took the other's place, whichever is
/// the older. Both are versions of one framework.
pub(super) async fn origins(
    app: &App,
    from: &VersionContent,
    to: &VersionContent,
) -> Result<HashMap<Uuid, Uuid>> {
    let mut ends = [&from.row.label, &to.row.label];
    ends.sort_by(|a, b| compare_labels(a, b));
    let [oldest, newest] = ends;
    let between = |[older, newer]: [&Sibling; 2]| {
        compare_labels(&older.label, oldest).is_ge() && compare_labels(&newer.label, newest).is_le()
    };
    let links = links(app, &[from.row.framework_id], between).await?;
    let older: HashMap<Uuid, Uuid> = links.into_iter().collect();
    let ids = |version: &VersionContent| -> Vec<Uuid> {
        let levels = version.levels.iter();
        levels
            .flat_map(|l| l.statements.iter().map(|s| s.id))
            .collect()
    };
    let (from, to) = (&ids(from), &ids(to));
    let before = |statements: &[Uuid], among: &[Uuid]| {
        let among: HashSet<Uuid> = among.iter().copied().collect();
        let found = statements.iter().filter_map(|statement| {
            // What others wrote may lead in a circle.
            let mut seen = HashSet::new();
            let mut at = statement;
            while let Some(next) = older.get(at).filter(|next| seen.insert(**next)) {
                if among.contains(next) {
                    return Some((*statement, *next));
                }
                at = next;
            }
            None
        });
        found.collect::<Vec<_>>()
    };
    let mut known: HashMap<_, _> = before(to, from).into_iter().collect();
    for (from, to) in before(from, to) {
        known.entry(to).or_insert(from);
    }
    Ok(known)
}

/// The line of one statement.
fn line(
    statement: Uuid,
    older: &HashMap<Uuid, Uuid>,
    newer: &HashMap<Uuid, Vec<Uuid>>,
) -> Vec<Uuid> {
    // What others wrote may lead in a circle.
    let mut seen = HashSet::from([statement]);
    let mut line = Vec::new();
    let mut at = statement;
    while let Some(before) = older.get(&at).filter(|before| seen.insert(**before)) {
        line.push(*before);
        at = *before;
    }
    line.reverse();
    let mut wave = vec![statement];
    while !wave.is_empty() {
        let next = wave.iter().filter_map(|at| newer.get(at)).flatten();
        wave = next.copied().filter(|after| seen.insert(*after)).collect();
        line.extend(&wave);
    }
    line
}

/// Several frameworks by id.
pub async fn frameworks_by_id(app: &App, ids: &[Uuid]) -> Result<Vec<framework::Model>> {
    store::frameworks_by_id(app.db.public(), ids).await
}

/// A page of the frameworks with published versions: of one provider, or of all and the shared ones;
/// of one family, or of all.
pub async fn frameworks(
    app: &App,
    owner: Option<Uuid>,
    family: Option<&str>,
    page: &PageRequest,
) -> Result<Page<framework::Model>> {
    store::frameworks(app.db.public(), owner, family, page).await
}
