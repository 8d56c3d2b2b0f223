use proptest::{collection::vec, prelude::*};

use super::{record::Fault, *};

const COLUMNS: &[Column] = &[
    Column::required("name"),
    Column::optional("note"),
    Column::optional("third"),
];

type Rows = Vec<Result<Row, LineProblem>>;

fn read_all(bytes: &[u8]) -> Result<Rows, Vec<LineProblem>> {
    // In pieces, so that a row begins in one and ends in another.
    let mut table = match Table::open(io::BufReader::with_capacity(7, bytes), COLUMNS) {
        Ok(table) => table,
        Err(Unreadable::Refused(problems)) => return Err(problems),
        Err(Unreadable::Io(e)) => panic!("memory does not fail: {e}"),
    };
    let mut rows = Vec::new();
    while let Some(row) = table.read().unwrap() {
        rows.push(row);
    }
    Ok(rows)
}

fn told(bytes: &[u8]) -> Vec<(u64, String, String)> {
    let of = |p: &LineProblem| (p.line, p.column.clone(), p.code.clone());
    match read_all(bytes) {
        Err(problems) => problems.iter().map(of).collect(),
        Ok(rows) => rows
            .iter()
            .filter_map(|r| Some(of(r.as_ref().err()?)))
            .collect(),
    }
}

fn cells(bytes: &[u8]) -> Vec<(u64, String, String)> {
    let rows = read_all(bytes).unwrap().into_iter();
    let rows = rows.map(|row| row.unwrap());
    rows.map(|r| (r.line, r.cell("name").to_owned(), r.cell("note").to_owned()))
        .collect()
}

fn row(line: u64, name: &str, note: &str) -> (u64, String, String) {
    (line, name.to_owned(), note.to_owned())
}

#[test]
fn separators_line_ends_and_a_mark_are_recognised() {
    for text in [
        "name,note\nAda,b\n",
        "name;note\r\nAda;b\r\n",
        "\u{feff}NAME\tNote\nAda\tb",
        "note,name\nb,Ada",
        "\"name\", note\n\"Ada\",b\r\n\r\n",
    ] {
        assert_eq!(cells(text.as_bytes()), [row(2, "Ada", "b")], "{text:?}");
    }
}

#[test]
fn lines_are_those_of_the_file() {
    let text = "name,note\r\n\r\nAda,\"two\nlines\"\n\n,\n\"B\r\n\"\"x\"\"\",\nEve,last";
    let expected = [
        row(3, "Ada", "two\nlines"),
        row(7, "B\r\n\"x\"", ""),
        row(9, "Eve", "last"),
    ];
    assert_eq!(cells(text.as_bytes()), expected);
}

#[test]
fn a_missing_column_reads_as_nothing_and_an_apostrophe_before_a_formula_goes() {
    let read = read_all(b"name\n'=1+1\n'quoted\n''-x\n").unwrap();
    let names: Vec<_> = read
        .iter()
        .map(|r| r.as_ref().unwrap().cell("name"))
        .collect();
    assert_eq!(names, ["=1+1", "'quoted", "'-x"]);
    assert_eq!(read[0].as_ref().unwrap().cell("note"), "");
}

#[test]
fn wrong_headers_are_told_by_name() {
    let code = |text: &str| told(text.as_bytes());
    let one = |column: &str, code: &str| vec![(1, column.to_owned(), code.to_owned())];
    assert_eq!(code(""), one("", "NO_HEADER"));
    assert_eq!(code("\n\nname"), one("", "NO_HEADER"));
    assert_eq!(code("Ada,ada@example.org\n"), one("", "NO_HEADER"));
    assert_eq!(code("name,colour\n"), one("colour", "UNKNOWN_COLUMN"));
    assert_eq!(code("name,ada@example.org\n"), one("", "UNKNOWN_COLUMN"));
    assert_eq!(code("name,Name\n"), one("Name", "DUPLICATE_COLUMN"));
    assert_eq!(code("note\n"), one("name", "MISSING_COLUMN"));
    assert_eq!(code("name,\"note\n"), one("", "BAD_QUOTES"));
    assert_eq!(told(b"\xff\xfen\0a\0"), one("", "NOT_UTF8"));
    assert_eq!(told(b"name,n\xe9\n"), one("", "NOT_UTF8"));
    assert_eq!(code(&"name,".repeat(20_000)), one("", "TOO_LONG"));
    let problems = read_all(b"name,colour\n").unwrap_err();
    assert!(
        problems[0].message.ends_with("name, note, third"),
        "{problems:?}"
    );
}

