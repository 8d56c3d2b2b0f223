//! Tests of reading tables and of what is shown of them. All rows are made up.

use std::{collections::HashSet, sync::Arc};

use proptest::prelude::*;

mod views;

use super::*;
use crate::catalog::profile::AnchorKind;

const RATINGS: &str = "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\tN\tStandard Error\tLower CI Bound\tUpper CI Bound\tRecommend Suppress\tNot Relevant\tDate\tDomain Source";

/// A row of ratings.
fn rated(soc: &str, element: &str, scale: &str, value: &str) -> String {
    format!(
        "{soc}\t{element}\tName of {element}\t{scale}\t{value}\t8\t0.1\t1.5\t\tN\t\t08/2023\tAnalyst"
    )
}

fn table(header: &str, rows: &[String], end: &str) -> String {
    let mut lines = vec![header.to_owned()];
    lines.extend_from_slice(rows);
    lines.iter().map(|line| format!("{line}{end}")).collect()
}

/// Reads a table as `t.txt`.
fn read(part: Part, bytes: &[u8]) -> (Vec<Group>, Arc<[String]>, Problems) {
    let mut problems = Problems::default();
    let (mut groups, mut columns) = (Vec::new(), Arc::default());
    let opened = TableReader::open("t.txt", part, bytes, &mut problems).unwrap();
    if let Some(mut reader) = opened {
        columns = reader.columns();
        while let Some(group) = reader.next_group(&mut problems).unwrap() {
            groups.push(group);
        }
    }
    (groups, columns, problems)
}

fn told(problems: &Problems) -> Vec<String> {
    let kept = problems.kept().iter();
    kept.map(|p| format!("{}: {}", p.place, p.message))
        .collect()
}

/// The first group of a table without problems.
fn sheet(part: Part, text: &str) -> Sheet {
    let (groups, columns, problems) = read(part, text.as_bytes());
    assert!(problems.is_empty(), "{:?}", told(&problems));
    Sheet {
        source: Arc::new(Source {
            part,
            release: "1.2".to_owned(),
        }),
        columns,
        content: groups[0].content.clone(),
    }
}

#[test]
fn rows_come_in_groups_with_every_cell_as_published() {
    for end in ["\r\n", "\n"] {
        let rows = [
            rated("11-1011.00", "2.A.1.a", "IM", "4.10"),
            rated("11-1011.00", "2.A.1.a", "LV", "5"),
            rated("11-1021.00", "2.B.1.a", "IM", "3"),
        ];
        let text = table(RATINGS, &rows, end);
        let (groups, columns, problems) = read(Part::Skills, text.as_bytes());
        assert_eq!(told(&problems), [""; 0]);
        assert_eq!(columns.join("\t"), RATINGS.split_once('\t').unwrap().1);
        let subjects: Vec<_> = groups
            .iter()
            .map(|g| (g.subject.as_str(), g.rows))
            .collect();
        assert_eq!(subjects, [("11-1011.00", 2), ("11-1021.00", 1)]);
        let rest = |row: &String| row.split_once('\t').unwrap().1.to_owned() + "\n";
        assert_eq!(groups[0].content, rest(&rows[0]) + &rest(&rows[1]));
    }
}

