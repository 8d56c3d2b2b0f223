//! Reading a tab-separated table, strictly and a group of rows at a time.

use std::{
    collections::HashSet,
    io::{self, BufRead, Read as _},
    sync::Arc,
};

use super::{check::Kind, part::Part, problem::Problems, sheet::Row};
use crate::{catalog::model::Soc, kernel::text::excerpt};

/// The most bytes of a line.
pub const MAX_LINE_BYTES: u64 = 64 * 1024;
/// The most bytes of the rows about one occupation.
const MAX_GROUP_BYTES: usize = 4 * 1024 * 1024;
/// The first column of a table about occupations.
const CODE: &str = "O*NET-SOC Code";

/// Whether a file's first line is that of a table about occupations.
#[must_use]
pub fn is_onet_header(first_line: &str) -> bool {
    let line = first_line.trim_start_matches('\u{feff}');
    line.strip_prefix(CODE)
        .is_some_and(|rest| rest.starts_with('\t'))
}

/// The rows of a table about one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they are about; empty in a table of terms.
    pub subject: String,
    /// How many there are.
    pub rows: u64,
    /// Cells separated by tabs, rows by line feeds, without the column of the subject.
    pub content: String,
}

/// A table that is being read. Memory holds one line and the rows about one occupation.
pub struct TableReader<R> {
    input: R,
    file: String,
    part: Part,
    /// The columns that are kept.
    columns: Arc<[String]>,
    /// How many cells a row has.
    width: usize,
    line: u64,
    buffer: Vec<u8>,
    /// The first row of the next group.
    ahead: Option<(String, String, u64)>,
    finished: HashSet<String>,
    /// The codes that there are, where that is known.
    known: Option<Arc<HashSet<String>>>,
    is_over: bool,
}

impl<R: BufRead> TableReader<R> {
    /// Reads the header of `file`, which is what problems call it. Without the columns that are
    /// needed there is nothing to read: then problems say which.
    pub fn open(
        file: &str,
        part: Part,
        input: R,
        problems: &mut Problems,
    ) -> io::Result<Option<Self>> {
        let mut reader = Self {
            input,
            file: file.to_owned(),
            part,
            columns: Arc::default(),
            width: 0,
            line: 0,
            buffer: Vec::new(),
            ahead: None,
            finished: HashSet::new(),
            known: None,
            is_over: false,
        };
        let Some(header) = reader.read_line(problems)? else {
            if problems.is_empty() {
                problems.add(file, 0, None, "the file is empty: fetch it again");
            }
            return Ok(None);
        };
        let header = header.trim_start_matches('\u{feff}').to_owned();
        let names: Vec<String> = header.split('\t').map(str::to_owned).collect();
        reader.width = names.len();
        let kept = usize::from(part.layout().by_occupation);
        let mut complete = true;
        if kept == 1 && names.first().is_none_or(|name| name != CODE) {
            let message = format!("the first column must be {CODE:?}: fetch the file again");
            problems.add(file, 1, Some(CODE), message);
            complete = false;
        }
        for (name, _) in part.layout().columns {
            let there = names.iter().filter(|known| known == name).count();
            if there != 1 {
                let many = if there == 0 { "missing" } else { "there twice" };
                let message = format!("the column is {many}: fetch the file again");
                problems.add(file, 1, Some(name), message);
                complete = false;
            }
        }
        reader.columns = names.into_iter().skip(kept).collect();
        Ok(complete.then_some(reader))
    }

    /// The names of the columns that are kept: all but the one that says what a row is about.
    #[must_use]
    pub fn columns(&self) -> Arc<[String]> {
        Arc::clone(&self.columns)
    }

    /// Refuses codes that are not among `known`.
    #[must_use]
    pub fn with_known(mut self, known: Option<Arc<HashSet<String>>>) -> Self {
        self.known = known;
        self
    }

    /// What is wrong with a code that has its form.
    fn unknown(&self, code: &str) -> Option<String> {
        let known = self.known.as_ref()?;
        (!known.contains(code)).then(|| {
            let code = excerpt(code, 40);
            format!("no occupation has the code {code:?}: take the row out, or import the release whose Occupation Data has it")
        })
    }

    /// The rows about the next thing. What is wrong with them is added to `problems`, and such a
    /// group is not to be used.
    pub fn next_group(&mut self, problems: &mut Problems) -> io::Result<Option<Group>> {
        let Some((subject, row, line)) = self.take_row(problems)? else {
            return Ok(None);
        };
        if !self.finished.insert(subject.clone()) {
            let message = "rows about this code stand further up, too: bring them together";
            problems.add(&self.file, line, Some(CODE), message);
        }
        let mut group = Group {
            subject,
            rows: 0,
            content: String::new(),
        };
        let mut keys = HashSet::new();
        let mut next = Some((row, line));
        while let Some((row, line)) = next.take() {
            self.check_row(&row, line, &mut keys, problems);
            group.rows += 1;
            group.content.push_str(&row);
            group.content.push('\n');
            if group.content.len() > MAX_GROUP_BYTES {
                let message = format!(
                    "the rows about one code have more than {MAX_GROUP_BYTES} bytes: fetch the file again"
                );
                problems.add(&self.file, line, None, message);
                self.is_over = true;
                break;
            }
            match self.take_row(problems)? {
                Some((subject, row, line)) if subject == group.subject => next = Some((row, line)),
                other => self.ahead = other,
            }
        }
        Ok(Some(group))
    }

