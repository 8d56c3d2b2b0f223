//! Which versions and statements took the place of which, and the frameworks that they belong to:
//! open to anyone.

use std::collections::{HashMap, HashSet};

use entity::framework;
use uuid::Uuid;

use crate::{
    app::App,
    catalog::store,
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
    for (statement, before) in store::statement_successions(c, &frameworks).await? {
        older.insert(statement, before);
        newer.entry(before).or_default().push(statement);
    }
    let line = |statement: &Uuid| (*statement, line(*statement, &older, &newer));
    Ok(statements.iter().map(line).collect())
}

/// Which statement of `from` each one of `to` is, where one took the other's place, whichever is
/// the older. Both are of one framework.
pub(super) async fn origins(
    app: &App,
    framework: Uuid,
    from: &[Uuid],
    to: &[Uuid],
) -> Result<HashMap<Uuid, Uuid>> {
    let links = store::statement_successions(app.db.public(), &[framework]).await?;
    let older: HashMap<Uuid, Uuid> = links.into_iter().collect();
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
