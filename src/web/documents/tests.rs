//! Pages say all that is known, in its order: of a sample, and of a real occupation page where one
//! is at hand.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use serde_json::{Value, json};
use tower::ServiceExt;
use uuid::Uuid;

use crate::app::App;
use crate::catalog::export::v2_0;
use crate::catalog::import::{Limits, read};
use crate::catalog::model::{FrameworkVersion, Level, ProfileRef, Statement};
use crate::catalog::ops::import::import_framework;
use crate::catalog::profile::{AnchorKind, OccupationProfile};
use crate::catalog::rules::freeze_profile;
use crate::catalog::samples::WIDE_SAMPLE;
use crate::catalog::tests::seed_page;
use crate::config::{CommonArgs, Config, ServeArgs};
use crate::credential::custody::MasterKey;
use crate::kernel::{clock::SystemClock, db::Db, rng::SystemRng};

/// An installation whose catalog has one document.
async fn app_with(document: &[u8]) -> Arc<App> {
    let common = CommonArgs {
        database_url: Some("sqlite::memory:".to_owned()),
        ..CommonArgs::default()
    };
    let config = Config::load(&common, &ServeArgs::default()).unwrap();
    let db = Db::open(&config.database_url).await.unwrap();
    db.migrate().await.unwrap();
    let key = MasterKey::from_bytes([7; 32]);
    let app = App::new(db, Arc::new(SystemClock), Arc::new(SystemRng), key, config);
    import_framework(&app.operator(), document).await.unwrap();
    app
}

async fn page(app: &Arc<App>, path: &str) -> String {
    let request = Request::get(path).header("accept", "text/html");
    let request = request.body(Body::empty()).unwrap();
    let response = super::router(app).oneshot(request).await.unwrap();
    assert_eq!(response.status(), 200, "{path}");
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(body.to_vec()).unwrap()
}

/// What a reader sees, in its order: a line for each piece of text.
fn told(page: &str) -> String {
    let (_, body) = page.split_once("<body>").unwrap();
    let pieces = body.split('<').filter_map(|piece| piece.split_once('>'));
    let texts = pieces.map(|(_, text)| text).filter(|text| !text.is_empty());
    let lines = texts.collect::<Vec<_>>().join("\n");
    let lines = lines.replace("&lt;", "<").replace("&gt;", ">");
    let lines = lines.replace("&quot;", "\"").replace("&#39;", "'");
    lines.replace("&amp;", "&")
}

/// Finds texts one after the other.
fn find_in_order(told: &str, texts: &[String]) {
    let mut rest = told;
    let mut last = "the start";
    for text in texts {
        let found = rest.split_once(text.as_str());
        rest = found
            .unwrap_or_else(|| panic!("no {text:?} after {last:?}"))
            .1;
        last = text;
    }
}

/// Everything that an occupation's page is to say, in the order in which such pages say it.
fn expected(frameworks: &[FrameworkVersion; 3], profile: &OccupationProfile) -> Vec<String> {
    let [mastery, ai, durable] = frameworks;
    let facts = mastery.occupation.as_ref().unwrap();
    let mut out = vec![facts.title.clone(), facts.soc.to_string()];
    let zone = facts.job_zone.unwrap().number();
    out.push(format!("{zone} of 5"));
    out.extend(facts.job_zone_label.clone());
    out.extend([mastery.version.clone(), mastery.context_covered.clone()]);
    for level in &mastery.levels {
        out.extend(named(level));
        out.extend(level.statements.iter().flat_map(|s| statement(s, mastery)));
    }
    out.extend(profile.notes.clone());
    out.push(ai.description.clone());
    for level in &ai.levels {
        out.extend(named(level));
        out.extend(level.statements.iter().flat_map(|s| statement(s, ai)));
    }
    out.extend(figures(profile));
    out.push(durable.description.clone());
    for domain in &durable.domains {
        let own = |level: &Level| {
            let all = level.statements.clone().into_iter();
            all.filter(|s| s.domain == Some(domain.number))
                .collect::<Vec<_>>()
        };
        let count: usize = durable.levels.iter().map(|level| own(level).len()).sum();
        out.push(format!("{}. {}", domain.number, domain.title));
        out.push(format!("{count} statement"));
        out.extend(domain.description.clone());
        for level in &durable.levels {
            out.extend(named(level));
            out.extend(own(level).iter().flat_map(|s| statement(s, durable)));
        }
    }
    out.extend(anchored(profile));
    out.push(profile.attribution.clone());
    out
}

