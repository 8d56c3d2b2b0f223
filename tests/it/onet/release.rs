//! A small release of made-up rows in the published layout.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use attestry::{
    app::App,
    catalog::{
        onet::Part,
        ops::onet::{ImportedTables, Published, TableFile, import_tables},
    },
    kernel::errors::{Error, Result},
};

pub(super) const RATINGS: &str = "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\tN\tStandard Error\tLower CI Bound\tUpper CI Bound\tRecommend Suppress\tNot Relevant\tDate\tDomain Source";
pub(crate) const CODES: [&str; 3] = ["11-1011.00", "43-4121.00", "51-3011.00"];

/// Writes a table; a row of it is given without line end.
pub(super) fn write(folder: &Path, name: &str, header: &str, rows: &[String]) -> PathBuf {
    fs::create_dir_all(folder).expect("it can be made");
    let path = folder.join(name);
    let lines = std::iter::once(header).chain(rows.iter().map(String::as_str));
    let text: String = lines.map(|line| format!("{line}\r\n")).collect();
    fs::write(&path, text).expect("it can be written");
    path
}

/// For each code, what `row` says of it.
pub(super) fn each(row: impl Fn(&str) -> Vec<String>) -> Vec<String> {
    let rows = CODES.iter().flat_map(|code| {
        let rows = row(code).into_iter();
        rows.map(move |rest| format!("{code}\t{rest}"))
    });
    rows.collect()
}

/// The tables of release 2.1: all but ratings of skills.
pub(crate) fn write_main(folder: &Path) {
    write(
        folder,
        "Occupation Data.txt",
        "O*NET-SOC Code\tTitle\tDescription",
        &each(|code| {
            vec![format!(
                "Keepers of {code}\tKeep \"all\" that {code} means."
            )]
        }),
    );
    // The last of them has no zone.
    let zones = each(|_| vec!["4\t08/2023\tAnalyst".to_owned()]);
    let header = "O*NET-SOC Code\tJob Zone\tDate\tDomain Source";
    write(folder, "Job Zones.txt", header, &zones[..2]);
    write(
        folder,
        "Job Zone Reference.txt",
        "Job Zone\tName\tExperience",
        &["4\tJob Zone Four: Much\tSome".to_owned()],
    );
    write(
        folder,
        "Task Statements.txt",
        "O*NET-SOC Code\tTask ID\tTask\tTask Type\tIncumbents Responding\tDate\tDomain Source",
        &each(|_| {
            let task = |n| format!("{n}\tDo the work number {n}.\tCore\tn/a\t08/2023\tAnalyst");
            (1..=9).map(task).collect()
        }),
    );
    write(
        folder,
        "Technology Skills.txt",
        "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand",
        &each(|_| {
            let tool = |n| format!("Tool {n}\t{}\tKind {}\tY\tN", n / 2, n / 2);
            (0..30).map(tool).collect()
        }),
    );
    write(
        folder,
        "Work Styles.txt",
        "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\tDate\tDomain Source",
        &each(|_| {
            let style = |n: i32| {
                let row =
                    |scale, value| format!("1.D.{n}\tStyle {n}\t{scale}\t{value}\t12/2025\tx");
                [
                    row("WI", format!("{}.25", n - 4)),
                    row("DR", format!("{n}.00")),
                ]
            };
            (0..8).flat_map(style).collect()
        }),
    );
    write(
        folder,
        "Alternate Titles.txt",
        "O*NET-SOC Code\tAlternate Title\tShort Title\tSource(s)",
        &each(|_| (0..25).map(|n| format!("Title {n}\tn/a\t08")).collect()),
    );
    write(
        folder,
        "Related Occupations.txt",
        "O*NET-SOC Code\tRelated O*NET-SOC Code\tRelatedness Tier\tIndex",
        &[
            format!("{}\t{}\tSupplemental\t2", CODES[0], CODES[2]),
            format!("{}\t{}\tPrimary-Short\t1", CODES[0], CODES[1]),
        ],
    );
}

/// Ratings of one kind, which some release publishes by itself.
pub(crate) fn write_ratings(folder: &Path, name: &str, elements: &str, values: &[&str]) -> PathBuf {
    let rows = each(|_| {
        let rated = |(n, value): (usize, &&str)| {
            let row = |scale: &str, value: &str| {
                format!(
                    "{elements}{n:02}\tElement {n}\t{scale}\t{value}\t8\t0.1\t1\t5\tN\t\t08/2023\tAnalyst"
                )
            };
            [row("IM", value), row("LV", "2.5")]
        };
        values.iter().enumerate().flat_map(rated).collect()
    });
    write(folder, name, RATINGS, &rows)
}

/// The tables of a folder, as a release.
pub(crate) fn release(folder: &Path, label: &str) -> Published {
    let mut tables = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        let stem = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        tables.extend(Part::of_file(&stem).map(|part| TableFile { part, path }));
    }
    Published::Onet {
        release: label.to_owned(),
        tables,
    }
}

pub(crate) async fn import(app: &Arc<App>, published: Published) -> Result<ImportedTables> {
    import_tables(&app.operator(), published, Arc::new(|_| {})).await
}

/// Where a refused import found problems, and what these are.
pub(super) fn problems(outcome: Result<ImportedTables>) -> Vec<(String, &'static str, String)> {
    match outcome {
        Err(Error::Invalid(all)) => all
            .into_iter()
            .map(|p| (p.field, p.code, p.message))
            .collect(),
        other => panic!("it was not refused: {other:?}"),
    }
}
