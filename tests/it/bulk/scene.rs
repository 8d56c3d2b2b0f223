//! A college with a plan, and tables for it.

use attestry::{
    bulk::{
        model::{Kind, Order},
        ops::import,
        report::Report,
    },
    catalog::samples::SAMPLES,
    kernel::{errors::Result, ids},
};
use entity::{
    assessment, assessment_transition, audit_record, bulk_job, bulk_problem, event, evidence,
    learner, observation,
};
use sea_orm::{EntityTrait, PaginatorTrait};
use uuid::Uuid;

use crate::support::{Api, House, Tenant, cast};

/// The columns of a table of results, as the tests write it.
pub(super) const RESULTS: &str = "learner,statement,rating,assessor,time,evidence_url,context\n";

/// Two colleges and a plan of the first.
pub(super) struct Scene {
    pub(super) house: House,
    pub(super) college: Tenant,
    pub(super) other: Tenant,
    /// The plan's global id.
    pub(super) plan: String,
    /// Global ids of its two statements.
    pub(super) statements: Vec<String>,
    pub(super) platform: String,
}

/// An order, everything or nothing.
pub(super) const fn strict(kind: Kind) -> Order {
    Order {
        kind,
        dry_run: false,
        skip_bad_lines: false,
    }
}

/// The row id within a global id.
pub(super) fn row_id(global: &str) -> Uuid {
    ids::parse_global(global)
        .expect("the API gives global ids")
        .1
}

impl Scene {
    /// Makes it through the API of the house.
    pub(super) async fn set(house: House) -> Self {
        let platform = house.bootstrap().await;
        let api = house.api.clone();
        Self::over(house, api, platform).await
    }

    /// Makes it through an API over the same database.
    pub(super) async fn over(house: House, api: Api, platform: String) -> Self {
        let sample = std::str::from_utf8(SAMPLES[0].bytes).expect("samples are UTF-8");
        api.import(&platform, sample).await;
        let college = Tenant::create(&api, &platform, "riverside").await;
        let other = Tenant::create(&api, &platform, "hillside").await;
        let statements = cast::statements(&api, SAMPLES[0].soc, 2).await;
        let plan = college.plan(&statements, false).await;
        Self {
            house,
            college,
            other,
            plan,
            statements,
            platform,
        }
    }

    /// What orders results under the plan.
    pub(super) fn results(&self) -> Kind {
        let plan = row_id(&self.plan);
        Kind::Results { plan }
    }

    /// Imports a table at the machine.
    pub(super) async fn import(&self, order: &Order, table: &str) -> Result<Report> {
        let source = Box::new(std::io::Cursor::new(table.as_bytes().to_vec()));
        let provider = Some(row_id(&self.college.provider));
        import(&self.house.app.operator(), provider, order, source, &|_| {}).await
    }

    /// A row of results of the college's learner.
    pub(super) fn row(&self, statement: usize, rating: &str, time: &str) -> String {
        let statement = &self.statements[statement];
        format!("2026-001,{statement},{rating},first@riverside.example,{time},,at the desk\n")
    }

    /// How many rows every table has that an import could add to.
    pub(super) async fn counts(&self) -> [u64; 9] {
        let db = self.house.db();
        macro_rules! count {
            ($($table:ident),*) => {
                [$($table::Entity::find().count(db).await.expect("it can be counted")),*]
            };
        }
        count!(
            learner,
            assessment,
            observation,
            evidence,
            audit_record,
            bulk_job,
            bulk_problem,
            event,
            assessment_transition
        )
    }
}

/// The lines, columns and codes of a report.
pub(super) fn told(report: &Report) -> Vec<(u64, &str, &str)> {
    let problems = report.problems.iter();
    problems
        .map(|p| (p.line, p.column.as_str(), p.code.as_str()))
        .collect()
}
