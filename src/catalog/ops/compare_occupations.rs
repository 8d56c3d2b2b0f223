//! What two occupations have in common: open to anyone.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use entity::occupation;
use uuid::Uuid;

use super::{
    browse::{self, LevelContent, VersionContent},
    onet,
    profiles::{self, ProfileContent},
};
use crate::{
    app::App,
    catalog::{
        model::{AnchorRef, Family, Soc},
        onet::{Part, Source, view},
        profile::{Anchor, AnchorKind},
        similarity::{self, Subject},
    },
    kernel::errors::{Error, Result},
};

/// The most statements of one level that are compared: each is compared with each.
const MOST: usize = 500;

/// The families that are one thing for every occupation; a provider's own are not.
const COMPARED: [Family; 3] = [Family::Mastery, Family::AiLiteracy, Family::DurableSkills];

/// One of two occupations.
#[derive(Debug)]
pub struct Side {
    /// The occupation.
    pub occupation: occupation::Model,
    /// The published profile that its anchors are of, if they are of one.
    pub profile: Option<Arc<ProfileContent>>,
    /// The published tables that its anchors are selected from, if they are not of a profile.
    pub sources: Vec<Arc<Source>>,
    anchors: Vec<Anchor>,
    versions: BTreeMap<Family, Arc<VersionContent>>,
    grounds: HashMap<Uuid, Arc<ProfileContent>>,
}

/// The anchors of one kind that two occupations have.
#[derive(Debug)]
pub struct ComparedAnchors {
    /// The kind.
    pub kind: AnchorKind,
    /// Anchors of both: the first's, and the second's.
    pub shared: Vec<(Anchor, Anchor)>,
    /// Anchors of the first only.
    pub only_a: Vec<Anchor>,
    /// Anchors of the second only.
    pub only_b: Vec<Anchor>,
}

/// Two statements that are alike.
#[derive(Debug)]
pub struct AlikeStatements {
    /// The first occupation's.
    pub a: Uuid,
    /// The second occupation's.
    pub b: Uuid,
    /// How much of both is the same, in percent.
    pub score: u64,
    /// The words of both.
    pub words: Vec<String>,
    /// The anchors that both are grounded in.
    pub anchors: Vec<Anchor>,
}

/// The statements at one level of one family.
#[derive(Debug)]
pub struct ComparedLevel {
    /// The family.
    pub family: Family,
    /// The level's ordinal.
    pub ordinal: i32,
    /// The first occupation's version of the family, where it has this level.
    pub a: Option<Arc<VersionContent>>,
    /// The second occupation's version of the family, where it has this level.
    pub b: Option<Arc<VersionContent>>,
    /// Statements that are alike, the most alike first.
    pub alike: Vec<AlikeStatements>,
    /// Statements of the first only.
    pub only_a: Vec<Uuid>,
    /// Statements of the second only.
    pub only_b: Vec<Uuid>,
}

/// What two occupations have in common.
#[derive(Debug)]
pub struct Comparison {
    /// The first.
    pub a: Side,
    /// The second.
    pub b: Side,
    /// Their anchors, by kind.
    pub anchors: Vec<ComparedAnchors>,
    /// Their statements, by family and level.
    pub levels: Vec<ComparedLevel>,
}

/// Compares two occupations by their SOC codes; `None` where one is not there.
///
/// # Errors
/// `TOO_MANY_STATEMENTS` where both have one level and it holds more than can be compared.
pub async fn compare(app: &App, a: &str, b: &str) -> Result<Option<Comparison>> {
    let Some((a, b)) = sides(app, a, b).await? else {
        return Ok(None);
    };
    let anchors = similarity::anchors(&a.anchors, &b.anchors);
    let own = |anchors: Vec<&Anchor>| anchors.into_iter().cloned().collect();
    let anchors = anchors.into_iter().map(|sets| ComparedAnchors {
        kind: sets.kind,
        shared: sets
            .shared
            .into_iter()
            .map(|(a, b)| (a.clone(), b.clone()))
            .collect(),
        only_a: own(sets.only_a),
        only_b: own(sets.only_b),
    });
    Ok(Some(Comparison {
        anchors: anchors.collect(),
        levels: levels(&a, &b)?,
        a,
        b,
    }))
}

