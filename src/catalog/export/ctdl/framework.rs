//! A version itself, and what its statements cite.

use url::Url;

use super::{ENGLISH, Told, in_language, node};
use crate::{
    catalog::model::{OccupationFacts, Source},
    kernel::json::{Json, Object},
};

/// The taxonomy of the codes.
const TAXONOMY: (&str, &str) = (
    "O*NET-SOC Taxonomy",
    "https://www.onetcenter.org/taxonomy.html",
);

impl Told<'_> {
    /// The framework with its top children.
    pub(super) fn framework(&self) -> Object {
        let version = self.version;
        let mut node = self.framework_in_short();
        if !version.description.is_empty() {
            node.insert("ceasn:description", self.text(&version.description));
        }
        if !version.context_covered.is_empty() {
            node.insert("skos:scopeNote", self.text(&version.context_covered));
        }
        node.insert_some("ceasn:author", version.creator.as_deref());
        self.put_rights(&mut node);
        let replaced = version.replaces.as_deref();
        node.insert_some(
            "ceterms:previousVersion",
            replaced.map(|label| self.url_of_version(label)),
        );
        let levels = version
            .levels
            .iter()
            .map(|l| self.fragment("level", l.ordinal));
        let domains = version
            .domains
            .iter()
            .map(|d| self.fragment("domain", d.number));
        let children: Vec<Json> = levels.chain(domains).map(Json::from).collect();
        node.insert("ceasn:hasTopChild", children);
        node
    }

    /// What names the framework.
    pub(super) fn framework_in_short(&self) -> Object {
        let version = self.version;
        let mut node = node(self.url(), "ceasn:CompetencyFramework");
        let facts = version.occupation.as_ref();
        let called = facts.map_or(version.key.as_str(), |facts| &facts.title);
        let name = match &version.title {
            Some(title) => format!("{title} {}", version.version),
            None => format!("{called}: {} {}", version.family.words(), version.version),
        };
        node.insert("ceasn:name", self.text(&name));
        self.put_language(&mut node);
        node.insert("ceterms:versionCode", version.version.as_str());
        if let Some(facts) = facts {
            let alignment: Vec<Json> = vec![alignment(facts, self.base).into()];
            node.insert("ceterms:occupationType", alignment);
        }
        node
    }

    /// Whom to name for its words.
    pub(super) fn put_rights(&self, node: &mut Object) {
        if !self.version.attribution.is_empty() {
            node.insert("ceasn:rights", self.text(&self.version.attribution));
        }
    }

    pub(super) fn put_language(&self, node: &mut Object) {
        let tag = self.language();
        node.insert_some("ceasn:inLanguage", tag.map(|tag| vec![Json::from(tag)]));
    }

    /// Those of the cited sources whose keys are wanted.
    pub(super) fn sources(&self, wanted: impl Fn(&str) -> bool) -> Vec<Object> {
        let numbered = (1..).zip(&self.version.cited);
        let wanted = numbered.filter(|(_, source)| wanted(&source.key));
        wanted
            .map(|(number, source)| self.source(number, source))
            .collect()
    }

    fn source(&self, number: usize, source: &Source) -> Object {
        let mut node = node(self.fragment("source", number), "schema:CreativeWork");
        match &source.title {
            Some(title) => {
                node.insert("schema:name", title.as_str());
                node.insert("schema:alternateName", source.label.as_str());
            }
            None => node.insert("schema:name", source.label.as_str()),
        }
        node.insert_some("schema:version", source.release.as_deref());
        node.insert_some("schema:datePublished", source.date.as_deref());
        match source.licence.as_deref().map(|text| (text, web_url(text))) {
            Some((_, Some(url))) => node.insert("schema:license", url),
            Some((text, None)) => node.insert("schema:usageInfo", text),
            None => {}
        }
        node.insert_some("schema:url", source.url.as_deref().and_then(web_url));
        node
    }

    /// The name of the source that is cited by `key`.
    pub(super) fn url_of_source(&self, key: &str) -> Option<String> {
        let place = self
            .version
            .cited
            .iter()
            .position(|source| source.key == key)?;
        Some(self.fragment("source", place + 1))
    }
}

/// An occupation as what a framework is about.
pub(super) fn alignment(facts: &OccupationFacts, base: &str) -> Object {
    let mut object = Object::new();
    object.insert("@type", "ceterms:CredentialAlignmentObject");
    let (name, url) = TAXONOMY;
    object.insert("ceterms:framework", url);
    object.insert("ceterms:frameworkName", in_language(Some(ENGLISH), name));
    object.insert("ceterms:codedNotation", facts.soc.as_str());
    let node = format!("{base}/occupations/{}", facts.soc);
    object.insert("ceterms:targetNode", node);
    let title = in_language(Some(ENGLISH), facts.title.as_str());
    object.insert("ceterms:targetNodeName", title);
    object
}

/// The address of something on the web, as an IRI; other texts name nothing.
fn web_url(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}