#[test]
fn quotes_are_characters_like_any_other() {
    let header = "O*NET-SOC Code\tTask ID\tTask\tTask Type";
    let task = "Say \"yes\" or \"no, and mean it.";
    let rows = [
        format!("11-1011.00\t7\t\"{task}\tCore"),
        "11-1011.00\t8\tListen.\tn/a".to_owned(),
    ];
    let sheet = sheet(Part::Tasks, &table(header, &rows, "\r\n"));
    let anchors = view::anchors(AnchorKind::Task, &sheet);
    assert_eq!(anchors[0].text, format!("\"{task}"));
    assert_eq!((anchors.len(), anchors[1].ordinal), (2, 2));
    let kinds: Vec<_> = sheet.rows().map(|row| row.given("Task Type")).collect();
    assert_eq!(kinds, [Some("Core"), None]);
    let places: Vec<_> = sheet.rows().map(|row| row.place()).collect();
    assert_eq!(sheet.row(&places[1]).unwrap().cell("Task ID"), "8");
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_remedy() {
    let good = rated("11-1011.00", "2.A.1.a", "IM", "4");
    let cases: Vec<(String, &str)> = vec![
        (
            good.replace("\tAnalyst", ""),
            "t.txt:3: the row has 12 cells, and the header 13",
        ),
        (good.clone() + "\tmore", "t.txt:3: the row has 14 cells"),
        (String::new(), "t.txt:3: the line is blank"),
        (
            rated("11-1011.00", "2.A.1.b", "IM", "high"),
            "t.txt:3:Data Value: \"high\" is not a decimal number",
        ),
        (
            rated("11-1011.00", "2.A.1.b", "IM", ""),
            "t.txt:3:Data Value: \"\" is not a decimal number",
        ),
        (
            rated("11-1011.00", "2.C.1.b", "IM", "4"),
            "t.txt:3:Element ID: \"2.C.1.b\" is no element of this table",
        ),
        (
            rated("11-1011.00", "2.A.1.b", "WI", "4"),
            "t.txt:3:Scale ID: \"WI\" is not known here; write IM or LV",
        ),
        (
            rated("11-1011", "2.A.1.b", "IM", "4"),
            "t.txt:3:O*NET-SOC Code: \"11-1011\" is not a SOC code",
        ),
        (
            good.clone(),
            "t.txt:3:Element ID: \"2.A.1.a, IM\" is there already for this code",
        ),
        (
            rated("11-1011.00", "2.A.1.b", "IM", "4").replace("\t8\t", "\teight\t"),
            "t.txt:3:N: \"eight\" is not a whole number",
        ),
        (
            rated("11-1011.00", "2.A.1.b", "IM", "4").replace("\tN\t", "\tmaybe\t"),
            "t.txt:3:Recommend Suppress: \"maybe\" is not a flag",
        ),
        (
            rated("11-1011.00", "2.A.1.b", "IM", "4").replace("Name", "\u{1b}[2J"),
            "t.txt:3: the line holds a control character",
        ),
    ];
    for (row, why) in cases {
        let text = table(RATINGS, &[good.clone(), row], "\r\n");
        let (_, _, problems) = read(Part::Skills, text.as_bytes());
        let told = told(&problems);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with(why), "{told:?} lacks {why:?}");
    }
}

#[test]
fn files_that_are_cut_or_are_not_text_are_refused() {
    let whole = table(
        RATINGS,
        &[rated("11-1011.00", "2.A.1.a", "IM", "4")],
        "\r\n",
    );
    for cut in 1..whole.len() {
        let (_, _, problems) = read(Part::Skills, &whole.as_bytes()[..cut]);
        // Cut between two rows it is a table of fewer of them.
        let is_whole_line = whole.as_bytes()[cut - 1] == b'\n';
        assert_eq!(problems.is_empty(), is_whole_line, "cut at {cut}");
    }
    let (_, _, problems) = read(Part::Skills, b"");
    assert!(told(&problems)[0].starts_with("t.txt: the file is empty"));
    let mut bytes = whole.clone().into_bytes();
    let last = bytes.len() - 3;
    bytes[last] = 0xff;
    let (_, _, problems) = read(Part::Skills, &bytes);
    assert!(told(&problems)[0].starts_with("t.txt:2: the line is not UTF-8"));
    let long = format!("{RATINGS}\n{}\n", "x".repeat(70_000));
    let (_, _, problems) = read(Part::Skills, long.as_bytes());
    assert!(told(&problems)[0].starts_with("t.txt:2: the line has more than 65536 bytes"));
}

#[test]
fn missing_and_doubled_columns_are_named() {
    let header = RATINGS
        .replace("\tScale ID", "")
        .replace("Element Name", "Data Value");
    let (_, _, problems) = read(Part::Skills, format!("{header}\n").as_bytes());
    let told = told(&problems);
    assert_eq!(told.len(), 3);
    assert!(told[0].starts_with("t.txt:1:Element Name: the column is missing"));
    assert!(told[1].starts_with("t.txt:1:Scale ID: the column is missing"));
    assert!(told[2].starts_with("t.txt:1:Data Value: the column is there twice"));
    let header = RATINGS.replace("O*NET-SOC Code", "Code");
    let (_, _, problems) = read(Part::Skills, format!("{header}\n").as_bytes());
    assert!(super::tests::told(&problems)[0].starts_with("t.txt:1:O*NET-SOC Code: "));
}

