//! The second wall between tenants, proven with raw SQL: as the role that the service connects as,
//! under another tenant's setting, PostgreSQL shows and changes nothing. Each table of the schema is
//! classified here; one that nobody classified fails.

mod classes;
mod fill;
mod role;

use std::collections::BTreeMap;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, RuntimeErr,
    Statement,
};
use uuid::Uuid;

use crate::support::{House, database::Postgres};
use classes::{Class, TABLES};
use fill::Filler;

/// What the migrations fill themselves.
const FULL: [&str; 2] = ["seaql_migrations", "catalog_state"];

/// The chain of what belongs to no provider.
const PLATFORM: &str = "platform";

/// What a connection's setting says.
#[derive(Debug, Clone, Copy)]
enum Setting {
    Tenant(Uuid),
    Platform,
    /// Whatever names nobody.
    Other(&'static str),
    None,
}

impl Setting {
    /// Whether this class of rows of `owner` is there to be read.
    fn reads(self, class: Class, owner: Uuid) -> bool {
        match (self, class) {
            (_, Class::Public) => true,
            (Self::Tenant(own), _) => own == owner,
            (Self::Platform, Class::Shared | Class::Records | Class::Heads) => true,
            (Self::Platform | Self::Other(_) | Self::None, _) => false,
        }
    }

    /// Whether it is there to be changed.
    fn changes(self, class: Class, owner: Uuid) -> bool {
        class != Class::Records && self.reads(class, owner)
    }
}

/// Two tenants with a row of everything, and a connection of the service's role.
struct Scene {
    filler: Filler,
    service: DatabaseConnection,
    tenants: [Uuid; 2],
    classes: BTreeMap<String, Class>,
}

impl Scene {
    async fn set(house: &House) -> Self {
        let filler = Filler::new(house.db().clone()).await;
        let classes: BTreeMap<_, _> = TABLES
            .iter()
            .flat_map(|(class, names)| names.iter().map(|name| ((*name).to_owned(), *class)))
            .collect();
        let named: Vec<_> = classes.keys().cloned().collect();
        let there: Vec<_> = filler.tables().map(str::to_owned).collect();
        assert_eq!(there, named, "say in TABLES whose rows these tables hold");
        let tenants = [filler.provider().await, filler.provider().await];
        let shared = |name: &str| classes[name] == Class::Public;
        let to_fill = |table: &&str| !FULL.contains(table);
        for table in filler.in_order().filter(to_fill) {
            if shared(table) {
                filler.add(table, tenants[0]).await;
                continue;
            }
            for tenant in tenants {
                filler.add(table, tenant).await;
            }
        }
        filler.add_chain(PLATFORM).await;
        let mut options = ConnectOptions::new(&house.database_url);
        options.max_connections(1).sqlx_logging(false);
        let service = Database::connect(options).await.expect("it answers");
        Self {
            filler,
            service,
            tenants,
            classes,
        }
    }

    /// The tables that the walls stand around, with their classes.
    fn walled(&self) -> impl Iterator<Item = (&str, Class)> {
        let all = self
            .classes
            .iter()
            .map(|(name, class)| (name.as_str(), *class));
        all.filter(|(_, class)| *class != Class::Public)
    }

    async fn put(&self, setting: Setting) {
        let sql = match setting {
            Setting::Tenant(id) => format!("SET attestry.tenant = '{id}'"),
            Setting::Platform => "SET attestry.tenant = 'platform'".to_owned(),
            Setting::Other(text) => format!("SET attestry.tenant = '{}'", text.replace('\'', "''")),
            Setting::None => "RESET attestry.tenant".to_owned(),
        };
        self.run(&sql).await.expect("anyone may set it");
    }

    /// Runs SQL as the service; how many rows it touched.
    async fn run(&self, sql: &str) -> Result<u64, DbErr> {
        Ok(self.service.execute_unprepared(sql).await?.rows_affected())
    }

