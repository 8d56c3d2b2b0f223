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

/// Writes an occupation as a `ceterms:Occupation`, with what it is also called and the framework
/// versions that describe it. `base` is the public URL of the installation, without a slash at its
/// end.
#[must_use]
pub fn write(
    facts: &OccupationFacts,
    description: Option<&str>,
    titles: &[String],
    frameworks: &[Framework],
    base: &str,
) -> Object {
    let text = |text: &str| in_language(Some(ENGLISH), text);
    let about = || vec![Json::from(alignment(facts, base))];
    let url = format!("{base}/occupations/{}", facts.soc);
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
    let mut nodes = vec![occupation];
    nodes.extend(frameworks.iter().map(|framework| {
        let mut node = node(framework.url.clone(), "ceasn:CompetencyFramework");
        node.insert("ceasn:name", text(&framework.name));
        node.insert("ceterms:versionCode", framework.version.as_str());
        node.insert("ceterms:occupationType", about());
        node
    }));
    document(nodes)
}
