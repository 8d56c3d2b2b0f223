//! What an import tells: how many rows, and what is wrong with which line.

/// Problems that are told at most; the rest are counted.
pub const MAX_TOLD: usize = 1_000;

/// Something wrong with a line of a file, and how to mend it. It quotes nothing of what the line
/// says of people, so that it can be kept after they are forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineProblem {
    /// The line of the file, from 1; of a row of several lines, its first.
    pub line: u64,
    /// The column; empty where it is the row.
    pub column: String,
    /// Machine-readable code in SCREAMING_SNAKE_CASE.
    pub code: String,
    /// What is wrong and the remedy, for a person.
    pub message: String,
}

impl LineProblem {
    /// A problem on `line`.
    pub fn new(
        line: u64,
        column: impl Into<String>,
        code: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            line,
            column: column.into(),
            code: code.into(),
            message: message.into(),
        }
    }
}

/// What became of the rows of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows that can be accepted.
    pub accepted: u64,
    /// Rows that cannot, the first line included.
    pub refused: u64,
    /// What is wrong, by line, at most [`MAX_TOLD`].
    pub problems: Vec<LineProblem>,
    /// Problems that are not told.
    pub untold: u64,
}

impl Report {
    /// Rows that were read.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.accepted + self.refused
    }

    /// Counts a row that can be accepted.
    pub fn accept(&mut self) {
        self.accepted += 1;
    }

    /// Counts a row that cannot be, for these reasons.
    pub fn refuse(&mut self, problems: impl IntoIterator<Item = LineProblem>) {
        self.refused += 1;
        for problem in problems {
            if self.problems.len() < MAX_TOLD {
                self.problems.push(problem);
            } else {
                self.untold += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_tells_so_many_problems_and_counts_the_rest() {
        let mut report = Report::default();
        report.accept();
        let problem = |line| LineProblem::new(line, "", "X", "x");
        for line in 1..=MAX_TOLD as u64 {
            report.refuse([problem(line), problem(line)]);
        }
        assert_eq!(report.rows(), 1 + MAX_TOLD as u64);
        assert_eq!(report.problems.len(), MAX_TOLD);
        assert_eq!(report.untold, MAX_TOLD as u64);
        assert_eq!(report.problems[MAX_TOLD - 1].line, MAX_TOLD as u64 / 2);
    }
}
