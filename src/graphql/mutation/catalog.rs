//! Importing frameworks.

use async_graphql::{Context, InputObject, Object, SimpleObject};

use crate::{
    catalog::ops::{browse, import},
    graphql::{
        errors::{Result, UserError, op, outcome, told},
        types::catalog::FrameworkVersion,
    },
};

/// A framework document to import.
#[derive(InputObject)]
pub struct ImportFrameworkInput {
    /// The document's whole text: a framework export, schemaVersion 1.0 or 2.0, or a package of
    /// CASE 1.0 or 1.1.
    pub document: String,
}

/// What an import did.
#[derive(SimpleObject)]
pub struct ImportSummary {
    /// The version that the document holds, of several frameworks the first.
    pub framework_version: FrameworkVersion,
    /// All the versions that it holds, in their order.
    pub framework_versions: Vec<FrameworkVersion>,
    /// Whether the catalog had exactly this content already, so that nothing was changed.
    pub unchanged: bool,
    /// How many levels all its frameworks hold.
    pub levels: i32,
    /// How many statements all its frameworks hold.
    pub statements: i32,
    /// JSON Pointers of members that the format does not define. They are kept, and exported again.
    pub unknown_members: Vec<String>,
    /// What the document said otherwise than its format wants it, and how it was read; of the
    /// same in many places the first, with their number.
    pub mended: Vec<Mend>,
}

/// Something that a document said otherwise than its format wants it.
#[derive(SimpleObject)]
pub struct Mend {
    /// The place, as a JSON Pointer: of several like it the first.
    pub path: String,
    /// What stood there, as JSON text cut to 80 characters; of several the first.
    pub found: String,
    /// What was made of it.
    pub made: String,
    /// In how many places like this one the same was done.
    pub times: i32,
}

/// The outcome of `importFramework`.
#[derive(SimpleObject)]
pub struct ImportFrameworkPayload {
    /// What was imported.
    pub imported: Option<ImportSummary>,
    /// What is wrong with the document, each with its JSON Pointer; empty when it was imported.
    pub user_errors: Vec<UserError>,
}

/// Mutations of the catalog.
#[derive(Default)]
pub struct CatalogMutation;

#[Object]
impl CatalogMutation {
    /// Imports a framework document and publishes what it holds: all of it, or
    /// nothing. A published version never changes: the same content again
    /// changes nothing, other content under its label is refused.
    async fn import_framework(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to import.")] input: ImportFrameworkInput,
    ) -> Result<ImportFrameworkPayload> {
        let op = op(ctx)?;
        let imported = import::import_framework(op, input.document.as_bytes()).await;
        let (done, user_errors) = outcome(imported)?;
        let Some(done) = done else {
            return Ok(ImportFrameworkPayload {
                imported: None,
                user_errors,
            });
        };
        let found = browse::versions(&op.app, &done.versions).await;
        let found = found.map_err(told)?;
        let versions = done.versions.iter().map(|id| {
            let version = found.get(id).ok_or("an import that is not there")?;
            Ok(FrameworkVersion(std::sync::Arc::clone(version)))
        });
        let framework_versions: Vec<FrameworkVersion> = versions.collect::<Result<_>>()?;
        let version = found
            .get(&done.version)
            .ok_or("an import that is not there")?;
        let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
        Ok(ImportFrameworkPayload {
            imported: Some(ImportSummary {
                framework_version: FrameworkVersion(std::sync::Arc::clone(version)),
                framework_versions,
                unchanged: done.unchanged,
                levels: count(done.levels),
                statements: count(done.statements),
                unknown_members: done.unknown_members,
                mended: done
                    .mended
                    .into_iter()
                    .map(|mend| Mend {
                        path: mend.path,
                        found: mend.found,
                        made: mend.made,
                        times: count(mend.times),
                    })
                    .collect(),
            }),
            user_errors,
        })
    }
}
