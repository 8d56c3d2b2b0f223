//! From the model back to the page, by the model alone: the lines of the site aside.

use super::read::{ANCHORS, CHIP, Page, TASKS};
use crate::catalog::evidence::Figure;
use crate::catalog::model::{FrameworkVersion, Statement};
use crate::catalog::profile::AnchorKind;

/// The page, without a newline at its end.
pub(super) fn print(page: &Page) -> String {
    let [mastery, ai, durable] = &page.frameworks;
    let [banner, back, correction, anchors_heading] = page.furniture.as_slice() else {
        panic!("the page has four lines of its own");
    };
    let mut out = vec![banner.clone(), back.clone(), String::new()];
    let mut say = |line: String| out.push(line);
    let blank = String::new;
    let facts = mastery.occupation.as_ref().unwrap();
    say(facts.title.clone());
    say(blank());
    let zone = facts.job_zone.unwrap().number();
    let zone_label = facts.job_zone_label.as_deref().unwrap();
    say(format!(
        "SOC {}Job Zone {zone} · {zone_label}{}",
        facts.soc, mastery.version
    ));
    say(blank());
    say(format!("Context covered{}", mastery.context_covered));
    say(blank());
    for level in &mastery.levels {
        say(level.label.clone());
        say(level.subtitle.clone().unwrap());
        items(level.statements.iter().map(|s| s.text.clone()), &mut say);
    }
    say(blank());
    let profile = &page.profile;
    profile.notes.iter().cloned().for_each(&mut say);
    say(blank());
    say(ai.description.clone());
    say(blank());
    for level in &ai.levels {
        say(level.label.clone());
        items(level.statements.iter().map(|s| with_chips(s, ai)), &mut say);
    }
    say("Evidence pack".to_owned());
    let pack = profile.evidence.as_ref().unwrap();
    let figure = |figure: &Figure| format!("{}: {}", figure.label, figure.printed);
    let usage = pack.usage.as_ref().unwrap();
    say(usage.label.clone());
    usage.figures.iter().map(figure).for_each(&mut say);
    let feasibility = pack.feasibility.as_ref().unwrap();
    say(feasibility.label.clone());
    say(format!("Top skill: {}", feasibility.top_skill));
    say(figure(&feasibility.score));
    say(format!(
        "precision: {}",
        feasibility.precision.as_deref().unwrap()
    ));
    let cluster = pack.cluster.as_ref().unwrap();
    for text in [&cluster.label, &cluster.name, &cluster.slug] {
        say(text.clone());
    }
    say(blank());
    say(durable.description.clone());
    say(blank());
    for domain in &durable.domains {
        let own = |s: &&Statement| s.domain == Some(domain.number);
        let all = durable.levels.iter().flat_map(|level| &level.statements);
        say(format!(
            "{}{}{} statements",
            domain.number,
            domain.title,
            all.filter(own).count()
        ));
        for level in &durable.levels {
            say(level.label.clone());
            let own = level.statements.iter().filter(own);
            items(own.map(|s| with_chips(s, durable)), &mut say);
        }
    }
    let provider = profile.anchor_provider.as_deref().unwrap();
    say(format!(
        "Show O*NET source anchors{} anchors · {provider}",
        profile.anchors.len()
    ));
    say(blank());
    say(format!("O*NET enrichment · {provider}"));
    for line in [correction, anchors_heading] {
        say(blank());
        say(line.clone());
    }
    say(blank());
    say("Related titles".to_owned());
    say(profile.related_titles.join(" · "));
    say("RAPIDS apprenticeships".to_owned());
    assert_eq!(profile.rapids.as_deref(), Some([].as_slice()));
    let texts = |kind: AnchorKind| {
        let of_kind = profile
            .anchors
            .iter()
            .filter(move |anchor| anchor.kind == kind);
        of_kind.map(|anchor| anchor.text.clone())
    };
    for (kind, heading) in ANCHORS {
        say(heading.to_owned());
        say(texts(kind).collect());
    }
    say(TASKS.to_owned());
    items(texts(AnchorKind::Task), &mut say);
    say("CIP education codes".to_owned());
    profile
        .cip
        .iter()
        .map(|cip| cip.code.clone())
        .for_each(&mut say);
    say(blank());
    assert!(
        page.frameworks
            .iter()
            .all(|f| f.attribution == profile.attribution)
    );
    say(profile.attribution.clone());
    out.join("\n")
}

fn items(texts: impl Iterator<Item = String>, say: &mut impl FnMut(String)) {
    for (number, text) in (1..).zip(texts) {
        say(format!("  {number}. {text}"));
    }
}

/// The text with its sources before its full stop, if it has one.
fn with_chips(statement: &Statement, of: &FrameworkVersion) -> String {
    let text = &statement.text;
    if statement.citations.is_empty() {
        return text.clone();
    }
    let (text, stop) = match text.strip_suffix('.') {
        Some(text) => (text, "."),
        None => (text.as_str(), ""),
    };
    let chips: String = statement
        .citations
        .iter()
        .map(|citation| {
            let source = of
                .cited
                .iter()
                .find(|source| source.key == citation.source)
                .unwrap();
            format!(
                " {}{}{CHIP}",
                source.label,
                source.title.as_deref().unwrap()
            )
        })
        .collect();
    format!("{text}{chips}{stop}")
}