/// Reads both occupations at once, so that two cost as many statements as one.
async fn sides(app: &App, a: &str, b: &str) -> Result<Option<(Side, Side)>> {
    let (Ok(a), Ok(b)) = (a.parse::<Soc>(), b.parse::<Soc>()) else {
        // What is no code names no occupation.
        return Ok(None);
    };
    let codes = [a.to_string(), b.to_string()];
    let rows = browse::occupations_by_soc(app, &codes).await?;
    let row = |soc: &Soc| rows.iter().find(|row| row.soc == soc.as_str()).cloned();
    let (Some(a), Some(b)) = (row(&a), row(&b)) else {
        return Ok(None);
    };
    let ids = [a.id, b.id];
    let newest = profiles::newest_profiles(app, &ids).await?;
    let versions = browse::versions_of(app, &ids).await?;
    let versions = |row: &occupation::Model| newest_of_each_family(versions.get(&row.id));
    let versions = (versions(&a)?, versions(&b)?);
    let both = versions.0.values().chain(versions.1.values());
    let grounds: Vec<Uuid> = both.filter_map(|v| v.row.profile_id).collect();
    let grounds = profiles::profiles(app, &grounds).await?;
    let tables = onet_anchors(app, &[&a, &b], &newest).await?;
    let side = |row: occupation::Model, versions| {
        let profile = newest.get(&row.id).filter(|p| has_anchors(p)).cloned();
        let (anchors, sources) = match &profile {
            Some(profile) => (profile.profile.anchors.clone(), Vec::new()),
            None => tables.get(&row.soc).cloned().unwrap_or_default(),
        };
        Side {
            occupation: row,
            profile,
            sources,
            anchors,
            versions,
            grounds: grounds.clone(),
        }
    };
    Ok(Some((side(a, versions.0), side(b, versions.1))))
}

fn has_anchors(profile: &ProfileContent) -> bool {
    !profile.profile.anchors.is_empty()
}

type Selected = (Vec<Anchor>, Vec<Arc<Source>>);

/// The anchors that are selected from the O*NET tables, by SOC code, of those occupations that have
/// none published.
async fn onet_anchors(
    app: &App,
    rows: &[&occupation::Model],
    newest: &HashMap<Uuid, Arc<ProfileContent>>,
) -> Result<HashMap<String, Selected>> {
    let without = rows.iter().filter(|row| {
        let published = newest.get(&row.id);
        !published.is_some_and(|profile| has_anchors(profile))
    });
    let wanted: Vec<_> = without
        .flat_map(|row| {
            let kinds = AnchorKind::ALL.iter();
            kinds.map(|kind| (Part::of_anchors(*kind), row.soc.clone()))
        })
        .collect();
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let sheets = onet::sheets(app, &wanted).await?;
    let mut out: HashMap<String, Selected> = HashMap::new();
    for (kind, (part, soc)) in AnchorKind::ALL.iter().cycle().zip(wanted) {
        if let Some(sheet) = sheets.get(&(part, soc.clone())) {
            let (anchors, sources) = out.entry(soc).or_default();
            anchors.extend(view::anchors(*kind, sheet));
            sources.push(Arc::clone(&sheet.source));
        }
    }
    Ok(out)
}

/// Versions stand newest first within their family.
fn newest_of_each_family(
    versions: Option<&Vec<Arc<VersionContent>>>,
) -> Result<BTreeMap<Family, Arc<VersionContent>>> {
    let mut newest = BTreeMap::new();
    for version in versions.into_iter().flatten() {
        let family: Family = version.row.family.parse().map_err(Error::internal)?;
        if COMPARED.contains(&family) {
            newest.entry(family).or_insert_with(|| Arc::clone(version));
        }
    }
    Ok(newest)
}

