//! SeaORM models, one file a table. No logic lives here.

pub mod api_key;
pub mod assessment;
pub mod assessment_plan;
pub mod audit_head;
pub mod audit_record;
pub mod credential;
pub mod data_key;
pub mod decision;
pub mod demonstration;
pub mod evidence;
pub mod framework;
pub mod framework_version;
pub mod learner;
pub mod level;
pub mod member;
pub mod member_role;
pub mod observation;
pub mod occupation;
pub mod plan_statement;
pub mod provider;
pub mod reissue;
pub mod setting;
pub mod signing_key;
pub mod statement;
pub mod status_change;
pub mod status_list;