fn named(level: &Level) -> Vec<String> {
    [
        Some(level.label.clone()),
        level.subtitle.clone(),
        level.description.clone(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A statement with what it cites.
fn statement(statement: &Statement, of: &FrameworkVersion) -> Vec<String> {
    let mut out = vec![statement.text.clone()];
    for citation in &statement.citations {
        let source = of.cited.iter().find(|s| s.key == citation.source).unwrap();
        out.push(source.label.clone());
        out.extend(source.title.clone());
        out.extend(citation.locator.clone());
    }
    out
}

fn figures(profile: &OccupationProfile) -> Vec<String> {
    let pack = profile.evidence.as_ref().unwrap();
    let mut out = vec!["Evidence pack".to_owned()];
    let usage = pack.usage.as_ref().unwrap();
    out.push(usage.label.clone());
    for figure in &usage.figures {
        out.extend([figure.label.clone(), figure.printed.clone()]);
    }
    let feasibility = pack.feasibility.as_ref().unwrap();
    out.push(feasibility.label.clone());
    out.extend(["Top skill".to_owned(), feasibility.top_skill.clone()]);
    let score = &feasibility.score;
    out.extend([score.label.clone(), score.printed.clone()]);
    out.extend(feasibility.precision.clone());
    let cluster = pack.cluster.as_ref().unwrap();
    out.extend([
        cluster.label.clone(),
        cluster.name.clone(),
        cluster.slug.clone(),
    ]);
    out
}

fn anchored(profile: &OccupationProfile) -> Vec<String> {
    let count = profile.anchors.len();
    let by = profile.anchor_provider.as_ref().unwrap();
    let mut out = vec![format!("{count} anchors · {by}")];
    out.push("Suggest a correction".to_owned());
    out.extend(profile.related_titles.clone());
    assert_eq!(profile.rapids, Some(Vec::new()));
    out.extend(["RAPIDS".to_owned(), "None registered.".to_owned()]);
    for kind in AnchorKind::ALL {
        let own = profile.anchors.iter().filter(|anchor| anchor.kind == *kind);
        out.extend(own.map(|anchor| anchor.text.clone()));
    }
    for program in &profile.cip {
        out.push(program.code.clone());
        out.extend(program.title.clone());
    }
    for related in &profile.related {
        out.push(related.soc.to_string());
        out.extend(related.title.clone());
    }
    out
}

#[tokio::test]
async fn the_samples_page_says_all_in_its_order() {
    let sample = read(WIDE_SAMPLE.bytes, &Limits::default()).unwrap();
    let app = app_with(WIDE_SAMPLE.bytes).await;
    let page = page(&app, &format!("/occupations/{}", WIDE_SAMPLE.soc)).await;
    let versions: Vec<_> = sample.versions().cloned().collect();
    let texts = expected(&versions.try_into().unwrap(), &sample.profile.unwrap());
    find_in_order(&told(&page), &texts);
}

#[tokio::test]
async fn a_real_page_is_shown_again_with_all_that_it_says_in_its_order() {
    let Some((_, seed)) = seed_page::page() else {
        return;
    };
    let frozen = freeze_profile(&seed.profile);
    let versions = seed.frameworks.map(|version| FrameworkVersion {
        profile: Some(ProfileRef {
            id: frozen.id,
            digest_sri: frozen.digest_sri.clone(),
        }),
        ..version
    });
    let document = v2_0::write(&versions, Some(&seed.profile)).unwrap();
    let app = app_with(document.to_text().as_bytes()).await;
    let soc = &seed.profile.occupation.soc;
    let page = page(&app, &format!("/occupations/{soc}")).await;
    let texts = expected(&versions, &seed.profile);
    // 134 statements, 142 citations with label and title, 63 anchors, and all the rest.
    assert!(texts.len() > 134 + 2 * 142 + 63, "{}", texts.len());
    find_in_order(&told(&page), &texts);
    assert!(page.len() < 160_000, "{} bytes", page.len());
}

#[tokio::test]
async fn an_imported_tree_is_shown_as_one_however_deep_it_is() {
    let steps = 1..=20_u32;
    let text = |step: u32| format!("Step {step} of it.");
    let chain = steps.clone().map(|step| {
        let id = Uuid::from_u128(u128::from(step)).to_string();
        let mut outline = json!({"id": id, "code": format!("A.{step}")});
        if step > 1 {
            outline["parent"] = json!(step - 1);
        }
        json!({"text": text(step), "outline": outline})
    });
    let mut document: Value = serde_json::from_slice(WIDE_SAMPLE.bytes).unwrap();
    document["frameworks"][0]["levels"]["emerging"]["statements"] = chain.collect();
    let app = app_with(document.to_string().as_bytes()).await;
    let page = page(&app, &format!("/occupations/{}", WIDE_SAMPLE.soc)).await;
    let texts: Vec<String> = steps
        .flat_map(|step| [text(step), format!("A.{step} · ")])
        .collect();
    find_in_order(&told(&page), &texts);
    let (mut depth, mut deepest) = (0_usize, 0);
    for tag in page.split('<') {
        if tag.starts_with("ol") {
            depth += 1;
            deepest = deepest.max(depth);
        } else if tag.starts_with("/ol>") {
            depth -= 1;
        }
    }
    assert_eq!((depth, deepest), (0, 8));
}
