//! The arrows of the house: which room may use which. Reads every source under `src`,
//! `entity` and `migration`, and names each wrong arrow with its file, line and remedy.
//!
//! A *place* is where a file stands, or what a path points at: `web`, `kernel::db`,
//! `catalog::ops`, `catalog::store`. Whatever else stands in one of the four domain
//! rooms is `catalog::pure` and so on: bytes and values in, values out.

mod arrows;
mod paths;

use crate::files::rust_sources;

/// Which places a place may use, besides itself and `kernel`. `x::*` is everything in
/// `x`, and `*::x` that part of every domain room. Every other arrow is wrong.
const MAY_USE: &[(&str, &[&str])] = &[
    ("main", &["cli", "config"]),
    ("lib", &[]),
    // The command line: `schema` prints the SDL, `verify` calls the pure verifier.
    (
        "cli",
        &[
            "web",
            "graphql",
            "app",
            "config",
            "fetch",
            "kernel::db",
            "*::ops",
            "*::fetch",
            "*::pure",
            "events::progress",
            "identity::actor",
            "identity::policy",
        ],
    ),
    (
        "web",
        &[
            "graphql",
            "app",
            "config",
            "kernel::db",
            "*::ops",
            "*::fetch",
            "*::pure",
            "events::progress",
            "identity::actor",
            "identity::policy",
        ],
    ),
    (
        "graphql",
        &[
            "app",
            "config",
            "events::progress",
            "*::ops",
            "*::fetch",
            "*::pure",
            "events::progress",
            "identity::actor",
            "identity::policy",
        ],
    ),
    (
        "app",
        &[
            "config",
            "kernel::db",
            "identity::actor",
            "identity::fetch",
            "catalog::cache",
            "credential::pure",
            "events::hub",
            "events::progress",
            "fetch",
        ],
    ),
    // The limits of documents and requests are theirs to define, and so is who signs people in;
    // contexts given by hand are read once, with the other settings.
    (
        "config",
        &[
            "graphql",
            "web",
            "assessment::pure",
            "credential::pure",
            "identity::pure",
        ],
    ),
    // The guarded client: credentials lead to what others publish, and so do sign-ins.
    ("fetch", &[]),
    ("kernel", &[]),
    ("kernel::db", &[]),
    // Who is acting and what they may do; needs to know of no other room.
    ("identity::actor", &["identity::policy", "identity::pure"]),
    ("identity::policy", &["identity::actor", "identity::pure"]),
    ("identity::pure", &["identity::actor", "identity::policy"]),
    (
        "identity::store",
        &[
            "identity::pure",
            "identity::actor",
            "identity::policy",
            "kernel::db",
        ],
    ),
    // The keys of those who sign people in, fetched and kept.
    ("identity::fetch", &["identity::pure", "fetch"]),
    ("identity::ops", &["identity::*", "app", "kernel::db"]),
    // Written by every ops, in the transaction of the change that it tells of.
    (
        "identity::audit",
        &["identity::actor", "identity::pure", "app", "kernel::db"],
    ),
    // What happened is written down by the ops of the rooms above, in the transaction that makes it
    // happen, and told from here: this room knows none of them.
    ("events::pure", &[]),
    ("events::progress", &[]),
    ("events::store", &["events::pure", "kernel::db"]),
    (
        "events::outbox",
        &["events::pure", "events::store", "app", "kernel::db"],
    ),
    (
        "events::hub",
        &["events::pure", "events::store", "kernel::db"],
    ),
    (
        "events::ops",
        &[
            "events::*",
            "app",
            "fetch",
            "kernel::db",
            "identity::policy",
            "identity::actor",
            "identity::audit",
            "identity::store",
            "identity::pure",
        ],
    ),
    // The catalog knows no one.
    ("catalog::pure", &[]),
    ("catalog::store", &["catalog::pure", "kernel::db"]),
    // What can change is held until the database tells that it did.
    (
        "catalog::cache",
        &["catalog::store", "catalog::pure", "kernel::db"],
    ),
    (
        "catalog::ops",
        &[
            "catalog::*",
            "app",
            "kernel::db",
            "identity::policy",
            "identity::actor",
            "identity::audit",
        ],
    ),
    // The assessment knows the catalog.
    ("assessment::pure", &["catalog::pure"]),
    (
        "assessment::store",
        &["assessment::pure", "catalog::pure", "kernel::db"],
    ),
    (
        "assessment::ops",
        &[
            "events::outbox",
            "events::pure",
            "events::progress",
            "assessment::*",
            "catalog::*",
            "app",
            "kernel::db",
            "identity::policy",
            "identity::actor",
            "identity::audit",
            "identity::store",
            "identity::pure",
        ],
    ),
    // Tables of learners and results stand above the rooms whose rows they fill.
    (
        "bulk::pure",
        &["identity::pure", "assessment::pure", "events::progress"],
    ),
    (
        "bulk::store",
        &[
            "bulk::pure",
            "assessment::pure",
            "identity::pure",
            "identity::store",
            "events::progress",
            "kernel::db",
        ],
    ),
    // A row is checked and written as its room does it one by one.
    (
        "bulk::ops",
        &[
            "bulk::*",
            "assessment::ops",
            "assessment::pure",
            "events::*",
            "app",
            "kernel::db",
            "identity::*",
        ],
    ),
    // The credential knows both.
    ("credential::pure", &["assessment::pure", "catalog::pure"]),
    (
        "credential::store",
        &[
            "credential::pure",
            "assessment::pure",
            "catalog::pure",
            "kernel::db",
        ],
    ),
    // Brings issuer documents and status lists through the guarded client.
    ("credential::fetch", &["credential::pure", "fetch"]),
    (
        "credential::ops",
        &[
            "events::outbox",
            "events::pure",
            "events::progress",
            "fetch",
            "credential::*",
            "assessment::*",
            "catalog::*",
            "app",
            "kernel::db",
            "identity::policy",
            "identity::actor",
            "identity::audit",
            "identity::store",
            "identity::pure",
        ],
    ),
    // Everything about one learner is in every room, so it stands above them all.
    ("dossier::pure", &[]),
    ("dossier::store", &["dossier::pure", "kernel::db"]),
    (
        "dossier::ops",
        &[
            "dossier::*",
            "credential::*",
            "assessment::*",
            "catalog::*",
            "events::outbox",
            "events::pure",
            "app",
            "kernel::db",
            "identity::policy",
            "identity::actor",
            "identity::audit",
            "identity::store",
            "identity::pure",
        ],
    ),
];

