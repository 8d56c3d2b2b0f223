//! What was published of an occupation besides its frameworks.

use std::sync::Arc;

use async_graphql::{Object, SimpleObject};

use super::{
    evidence::EvidencePack,
    framework::Source,
    onet::{AnchorKind, RelatednessTier},
};
use crate::{
    catalog::{
        ops::profiles::ProfileContent,
        profile::{self, Anchor, RelatedOccupation},
    },
    graphql::errors::Result,
};

/// Something that an occupation is anchored in.
pub struct PublishedAnchor(pub(super) Anchor);

/// Something that an occupation is anchored in.
#[Object]
impl PublishedAnchor {
    /// What kind of thing.
    async fn kind(&self) -> AnchorKind {
        self.0.kind.into()
    }

    /// Place within its kind, from 1.
    async fn ordinal(&self) -> u32 {
        self.0.ordinal
    }

    /// Name, or the task, verbatim.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// Id in the O*NET content model, or the number of the task or commodity there.
    async fn element(&self) -> Option<&str> {
        self.0.element.as_deref()
    }

    /// How important it is, by the scale of its kind: the digits as they were given.
    async fn importance(&self) -> Option<&str> {
        self.0.importance.as_ref().map(|number| number.as_str())
    }
}

/// An apprenticeship or a field of study, by its code.
#[derive(SimpleObject)]
pub struct PublishedCode {
    /// The code.
    pub code: String,
    /// Its title, verbatim.
    pub title: Option<String>,
}

/// An occupation like another.
pub struct PublishedRelation(RelatedOccupation);

/// An occupation like another.
#[Object]
impl PublishedRelation {
    /// Place, from 1 for the closest.
    async fn ordinal(&self) -> u32 {
        self.0.ordinal
    }

    /// O*NET-SOC code.
    async fn soc(&self) -> &str {
        self.0.soc.as_str()
    }

    /// Title, verbatim.
    async fn title(&self) -> Option<&str> {
        self.0.title.as_deref()
    }

    /// How close it is.
    async fn tier(&self) -> Option<RelatednessTier> {
        self.0.tier.map(RelatednessTier::from)
    }
}

/// What was published of an occupation under a label. It never changes.
pub struct PublishedProfile(pub Arc<ProfileContent>);

/// What was published of an occupation under a label. It never changes.
#[Object]
impl PublishedProfile {
    /// Version label, such as `v.26.05`.
    async fn label(&self) -> &str {
        &self.0.profile.version
    }

    /// SHA-384 of its frozen document, in Subresource Integrity form. The framework versions that
    /// were published with it name it so.
    #[graphql(name = "digestSRI")]
    async fn digest_sri(&self) -> &str {
        &self.0.content_sri
    }

    /// What the occupation is anchored in, by kind.
    async fn anchors(
        &self,
        #[graphql(desc = "This kind only.")] kind: Option<AnchorKind>,
    ) -> Vec<PublishedAnchor> {
        let kind = kind.map(profile::AnchorKind::from);
        let anchors = self.0.profile.anchors.iter();
        let wanted = anchors.filter(|anchor| kind.is_none_or(|kind| kind == anchor.kind));
        wanted.cloned().map(PublishedAnchor).collect()
    }

    /// Who chose the anchors.
    async fn anchor_provider(&self) -> Option<&str> {
        self.0.profile.anchor_provider.as_deref()
    }

    /// What the occupation is also called.
    async fn related_titles(&self) -> &[String] {
        &self.0.profile.related_titles
    }

    /// Apprenticeships (RAPIDS). An empty list says that there are none; null, that nothing is
    /// known.
    async fn rapids(&self) -> Option<Vec<PublishedCode>> {
        let rapids = self.0.profile.rapids.as_ref()?.iter();
        Some(rapids.map(|one| coded(&one.code, &one.title)).collect())
    }

    /// Fields of study (CIP) that lead to it.
    async fn cip_codes(&self) -> Vec<PublishedCode> {
        let cip = self.0.profile.cip.iter();
        cip.map(|one| coded(&one.code, &one.title)).collect()
    }

    /// Occupations like it, closest first.
    async fn related_occupations(&self) -> Vec<PublishedRelation> {
        let related = self.0.profile.related.iter();
        related.cloned().map(PublishedRelation).collect()
    }

    /// AI-use figures.
    async fn evidence_pack(&self) -> Result<Option<EvidencePack>> {
        let pack = self.0.profile.evidence.as_ref();
        pack.map(EvidencePack::of).transpose()
    }

    /// What all this was taken from.
    async fn sources(&self) -> Vec<Source> {
        self.0.profile.sources.iter().map(Source::of).collect()
    }

    /// What the source says besides, verbatim.
    async fn notes(&self) -> &[String] {
        &self.0.profile.notes
    }

    /// Whom to name when using it, verbatim.
    async fn attribution(&self) -> &str {
        &self.0.profile.attribution
    }
}

fn coded(code: &str, title: &Option<String>) -> PublishedCode {
    PublishedCode {
        code: code.to_owned(),
        title: title.clone(),
    }
}
