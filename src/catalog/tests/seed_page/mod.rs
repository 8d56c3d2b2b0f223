//! A real page of an occupation, as text: the model holds all that it says. The page is read where
//! it is at hand, in the folder named by `ATTESTRY_SHARED_DIR`; none of it stands here but the
//! headings that it is read by.

mod lines;
mod names;
mod print;
mod read;

use std::fs;

use self::{names::Names, print::print, read::Page};
use crate::catalog::evidence::{FigureKind, Unit};
use crate::catalog::export::v2_0;
use crate::catalog::import::{Limits, read as import};
use crate::catalog::model::{FrameworkVersion, ProfileRef, Split, Statement};
use crate::catalog::profile::AnchorKind;
use crate::catalog::rules::{freeze, freeze_profile, thaw_profile};
use crate::kernel::shared_data::shared_dir;

/// The page as text, and read.
fn page() -> Option<(String, Page)> {
    let dir = shared_dir("no real page was read")?;
    let mut pages = fs::read_dir(dir.join("seeds"))
        .unwrap()
        .map(|f| f.unwrap().path());
    let path = pages.find(|p| p.file_name().unwrap().to_str().unwrap().starts_with("000_"));
    let text = fs::read_to_string(path.unwrap()).unwrap();
    let page = Page::read(&text, &Names::load(&dir.join("data")));
    Some((text, page))
}

fn statements(version: &FrameworkVersion) -> impl Iterator<Item = &Statement> {
    version.levels.iter().flat_map(|level| &level.statements)
}

#[test]
fn every_line_is_in_the_model_and_comes_back() {
    let Some((text, page)) = page() else { return };
    let lines = text.lines().count();
    assert_eq!((lines, page.lines), (260, 260));
    // What belongs to the page and not to the occupation.
    assert_eq!(page.furniture.len(), 4);
    assert!(
        print(&page) == text,
        "the page printed is not the page read"
    );
}

#[test]
fn what_the_page_counts_is_there() {
    let Some((_, page)) = page() else { return };
    let counts = page.frameworks.each_ref().map(|f| statements(f).count());
    assert_eq!(counts, [40, 12, 82]);
    let [mastery, ai, durable] = &page.frameworks;
    let citations = |f| statements(f).map(|s| s.citations.len()).sum::<usize>();
    assert_eq!([mastery, ai, durable].map(citations), [0, 15, 127]);
    assert!(statements(mastery).all(|s| s.split == Split::Unsure { at: None }));
    assert_eq!(statements(ai).filter(|s| s.citations.is_empty()).count(), 1);
    assert_eq!(durable.domains.len(), 10);
    let cells: Vec<usize> = durable
        .levels
        .iter()
        .flat_map(|level| {
            (1..=10).map(|n| {
                level
                    .statements
                    .iter()
                    .filter(|s| s.domain == Some(n))
                    .count()
            })
        })
        .collect();
    assert_eq!(cells.iter().filter(|count| **count == 3).count(), 2);
    assert!(cells.iter().all(|count| [2, 3].contains(count)) && cells.len() == 40);
    let labels =
        |f: &FrameworkVersion| f.levels.iter().map(|l| l.label.clone()).collect::<Vec<_>>();
    assert_eq!(
        labels(mastery),
        ["Emerging", "Developing", "Proficient", "Advanced"]
    );
    assert_eq!(
        labels(durable),
        ["Emerging", "Developing", "Applying", "Exceeding"]
    );
    assert!(mastery.levels.iter().all(|level| level.subtitle.is_some()));
    let profile = &page.profile;
    let anchors = |kind| profile.anchors.iter().filter(|a| a.kind == kind).count();
    let by_kind: Vec<usize> = AnchorKind::ALL.iter().map(|kind| anchors(*kind)).collect();
    assert_eq!(
        (profile.anchors.len(), by_kind),
        (63, vec![21, 8, 10, 6, 10, 8])
    );
    assert_eq!(profile.related_titles.len(), 12);
    assert_eq!(profile.rapids, Some(Vec::new()));
    assert_eq!(
        profile
            .cip
            .iter()
            .map(|c| c.code.as_str())
            .collect::<Vec<_>>(),
        ["51.2306"]
    );
}

#[test]
fn the_figures_keep_number_unit_and_printed_form() {
    let Some((_, page)) = page() else { return };
    let pack = page.profile.evidence.unwrap();
    let usage = pack.usage.unwrap();
    let figures: Vec<_> = usage
        .figures
        .iter()
        .map(|f| {
            (
                f.kind,
                f.number.as_str(),
                f.unit.clone(),
                f.printed.as_str(),
            )
        })
        .collect();
    let expected = [
        (FigureKind::TaskObservations, "43", Unit::Count, "43"),
        (FigureKind::AugmentShare, "4.3", Unit::Percent, "4.3%"),
        (FigureKind::TimeSaved, "94.9", Unit::Percent, "94.9%"),
        (
            FigureKind::Autonomy,
            "2.14",
            Unit::Score { out_of: None },
            "2.14",
        ),
    ];
    assert_eq!(figures, expected);
    let score = pack.feasibility.unwrap().score;
    let out_of = Some("100".parse().unwrap());
    assert_eq!(
        (score.number.as_str(), score.unit, score.printed.as_str()),
        ("57.3", Unit::Score { out_of }, "57.3 / 100")
    );
    assert!(pack.cluster.unwrap().slug.contains('_'));
}

#[test]
fn an_export_of_it_says_the_same() {
    let Some((text, page)) = page() else { return };
    let frozen = freeze_profile(&page.profile);
    assert_eq!(thaw_profile(&frozen.bytes).as_ref(), Ok(&page.profile));
    let versions = page.frameworks.clone().map(|version| FrameworkVersion {
        profile: Some(ProfileRef {
            id: frozen.id,
            digest_sri: frozen.digest_sri.clone(),
        }),
        ..version
    });
    let written = v2_0::write(&versions, Some(&page.profile)).unwrap();
    let read = import(written.to_text().as_bytes(), &Limits::default()).unwrap();
    let again: Vec<_> = read.versions().cloned().collect();
    assert_eq!(again, versions);
    assert_eq!(read.profile.as_ref(), Some(&page.profile));
    for (one, other) in again.iter().zip(&versions) {
        assert_eq!(freeze(None, one), freeze(None, other));
    }
    let reread = Page {
        frameworks: again.try_into().unwrap(),
        profile: read.profile.unwrap(),
        ..page
    };
    assert!(print(&reread) == text, "the export printed is not the page");
}
