use super::*;
use crate::bulk::csv::{Table, encode};

fn rows(lines: &[&[&str]]) -> Vec<Result<ResultRow, Vec<LineProblem>>> {
    let names: Vec<_> = COLUMNS.iter().map(|c| c.name).collect();
    let all = std::iter::once(&names[..]).chain(lines.iter().copied());
    let bytes = encode(all.map(|line| line.iter().copied())).unwrap();
    let mut table = Table::open(&bytes[..], COLUMNS).unwrap();
    let mut out = Vec::new();
    while let Some(row) = table.read().unwrap() {
        out.push(parse(&row.unwrap()));
    }
    out
}

#[test]
fn statements_assessors_and_times_are_named_in_each_way() {
    let id = Uuid::from_u128(7);
    let (url, global) = (
        format!("https://skills.example/statements/{id}"),
        ids::global("Statement", id),
    );
    let member = ids::global("Member", id);
    let plain = id.to_string();
    let read = rows(&[
        &[
            "S-1",
            &url,
            "3",
            "Ada@College.example",
            "2026-03-01",
            "https://e.example/1",
            "PORTFOLIO",
            "at work",
        ],
        &[
            "S-1",
            &global,
            " 3 ",
            &member,
            "2026-03-01T01:00:00+01:00",
            "",
            "",
            "",
        ],
        &[
            "S-1",
            &plain,
            "03",
            &plain,
            "2026-03-01T00:00:00Z",
            " ",
            "",
            "",
        ],
        &[
            " S",
            "v.1/1.07",
            "4",
            "a@b.example",
            "2026-03-01",
            "",
            " ",
            " ",
        ],
    ]);
    let read: Vec<_> = read.into_iter().map(Result::unwrap).collect();
    let midnight: Timestamp = "2026-03-01T00:00:00Z".parse().unwrap();
    assert!(read.iter().all(|r| r.observed_at == midnight));
    assert!(
        read[..3]
            .iter()
            .all(|r| r.statement == StatementName::Id(id) && r.rating == 3)
    );
    assert_eq!(
        read[0].assessor,
        AssessorName::Email("ada@college.example".into())
    );
    assert_eq!(read[1].assessor, AssessorName::Member(id));
    assert_eq!(read[2].assessor, AssessorName::Member(id));
    assert_eq!(read[0].evidence_url.as_deref(), Some("https://e.example/1"));
    assert_eq!(read[0].method, Some(Method::Portfolio));
    assert_eq!((&read[2].evidence_url, read[2].line), (&None, 4));
    assert_eq!(read[3].statement, StatementName::Code("v.1/1.07".into()));
    assert_eq!(
        (read[3].learner.as_str(), read[3].context.as_str()),
        (" S", " ")
    );
}

#[test]
fn each_wrong_cell_of_a_row_is_told_by_its_column_and_quoted_nowhere() {
    let read = rows(&[&["", "", "3.5", "Sentinel", "1 March", "", "STARING", "x"]]);
    let problems = read[0].clone().unwrap_err();
    let told: Vec<_> = problems
        .iter()
        .map(|p| (p.column.as_str(), p.code.as_str()))
        .collect();
    let expected = [
        ("learner", "REQUIRED"),
        ("statement", "REQUIRED"),
        ("rating", "BAD_RATING"),
        ("assessor", "BAD_ASSESSOR"),
        ("time", "BAD_TIME"),
        ("method", "BAD_METHOD"),
    ];
    assert_eq!(told, expected);
    assert!(
        problems
            .iter()
            .all(|p| p.line == 2 && !p.message.contains("Sentinel"))
    );
}

#[test]
fn what_is_no_number_and_no_time_is_neither() {
    for text in ["", "+3", "-1", "3 4", "٣", "99999999999"] {
        assert_eq!(rating(text), None, "{text}");
    }
    for text in [
        "",
        "2026-02-30",
        "2026-13-01",
        "2026-03-01T09:30",
        "09:30",
        "20260301",
        "1772357400",
        "2026-3-001",
    ] {
        assert_eq!(time(text), None, "{text}");
    }
}