/// Crates that only some places may name, and what to do instead.
const FENCED_CRATES: &[(&[&str], &[&str], &str)] = &[
    // Rows travel outwards as plain values; only where sea_orm may be named can they be queried.
    (
        &["entity"],
        &[
            "*::store",
            "*::ops",
            "catalog::cache",
            "identity::audit",
            "events::outbox",
            "events::hub",
            "graphql",
        ],
        "let the room's store read and write it",
    ),
    (
        &["sea_orm"],
        &[
            "*::store",
            "*::ops",
            "identity::audit",
            "events::outbox",
            "kernel",
            "kernel::db",
            "app",
            "entity",
            "migration",
        ],
        "put the query into the room's store, behind its ops",
    ),
    (
        &["sea_orm_migration", "migration"],
        &["migration", "kernel::db", "cli"],
        "let cli or kernel::db run the migrations",
    ),
    (
        &["sqlx"],
        &["kernel::db"],
        "go through sea_orm, in the room's store",
    ),
    (
        &["async_graphql"],
        &["graphql", "web", "cli"],
        "keep GraphQL types in graphql, as newtypes over the model",
    ),
    (
        &["axum", "tower", "tower_http"],
        &["web", "cli"],
        "keep HTTP in web",
    ),
    (
        &["reqwest"],
        &["fetch", "web", "cli"],
        "fetch through the one guarded client, and pass its bytes in",
    ),
    (
        &["tokio"],
        &[
            "main",
            "cli",
            "web",
            "graphql",
            "app",
            "kernel",
            "kernel::db",
            "*::ops",
            "*::store",
            "*::fetch",
            // It hears of commits.
            "catalog::cache",
            "fetch",
            "events::hub",
            "events::progress",
        ],
        "pure code waits for nothing: take the values as parameters",
    ),
];

/// Names that only some places may say, and what to do instead.
const FENCED_NAMES: &[(&str, &[&str], &str)] = &[
    (
        "write_tx",
        // An operation offers it, held to what its actor may touch.
        &["*::ops", "kernel::db", "app"],
        "only ops opens a transaction: call the room's ops",
    ),
    (
        "TransactionTrait",
        &["kernel::db"],
        "open transactions through kernel::db::write_tx, which begins them so that SQLite cannot deadlock",
    ),
];

const DOMAIN_ROOMS: &[&str] = &[
    "identity",
    "events",
    "catalog",
    "assessment",
    "bulk",
    "credential",
    "dossier",
];

/// Parts of a domain room that are places of their own; every other part is pure.
const PARTS: &[&str] = &["ops", "store"];
const MORE_PARTS: &[(&str, &str)] = &[
    ("identity", "actor"),
    ("identity", "policy"),
    ("identity", "audit"),
    ("identity", "fetch"),
    ("events", "hub"),
    ("events", "outbox"),
    ("events", "progress"),
    ("catalog", "cache"),
    ("credential", "fetch"),
];

#[test]
fn every_arrow_points_the_right_way() {
    let sources = rust_sources(&["src", "entity/src", "migration/src"]);
    for expected in ["src/main.rs", "entity/src/lib.rs", "migration/src/lib.rs"] {
        assert!(
            sources.iter().any(|(path, _)| path == expected),
            "{expected} was not found: this test looks in the wrong place"
        );
    }
    let wrong = arrows::wrong_arrows(&sources);
    assert!(wrong.is_empty(), "wrong arrows:\n{}", wrong.join("\n"));
}
