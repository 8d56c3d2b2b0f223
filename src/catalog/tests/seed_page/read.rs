//! From the page to the model.

use super::lines::Lines;
use super::names::Names;
use crate::catalog::decimal::Decimal;
use crate::catalog::evidence::{
    AiUsage, Cluster, EvidencePack, Feasibility, Figure, FigureKind, Unit,
};
use crate::catalog::ids::FrameworkKey;
use crate::catalog::model::{
    Citation, Domain, Family, FrameworkVersion, Level, OccupationFacts, Source, Split, Statement,
};
use crate::catalog::profile::{Anchor, AnchorKind, CipCode, OccupationProfile};
use crate::kernel::json::{Json, Object};

/// What ends a chip that cites a source.
pub(super) const CHIP: &str = ". Opens in new tab.";
/// The labels of the sources: a page glues label and title together.
const LABELS: [&str; 5] = [
    "Anthropic Economic Index",
    "Jadhav & Danve, 2026",
    "WEF Skills Taxonomy",
    "Pathsmith Durable Skills",
    "O*NET v30.2",
];
/// Headings of the lists of anchors, in their order.
pub(super) const ANCHORS: [(AnchorKind, &str); 5] = [
    (AnchorKind::Skill, "O*NET skills"),
    (AnchorKind::Knowledge, "Knowledge domains"),
    (AnchorKind::Ability, "Abilities"),
    (AnchorKind::WorkStyle, "Work styles"),
    (AnchorKind::Technology, "Technology"),
];
pub(super) const TASKS: &str = "Tasks · seed anchors for statements";

/// What a page says of an occupation.
#[derive(Clone)]
pub(super) struct Page {
    /// Mastery, AI literacy, durable skills.
    pub(super) frameworks: [FrameworkVersion; 3],
    /// All that is no framework's.
    pub(super) profile: OccupationProfile,
    /// Lines that say nothing of the occupation: the way around the site, and what one can do.
    pub(super) furniture: Vec<String>,
    /// How many lines were read.
    pub(super) lines: usize,
}

