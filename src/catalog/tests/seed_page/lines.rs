//! A page as lines.

/// The lines of a page: each is taken once.
pub(super) struct Lines<'a> {
    all: Vec<&'a str>,
    taken: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self {
            all: text.split('\n').collect(),
            taken: 0,
        }
    }

    pub(super) fn taken(&self) -> usize {
        self.taken
    }

    pub(super) fn peek(&self) -> Option<&'a str> {
        self.all.get(self.taken).copied()
    }

    pub(super) fn take(&mut self) -> &'a str {
        let line = self.peek().expect("the page goes on");
        self.taken += 1;
        line
    }

    pub(super) fn expect(&mut self, line: &str) {
        assert_eq!(self.take(), line, "line {}", self.taken);
    }

    pub(super) fn after(&mut self, prefix: &str) -> &'a str {
        let line = self.take();
        let rest = line.strip_prefix(prefix);
        rest.unwrap_or_else(|| panic!("line {} does not start {prefix:?}", self.taken))
    }

    /// The numbered items that follow, from 1.
    pub(super) fn items(&mut self) -> Vec<&'a str> {
        let mut items = Vec::new();
        while self.peek().is_some_and(|line| line.starts_with("  ")) {
            items.push(self.after(&format!("  {}. ", items.len() + 1)));
        }
        items
    }
}
