//! Whose rows each table of the schema holds.

/// Whose rows a table holds, and who besides them may touch these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// One tenant's each, and nobody else's.
    Own,
    /// One tenant's each; platform administrators look after them, too.
    Shared,
    /// Chained records, which are appended to and never changed; the platform has a chain, too.
    Records,
    /// The ends of these chains.
    Heads,
    /// Everybody's.
    Public,
}

/// The classes of all tables.
pub(super) const TABLES: &[(Class, &[&str])] = &[
    (
        Class::Own,
        &[
            "assessment",
            "assessment_plan",
            "assessment_transition",
            "bulk_job",
            "bulk_problem",
            "carry_over",
            "credential",
            "data_key",
            "decision",
            "demonstration",
            "event",
            "evidence",
            "evidence_file",
            // What curators draft has no provider, and is the platform's.
            "framework_draft",
            "invitation",
            "learner",
            "observation",
            "plan_statement",
            "plan_version",
            "reissue",
            "signing_key",
            "status_change",
            "status_list",
            "webhook",
            "webhook_delivery",
        ],
    ),
    (
        Class::Shared,
        &[
            "api_key",
            // The owner of the framework that it is about sees it besides.
            "correction",
            "member",
            "member_identity",
            "member_role",
        ],
    ),
    (Class::Records, &["audit_record"]),
    (Class::Heads, &["audit_head"]),
    (
        Class::Public,
        &[
            "dataset",
            "dataset_rows",
            "framework",
            "framework_version",
            "level",
            "occupation",
            "occupation_profile",
            "case_node",
            "catalog_state",
            "provider",
            "search_doc",
            "seaql_migrations",
            "setting",
            "statement",
        ],
    ),
];