impl Page {
    pub(super) fn read(text: &str, names: &Names) -> Self {
        let mut lines = Lines::of(text);
        let mut furniture = vec![lines.take().to_owned(), lines.take().to_owned()];
        lines.expect("");
        let title = lines.take().to_owned();
        lines.expect("");
        let (occupation, label) = occupation(title, lines.after("SOC "));
        lines.expect("");
        let context = lines.after("Context covered").to_owned();
        lines.expect("");
        let framework = |family| FrameworkVersion {
            occupation: Some(occupation.clone()),
            key: FrameworkKey::of_occupation(&occupation.soc, family),
            family,
            replaces: None,
            case: None,
            title: None,
            creator: None,
            version: label.to_owned(),
            description: String::new(),
            context_covered: context.clone(),
            domains: Vec::new(),
            levels: Vec::new(),
            cited: Vec::new(),
            sources: Json::Object(Object::new()),
            attribution: String::new(),
            profile: None,
            exported_at: None,
            extras: Vec::new(),
        };
        let mut mastery = framework(Family::Mastery);
        while lines.peek() != Some("") {
            let mut level = level(&mastery, lines.take());
            level.subtitle = Some(lines.take().to_owned());
            for text in lines.items() {
                let statement = Statement::plain(0, text);
                let split = Split::Unsure { at: None };
                add(&mut level, Statement { split, ..statement });
            }
            mastery.levels.push(level);
        }
        lines.expect("");
        let notes = vec![lines.take().to_owned()];
        lines.expect("");

        let mut ai = framework(Family::AiLiteracy);
        ai.description = lines.take().to_owned();
        lines.expect("");
        while lines.peek() != Some("Evidence pack") {
            let mut level = level(&ai, lines.take());
            for item in lines.items() {
                add(&mut level, cited(item, None, &mut ai.cited));
            }
            ai.levels.push(level);
        }
        lines.expect("Evidence pack");
        let evidence = evidence(&mut lines);
        lines.expect("");

        let mut durable = framework(Family::DurableSkills);
        durable.description = lines.take().to_owned();
        lines.expect("");
        while lines
            .peek()
            .is_some_and(|line| line.starts_with(|c: char| c.is_ascii_digit()))
        {
            domain(&mut lines, &mut durable);
        }

        let (count, provider) = lines
            .after("Show O*NET source anchors")
            .split_once(" anchors · ")
            .unwrap();
        lines.expect("");
        lines.expect(&format!("O*NET enrichment · {provider}"));
        lines.expect("");
        furniture.push(lines.take().to_owned());
        lines.expect("");
        furniture.push(lines.take().to_owned());
        lines.expect("");
        lines.expect("Related titles");
        let related_titles = lines.take().split(" · ").map(str::to_owned).collect();
        lines.expect("RAPIDS apprenticeships");
        let rapids = Some(Vec::new());
        let mut anchors = Vec::new();
        for (kind, heading) in ANCHORS {
            lines.expect(heading);
            anchors.extend(anchored(kind, names.apart(kind, lines.take())));
        }
        lines.expect(TASKS);
        let tasks = lines.items().into_iter().map(str::to_owned).collect();
        anchors.extend(anchored(AnchorKind::Task, tasks));
        assert_eq!(count, anchors.len().to_string());
        lines.expect("CIP education codes");
        let code = lines.take().to_owned();
        lines.expect("");
        let attribution = lines.take().to_owned();
        assert_eq!(lines.peek(), None, "the page goes on");

        let frameworks = [mastery, ai, durable].map(|framework| FrameworkVersion {
            attribution: attribution.clone(),
            ..framework
        });
        Page {
            frameworks,
            profile: OccupationProfile {
                version: label.to_owned(),
                occupation,
                anchors,
                anchor_provider: Some(provider.to_owned()),
                related_titles,
                rapids,
                cip: vec![CipCode { code, title: None }],
                related: Vec::new(),
                evidence: Some(evidence),
                sources: Vec::new(),
                notes,
                attribution,
                extras: Vec::new(),
            },
            furniture,
            lines: lines.taken(),
        }
    }
}

/// `29-1122.00Job Zone 5 · Extensive Preparationv.26.05`, taken apart.
fn occupation(title: String, line: &str) -> (OccupationFacts, &str) {
    let (soc, rest) = line.split_once("Job Zone ").unwrap();
    let (zone, rest) = rest.split_once(" · ").unwrap();
    let (zone_label, version) = rest.split_at(rest.rfind("v.").unwrap());
    let facts = OccupationFacts {
        soc: soc.parse().unwrap(),
        title,
        group: None,
        sector: None,
        job_zone: Some(zone.parse::<i64>().unwrap().try_into().unwrap()),
        job_zone_label: Some(zone_label.to_owned()),
        job_zone_inferred: false,
    };
    (facts, version)
}

fn level(of: &FrameworkVersion, label: &str) -> Level {
    Level {
        ordinal: u32::try_from(of.levels.len()).unwrap() + 1,
        key: label.to_lowercase(),
        label: label.to_owned(),
        subtitle: None,
        description: None,
        statements: Vec::new(),
    }
}

fn add(level: &mut Level, statement: Statement) {
    let same = level
        .statements
        .iter()
        .filter(|s| s.domain == statement.domain);
    let position = u32::try_from(same.count()).unwrap() + 1;
    level.statements.push(Statement {
        position,
        ..statement
    });
}

/// A statement with the chips of its sources, which stand before its full stop.
fn cited(item: &str, domain: Option<u32>, sources: &mut Vec<Source>) -> Statement {
    let mut parts: Vec<&str> = item.split(CHIP).collect();
    let tail = parts.pop().unwrap();
    let mut text = tail.to_owned();
    let mut citations = Vec::new();
    for (at, part) in parts.into_iter().enumerate() {
        let labels = LABELS
            .iter()
            .filter_map(|l| Some((part.find(&format!(" {l}"))?, *l)));
        let (_, label) = labels.min().expect("a chip has one of the labels");
        let (before, title) = part.split_once(&format!(" {label}")).unwrap();
        match at {
            0 => text = format!("{before}{tail}"),
            _ => assert_eq!(before, "", "chips stand side by side"),
        }
        citations.push(Citation {
            source: source(label, title, sources),
            locator: None,
        });
    }
    Statement {
        domain,
        citations,
        ..Statement::plain(0, text)
    }
}