#[test]
fn a_wrong_row_is_told_and_the_next_is_read() {
    let long = "x".repeat(MAX_CELL_BYTES + 1);
    let wide = format!(
        "{},{}",
        "x".repeat(MAX_CELL_BYTES),
        "y".repeat(MAX_CELL_BYTES)
    );
    let wrong = [
        ("a \"b\",c", Fault::Quotes),
        ("\"a\"b,c", Fault::Quotes),
        ("a\rb,c", Fault::LineEnd),
        ("a\0,c", Fault::Nul),
        (&long, Fault::TooLong),
        (&wide, Fault::TooLong),
    ];
    for (text, fault) in wrong {
        let text = format!("name,note\n{text}\nAda,b\n");
        let read = read_all(text.as_bytes()).unwrap();
        assert_eq!(
            read[0].as_ref().unwrap_err().code,
            fault.code(),
            "{fault:?}"
        );
        assert_eq!(read[1].as_ref().unwrap().line, 3);
    }
    assert_eq!(told(b"name,note\na\nb,c,d\ne,f\n").len(), 2);
    assert_eq!(
        told(b"name,note\n\xff,c\n"),
        [(2, String::new(), "NOT_UTF8".to_owned())]
    );
    let open = told(b"name,note\nAda,\"b\nEve,c\n");
    assert_eq!(open, [(2, String::new(), "BAD_QUOTES".to_owned())]);
}

#[test]
fn an_endless_cell_is_one_problem_in_little_memory() {
    let start = b"name,note\n\"".to_vec();
    let endless = io::repeat(b'x').take(50 << 20);
    let input = io::BufReader::new(io::Cursor::new(start).chain(endless));
    let mut table = Table::open(input, COLUMNS).unwrap();
    let problem = table.read().unwrap().unwrap().unwrap_err();
    assert_eq!((problem.line, problem.code.as_str()), (2, "TOO_LONG"));
    assert!(table.read().unwrap().is_none());
}

fn cell() -> impl Strategy<Value = String> {
    let marks = "[=+\\-@'\"\t\r\n,; \u{feff}\u{ff1d}ax]{0,8}";
    prop_oneof![Just(String::new()), marks, ".{0,20}"].prop_map(|text| text.replace('\0', ""))
}

proptest! {
    #[test]
    fn any_table_of_cells_is_read_back_as_it_was(table in vec(vec(cell(), 3), 0..8)) {
        let names = ["name", "note", "third"];
        let lines = table.iter().map(|line| line.iter().map(String::as_str).collect::<Vec<_>>());
        let bytes = encode(std::iter::once(names.to_vec()).chain(lines)).unwrap();
        let read = read_all(&bytes).unwrap();
        let read: Vec<Vec<_>> = read.iter().map(|row| {
            let row = row.as_ref().unwrap();
            names.iter().map(|name| row.cell(name).to_owned()).collect()
        }).collect();
        let expected: Vec<_> = table.into_iter().filter(|l| l.iter().any(|c| !c.is_empty())).collect();
        prop_assert_eq!(read, expected);
    }

    #[test]
    fn nothing_written_begins_like_a_formula(text in cell()) {
        let bytes = encode([["name"], [text.as_str()]]).unwrap();
        let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes[..]);
        for record in reader.records() {
            let record = record.unwrap();
            let is_formula = record[0].starts_with(['=', '+', '-', '@', '\t', '\r', '\u{ff1d}']);
            prop_assert!(!is_formula, "{:?}", &record[0]);
        }
    }

    #[test]
    fn any_bytes_give_rows_or_problems(bytes in vec(any::<u8>(), 0..300), begin in any::<bool>()) {
        let header: &[u8] = if begin { b"name,note\n" } else { b"" };
        let all = [header, &bytes].concat();
        let lines = 1 + all.iter().filter(|b| **b == b'\n').count() as u64;
        for row in read_all(&all).into_iter().flatten() {
            let line = row.map_or_else(|p| p.line, |r| r.line);
            prop_assert!((2..=lines).contains(&line));
        }
    }

    /// Where this strict reader accepts a text, a lenient one reads the same.
    #[test]
    fn a_lenient_reader_agrees(text in "[ab\",\r\n]{0,40}") {
        let mut records = Records::new(text.as_bytes(), b',', 1);
        let mut ours = Vec::new();
        while let Some((_, cells)) = records.read().unwrap() {
            let Ok(cells) = cells else { return Ok(()) };
            ours.push(cells.into_iter().map(str::to_owned).collect::<Vec<_>>());
        }
        let mut builder = ::csv::ReaderBuilder::new();
        let mut theirs = builder.has_headers(false).flexible(true).from_reader(text.as_bytes());
        let theirs: Vec<Vec<_>> = theirs
            .records()
            .map(|r| r.unwrap().iter().map(str::to_owned).collect())
            .collect();
        prop_assert_eq!(ours, theirs);
    }
}
