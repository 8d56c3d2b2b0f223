//! From the bytes of a file to what the catalog can store. Formats are recognised by content.

mod fields;
mod occupation;
mod problem;
mod profile;
mod v1_0;
mod v2_0;

use uuid::Uuid;

use crate::kernel::json::{self, Json, JsonError, Object, ParseOptions};

use super::case::{self, CaseImport, Mend};
use super::model::{FrameworkVersion, OccupationFacts};
use super::profile::OccupationProfile;
use super::rules::content_digest;
#[cfg(test)]
pub(super) use fields::asked;
use fields::{Fields, show};

pub(in crate::catalog) use fields::{name_of, words};
pub use problem::Problem;
pub(in crate::catalog) use problem::Problems;

/// The members by which a framework export is recognised.
const MARKS: [&str; 3] = ["schemaVersion", "occupation", "framework"];

/// The member by which a CASE package is recognised.
const CASE_MARK: &str = "CFDocument";

/// What [`read`] takes at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The size of a document in bytes.
    pub max_bytes: usize,
    /// How many arrays and objects may be nested.
    pub max_depth: usize,
}

impl Default for Limits {
    /// 16 MiB, 64 levels.
    fn default() -> Self {
        Limits {
            max_bytes: 16 << 20,
            max_depth: 64,
        }
    }
}

/// A format that an import can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A framework export of `schemaVersion` 1.0.
    FrameworkExport1_0,
    /// A framework export of `schemaVersion` 2.0.
    FrameworkExport2_0,
    /// A package of CASE 1.0 or 1.1.
    CasePackage,
}

impl Format {
    /// The format's name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Format::FrameworkExport1_0 => "framework export 1.0",
            Format::FrameworkExport2_0 => "framework export 2.0",
            Format::CasePackage => "CASE package",
        }
    }
}

/// A document that was read whole and without a problem.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// The format it was recognised as.
    pub format: Format,
    /// What it says: of several frameworks the first.
    pub version: FrameworkVersion,
    /// The other frameworks.
    pub others: Vec<FrameworkVersion>,
    /// Of each of the frameworks the provider whose it was where it was exported, `None` for a
    /// shared one: what its digest is counted with.
    pub owners: Vec<Option<Uuid>>,
    /// The occupation's profile.
    pub profile: Option<OccupationProfile>,
    /// What identifies its content, `exportedAt` aside; see [`content_digest`].
    pub content_digest: String,
    /// What the document said otherwise than its format wants it, and how it was read.
    pub mended: Vec<Mend>,
}

impl Import {
    /// All the frameworks that the document holds.
    pub fn versions(&self) -> impl Iterator<Item = &FrameworkVersion> {
        std::iter::once(&self.version).chain(&self.others)
    }
}

/// Reads what was frozen of a profile, by the members that it was frozen from.
pub(super) fn read_profile(
    occupation: Object,
    profile: Object,
) -> Result<OccupationProfile, Vec<Problem>> {
    let mut problems = Problems::default();
    let facts = |problems: &mut Problems| {
        let mut extras = Vec::new();
        let fields = Fields::new(occupation, "/occupation");
        occupation::wide(fields, &mut extras, problems)
    };
    let read = facts(&mut problems).and_then(|occupation: OccupationFacts| {
        profile::read(Fields::new(profile, "/profile"), occupation, &mut problems)
    });
    problems.finish(read)
}

/// Reads a document of any format that is known. A leading UTF-8 byte order mark is skipped.
///
/// # Errors
/// Every problem found, at most 100 of them and then how many more there are. A document that is
/// too large, is no strict JSON or is of an unknown format has only that one.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Import, Vec<Problem>> {
    let mut problems = Problems::default();
    let import =
        document(bytes, limits, &mut problems).and_then(|document| match document.get(CASE_MARK) {
            Some(_) => case_package(document, &mut problems),
            None => read_export(document, &mut problems),
        });
    problems.finish(import)
}

fn case_package(package: Object, problems: &mut Problems) -> Option<Import> {
    let content_digest = content_digest(&package);
    let CaseImport {
        version,
        owner,
        profile,
        mended,
    } = case::read(package, problems)?;
    Some(Import {
        format: Format::CasePackage,
        version,
        others: Vec::new(),
        owners: vec![owner],
        profile,
        content_digest,
        mended,
    })
}

fn document(bytes: &[u8], limits: &Limits, problems: &mut Problems) -> Option<Object> {
    if bytes.len() > limits.max_bytes {
        let message = format!(
            "the document has {} bytes, more than the {} that are accepted",
            bytes.len(),
            limits.max_bytes
        );
        problems.add("", message, "import a smaller document");
        return None;
    }
    let options = ParseOptions {
        max_depth: limits.max_depth,
        allow_bom: true,
    };
    let json = match json::parse(bytes, &options) {
        Ok(json) => json,
        Err(error) => {
            let JsonError {
                line,
                column,
                message,
                ..
            } = &error;
            let message = format!("not strict JSON: line {line}, column {column}: {message}");
            problems.add(error.path, message, error.remedy);
            return None;
        }
    };
    problems.look_for_nul(bytes, &json);
    let Json::Object(document) = json else {
        let message = format!("the document is {}, not an object", json.kind());
        problems.add("", message, "import a framework export or a CASE package");
        return None;
    };
    let mut marks = MARKS.iter().chain([&CASE_MARK]);
    if marks.all(|name| document.get(name).is_none()) {
        let message = format!(
            "the format is not known: there is none of the members {}, {CASE_MARK}",
            MARKS.join(", ")
        );
        problems.add("", message, "import a framework export or a CASE package");
        return None;
    }
    Some(document)
}

/// Reads a framework export.
pub(in crate::catalog) fn read_export(document: Object, problems: &mut Problems) -> Option<Import> {
    let content_digest = content_digest(&document);
    let mut fields = Fields::new(document, "");
    match fields.required("schemaVersion", problems) {
        Some(Json::String(version)) if version == "2.0" => {
            let package = v2_0::read(fields, problems)?;
            let mut frameworks = package.frameworks.into_iter();
            return Some(Import {
                format: Format::FrameworkExport2_0,
                version: frameworks.next()?,
                others: frameworks.collect(),
                owners: package.owners,
                profile: package.profile,
                content_digest,
                mended: Vec::new(),
            });
        }
        Some(Json::String(version)) if version == "1.0" => {}
        None => {}
        Some(other) => {
            let message = format!(
                "the schema version is {}, and only \"1.0\" and \"2.0\" are known",
                show(&other)
            );
            problems.add(
                "/schemaVersion",
                message,
                "export it again as schemaVersion \"2.0\" or \"1.0\"",
            );
            return None;
        }
    }
    let version = v1_0::read(fields, problems)?;
    Some(Import {
        format: Format::FrameworkExport1_0,
        version,
        others: Vec::new(),
        owners: vec![None],
        profile: None,
        content_digest,
        mended: Vec::new(),
    })
}
