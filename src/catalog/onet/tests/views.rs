//! What is shown of tables.

use super::*;
use crate::catalog::profile::Tier;

#[test]
fn ratings_are_shown_by_importance_then_element() {
    let rows: Vec<_> = [
        ("2.A.1.a", "IM", "3.00"),
        ("2.A.1.a", "LV", "6"),
        ("2.B.1.a", "IM", "4.5"),
        ("2.A.1.c", "IM", "2.99"),
        ("2.A.1.b", "IM", "4.50"),
        ("2.B.1.b", "IM", "5"),
    ]
    .iter()
    .map(|(element, scale, value)| rated("11-1011.00", element, scale, value))
    .collect();
    let sheet = sheet(Part::Skills, &table(RATINGS, &rows, "\r\n"));
    let shown = view::anchors(AnchorKind::Skill, &sheet);
    let shown: Vec<_> = shown
        .iter()
        .map(|a| {
            (
                a.ordinal,
                a.element.as_deref().unwrap(),
                a.importance.as_ref().unwrap().as_str(),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            (1, "2.B.1.b", "5"),
            (2, "2.A.1.b", "4.50"),
            (3, "2.B.1.a", "4.5"),
            (4, "2.A.1.a", "3.00")
        ]
    );
}

#[test]
fn ten_abilities_and_six_work_styles_are_shown_whatever_their_value() {
    let ability = |n: i32| {
        rated(
            "11-1011.00",
            &format!("1.A.{n:02}"),
            "IM",
            &format!("1.{n:02}"),
        )
    };
    let rows: Vec<_> = (0..12).map(ability).collect();
    let abilities = sheet(Part::Abilities, &table(RATINGS, &rows, "\n"));
    let shown = view::anchors(AnchorKind::Ability, &abilities);
    assert_eq!(
        (shown.len(), shown[0].importance.as_ref().unwrap().as_str()),
        (10, "1.11")
    );
    let header =
        "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\tDate\tDomain Source";
    let style = |n: i32| {
        let (value, rank) = (format!("{}.50", n - 4), format!("{n}.00"));
        format!(
            "11-1011.00\t1.D.{n}\tStyle {n}\tWI\t{value}\t12/2025\tx\n11-1011.00\t1.D.{n}\tStyle {n}\tDR\t{rank}\t12/2025\tx"
        )
    };
    let rows: Vec<_> = (0..8).map(style).collect();
    let shown = view::anchors(
        AnchorKind::WorkStyle,
        &sheet(Part::WorkStyles, &table(header, &rows, "\n")),
    );
    let names: Vec<_> = shown.iter().map(|a| a.text.as_str()).collect();
    // -1.50 and -3.50 are the lowest of those above 0 and below.
    assert_eq!(
        names,
        [
            "Style 7", "Style 6", "Style 5", "Style 4", "Style 3", "Style 2"
        ]
        .map(|n| n)
    );
}

#[test]
fn commodities_titles_and_related_occupations_keep_their_order() {
    let header =
        "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand";
    let row = |n: i32| format!("11-1011.00\tTool {n}\t{}\tKind {}\tN\tN", n / 2, n / 2);
    let rows: Vec<_> = (0..30).map(row).collect();
    let shown = view::anchors(
        AnchorKind::Technology,
        &sheet(Part::Technology, &table(header, &rows, "\n")),
    );
    assert_eq!(
        (
            shown.len(),
            shown[9].text.as_str(),
            shown[9].element.as_deref()
        ),
        (10, "Kind 9", Some("9"))
    );
    let header = "O*NET-SOC Code\tAlternate Title\tShort Title\tSource(s)";
    let rows: Vec<_> = (0..14)
        .map(|n| format!("11-1011.00\tTitle {n}\tn/a\t08"))
        .collect();
    let titles = view::related_titles(&sheet(Part::AlternateTitles, &table(header, &rows, "\n")));
    assert_eq!((titles.len(), titles[11].as_str()), (12, "Title 11"));
    let header = "O*NET-SOC Code\tRelated O*NET-SOC Code\tRelatedness Tier\tIndex";
    let rows = [
        "11-1011.00\t11-1031.00\tSupplemental\t12".to_owned(),
        "11-1011.00\t11-1021.00\tPrimary-Short\t1".to_owned(),
    ];
    let related = view::related_occupations(&sheet(
        Part::RelatedOccupations,
        &table(header, &rows, "\n"),
    ));
    let told: Vec<_> = related
        .iter()
        .map(|r| (r.ordinal, r.soc.as_str(), r.tier))
        .collect();
    assert_eq!(
        told,
        [
            (1, "11-1021.00", Some(Tier::PrimaryShort)),
            (12, "11-1031.00", Some(Tier::Supplemental))
        ]
    );
}