#[test]
fn codes_must_be_known_and_stand_together() {
    let rows = [
        rated("11-1011.00", "2.A.1.a", "IM", "4"),
        rated("11-1021.00", "2.A.1.a", "IM", "4"),
        rated("11-1011.00", "2.A.1.b", "IM", "4"),
    ];
    let text = table(RATINGS, &rows, "\n");
    let (_, _, problems) = read(Part::Skills, text.as_bytes());
    assert!(told(&problems)[0].starts_with("t.txt:4:O*NET-SOC Code: rows about this code stand"));
    let mut problems = Problems::default();
    let known = Arc::new(HashSet::from(["11-1011.00".to_owned()]));
    let text = table(RATINGS, &rows[..2], "\n");
    let reader = TableReader::open("t.txt", Part::Skills, text.as_bytes(), &mut problems);
    let mut reader = reader.unwrap().unwrap().with_known(Some(known));
    while reader.next_group(&mut problems).unwrap().is_some() {}
    assert_eq!(told(&problems).len(), 1);
    assert!(told(&problems)[0].starts_with("t.txt:3:O*NET-SOC Code: no occupation has the code"));
}

#[test]
fn no_more_problems_are_kept_than_a_reader_can_use() {
    let bad = rated("11-1011.00", "2.A.1.b", "IM", "high");
    let rows: Vec<_> = (0..30)
        .map(|n| bad.replace("1.b", &format!("1.{n}")))
        .collect();
    let (_, _, problems) = read(Part::Skills, table(RATINGS, &rows, "\n").as_bytes());
    assert_eq!((problems.kept().len(), problems.more), (20, 10));
}

#[test]
fn the_crosswalk_is_read_by_occupation() {
    let header = "CIP2020Code,CIP2020Title,SOC2018Code,SOC2018Title";
    let text = format!(
        "\u{feff}{header}\r\n01.0000,\"Farming, General.\",19-1011,Someone\r\n51.2306,Café \"\"Studies\"\".,29-1122,Other\r\n01.0101,Fields.,19-1011,Someone\r\n99.9999,NO MATCH,11-9161,Third"
    );
    let mut problems = Problems::default();
    let read = read_crosswalk("c.csv", text.as_bytes(), &mut problems).unwrap();
    assert!(problems.is_empty());
    assert_eq!(read.release, "CIP 2020 to SOC 2018");
    let of = |code: &str| {
        let group = read
            .groups
            .iter()
            .find(|group| group.subject == code)
            .unwrap();
        let source = Source {
            part: Part::Programs,
            release: read.release.clone(),
        };
        let sheet = Sheet {
            source: Arc::new(source),
            columns: read.columns.clone().into(),
            content: group.content.clone(),
        };
        view::programs(&sheet)
    };
    assert_eq!(of("19-1011").len(), 2);
    assert_eq!(of("19-1011")[0].title.as_deref(), Some("Farming, General."));
    assert_eq!(of("11-9161"), []);
    for (row, why) in [
        ("01.0000,A,19-1011", "c.csv:2: the row has 3 cells"),
        (
            "1.0000,A,19-1011,B",
            "c.csv:2:CIP Code: \"1.0000\" is not a CIP code",
        ),
        (
            "01.0000,A,19-1011.00,B",
            "c.csv:2:SOC Code: \"19-1011.00\" is not a SOC code",
        ),
        (
            "01.0000, ,19-1011,B",
            "c.csv:2:CIP Title: the title is blank",
        ),
        (
            "01.0000,A,19-1011,B\n01.0000,A,19-1011,B",
            "c.csv:3:CIP Code: these two codes are joined already",
        ),
    ] {
        for end in ["\n", "\r\n"] {
            let mut problems = Problems::default();
            let text = format!("{header}\n{row}\n").replace('\n', end);
            assert!(read_crosswalk("c.csv", text.as_bytes(), &mut problems).is_some());
            assert!(told(&problems)[0].starts_with(why), "{:?}", told(&problems));
        }
    }
    let mut problems = Problems::default();
    assert!(read_crosswalk("c.csv", b"a,b,c,d\n", &mut problems).is_none());
    assert!(
        read_crosswalk(
            "c.csv",
            format!("{header}\n\u{0}")
                .replace('\u{0}', "x,\u{0},y,z")
                .as_bytes(),
            &mut problems
        )
        .is_some()
    );
}

