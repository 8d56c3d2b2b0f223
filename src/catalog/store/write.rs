//! A framework version, to rows and back.

use entity::{framework, framework_version, level, statement};
use sea_orm::{
    ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, sea_query::OnConflict,
};
use uuid::Uuid;

use super::{nodes, search};
use crate::{
    catalog::{
        ids::{self, FrameworkKey},
        model::{
            CaseFacts, Extra, FrameworkVersion, Level, OccupationFacts, ProfileRef, Split,
            Statement,
        },
        rules::{FrozenVersion, parts_of, statement_code},
    },
    kernel::{
        errors::{Error, Result},
        json::{Json, Object},
    },
};

use super::{
    lists::{self, Marks, stored_json},
    profiles::profile_digest,
};

/// A version to store, with what was derived from it.
#[derive(Debug)]
pub struct NewVersion<'a> {
    /// Whose framework it is; `None` for a shared one.
    pub owner: Option<Uuid>,
    /// What it says.
    pub version: &'a FrameworkVersion,
    /// Its frozen document.
    pub frozen: FrozenVersion,
    /// What recognises a second import of the same content.
    pub import_digest: &'a str,
    /// When it is published, Unix milliseconds.
    pub published_at: i64,
}

/// Adds a published version with its levels and statements, which can be searched from then on.
pub async fn insert_version(c: &impl ConnectionTrait, new: NewVersion<'_>) -> Result<()> {
    let v = new.version;
    let key = &v.key;
    let framework_id = ids::framework(new.owner, key);
    let occupation = v.occupation.as_ref();
    let framework = framework::Model {
        id: framework_id,
        occupation_id: occupation.map(|facts| ids::occupation(&facts.soc)),
        owner_id: new.owner,
        family: v.family.as_str().to_owned(),
        key: key.as_str().to_owned(),
    };
    framework::Entity::insert(framework.into_active_model())
        .on_conflict(
            OnConflict::column(framework::Column::Id)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(c)
        .await?;
    let (levels, statements) = rows(&new, key);
    let new_id = new.frozen.id;
    let row = framework_version::Model {
        id: new_id,
        framework_id,
        label: v.version.clone(),
        state: "PUBLISHED".to_owned(),
        description: v.description.clone(),
        context_covered: v.context_covered.clone(),
        occupation: occupation.map_or(Json::Null, occupation_to_json).to_text(),
        sources: v.sources.to_text(),
        attribution: v.attribution.clone(),
        extras: extras_to_json(&v.extras).to_text(),
        exported_at: v.exported_at.clone(),
        import_digest: new.import_digest.to_owned(),
        content: new.frozen.bytes,
        content_sri: new.frozen.digest_sri,
        published_at: Some(new.published_at),
        title: v.title.clone(),
        creator: v.creator.clone(),
        profile_id: v.profile.as_ref().map(|profile| profile.id),
        domains: lists::domains_to_text(&v.domains),
        cited: lists::sources_to_text(&v.cited),
        replaces: v.replaces.clone(),
        deprecated_at: None,
        deprecation_note: None,
        case_id: v.case.as_ref().map(|case| case.document_id),
        case_facts: v.case.as_ref().map(|case| case.to_object().to_text()),
    };
    framework_version::Entity::insert(row.into_active_model())
        .exec_without_returning(c)
        .await?;
    for chunk in levels.chunks(crate::kernel::db::INSERT_CHUNK) {
        let rows = chunk.iter().map(|r| r.clone().into_active_model());
        level::Entity::insert_many(rows)
            .exec_without_returning(c)
            .await?;
    }
    for chunk in statements.chunks(crate::kernel::db::INSERT_CHUNK) {
        let rows = chunk.iter().map(|r| r.clone().into_active_model());
        statement::Entity::insert_many(rows)
            .exec_without_returning(c)
            .await?;
    }
    let place = search::Statements {
        version: new_id,
        framework: framework_id,
        family: v.family.as_str(),
        occupation: occupation.map(|facts| (ids::occupation(&facts.soc), facts.soc.major_group())),
    };
    nodes::insert(c, new.owner, new_id, v).await?;
    search::index_statements(c, place, &levels, &statements).await
}

fn rows(new: &NewVersion<'_>, key: &FrameworkKey) -> (Vec<level::Model>, Vec<statement::Model>) {
    let v = new.version;
    let number = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    let mut levels = Vec::with_capacity(v.levels.len());
    let mut statements = Vec::new();
    for l in &v.levels {
        let level_id = ids::level(new.owner, key, &v.version, l.ordinal);
        levels.push(level::Model {
            id: level_id,
            framework_version_id: new.frozen.id,
            ordinal: number(l.ordinal),
            key: l.key.clone(),
            label: l.label.clone(),
            subtitle: l.subtitle.clone(),
            description: l.description.clone(),
        });
        for s in &l.statements {
            let parts = parts_of(s);
            let (unsure, split_at) = match s.split {
                Split::Derived => (false, None),
                Split::Unsure { at } => (true, at.map(number)),
            };
            statements.push(statement::Model {
                id: ids::statement(new.owner, key, &v.version, s.domain, l.ordinal, s.position),
                framework_version_id: new.frozen.id,
                level_id,
                domain: number(s.domain.unwrap_or_default()),
                position: number(s.position),
                code: statement_code(key, &v.version, s.domain, l.ordinal, s.position),
                text: s.text.clone(),
                title: parts.as_ref().map(|p| p.title.to_owned()),
                description: parts.as_ref().map(|p| p.description.to_owned()),
                unsure,
                split_at,
                citations: lists::citations_to_text(&s.citations),
                anchors: lists::anchors_to_text(&s.anchors),
                replaces_id: s.replaces,
                case_id: s.outline.as_ref().map(|outline| outline.case_id),
                outline: s
                    .outline
                    .as_ref()
                    .map(|outline| outline.to_object().to_text()),
            });
        }
    }
    (levels, statements)
}

/// The version that a stored row and its levels and statements say.
pub async fn stored_version(
    c: &impl ConnectionTrait,
    row: &framework_version::Model,
) -> Result<FrameworkVersion> {
    use sea_orm::ColumnTrait;
    let framework = framework::Entity::find_by_id(row.framework_id)
        .one(c)
        .await?;
    let framework = framework.ok_or_else(|| Error::internal("a version without its framework"))?;
    let family = framework.family.parse().map_err(Error::internal)?;
    let occupation = occupation_facts(&row.occupation)?;
    let of = |facts: &OccupationFacts| FrameworkKey::of_occupation(&facts.soc, family);
    let own = || FrameworkKey::parse_own(&framework.key);
    let key = occupation.as_ref().map(of);
    let key = key.filter(|key| key.as_str() == framework.key).or_else(own);
    let levels = level::Entity::find()
        .filter(level::Column::FrameworkVersionId.eq(row.id))
        .order_by_asc(level::Column::Ordinal)
        .all(c)
        .await?;
    let statements = statement::Entity::find()
        .filter(statement::Column::FrameworkVersionId.eq(row.id))
        .order_by_asc(statement::Column::Domain)
        .order_by_asc(statement::Column::Position)
        .all(c)
        .await?;
    let number = |n: i32| u32::try_from(n).map_err(Error::internal);
    let mut out = Vec::with_capacity(levels.len());
    for l in levels {
        let own = statements.iter().filter(|s| s.level_id == l.id);
        out.push(Level {
            ordinal: number(l.ordinal)?,
            key: l.key,
            label: l.label,
            subtitle: l.subtitle,
            description: l.description,
            statements: own
                .map(|s| {
                    let marks = Marks::of(s)?;
                    Ok(Statement {
                        domain: Some(number(s.domain)?).filter(|domain| *domain > 0),
                        position: number(s.position)?,
                        text: s.text.clone(),
                        split: marks.split,
                        citations: marks.citations,
                        anchors: marks.anchors,
                        replaces: s.replaces_id,
                        outline: marks.outline,
                    })
                })
                .collect::<Result<_>>()?,
        });
    }
    Ok(FrameworkVersion {
        occupation,
        family,
        key: key.ok_or_else(|| Error::internal("a framework without its key"))?,
        title: row.title.clone(),
        creator: row.creator.clone(),
        version: row.label.clone(),
        replaces: row.replaces.clone(),
        case: lists::kept(row.case_facts.as_deref(), CaseFacts::from_json)?,
        description: row.description.clone(),
        context_covered: row.context_covered.clone(),
        domains: lists::domains(&row.domains)?,
        levels: out,
        cited: lists::sources(&row.cited)?,
        sources: stored_json(&row.sources)?,
        attribution: row.attribution.clone(),
        profile: profile_ref(c, row.profile_id).await?,
        exported_at: row.exported_at.clone(),
        extras: extras_from_json(&stored_json(&row.extras)?)?,
    })
}

async fn profile_ref(c: &impl ConnectionTrait, id: Option<Uuid>) -> Result<Option<ProfileRef>> {
    let Some(id) = id else { return Ok(None) };
    let digest_sri = profile_digest(c, id).await?;
    let digest_sri = digest_sri.ok_or_else(|| Error::internal("a version without its profile"))?;
    Ok(Some(ProfileRef { id, digest_sri }))
}

fn occupation_to_json(o: &OccupationFacts) -> Json {
    let mut out = Object::new();
    out.insert("soc", o.soc.as_str());
    out.insert("title", o.title.as_str());
    if let Some(group) = &o.group {
        out.insert("group", group.as_str());
    }
    if let Some(label) = &o.job_zone_label {
        out.insert("jobZoneLabel", label.as_str());
    }
    out.insert("sector", o.sector.as_deref().map_or(Json::Null, Json::from));
    let zone = o
        .job_zone
        .map_or(Json::Null, |z| Json::Number(z.number().into()));
    out.insert("jobZone", zone);
    out.insert("jobZoneInferred", Json::Bool(o.job_zone_inferred));
    out.into()
}

/// The occupation that a row keeps, if it is about one.
pub(super) fn occupation_facts(stored: &str) -> Result<Option<OccupationFacts>> {
    match stored_json(stored)? {
        Json::Null => Ok(None),
        facts => occupation_from_json(&facts).map(Some),
    }
}

fn occupation_from_json(json: &Json) -> Result<OccupationFacts> {
    let broken = || Error::internal("a stored occupation is not as it was written");
    let text = |name: &str| json.get(name).and_then(Json::as_str).map(str::to_owned);
    let zone = json.get("jobZone").and_then(Json::as_i64);
    Ok(OccupationFacts {
        soc: text("soc")
            .ok_or_else(broken)?
            .parse()
            .map_err(Error::internal)?,
        title: text("title").ok_or_else(broken)?,
        group: text("group"),
        job_zone_label: text("jobZoneLabel"),
        sector: text("sector"),
        job_zone: zone
            .map(TryInto::try_into)
            .transpose()
            .map_err(Error::internal)?,
        job_zone_inferred: json
            .get("jobZoneInferred")
            .and_then(Json::as_bool)
            .ok_or_else(broken)?,
    })
}

fn extras_to_json(extras: &[Extra]) -> Json {
    let one = |e: &Extra| {
        let mut out = Object::new();
        out.insert("in", e.container.as_str());
        out.insert("name", e.name.as_str());
        out.insert("value", e.value.clone());
        Json::from(out)
    };
    Json::Array(extras.iter().map(one).collect())
}

fn extras_from_json(json: &Json) -> Result<Vec<Extra>> {
    let one = |e: &Json| {
        Some(Extra {
            container: e.get("in")?.as_str()?.to_owned(),
            name: e.get("name")?.as_str()?.to_owned(),
            value: e.get("value")?.clone(),
        })
    };
    let items = json.as_array().unwrap_or_default();
    items
        .iter()
        .map(|e| {
            one(e).ok_or_else(|| Error::internal("stored extras are not as they were written"))
        })
        .collect()
}
