//! An occupation, and the frameworks about it.

use super::{ENGLISH, document, framework::alignment, in_language, node};
use crate::{
    catalog::model::OccupationFacts,
    kernel::json::{Json, Object},
};

/// A framework version about an occupation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Framework {
    /// Its canonical URL.
    pub url: String,
    /// Its name, with its version.
    pub name: String,
    /// The version's label.
    pub version: String,
}

/// What an occupation's description and titles were taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// What it is called.
    pub name: String,
    /// Whom to name for it, verbatim.
    pub attribution: String,
    /// Where its licence is found.
    pub license_url: Option<String>,
    /// Where it is published.
    pub url: Option<String>,
}

/// What is told of an occupation besides its facts.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// What people in it do.
    pub description: Option<&'a str>,
    /// What it is also called.
    pub titles: &'a [String],
    /// What that was taken from.
    pub origins: &'a [Origin],
}

/// Writes an occupation as a `ceterms:Occupation`, with what it is also called and the framework
/// versions that describe it. `base` is the public URL of the installation, without a slash at its
/// end.
#[must_use]
pub fn write(
    facts: &OccupationFacts,
    told: About<'_>,
    frameworks: &[Framework],
    base: &str,
) -> Object {
    let text = |text: &str| in_language(Some(ENGLISH), text);
    let about = || vec![Json::from(alignment(facts, base))];
    let url = format!("{base}/occupations/{}", facts.soc);
    let About {
        description,
        titles,
        origins,
    } = told;
    let origins: Vec<Object> = (1..)
        .zip(origins)
        .map(|(number, origin)| origin.node(format!("{url}#source-{number}")))
        .collect();
    let mut occupation = node(url, "ceterms:Occupation");
    occupation.insert("ceterms:name", text(&facts.title));
    occupation.insert("ceterms:codedNotation", facts.soc.as_str());
    occupation.insert_some("ceterms:description", description.map(text));
    if !titles.is_empty() {
        let titles: Vec<Json> = titles.iter().map(|t| t.as_str().into()).collect();
        let titles = in_language(Some(ENGLISH), titles);
        occupation.insert("ceterms:alternateName", titles);
    }
    occupation.insert("ceterms:occupationType", about());
    if !origins.is_empty() {
        let link = |node: &Object| {
            let id = node.get("@id").cloned()?;
            let link: Object = std::iter::once(("@id".to_owned(), id)).collect();
            Some(Json::from(link))
        };
        let links: Vec<Json> = origins.iter().filter_map(link).collect();
        occupation.insert("schema:subjectOf", links);
    }
    let mut nodes = vec![occupation];
    nodes.extend(origins);
    nodes.extend(frameworks.iter().map(|framework| {
        let mut node = node(framework.url.clone(), "ceasn:CompetencyFramework");
        node.insert("ceasn:name", text(&framework.name));
        node.insert("ceterms:versionCode", framework.version.as_str());
        node.insert("ceterms:occupationType", about());
        node
    }));
    document(nodes)
}

impl Origin {
    fn node(&self, id: String) -> Object {
        let mut node = node(id, "schema:CreativeWork");
        node.insert("schema:name", self.name.as_str());
        node.insert("schema:creditText", self.attribution.as_str());
        node.insert_some("schema:license", self.license_url.as_deref());
        node.insert_some("schema:url", self.url.as_deref());
        node
    }
}
