//! Packages of others.

use std::collections::HashMap;

use uuid::Uuid;

use super::mend::Mends;
use super::read::{Package, end, text};
use super::relations::{self, Ends, Relation};
use super::tree::{Place, preorder};
use super::{ITEMS, deprecated};
use crate::catalog::ids::{self, FrameworkKey};
use crate::catalog::import::{Problems, name_of, words};
use crate::catalog::model::{
    CaseFacts, Family, FrameworkVersion, Level, Outline, Split, Statement,
};
use crate::kernel::json::{Json, Object};

/// The version of a framework of its own that a mended package is.
pub(super) fn read(
    package: Package,
    mends: &mut Mends,
    problems: &mut Problems,
) -> Option<FrameworkVersion> {
    let Package {
        mut document,
        items,
        associations,
        definitions,
        rubrics,
        extensions,
    } = package;
    deprecated::take_out(&mut document);
    let document_id = uuid(&document)?;
    let at = |name: &str| format!("/CFDocument/{name}");
    let title = name_of(document.remove("title")?, &at("title"), problems);
    let creator = match document.remove("creator") {
        Some(Json::String(blank)) if blank.trim().is_empty() => {
            mends.add(&at("creator"), Some(&blank.into()), "\"unknown\"");
            Some("unknown".to_owned())
        }
        creator => name_of(creator?, &at("creator"), problems),
    };
    let description = match document.remove("description") {
        Some(Json::String(text)) => text,
        _ => String::new(),
    };
    let label = match document.remove("version") {
        Some(Json::String(label)) if !label.trim().is_empty() => {
            name_of(label.into(), &at("version"), problems)
        }
        _ => Some(text(&document, "lastChangeDateTime").to_owned()),
    };
    document.remove("identifier");
    document.remove("caseVersion");
    let tree = tree(&items, associations, document_id, mends, problems);
    let statements = readable(&items, problems);
    let ((order, mut tree), (), label) = (tree?, statements?, label?);
    let key = FrameworkKey::case(document_id);
    let facts = CaseFacts {
        document_id,
        document,
        associations: std::mem::take(&mut tree.others),
        definitions,
        rubrics,
        extensions,
    };
    let title = title?;
    let top = Ends::of_document(&facts, &title);
    let statements = tree.statements(items, &order, &top, |position| {
        ids::statement(None, &key, &label, None, 1, position)
    });
    Some(version(
        facts,
        title,
        creator?,
        label,
        description,
        statements,
    ))
}

/// The version that these make: all else of it follows.
pub(super) fn version(
    facts: CaseFacts,
    title: String,
    creator: String,
    label: String,
    description: String,
    statements: Vec<Statement>,
) -> FrameworkVersion {
    let mut sources = Object::new();
    sources.insert("case", text(&facts.document, "uri"));
    FrameworkVersion {
        occupation: None,
        family: Family::Custom,
        key: FrameworkKey::case(facts.document_id),
        levels: vec![Level {
            ordinal: 1,
            key: ITEMS.to_owned(),
            label: title.clone(),
            subtitle: None,
            description: None,
            statements,
        }],
        title: Some(title),
        attribution: creator.clone(),
        creator: Some(creator),
        version: label,
        replaces: None,
        description,
        context_covered: String::new(),
        domains: Vec::new(),
        cited: Vec::new(),
        sources: sources.into(),
        profile: None,
        case: Some(facts),
        exported_at: None,
        extras: Vec::new(),
    }
}

fn uuid(object: &Object) -> Option<Uuid> {
    Uuid::try_parse(text(object, "identifier")).ok()
}

/// That each item says something.
fn readable(items: &[Object], problems: &mut Problems) -> Option<()> {
    let mut whole = Some(());
    for (index, item) in items.iter().enumerate() {
        let sentence = item.get("fullStatement").cloned().unwrap_or(Json::Null);
        if words(
            sentence,
            &format!("/CFItems/{index}/fullStatement"),
            problems,
        )
        .is_none()
        {
            whole = None;
        }
    }
    whole
}

