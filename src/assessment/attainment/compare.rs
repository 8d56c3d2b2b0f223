//! Two versions of a framework, statement by statement.

use std::collections::{BTreeMap, HashMap, HashSet};

use uuid::Uuid;

/// A statement, and where it stands in its version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The statement.
    pub id: Uuid,
    /// Ordinal of its level, from 1.
    pub level: i32,
    /// Number of its domain, in a framework with domains.
    pub domain: Option<i32>,
    /// Its position within level and domain, from 1.
    pub position: i32,
    /// The sentence, exactly as it is stored.
    pub text: &'a str,
}

/// The statements of one version of a framework.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version<'a> {
    /// The version.
    pub id: Uuid,
    /// Its statements, in any order.
    pub statements: Vec<Place<'a>>,
}

/// What became of a statement from one version to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The very same text at the same level: demonstrations carry over by themselves.
    Same,
    /// Another text in its place: demonstrations carry over when the provider says so.
    Reworded,
    /// Only the new version has it.
    Added,
    /// Only the old version has it.
    Removed,
}

/// One statement of the one version, the other, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CarryOver {
    /// The statement of the old version; `None` when it was added.
    pub from: Option<Uuid>,
    /// The statement of the new version; `None` when it was removed.
    pub to: Option<Uuid>,
    /// What became of it.
    pub kind: Kind,
}

/// A wording at a level: equal for statements of different versions that say the same there. Two
/// statements of one version with one text are told apart by counting.
pub(super) type Wording<'a> = (i32, Option<i32>, &'a str, u32);

/// The statements of a version by level, domain and position, each with its wording.
pub(super) fn wordings<'a>(version: &Version<'a>) -> Vec<(Wording<'a>, Place<'a>)> {
    let mut places = version.statements.clone();
    places.sort_by_key(|p| (p.level, p.domain, p.position, p.id));
    let mut seen: HashMap<(i32, Option<i32>, &str), u32> = HashMap::new();
    let worded = |p: Place<'a>| {
        let count = seen.entry((p.level, p.domain, p.text)).or_default();
        let wording = (p.level, p.domain, p.text, *count);
        *count += 1;
        (wording, p)
    };
    places.into_iter().map(worded).collect()
}

/// What became of each statement from `old` to `new`: by level, domain and position, what was
/// removed after the others of its position.
///
/// First those with the very same text are matched; then, of what is left, the pairs (old, new)
/// that were `accepted` as reworded, whatever their positions; then what stands at one position.
#[must_use]
pub fn compare(old: &Version<'_>, new: &Version<'_>, accepted: &[(Uuid, Uuid)]) -> Vec<CarryOver> {
    let mut matching = Matching::default();
    let (old, new) = (wordings(old), wordings(new));
    let by_wording: HashMap<_, _> = new.iter().map(|(wording, p)| (wording, p)).collect();
    for (wording, from) in &old {
        if let Some(to) = by_wording.get(wording) {
            matching.pair(from, to, Kind::Same);
        }
    }
    let mut rest = matching.rest(&old, &new);
    for (from, to) in accepted {
        if let (Some(from), Some(to)) = (rest.0.get(from), rest.1.get(to)) {
            matching.pair(from, to, Kind::Reworded);
        }
    }
    rest = matching.rest(&old, &new);
    let by_seat: HashMap<_, _> = rest.1.values().map(|p| (seat(p), *p)).collect();
    for from in rest.0.values() {
        if let Some(to) = by_seat.get(&seat(from)) {
            matching.pair(from, to, Kind::Reworded);
        }
    }
    rest = matching.rest(&old, &new);
    for place in rest.0.values() {
        matching.note(place, Some(place.id), None, Kind::Removed);
    }
    for place in rest.1.values() {
        matching.note(place, None, Some(place.id), Kind::Added);
    }
    matching
        .found
        .sort_by_key(|(seat, c)| (*seat, c.kind, c.from, c.to));
    matching.found.into_iter().map(|(_, c)| c).collect()
}

/// Level, domain and position.
type Seat = (i32, Option<i32>, i32);

fn seat(place: &Place<'_>) -> Seat {
    (place.level, place.domain, place.position)
}

/// What was matched so far.
#[derive(Default)]
struct Matching {
    found: Vec<(Seat, CarryOver)>,
    matched: HashSet<Uuid>,
}

type ById<'m, 'a> = BTreeMap<Uuid, &'m Place<'a>>;

impl Matching {
    fn pair(&mut self, from: &Place<'_>, to: &Place<'_>, kind: Kind) {
        self.matched.extend([from.id, to.id]);
        self.note(to, Some(from.id), Some(to.id), kind);
    }

    fn note(&mut self, at: &Place<'_>, from: Option<Uuid>, to: Option<Uuid>, kind: Kind) {
        self.found.push((seat(at), CarryOver { from, to, kind }));
    }

    /// What is not matched yet, of the old and of the new.
    fn rest<'m, 'a>(
        &self,
        old: &'m [(Wording<'a>, Place<'a>)],
        new: &'m [(Wording<'a>, Place<'a>)],
    ) -> (ById<'m, 'a>, ById<'m, 'a>) {
        let open = |all: &'m [(Wording<'a>, Place<'a>)]| {
            let open = all.iter().filter(|(_, p)| !self.matched.contains(&p.id));
            open.map(|(_, p)| (p.id, p)).collect()
        };
        (open(old), open(new))
    }
}
