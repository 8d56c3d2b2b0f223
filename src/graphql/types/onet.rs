//! What others publish about an occupation.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object, SimpleObject};
use entity::occupation;

use super::{
    catalog::Occupation,
    page::{self, CipCodeConnection},
};
use crate::{
    catalog::{
        onet::{Part, Sheet, Source, view},
        profile,
    },
    graphql::{
        errors::{Result, told},
        loaders::{loaders, one, several},
    },
    kernel::pages::Page,
};

/// What kind of thing an occupation is anchored in.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "profile::AnchorKind")]
pub enum AnchorKind {
    /// A skill.
    Skill,
    /// A field of knowledge.
    Knowledge,
    /// An ability.
    Ability,
    /// A work style.
    WorkStyle,
    /// A kind of technology.
    Technology,
    /// A task.
    Task,
}

/// How close a related occupation is.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "profile::Tier")]
pub enum RelatednessTier {
    /// Among the five closest.
    PrimaryShort,
    /// Among the ten closest.
    PrimaryLong,
    /// Further off.
    Supplemental,
}

/// What the newest table says of an occupation.
pub(super) async fn sheet(
    ctx: &Context<'_>,
    part: Part,
    subject: &str,
) -> Result<Option<Arc<Sheet>>> {
    one(&loaders(ctx)?.sheets, (part, subject.to_owned())).await
}

/// A published table, and whom to name for it.
pub struct DataSource(pub Arc<Source>);

/// A published table, and whom to name for it.
#[Object]
impl DataSource {
    /// The table's name, as published.
    async fn table(&self) -> &str {
        self.0.part.title()
    }

    /// The database with its release, such as `O*NET 30.1 Database`.
    async fn database(&self) -> String {
        self.0.database()
    }

    /// The release's label.
    async fn release(&self) -> &str {
        &self.0.release
    }

    /// Whom to name wherever this is shown: a condition of the licence.
    async fn attribution(&self) -> String {
        self.0.attribution()
    }

    /// The licence's name, where there is one.
    async fn license(&self) -> Option<&str> {
        self.0.license()
    }

    /// Where the licence's text stands.
    async fn license_url(&self) -> Option<&str> {
        self.0.license_url()
    }

    /// Where the database is published.
    async fn url(&self) -> &str {
        self.0.url()
    }
}

/// Something that an occupation is anchored in.
pub struct Anchor(profile::Anchor, Arc<Source>);

/// Something that an occupation is anchored in.
#[Object]
impl Anchor {
    /// What kind of thing.
    async fn kind(&self) -> AnchorKind {
        self.0.kind.into()
    }

    /// Its place within its kind, from 1.
    async fn ordinal(&self) -> u32 {
        self.0.ordinal
    }

    /// Its name, or the task, verbatim.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// Its id in the O*NET content model, or the task's or commodity's number there.
    async fn element(&self) -> Option<&str> {
        self.0.element.as_deref()
    }

    /// How important it is, where that is rated: a decimal number with its digits as published. The
    /// scale goes from 1 to 5, for work styles from -3 to 3.
    async fn importance(&self) -> Option<String> {
        self.0.importance.as_ref().map(ToString::to_string)
    }

    /// Where it is from.
    async fn source(&self) -> DataSource {
        DataSource(Arc::clone(&self.1))
    }
}

/// A field of study that leads to an occupation.
#[derive(SimpleObject)]
pub struct CipCode {
    /// Its code in the Classification of Instructional Programs, such as `51.2306`.
    code: String,
    /// Its title, verbatim.
    title: Option<String>,
}

/// An occupation that is like another.
pub struct RelatedOccupation(profile::RelatedOccupation, Arc<Source>);

/// An occupation that is like another.
#[Object]
impl RelatedOccupation {
    /// Its place, from 1 for the closest.
    async fn ordinal(&self) -> u32 {
        self.0.ordinal
    }

    /// Its O*NET-SOC code.
    async fn soc(&self) -> &str {
        self.0.soc.as_str()
    }

    /// How close it is.
    async fn tier(&self) -> Option<RelatednessTier> {
        self.0.tier.map(Into::into)
    }