/// Which association makes each item a child of what.
struct Tree {
    parents: Vec<Option<usize>>,
    child_of: Vec<Option<Object>>,
    others: Vec<Json>,
}

fn tree(
    items: &[Object],
    associations: Vec<Object>,
    document: Uuid,
    mends: &mut Mends,
    problems: &mut Problems,
) -> Option<(Vec<usize>, Tree)> {
    let ids = items
        .iter()
        .enumerate()
        .map(|(index, item)| (text(item, "identifier"), index));
    let index: HashMap<&str, usize> = ids.collect();
    let document = document.to_string();
    let kin = |one: &Object| {
        let child = *index.get(end(one, "originNodeURI"))?;
        let of = end(one, "destinationNodeURI");
        let parent = index.get(of).copied();
        let told = text(one, "associationType") == Relation::IsChildOf.as_str();
        (told && (parent.is_some() || of == document)).then_some((child, parent))
    };
    // Of several parents the first by number.
    let mut chosen: Vec<Option<usize>> = vec![None; items.len()];
    let rank = |at: usize| {
        let sequence = associations.get(at).and_then(sequence);
        (sequence.is_none(), sequence, at)
    };
    for (at, one) in associations.iter().enumerate() {
        let Some((child, _)) = kin(one) else { continue };
        if let Some(slot) = chosen.get_mut(child)
            && slot.is_none_or(|old| rank(at) < rank(old))
        {
            *slot = Some(at);
        }
    }
    let mut tree = Tree {
        parents: vec![None; items.len()],
        child_of: vec![None; items.len()],
        others: Vec::new(),
    };
    for (at, one) in associations.into_iter().enumerate() {
        let Some((child, parent)) = kin(&one) else {
            tree.others.push(one.into());
            continue;
        };
        if chosen.get(child) != Some(&Some(at)) {
            let path = format!("/CFAssociations/{at}");
            mends.add(
                &path,
                Some(&one.clone().into()),
                "kept apart: the item is a child already",
            );
            tree.others.push(one.into());
            continue;
        }
        if let (Some(slot), Some(made)) =
            (tree.parents.get_mut(child), tree.child_of.get_mut(child))
        {
            *slot = parent;
            *made = Some(one);
        }
    }
    for (at, child_of) in tree.child_of.iter().enumerate() {
        if child_of.is_none() {
            mends.add(&format!("/CFItems/{at}"), None, "a child of the document");
        }
    }
    let places: Vec<Place> = items
        .iter()
        .zip(&tree.child_of)
        .map(|(item, child_of)| place(item, child_of.as_ref().and_then(sequence)))
        .collect();
    match preorder(&tree.parents, &places) {
        Ok(order) => Some((order, tree)),
        Err(lost) => {
            for at in lost {
                let message = "the item is below itself";
                problems.add(
                    format!("/CFItems/{at}"),
                    message,
                    "correct the isChildOf that leads back to it",
                );
            }
            None
        }
    }
}

fn sequence(association: &Object) -> Option<i64> {
    association.get("sequenceNumber").and_then(Json::as_i64)
}

fn place(item: &Object, sequence: Option<i64>) -> Place {
    let label = |name: &str| item.get(name).and_then(Json::as_str);
    Place::new(
        sequence,
        label("listEnumeration"),
        label("humanCodingScheme"),
    )
}