fn levels(a: &Side, b: &Side) -> Result<Vec<ComparedLevel>> {
    let mut out = Vec::new();
    for family in COMPARED {
        let (a, b) = (Leveled::of(a, family), Leveled::of(b, family));
        let mut ordinals: Vec<i32> = a.levels.keys().chain(b.levels.keys()).copied().collect();
        ordinals.sort_unstable();
        ordinals.dedup();
        for ordinal in ordinals {
            out.push(level(family, ordinal, &a, &b)?);
        }
    }
    Ok(out)
}

/// The levels of a version with what its statements are grounded in.
struct Leveled<'a> {
    version: Option<&'a Arc<VersionContent>>,
    levels: BTreeMap<i32, &'a LevelContent>,
    grounds: HashMap<AnchorRef, &'a Anchor>,
}

impl<'a> Leveled<'a> {
    fn of(side: &'a Side, family: Family) -> Self {
        let version = side.versions.get(&family);
        let levels = version.into_iter().flat_map(|v| &v.levels);
        let ground = version.and_then(|v| side.grounds.get(&v.row.profile_id?));
        let anchors = ground.into_iter().flat_map(|g| &g.profile.anchors);
        let reference = |anchor: &Anchor| AnchorRef {
            kind: anchor.kind,
            ordinal: anchor.ordinal,
        };
        Self {
            version,
            levels: levels.map(|level| (level.row.ordinal, level)).collect(),
            grounds: anchors.map(|anchor| (reference(anchor), anchor)).collect(),
        }
    }

    /// The statements of a level, with their ids.
    fn subjects(&self, ordinal: i32) -> (Vec<Uuid>, Vec<Subject<'a>>) {
        let Some(level) = self.levels.get(&ordinal) else {
            return (Vec::new(), Vec::new());
        };
        let statements = level.statements.iter().zip(&level.marks);
        let subject = |(row, marks): (&'a entity::statement::Model, &browse::Marks)| {
            let anchors = marks.anchors.iter();
            let subject = Subject {
                text: &row.text,
                anchors: anchors
                    .filter_map(|a| self.grounds.get(a).copied())
                    .collect(),
            };
            (row.id, subject)
        };
        statements.map(subject).unzip()
    }

    fn with(&self, ordinal: i32) -> Option<Arc<VersionContent>> {
        let has = self.levels.contains_key(&ordinal);
        self.version.filter(|_| has).cloned()
    }
}

fn level(family: Family, ordinal: i32, a: &Leveled<'_>, b: &Leveled<'_>) -> Result<ComparedLevel> {
    let ((ids_a, subjects_a), (ids_b, subjects_b)) = (a.subjects(ordinal), b.subjects(ordinal));
    let (shorter, longer) = (ids_a.len().min(ids_b.len()), ids_a.len().max(ids_b.len()));
    if shorter > 0 && longer > MOST {
        let message = format!(
            "{family} level {ordinal} holds {longer} statements, and at most {MOST} a level are compared: compare other occupations"
        );
        return Err(Error::invalid("a", "TOO_MANY_STATEMENTS", message));
    }
    let found = similarity::alike(&subjects_a, &subjects_b);
    let ids = |places: &[usize], ids: &[Uuid]| {
        let places = places.iter();
        places.filter_map(|at| ids.get(*at).copied()).collect()
    };
    let pairs = found.pairs.into_iter().filter_map(|pair| {
        Some(AlikeStatements {
            a: *ids_a.get(pair.a)?,
            b: *ids_b.get(pair.b)?,
            score: pair.score,
            words: pair.words,
            anchors: pair.anchors.into_iter().cloned().collect(),
        })
    });
    Ok(ComparedLevel {
        family,
        ordinal,
        alike: pairs.collect(),
        only_a: ids(&found.only_a, &ids_a),
        only_b: ids(&found.only_b, &ids_b),
        a: a.with(ordinal),
        b: b.with(ordinal),
    })
}