#[test]
fn files_are_recognised_by_their_first_line() {
    let table = |part| Some(Recognised::Table(part));
    assert_eq!(recognise("Skills", RATINGS), table(Part::Skills));
    assert_eq!(
        recognise("knowledge", &format!("\u{feff}{RATINGS}\r\n")),
        table(Part::Knowledge)
    );
    // Laid out like skills, and of no use.
    assert_eq!(
        recognise("Work Activities", RATINGS),
        Some(Recognised::Unused)
    );
    let occupations = "O*NET-SOC Code\tTitle\tDescription";
    assert_eq!(recognise("whatever", occupations), table(Part::Occupations));
    assert_eq!(
        recognise("Scales Reference", "Scale ID\tScale Name\tMinimum\tMaximum"),
        table(Part::Scales)
    );
    assert_eq!(
        recognise("other", "Scale ID\tScale Name\tMinimum\tMaximum"),
        None
    );
    assert_eq!(
        recognise("x", "CIP2020Code,CIP2020Title,SOC2018Code,SOC2018Title"),
        Some(Recognised::Crosswalk)
    );
    for line in [
        "",
        "{\"schemaVersion\":\"1.0\"}",
        "O*NET-SOC Code",
        "O*NET 30.1 Database",
    ] {
        assert_eq!(recognise("Skills", line), None, "{line}");
    }
    for part in Part::ALL {
        assert_eq!(part.as_str().parse(), Ok(part));
    }
    assert_eq!(named("task statements.TXT"), table(Part::Tasks));
    assert_eq!(named("any.csv"), Some(Recognised::Crosswalk));
    for other in ["Skills", "Skills.json", "Read Me.txt", "csv"] {
        assert_eq!(named(other), None, "{other}");
    }
}

#[test]
fn the_publisher_is_named_with_the_release_and_the_licence() {
    let source = Source {
        part: Part::Skills,
        release: "29.3".to_owned(),
    };
    let told = source.attribution();
    for words in [
        "O*NET 29.3 Database",
        "USDOL/ETA",
        "CC BY 4.0",
        "selecting from it",
    ] {
        assert!(told.contains(words), "{told}");
    }
    assert!(source.license_url().is_some());
}

proptest! {
    #[test]
    fn no_bytes_are_too_much_for_a_reader(bytes in prop::collection::vec(any::<u8>(), 0..400), header: bool) {
        let mut text = if header { format!("{RATINGS}\n").into_bytes() } else { Vec::new() };
        text.extend_from_slice(&bytes);
        let (groups, _, problems) = read(Part::Skills, &text);
        // Random bytes are no row of ratings.
        prop_assert!(groups.is_empty() || !problems.is_empty());
        let mut problems = Problems::default();
        let read = read_crosswalk("c.csv", &bytes, &mut problems);
        prop_assert!(read.is_none());
    }

    #[test]
    fn what_was_read_is_what_was_written(values in prop::collection::vec((0_u32..40, "[ -~é—]{1,30}"), 1..20)) {
        let header = "O*NET-SOC Code\tTask ID\tTask\tTask Type";
        let mut rows = Vec::new();
        for (n, (soc, text)) in values.iter().enumerate() {
            rows.push((format!("11-10{soc:02}.00"), format!("{n}\tT{text}\tCore")));
        }
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        let lines: Vec<_> = rows.iter().map(|(soc, rest)| format!("{soc}\t{rest}")).collect();
        let (groups, _, problems) = read(Part::Tasks, table(header, &lines, "\r\n").as_bytes());
        prop_assert!(problems.is_empty());
        let back: Vec<_> = groups
            .iter()
            .flat_map(|g| g.content.lines().map(|line| (g.subject.clone(), line.to_owned())))
            .collect();
        prop_assert_eq!(back, rows);
    }
}
