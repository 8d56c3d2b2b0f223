//! Packages of our own: a framework export 2.0 in pieces, put together again.

use std::collections::{HashMap, HashSet};

use super::read::{Package, end, ours, text};
use super::relations::Relation;
use super::{FORMAT, ItemKind, same};
use crate::catalog::import::{Import, Problems, read_export};
use crate::kernel::json::{Json, Object, pointer_token};

/// What to do about a package that is not as it was written.
pub(super) const REMEDY: &str = "take the package as it was written; or take extensions.attestry out of the package, so that it is read as a framework of its own";

/// A statement of a level: its place there, the index of its item, and what it says.
type Told = (u64, usize, Object);

/// Where the parts of the export stand in the package.
type Places = Vec<(String, String)>;

/// Puts the export together and reads it.
pub(super) fn read(package: &Package, ours: &Json, problems: &mut Problems) -> Option<Import> {
    const AT: &str = "/extensions/attestry";
    if ours.get("format").and_then(Json::as_str) != Some(FORMAT) {
        let message = format!("the format is not {FORMAT}, and only that is known");
        problems.add(format!("{AT}/format"), message, REMEDY);
        return None;
    }
    let mut export = member(ours, "export", AT, problems)?;
    let framework = export.remove("framework").unwrap_or(Json::Null);
    let Json::Object(mut framework) = framework else {
        problems.add(
            format!("{AT}/export/framework"),
            "the member is missing",
            REMEDY,
        );
        return None;
    };
    let mut pieces = Pieces::gather(package, problems)?;
    pieces.hold_against(package, problems)?;
    let mut places = Places::new();
    let (domains, levels) = (pieces.domains(&mut places), pieces.levels(&mut places));
    framework.insert("version", text(&package.document, "version"));
    framework.insert("description", text(&package.document, "description"));
    if !domains.is_empty() {
        framework.insert("domains", domains);
    }
    framework.insert("levels", levels);
    export.insert("framework", framework);

    let mut inner = Problems::default();
    let import = read_export(export, &mut inner);
    match inner.finish(import) {
        Ok(import) => {
            same::check(package, &import, problems)?;
            Some(import)
        }
        Err(found) => {
            for problem in found {
                problems.add(
                    place(&problem.path, &places),
                    problem.message,
                    problem.remedy,
                );
            }
            None
        }
    }
}

/// The place in the package of a place in the export.
fn place(path: &str, places: &Places) -> String {
    let named = match path {
        "/framework/version" => Some("/CFDocument/version".to_owned()),
        "/framework/description" => Some("/CFDocument/description".to_owned()),
        _ => None,
    };
    let found = || {
        let within = places.iter().filter_map(|(from, to)| {
            let rest = path.strip_prefix(from.as_str())?;
            let own = match rest {
                "/text" | "/label" | "/title" => "/fullStatement".to_owned(),
                rest => format!("/extensions/attestry/members{rest}"),
            };
            (rest.is_empty() || rest.starts_with('/')).then(|| (from.len(), format!("{to}{own}")))
        });
        Some(within.max()?.1)
    };
    named
        .or_else(found)
        .unwrap_or_else(|| format!("/extensions/attestry/export{path}"))
}

fn member(of: &Json, name: &str, at: &str, problems: &mut Problems) -> Option<Object> {
    match of.get(name) {
        Some(Json::Object(object)) => Some(object.clone()),
        _ => {
            problems.add(format!("{at}/{name}"), "there is no object", REMEDY);
            None
        }
    }
}

/// The items by what they are, each with its index.
#[derive(Default)]
struct Pieces {
    levels: Vec<(u64, usize, String, Object)>,
    domains: Vec<(u64, usize, Object)>,
    /// By the key of their level.
    statements: HashMap<String, Vec<Told>>,
}

impl Pieces {
    fn gather(package: &Package, problems: &mut Problems) -> Option<Self> {
        let mut pieces = Pieces::default();
        let mut whole = true;
        for (index, item) in package.items.iter().enumerate() {
            if pieces.put(index, item).is_none() {
                let message = "the item does not say which part of the framework it is";
                problems.add(
                    format!("/CFItems/{index}/extensions/attestry"),
                    message,
                    REMEDY,
                );
                whole = false;
            }
        }
        pieces
            .levels
            .sort_by_key(|(ordinal, index, ..)| (*ordinal, *index));
        pieces
            .domains
            .sort_by_key(|(number, index, _)| (*number, *index));
        for statements in pieces.statements.values_mut() {
            statements.sort_by_key(|(place, index, _)| (*place, *index));
        }
        let known: HashSet<&str> = pieces
            .levels
            .iter()
            .map(|(_, _, key, _)| key.as_str())
            .collect();
        let mut stray: Vec<usize> = pieces
            .statements
            .iter()
            .filter(|(level, _)| !known.contains(level.as_str()))
            .flat_map(|(_, statements)| statements.iter().map(|(_, index, _)| *index))
            .collect();
        stray.sort_unstable();
        for index in stray {
            let at = format!("/CFItems/{index}/extensions/attestry/level");
            problems.add(at, "there is no such level", REMEDY);
            whole = false;
        }
        whole.then_some(pieces)
    }