    /// Runs SQL and undoes it.
    async fn try_out(&self, sql: &str) -> Result<u64, DbErr> {
        self.run("BEGIN").await.expect("it begins");
        let done = self.run(sql).await;
        self.run("ROLLBACK").await.expect("it rolls back");
        done
    }

    async fn count(&self, sql: &str) -> i64 {
        let statement = Statement::from_string(DbBackend::Postgres, sql);
        let row = self.service.query_one_raw(statement).await;
        let row = row.unwrap_or_else(|e| panic!("{sql}: {e}"));
        row.expect("one row").try_get_by_index(0).expect("a number")
    }
}

/// Whether row-level security refused it (SQLSTATE 42501).
fn is_walled_off(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(e)) | DbErr::Query(RuntimeErr::SqlxError(e))) = error
    else {
        return false;
    };
    let code = e.as_database_error().and_then(|e| e.code());
    code.as_deref() == Some("42501")
}

/// Runs a test on a database of its own on PostgreSQL; elsewhere there is no such wall.
async fn behind_walls<F>(name: &str, test: impl FnOnce(House, Scene) -> F + Send + 'static)
where
    F: Future<Output = ()> + Send,
{
    crate::support::house::on_postgres(name, |house| async move {
        let scene = Scene::set(&house).await;
        test(house, scene).await;
    })
    .await;
}

const SETTINGS: [&str; 4] = ["", "' OR true --", "%", "SYSTEM"];

fn settings(tenants: [Uuid; 2]) -> Vec<Setting> {
    let mut all = vec![
        Setting::None,
        Setting::Tenant(tenants[0]),
        Setting::Tenant(tenants[1]),
        Setting::Tenant(Uuid::nil()),
        Setting::Platform,
    ];
    all.extend(SETTINGS.map(Setting::Other));
    // Unset once more: what it was before must not stay.
    all.push(Setting::None);
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn each_table_shows_and_changes_what_the_setting_names() {
    behind_walls("walls::each_table", |_, scene| async move {
        for setting in settings(scene.tenants) {
            scene.put(setting).await;
            for (table, class) in scene.walled() {
                let mut seen = 0;
                for owner in scene.tenants {
                    let theirs = scene.filler.rows_of(table, owner).await;
                    let column = scene.filler.any_column(table);
                    let place = format!("{table} of {owner} under {setting:?}");
                    let count = format!("SELECT count(*) FROM {table} WHERE {theirs}");
                    let reads = i64::from(setting.reads(class, owner));
                    assert_eq!(scene.count(&count).await, reads, "{place}");
                    seen += reads;
                    let changes = u64::from(setting.changes(class, owner));
                    let update = format!("UPDATE {table} SET {column} = {column} WHERE {theirs}");
                    let updated = scene.try_out(&update).await;
                    assert_eq!(updated.expect("it runs"), changes, "{place}: UPDATE");
                    let delete = format!("DELETE FROM {table} WHERE {theirs}");
                    match scene.try_out(&delete).await {
                        Ok(deleted) => assert_eq!(deleted, changes, "{place}: DELETE"),
                        // What others refer to stays, for its owner too.
                        Err(e) => assert!(changes == 1 && !is_walled_off(&e), "{place}: {e}"),
                    }
                    let insert = scene.filler.insert(table, owner).await;
                    let inserted = scene.try_out(&insert).await;
                    let appends = setting.reads(class, owner);
                    let refused = inserted.as_ref().is_err_and(is_walled_off);
                    assert_eq!(refused, !appends, "{place}: INSERT: {inserted:?}");
                }
                seen += match (setting, class) {
                    // Everybody's first record for all refers to the platform's chain, whose end
                    // they see; what stands in it they do not.
                    (Setting::Tenant(_) | Setting::Platform, Class::Heads) => 1,
                    (Setting::Platform, Class::Records) => 1,
                    _ => 0,
                };
                let all = scene.count(&format!("SELECT count(*) FROM {table}")).await;
                assert_eq!(all, seen, "{table} under {setting:?}");
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_moves_to_another_tenant() {
    behind_walls("walls::nothing_moves", |_, scene| async move {
        let [a, b] = scene.tenants;
        scene.put(Setting::Tenant(b)).await;
        for (table, class) in scene.walled() {
            let Some(column) = scene.filler.owner_column(table) else {
                continue;
            };
            let own = scene.filler.rows_of(table, b).await;
            let give = format!("UPDATE {table} SET {column} = '{a}' WHERE {own}");
            match scene.try_out(&give).await {
                // Its owner may not change a record at all.
                Ok(touched) => assert_eq!((touched, class), (0, Class::Records), "{table}"),
                Err(e) => assert!(is_walled_off(&e), "{table}: {e}"),
            }
            // Nor does a row that is in the way tell what it holds.
            let insert = scene.filler.insert(table, a).await;
            let upsert = format!("{insert} ON CONFLICT DO NOTHING");
            let refused = scene.try_out(&upsert).await;
            assert!(
                refused.as_ref().is_err_and(is_walled_off),
                "{table}: {refused:?}"
            );
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn joins_and_views_pass_no_wall() {
    behind_walls("walls::joins", |_, scene| async move {
        let [a, b] = scene.tenants;
        let view = "CREATE VIEW said AS SELECT l.provider_id, l.name, e.value FROM learner l
            JOIN assessment s ON s.learner_id = l.id
            JOIN observation o ON o.assessment_id = s.id
            JOIN evidence e ON e.observation_id = o.id";
        scene.run(view).await.expect("the service owns the schema");
        for (setting, expected) in [
            (Setting::Tenant(a), [1, 0]),
            (Setting::Tenant(b), [0, 1]),
            (Setting::Platform, [0, 0]),
            (Setting::None, [0, 0]),
        ] {
            scene.put(setting).await;
            for (owner, expected) in scene.tenants.into_iter().zip(expected) {
                let through = |from: &str| {
                    format!("SELECT count(*) FROM {from} WHERE x.provider_id = '{owner}'")
                };
                for from in [
                    "said x",
                    "(SELECT * FROM said) x",
                    "learner x JOIN assessment s ON s.learner_id = x.id",
                    "provider p JOIN learner x ON x.provider_id = p.id",
                    "provider p CROSS JOIN LATERAL
                        (SELECT * FROM credential c WHERE c.provider_id = p.id) x",
                    "(SELECT provider_id FROM learner UNION SELECT provider_id FROM learner) x",
                ] {
                    let place = format!("{from} of {owner} under {setting:?}");
                    assert_eq!(scene.count(&through(from)).await, expected, "{place}");
                }
                // From what everybody sees, by an outer join: the other side is empty.
                let outer = format!(
                    "SELECT count(x.id) FROM provider p LEFT JOIN learner x
                    ON x.provider_id = p.id WHERE p.id = '{owner}'"
                );
                assert_eq!(scene.count(&outer).await, expected, "under {setting:?}");
                let with = format!(
                    "WITH changed AS (UPDATE learner SET name = 'x' WHERE provider_id = '{owner}'
                    RETURNING name) SELECT count(*) FROM changed"
                );
                assert_eq!(scene.count(&with).await, expected, "under {setting:?}");
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_wall_binds_the_owner_of_its_table() {
    behind_walls("walls::every_wall", |_, scene| async move {
        for (table, class) in &scene.classes {
            let sql = format!(
                "SELECT count(*) FROM pg_class WHERE oid = '{table}'::regclass
                AND relrowsecurity AND relforcerowsecurity"
            );
            let walled = scene.count(&sql).await == 1;
            assert_eq!(walled, *class != Class::Public, "{table}");
        }
    })
    .await;
}

/// The other tests hold nothing where the service could connect as a superuser.
#[tokio::test(flavor = "multi_thread")]
async fn the_tests_connect_as_the_service_does() {
    let name = "walls::the_tests_connect_as_the_service_does";
    let Some(database) = Postgres::create(name).await else {
        return;
    };
    let house = House::open(database.url()).await;
    let walled = house.app.db.is_walled().await;
    drop(house);
    database.drop().await;
    assert_eq!(walled.expect("it can be asked"), Some(true));
}