/// The key of a source, which is added where it is new.
fn source(label: &str, title: &str, sources: &mut Vec<Source>) -> String {
    let key = key(label);
    match sources.iter().find(|source| source.key == key) {
        Some(known) => assert_eq!(known.title.as_deref(), Some(title), "one label, two titles"),
        None => sources.push(Source {
            key: key.clone(),
            label: label.to_owned(),
            title: Some(title.to_owned()),
            release: None,
            date: None,
            licence: None,
            url: None,
        }),
    }
    key
}

fn key(name: &str) -> String {
    let letter = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '_'
        }
    };
    name.chars().map(letter).collect()
}

/// `1Communication9 statements`, and then level by level the statements of the domain.
fn domain(lines: &mut Lines<'_>, durable: &mut FrameworkVersion) {
    let heading = lines.take().strip_suffix(" statements").unwrap();
    let digit = |c: char| c.is_ascii_digit();
    let title = heading.trim_matches(digit);
    let (number, count) = heading.split_once(title).unwrap();
    let number: u32 = number.parse().unwrap();
    durable.domains.push(Domain {
        number,
        key: key(title),
        title: title.to_owned(),
        description: None,
    });
    let mut found = 0;
    for at in 0..4 {
        let label = lines.take();
        if durable.levels.len() == at {
            durable.levels.push(level(durable, label));
        }
        assert_eq!(durable.levels[at].label, label);
        for item in lines.items() {
            let statement = cited(item, Some(number), &mut durable.cited);
            add(&mut durable.levels[at], statement);
            found += 1;
        }
    }
    assert_eq!(count, found.to_string(), "domain {number}");
}

fn anchored(kind: AnchorKind, texts: Vec<String>) -> impl Iterator<Item = Anchor> {
    (1..).zip(texts).map(move |(ordinal, text)| Anchor {
        kind,
        ordinal,
        text,
        element: None,
        importance: None,
    })
}

fn evidence(lines: &mut Lines<'_>) -> EvidencePack {
    let usage = AiUsage {
        label: lines.take().to_owned(),
        figures: [
            FigureKind::TaskObservations,
            FigureKind::AugmentShare,
            FigureKind::TimeSaved,
            FigureKind::Autonomy,
        ]
        .map(|kind| figure(kind, lines.take()))
        .into(),
    };
    let feasibility = Feasibility {
        label: lines.take().to_owned(),
        top_skill: lines.after("Top skill: ").to_owned(),
        score: figure(FigureKind::FeasibilityScore, lines.take()),
        precision: Some(lines.after("precision: ").to_owned()),
    };
    let cluster = Cluster {
        label: lines.take().to_owned(),
        name: lines.take().to_owned(),
        slug: lines.take().to_owned(),
    };
    EvidencePack {
        usage: Some(usage),
        feasibility: Some(feasibility),
        cluster: Some(cluster),
    }
}

/// `Time saved: 94.9%`, `Score: 57.3 / 100`.
fn figure(kind: FigureKind, line: &str) -> Figure {
    let (label, printed) = line.split_once(": ").unwrap();
    let decimal = |text: &str| text.parse::<Decimal>().unwrap();
    let (number, unit) = match (printed.strip_suffix('%'), printed.split_once(" / ")) {
        (Some(number), _) => (number, Unit::Percent),
        (None, Some((number, most))) => (
            number,
            Unit::Score {
                out_of: Some(decimal(most)),
            },
        ),
        _ if kind == FigureKind::TaskObservations => (printed, Unit::Count),
        _ => (printed, Unit::Score { out_of: None }),
    };
    Figure {
        kind,
        label: label.to_owned(),
        number: decimal(number),
        unit,
        printed: printed.to_owned(),
    }
}
