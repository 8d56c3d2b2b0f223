//! The published tables about an occupation, row by row.

use std::{ops::Range, sync::Arc};

use async_graphql::{Context, Object};
use entity::occupation;

use super::{
    onet::{AnchorKind, DataSource, sheet},
    page::{
        OccupationRatingConnection, OccupationTaskConnection, OccupationTechnologyConnection,
        OccupationTitleConnection,
    },
};
use crate::{
    catalog::onet::{Part, Row, Sheet, view},
    graphql::errors::{Result, told},
    kernel::pages::{Page, PageRequest},
};

/// A row of a published table.
#[derive(Clone)]
pub struct TableRow {
    sheet: Arc<Sheet>,
    place: Range<usize>,
}

impl TableRow {
    /// A cell, unless it is blank or `n/a`.
    fn given(&self, column: &str) -> Option<&str> {
        self.sheet.row(&self.place)?.given(column)
    }

    fn text(&self, column: &str) -> &str {
        self.given(column).unwrap_or_default()
    }

    fn flag(&self, column: &str) -> Option<bool> {
        self.given(column).map(|cell| cell == "Y")
    }

    fn source(&self) -> DataSource {
        DataSource(Arc::clone(&self.sheet.source))
    }
}

/// A page of the rows that the newest table has about an occupation.
async fn rows(
    ctx: &Context<'_>,
    part: Part,
    occupation: &occupation::Model,
    request: &PageRequest,
    wanted: impl Fn(Row<'_>) -> bool,
) -> Result<Page<TableRow>> {
    let all = match sheet(ctx, part, &occupation.soc).await? {
        None => Vec::new(),
        Some(sheet) => {
            let rows = sheet.rows().filter(|row| wanted(*row));
            rows.map(|row| TableRow {
                sheet: Arc::clone(&sheet),
                place: row.place(),
            })
            .collect()
        }
    };
    Page::of_list(request, all).map_err(told)
}

/// `Occupation.ratings`.
pub(super) async fn ratings(
    ctx: &Context<'_>,
    occupation: &occupation::Model,
    kind: AnchorKind,
    scale: Option<String>,
    request: &PageRequest,
) -> Result<OccupationRatingConnection> {
    let part = view::part_of(kind.into());
    if !part.is_rated() {
        let message = "tasks and technology are not rated: ask for tasks or technology instead";
        return Err(told(crate::kernel::errors::Error::invalid(
            "kind",
            "NOT_RATED",
            message,
        )));
    }
    let wanted = |row: Row<'_>| scale.as_deref().is_none_or(|s| s == row.cell("Scale ID"));
    let page = rows(ctx, part, occupation, request, wanted).await?;
    Ok(OccupationRatingConnection::of(page, OccupationRating))
}

/// `Occupation.tasks`.
pub(super) async fn tasks(
    ctx: &Context<'_>,
    occupation: &occupation::Model,
    request: &PageRequest,
) -> Result<OccupationTaskConnection> {
    let page = rows(ctx, Part::Tasks, occupation, request, |_| true).await?;
    Ok(OccupationTaskConnection::of(page, OccupationTask))
}

/// `Occupation.technology`.
pub(super) async fn technology(
    ctx: &Context<'_>,
    occupation: &occupation::Model,
    request: &PageRequest,
) -> Result<OccupationTechnologyConnection> {
    let page = rows(ctx, Part::Technology, occupation, request, |_| true).await?;
    Ok(OccupationTechnologyConnection::of(
        page,
        OccupationTechnology,
    ))
}

/// `Occupation.alternateTitles`.
pub(super) async fn titles(
    ctx: &Context<'_>,
    occupation: &occupation::Model,
    request: &PageRequest,
) -> Result<OccupationTitleConnection> {
    let page = rows(ctx, Part::AlternateTitles, occupation, request, |_| true).await?;
    Ok(OccupationTitleConnection::of(page, OccupationTitle))
}

/// How an element of the content model was rated for an occupation, on one scale.
pub struct OccupationRating(TableRow);

/// How an element of the content model was rated for an occupation, on one scale.
#[Object]
impl OccupationRating {
    /// The element's id in the O*NET content model.
    async fn element(&self) -> &str {
        self.0.text("Element ID")
    }

    /// The element's name.
    async fn name(&self) -> &str {
        self.0.text("Element Name")
    }

    /// The scale: `IM` importance, `LV` level, `WI` a work style's impact, `DR` how distinctive
    /// it is.
    async fn scale(&self) -> &str {
        self.0.text("Scale ID")
    }

    /// The rating: a decimal number with its digits as published.
    async fn value(&self) -> &str {
        self.0.text("Data Value")
    }

    /// How many were asked.
    async fn sample_size(&self) -> Option<i32> {
        self.0.given("N").and_then(|count| count.parse().ok())
    }

    /// The standard error of the rating.
    async fn standard_error(&self) -> Option<&str> {
        self.0.given("Standard Error")
    }

    /// The lower end of the 95 % confidence interval.
    async fn lower_bound(&self) -> Option<&str> {
        self.0.given("Lower CI Bound")
    }

    /// The upper end of the 95 % confidence interval.
    async fn upper_bound(&self) -> Option<&str> {
        self.0.given("Upper CI Bound")
    }

    /// Whether the publisher recommends not to show it, for its low precision.
    async fn recommend_suppress(&self) -> Option<bool> {
        self.0.flag("Recommend Suppress")
    }

    /// Whether those asked said that the element is of no relevance.
    async fn not_relevant(&self) -> Option<bool> {
        self.0.flag("Not Relevant")
    }

    /// When it was rated, such as `08/2023`.
    async fn date(&self) -> Option<&str> {
        self.0.given("Date")
    }

    /// Who rated it.
    async fn domain_source(&self) -> Option<&str> {
        self.0.given("Domain Source")
    }

    /// Where it is from.
    async fn source(&self) -> DataSource {
        self.0.source()
    }
}

/// A task of an occupation.
pub struct OccupationTask(TableRow);

/// A task of an occupation.
#[Object]
impl OccupationTask {
    /// Its number in the O*NET database.
    async fn number(&self) -> &str {
        self.0.text("Task ID")
    }

    /// The task, verbatim.
    async fn text(&self) -> &str {
        self.0.text("Task")
    }

    /// `Core` or `Supplemental`, where that is known.
    #[graphql(name = "type")]
    async fn kind(&self) -> Option<&str> {
        self.0.given("Task Type")
    }

    /// When it was last looked at, such as `08/2023`.
    async fn date(&self) -> Option<&str> {
        self.0.given("Date")
    }

    /// Who told of it.
    async fn domain_source(&self) -> Option<&str> {
        self.0.given("Domain Source")
    }

    /// Where it is from.
    async fn source(&self) -> DataSource {
        self.0.source()
    }
}

/// Technology that an occupation uses.
pub struct OccupationTechnology(TableRow);

/// Technology that an occupation uses.
#[Object]
impl OccupationTechnology {
    /// A product or kind of product, verbatim.
    async fn example(&self) -> &str {
        self.0.text("Example")
    }

    /// The title of its commodity (United Nations Standard Products and Services Code).
    async fn commodity(&self) -> &str {
        self.0.text("Commodity Title")
    }

    /// The commodity's code.
    async fn commodity_code(&self) -> &str {
        self.0.text("Commodity Code")
    }

    /// Whether employers ask for it often, over all occupations.
    async fn is_hot(&self) -> Option<bool> {
        self.0.flag("Hot Technology")
    }

    /// Whether employers ask for it often in this occupation.
    async fn is_in_demand(&self) -> Option<bool> {
        self.0.flag("In Demand")
    }

    /// Where it is from.
    async fn source(&self) -> DataSource {
        self.0.source()
    }
}

/// A title that is used for an occupation besides its own.
pub struct OccupationTitle(TableRow);

/// A title that is used for an occupation besides its own.
#[Object]
impl OccupationTitle {
    /// The title, verbatim.
    async fn title(&self) -> &str {
        self.0.text("Alternate Title")
    }

    /// Its short form.
    async fn short_title(&self) -> Option<&str> {
        self.0.given("Short Title")
    }

    /// Numbers of the sources that have it, as published.
    async fn reported_by(&self) -> Option<&str> {
        self.0.given("Source(s)")
    }

    /// Where it is from.
    async fn source(&self) -> DataSource {
        self.0.source()
    }
}