    fn put(&mut self, index: usize, item: &Object) -> Option<()> {
        let ours = ours(item.get("extensions"))?;
        let mut members = match ours.get("members") {
            None => Object::new(),
            Some(members) => members.as_object()?.clone(),
        };
        let sentence = item.get("fullStatement")?.clone();
        let told = |name: &str| Some(ours.get(name)?.as_str()?.to_owned());
        let kind = told("kind")?;
        let kind = ItemKind::ALL
            .into_iter()
            .find(|known| known.name() == kind)?;
        let number = |members: &Object, name: &str| members.get(name).and_then(Json::as_u64);
        match kind {
            ItemKind::Level => {
                let ordinal = number(&members, "ordinal")?;
                members.insert("label", sentence);
                self.levels.push((ordinal, index, told("key")?, members));
            }
            ItemKind::Domain => {
                let place = number(&members, "number")?;
                members.insert("title", sentence);
                self.domains.push((place, index, members));
            }
            ItemKind::Statement => {
                let place = ours.get("place")?.as_u64()?;
                members.insert("text", sentence);
                let level = self.statements.entry(told("level")?).or_default();
                level.push((place, index, members));
            }
        }
        Some(())
    }

    /// That the associations put the items where these say that they stand.
    fn hold_against(&self, package: &Package, problems: &mut Problems) -> Option<()> {
        let given: HashSet<(&str, &str, &str)> = package
            .associations
            .iter()
            .map(|one| {
                let ends = (end(one, "originNodeURI"), end(one, "destinationNodeURI"));
                (text(one, "associationType"), ends.0, ends.1)
            })
            .collect();
        let id = |index: &usize| {
            package
                .items
                .get(*index)
                .map_or("", |item| text(item, "identifier"))
        };
        let top = text(&package.document, "identifier");
        let domains: HashMap<u64, usize> = self
            .domains
            .iter()
            .map(|(number, index, _)| (*number, *index))
            .collect();
        let levels = self.levels.iter().map(|(_, index, ..)| (*index, top));
        let under = self.domains.iter().map(|(_, index, _)| (*index, top));
        let mut wanted: Vec<(Relation, usize, &str)> = levels
            .chain(under)
            .map(|(index, of)| (Relation::IsChildOf, index, of))
            .collect();
        for (_, at, key, _) in &self.levels {
            for (_, index, members) in self.statements.get(key).into_iter().flatten() {
                let domain = members.get("domain").and_then(Json::as_u64);
                let parent = domain.and_then(|domain| domains.get(&domain)).unwrap_or(at);
                wanted.push((Relation::IsChildOf, *index, id(parent)));
                wanted.push((Relation::HasSkillLevel, *index, id(at)));
            }
        }
        let mut whole = Some(());
        for (relation, index, of) in wanted {
            if !given.contains(&(relation.as_str(), id(&index), of)) {
                let message = format!("no association says that it {} {of}", relation.as_str());
                problems.add(format!("/CFItems/{index}"), message, REMEDY);
                whole = None;
            }
        }
        whole
    }

    fn domains(&mut self, places: &mut Places) -> Vec<Json> {
        let domains = std::mem::take(&mut self.domains).into_iter().enumerate();
        domains
            .map(|(at, (_, index, members))| {
                places.push((
                    format!("/framework/domains/{at}"),
                    format!("/CFItems/{index}"),
                ));
                members.into()
            })
            .collect()
    }

    fn levels(&mut self, places: &mut Places) -> Object {
        let mut out = Object::new();
        for (_, index, key, mut level) in std::mem::take(&mut self.levels) {
            let from = format!("/framework/levels{}", pointer_token(&key));
            places.push((from.clone(), format!("/CFItems/{index}")));
            let statements = self.statements.remove(&key).unwrap_or_default().into_iter();
            let statements = statements.enumerate().map(|(at, (_, index, members))| {
                places.push((
                    format!("{from}/statements/{at}"),
                    format!("/CFItems/{index}"),
                ));
                Json::from(members)
            });
            let statements: Vec<Json> = statements.collect();
            level.insert("statements", statements);
            out.insert(key, level);
        }
        out
    }
}