impl Tree {
    /// The items as statements in `order`; `id` tells that of the statement at a position.
    fn statements(
        &mut self,
        items: Vec<Object>,
        order: &[usize],
        top: &Ends,
        id: impl Fn(u32) -> Uuid,
    ) -> Vec<Statement> {
        let mut items: Vec<Option<Object>> = items.into_iter().map(Some).collect();
        let mut done: HashMap<usize, (u32, Ends)> = HashMap::new();
        let mut statements = Vec::with_capacity(order.len());
        for (position, at) in (1_u32..).zip(order) {
            let Some(mut item) = items.get_mut(*at).and_then(Option::take) else {
                continue;
            };
            let own = Ends::of_item(&item);
            let parent = self.parents.get(*at).copied().flatten();
            let parent = parent.and_then(|parent| done.get(&parent));
            let of = parent.map_or(top, |(_, ends)| ends);
            let association = self.child_of.get_mut(*at).and_then(Option::take);
            let child_of = association.as_ref().and_then(uuid);
            let generated = || ids::association(id(position), Relation::IsChildOf.digit());
            let child_of = child_of.unwrap_or_else(generated);
            let number = association.as_ref().and_then(sequence);
            let rest = association.map(|one| relations::told_besides(one, child_of, &own, of));
            let taken = |item: &mut Object, name: &str| match item.remove(name) {
                Some(Json::String(text)) => Some(text),
                _ => None,
            };
            let outline = Outline {
                case_id: uuid(&item).unwrap_or_default(),
                child_of: Some(child_of),
                uri: taken(&mut item, "uri"),
                parent: parent.map(|(position, _)| *position),
                sequence: number,
                kind: taken(&mut item, "CFItemType"),
                code: taken(&mut item, "humanCodingScheme"),
                rest: Object::new(),
            };
            let text = taken(&mut item, "fullStatement").unwrap_or_default();
            item.remove("identifier");
            if let Some(rest) = rest.filter(|rest| !rest.is_empty()) {
                item.insert(relations::KEPT, rest);
            }
            done.insert(*at, (position, own));
            statements.push(Statement {
                domain: None,
                position,
                text,
                split: Split::Derived,
                citations: Vec::new(),
                anchors: Vec::new(),
                replaces: None,
                outline: Some(Outline {
                    rest: item,
                    ..outline
                }),
            });
        }
        statements
    }
}

/// Whether a version is one that [`read`] makes, so that a package without anything of our own
/// says all of it.
pub(super) fn is_foreign(version: &FrameworkVersion) -> bool {
    let (Some(facts), Some(title), Some(creator), [level]) = (
        &version.case,
        &version.title,
        &version.creator,
        version.levels.as_slice(),
    ) else {
        return false;
    };
    let bare = FrameworkVersion {
        levels: vec![Level {
            statements: Vec::new(),
            ..level.clone()
        }],
        case: None,
        ..version.clone()
    };
    let mut made = self::version(
        facts.clone(),
        title.clone(),
        creator.clone(),
        version.version.clone(),
        version.description.clone(),
        Vec::new(),
    );
    made.case = None;
    bare == made && in_order(&level.statements)
}

/// Whether these are nothing but items, and stand as the tree puts them.
fn in_order(statements: &[Statement]) -> bool {
    let mut parents = Vec::with_capacity(statements.len());
    let mut places = Vec::with_capacity(statements.len());
    for (position, statement) in (1_u32..).zip(statements) {
        let bare = Statement {
            outline: None,
            ..statement.clone()
        };
        let Some(outline) = statement
            .outline
            .as_ref()
            .filter(|outline| outline.child_of.is_some())
        else {
            return false;
        };
        if bare != Statement::plain(position, statement.text.as_str()) {
            return false;
        }
        let listed = outline.rest.get("listEnumeration").and_then(Json::as_str);
        let parent = outline
            .parent
            .and_then(|parent| usize::try_from(parent).ok()?.checked_sub(1));
        parents.push(parent);
        places.push(Place::new(
            outline.sequence,
            listed,
            outline.code.as_deref(),
        ));
    }
    let sound = (0..)
        .zip(&parents)
        .all(|(at, parent)| parent.is_none_or(|parent| parent < at));
    let order = preorder(&parents, &places);
    sound && order.is_ok_and(|order| order.into_iter().eq(0..statements.len()))
}
