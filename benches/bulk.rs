//! What it costs to import 100,000 results into a SQLite file, beside what `sqlite3 .import` takes
//! for the same rows in one plain table; and how much memory it takes at most.
//!
//! One run tells enough: it is long, and processor time varies little.

#![expect(
    clippy::print_stdout,
    reason = "a bench tells its figures on the terminal"
)]

use std::{
    fs::{self, File},
    io::{self, BufReader, BufWriter, Write as _},
    path::Path,
    process::Command,
    sync::Arc,
    time::Duration,
};

use attestry::{
    app::{App, Op},
    assessment::{
        model::{Attainment, Method, PlanContent, Rule, Scale},
        ops::plans::create_plan,
    },
    bulk::{
        model::{Kind, Order},
        ops::import,
    },
    catalog::{ops::browse, ops::import::import_framework, samples::SAMPLES},
    config::{CommonArgs, Config, ServeArgs},
    credential::{custody::MasterKey, ops::providers::create_provider},
    identity::{
        actor::{Actor, SignIn},
        model::{NewMember, NewProvider},
        ops::members::create_member,
        policy::{Role, Scope},
    },
    kernel::{clock::SystemClock, db::Db, rng::SystemRng},
};
use rustix::time::{ClockId, clock_gettime};
use tempfile::tempdir;
use tokio::runtime::Runtime;
use uuid::Uuid;

const ROWS: usize = 100_000;
const LEARNERS: usize = 1_000;
const STATEMENTS: usize = 20;

/// What the bench stands on.
struct Scene {
    app: Arc<App>,
    provider: Uuid,
    plan: Uuid,
    statements: Vec<Uuid>,
}

async fn scene(folder: &Path) -> Scene {
    let common = CommonArgs {
        data_dir: Some(folder.to_owned()),
        ..CommonArgs::default()
    };
    let config = Config::load(&common, &ServeArgs::default()).expect("sound settings");
    let db = Db::open(&config.database_url).await.expect("a database");
    db.migrate().await.expect("the schema");
    let key = MasterKey::from_bytes([7; 32]);
    let app = App::new(db, Arc::new(SystemClock), Arc::new(SystemRng), key, config);
    let op = app.operator();
    let imported = import_framework(&op, SAMPLES[0].bytes).await;
    let version = imported.expect("the sample is sound").version;
    let found = browse::versions(&app, &[version])
        .await
        .expect("it is there");
    let levels = found.values().flat_map(|v| &v.levels);
    let statements: Vec<_> = levels
        .flat_map(|l| l.statements.iter().map(|s| s.id))
        .take(STATEMENTS)
        .collect();
    let new = NewProvider {
        slug: "riverside".into(),
        name: "Riverside".into(),
        url: "https://college.example".into(),
    };
    let provider = create_provider(&op, new).await.expect("it is new").id;
    let plan = plan(&op, provider, &statements).await;
    Scene {
        app,
        provider,
        plan,
        statements,
    }
}

async fn plan(op: &Op, provider: Uuid, statements: &[Uuid]) -> Uuid {
    let new = NewMember {
        provider: Some(provider),
        name: "Assessor".into(),
        email: Some("assessor@college.example".into()),
        roles: vec![Role::Assessor, Role::ProviderAdmin],
    };
    let member = create_member(op, new).await.expect("they are new");
    let actor = Actor::Member {
        provider,
        member: member.id,
        by: SignIn::Key(Uuid::nil()),
        roles: member.roles,
        scopes: Scope::ALL.to_vec(),
    };
    let content = PlanContent {
        statements: statements.to_vec(),
        methods: vec![Method::Observation],
        scale: Scale::default(),
        criteria: Vec::new(),
        rule: Rule::default(),
        validity_days: None,
        suspendable: false,
        attainment: Attainment::default(),
    };
    let op = op.app.op(actor, "bench");
    let plan = create_plan(&op, "Practical test".into(), content).await;
    plan.expect("it is sound").row.id
}