    /// The occupation, where the catalog has it.
    async fn occupation(&self, ctx: &Context<'_>) -> Result<Option<Occupation>> {
        let soc = self.0.soc.as_str().to_owned();
        let found = one(&loaders(ctx)?.occupations_by_soc, soc).await?;
        Ok(found.map(Occupation))
    }

    /// Where it is from.
    async fn source(&self) -> DataSource {
        DataSource(Arc::clone(&self.1))
    }
}

/// What others publish about an occupation: a selection by fixed rules. The tables themselves are
/// `Occupation.ratings`, `tasks`, `technology` and `alternateTitles`.
pub struct OccupationProfile(pub occupation::Model);

/// What others publish about an occupation: a selection by fixed rules. The tables themselves are
/// `Occupation.ratings`, `tasks`, `technology` and `alternateTitles`.
#[Object]
impl OccupationProfile {
    /// What it is anchored in, by kind: skills and fields of knowledge with an importance of 3 or
    /// more and the ten most important abilities, most important first; the six work styles with the
    /// greatest impact; the first ten commodities of its technology; its first eight tasks. Those
    /// equally important are in the order of their element ids.
    async fn anchors(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This kind only.")] kind: Option<AnchorKind>,
    ) -> Result<Vec<Anchor>> {
        let kinds: Vec<_> = match kind {
            Some(kind) => vec![kind.into()],
            None => profile::AnchorKind::ALL.to_vec(),
        };
        let keys = kinds
            .iter()
            .map(|kind| (view::part_of(*kind), self.0.soc.clone()));
        let keys: Vec<_> = keys.collect();
        let sheets = several(&loaders(ctx)?.sheets, &keys).await?;
        let found = kinds.into_iter().zip(keys).filter_map(|(kind, key)| {
            let sheet = sheets.get(&key)?;
            let anchors = view::anchors(kind, sheet).into_iter();
            Some(anchors.map(|anchor| Anchor(anchor, Arc::clone(&sheet.source))))
        });
        Ok(found.flatten().collect())
    }

    /// The first twelve titles that are used besides.
    async fn related_titles(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        let sheet = sheet(ctx, Part::AlternateTitles, &self.0.soc).await?;
        Ok(sheet.map(|s| view::related_titles(&s)).unwrap_or_default())
    }

    /// The occupations that are like it, the closest first; at most twenty.
    async fn related_occupations(&self, ctx: &Context<'_>) -> Result<Vec<RelatedOccupation>> {
        let Some(sheet) = sheet(ctx, Part::RelatedOccupations, &self.0.soc).await? else {
            return Ok(Vec::new());
        };
        let related = view::related_occupations(&sheet).into_iter();
        Ok(related
            .take(view::RELATED)
            .map(|one| RelatedOccupation(one, Arc::clone(&sheet.source)))
            .collect())
    }

    /// The fields of study that lead to it, by code. Occupations with one SOC code share them.
    async fn cip_codes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<CipCodeConnection> {
        let request = page::request(first, after, last, before)?;
        // The crosswalk knows no detailed occupations: `29-1122` of `29-1122.00`.
        let code = self.0.soc.split('.').next().unwrap_or_default();
        let sheet = sheet(ctx, Part::Programs, code).await?;
        let all = sheet.map(|s| view::programs(&s)).unwrap_or_default();
        let page = Page::of_list(&request, all).map_err(told)?;
        Ok(CipCodeConnection::of(page, |code: profile::CipCode| {
            CipCode {
                code: code.code,
                title: code.title,
            }
        }))
    }

    /// What its job zone is called, such as `Job Zone Four: Considerable Preparation Needed`.
    async fn job_zone_name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let Some(zone) = self.0.job_zone else {
            return Ok(None);
        };
        let terms = sheet(ctx, Part::JobZoneTerms, "").await?;
        Ok(terms.and_then(|terms| view::job_zone_name(&terms, zone)))
    }

    /// The published tables that the catalog answers from, and whom to name for each.
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<DataSource>> {
        let sources = one(&loaders(ctx)?.sources, ()).await?;
        let sources = sources.iter().flat_map(|all| all.iter());
        Ok(sources.map(|s| DataSource(Arc::clone(s))).collect())
    }
}