    /// The next row that is well-formed: what it is about, its other cells, its line.
    fn take_row(&mut self, problems: &mut Problems) -> io::Result<Option<(String, String, u64)>> {
        if let Some(row) = self.ahead.take() {
            return Ok(Some(row));
        }
        loop {
            let width = self.width;
            let by_occupation = self.part.layout().by_occupation;
            let Some(text) = self.read_line(problems)? else {
                return Ok(None);
            };
            let cells = text.split('\t').count();
            let problem = if text.trim().is_empty() {
                Some((None, "the line is blank: take it out".to_owned()))
            } else if cells != width {
                let message = format!(
                    "the row has {cells} cells, and the header {width}: fetch the file again"
                );
                Some((None, message))
            } else {
                None
            };
            let (subject, rest) = match text.split_once('\t') {
                Some((subject, rest)) if by_occupation => (subject, rest),
                _ => ("", text),
            };
            let problem = problem.or_else(|| {
                let wrong = by_occupation
                    .then(|| subject.parse::<Soc>().err())
                    .flatten();
                wrong.map(|e| (Some(CODE), e.to_string()))
            });
            let row = (subject.to_owned(), rest.to_owned(), self.line);
            let unknown = || Some((Some(CODE), self.unknown(&row.0)?));
            let problem = problem.or_else(|| if by_occupation { unknown() } else { None });
            match problem {
                None => return Ok(Some(row)),
                Some((column, message)) => problems.add(&self.file, self.line, column, message),
            }
        }
    }

    fn check_row(&self, row: &str, line: u64, keys: &mut HashSet<String>, problems: &mut Problems) {
        let layout = self.part.layout();
        let cells = Row::new(&self.columns, row);
        let there = |name: &str| self.columns.iter().any(|known| known == name);
        let optional = layout.optional.iter().filter(|(name, _)| there(name));
        for (name, kind) in layout.columns.iter().chain(optional) {
            let kind: Kind = *kind;
            let cell = cells.cell(name);
            let unknown = || match kind {
                Kind::Soc => self.unknown(cell),
                _ => None,
            };
            if let Some(message) = kind.problem(cell).or_else(unknown) {
                problems.add(&self.file, line, Some(name), message);
            }
        }
        let key: Vec<_> = layout.key.iter().map(|name| cells.cell(name)).collect();
        let key = key.join("\t");
        if !keys.contains(&key) {
            keys.insert(key);
            return;
        }
        let message = if key.is_empty() {
            "there is a row about this code already: take one of them out".to_owned()
        } else {
            let told = excerpt(&key, 80).replace('\t', ", ");
            format!("{told:?} is there already for this code: take one of the rows out")
        };
        problems.add(&self.file, line, layout.key.first().copied(), message);
    }

    /// The next line without its end. Nothing more is read once a line cannot be.
    fn read_line(&mut self, problems: &mut Problems) -> io::Result<Option<&str>> {
        if self.is_over {
            return Ok(None);
        }
        self.buffer.clear();
        let mut input = (&mut self.input).take(MAX_LINE_BYTES);
        input.read_until(b'\n', &mut self.buffer)?;
        if self.buffer.is_empty() {
            self.is_over = true;
            return Ok(None);
        }
        self.line += 1;
        let problem = if self.buffer.last() != Some(&b'\n') {
            let long = self.buffer.len() as u64 == MAX_LINE_BYTES;
            Some(if long {
                format!("the line has more than {MAX_LINE_BYTES} bytes: fetch the file again")
            } else {
                "the file ends within a line, so it was cut short: fetch it again".to_owned()
            })
        } else {
            self.buffer.pop();
            if self.buffer.last() == Some(&b'\r') {
                self.buffer.pop();
            }
            None
        };
        let text = std::str::from_utf8(&self.buffer);
        let problem = problem.or_else(|| match text {
            Err(_) => Some("the line is not UTF-8: fetch the file again".to_owned()),
            Ok(text) if text.chars().any(|c| c.is_control() && c != '\t') => {
                Some("the line holds a control character: take it out".to_owned())
            }
            Ok(_) => None,
        });
        if let Some(message) = problem {
            problems.add(&self.file, self.line, None, message);
            self.is_over = true;
            return Ok(None);
        }
        Ok(text.ok())
    }
}