/// Writes a table of learners and one of results.
fn write_tables(scene: &Scene, people: &Path, results: &Path) -> io::Result<()> {
    let mut table = BufWriter::new(File::create(people)?);
    writeln!(table, "external_id,name,email")?;
    for n in 0..LEARNERS {
        writeln!(table, "L-{n},Learner {n},l{n}@people.example")?;
    }
    table.flush()?;
    let mut table = BufWriter::new(File::create(results)?);
    writeln!(
        table,
        "learner,statement,rating,assessor,time,evidence_url,context"
    )?;
    for n in 0..ROWS {
        let statement = scene
            .statements
            .get(n % STATEMENTS)
            .expect("there are that many");
        let (learner, day) = (n / STATEMENTS % LEARNERS, n / STATEMENTS / LEARNERS + 1);
        write!(
            table,
            "L-{learner},https://skills.example/statements/{statement},3,"
        )?;
        write!(
            table,
            "assessor@college.example,2026-01-{day:02}T09:30:00Z,"
        )?;
        writeln!(table, "https://evidence.example/{n},at work")?;
    }
    table.flush()
}

async fn read(scene: &Scene, kind: Kind, file: &Path) -> u64 {
    let order = Order {
        kind,
        dry_run: false,
        skip_bad_lines: false,
    };
    let source = Box::new(BufReader::new(File::open(file).expect("it was written")));
    let op = scene.app.operator();
    let report = import(&op, Some(scene.provider), &order, source, &|_| {}).await;
    let report = report.expect("the database works");
    assert_eq!(report.refused, 0, "{:?}", report.problems.first());
    report.accepted
}

/// Processor time of this process so far.
fn used() -> Duration {
    let t = clock_gettime(ClockId::ProcessCPUTime);
    let seconds = u64::try_from(t.tv_sec).unwrap_or(0);
    Duration::new(seconds, u32::try_from(t.tv_nsec).unwrap_or(0))
}

/// Processor time of the children that this process has waited for (proc(5): cutime and cstime,
/// in hundredths of a second).
fn used_by_children() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").expect("this is Linux");
    let (_, after_name) = stat.rsplit_once(')').expect("a name in brackets");
    let fields: Vec<_> = after_name.split_whitespace().collect();
    let ticks = |at: usize| -> u64 {
        let field = fields.get(at).expect("there are that many");
        field.parse().expect("a number")
    };
    Duration::from_millis(10 * (ticks(13) + ticks(14)))
}

/// The most memory that this process had so far, in megabytes.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("this is Linux");
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.expect("it is told") / 1_024
}

fn told(what: &str, rows: u64, time: Duration) {
    let per_second = rows as f64 / time.as_secs_f64();
    println!("{what}: {rows} rows in {time:.2?} of processor time, {per_second:.0} a second");
}

fn main() {
    let folder = tempdir().expect("there is room");
    let runtime = Runtime::new().expect("threads");
    let scene = runtime.block_on(scene(folder.path()));
    let (people, file) = (folder.path().join("l.csv"), folder.path().join("r.csv"));
    write_tables(&scene, &people, &file).expect("there is room");
    let before = used();
    let created = runtime.block_on(read(&scene, Kind::Learners, &people));
    told("attestry bulk learners", created, used() - before);
    let (before, memory) = (used(), peak());
    let kind = Kind::Results { plan: scene.plan };
    let recorded = runtime.block_on(read(&scene, kind, &file));
    told("attestry bulk results", recorded, used() - before);
    println!(
        "most memory: {} MB, of which {memory} MB before the results",
        peak()
    );

    let script = format!(".import --csv {} results", file.display());
    let before = used_by_children();
    let ended = Command::new("sqlite3")
        .arg(folder.path().join("peer.db"))
        .arg("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
        .arg(script)
        .output();
    match ended {
        Ok(ended) if ended.status.success() => {
            told("sqlite3 .import", recorded, used_by_children() - before);
        }
        other => println!("sqlite3 .import could not be measured: {other:?}"),
    }
}
