//! Finds the paths (`a::b::c`) that a Rust source names, without a compiler:
//! enough of the grammar to skip comments, literals and test modules, and to
//! unfold nested `use` groups.

/// A path that a source names.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Named {
    /// The line it stands on, from 1.
    pub(crate) line: usize,
    /// Its segments, with `crate`, `self` and `super` as written.
    pub(crate) segments: Vec<String>,
    /// Whether it stands in a `use` or `extern crate` declaration.
    pub(crate) in_use: bool,
}

/// Every path that `source` names outside comments, literals and `#[cfg(test)]` items,
/// single identifiers included.
pub(crate) fn named(source: &str) -> Vec<Named> {
    let code = without_tests(without_text(source));
    let mut scan = Scan {
        code: &code,
        line_ends: (0..code.len()).filter(|at| code[*at] == '\n').collect(),
        at: 0,
        found: Vec::new(),
    };
    let mut in_use = false;
    while let Some(&c) = code.get(scan.at) {
        if is_word(c) {
            let first = scan.word();
            in_use = in_use || first == "use";
            if first != "use" && !first.starts_with(|c: char| c.is_ascii_digit()) {
                scan.path(vec![first], in_use);
            }
        } else if c == '{' && in_use {
            scan.group(&[]);
        } else {
            in_use = in_use && c != ';';
            scan.at += 1;
        }
    }
    scan.found
}

struct Scan<'a> {
    code: &'a [char],
    line_ends: Vec<usize>,
    at: usize,
    found: Vec<Named>,
}

impl Scan<'_> {
    fn peek(&self, text: &str) -> bool {
        text.chars()
            .enumerate()
            .all(|(i, c)| self.code.get(self.at + i) == Some(&c))
    }

    fn spaces(&mut self) {
        while self.code.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.at += 1;
        }
    }

    fn word(&mut self) -> String {
        let start = self.at;
        while self.code.get(self.at).is_some_and(|c| is_word(*c)) {
            self.at += 1;
        }
        self.code[start..self.at].iter().collect()
    }

    /// Reads on after the first segments: `::word` again and again, or `::{group}`.
    fn path(&mut self, mut segments: Vec<String>, in_use: bool) {
        let line = 1 + self.line_ends.partition_point(|end| *end < self.at);
        loop {
            let before = self.at;
            self.spaces();
            if !self.peek("::") {
                self.at = before;
                break;
            }
            self.at += 2;
            self.spaces();
            if self.peek("{") {
                return self.group(&segments);
            }
            let word = self.word();
            if word.is_empty() {
                break; // a glob or a turbofish
            }
            segments.push(word);
        }
        self.found.push(Named {
            line,
            segments,
            in_use,
        });
    }

    /// Reads `{a, b::c, d as e, self}`, each item under `prefix`.
    fn group(&mut self, prefix: &[String]) {
        self.at += 1;
        while let Some(&c) = self.code.get(self.at) {
            if c == '}' {
                self.at += 1;
                return;
            }
            if !is_word(c) {
                self.at += 1;
                continue;
            }
            let word = self.word();
            if word == "as" {
                self.spaces();
                self.word();
                continue;
            }
            let mut segments = prefix.to_vec();
            if word != "self" || prefix.is_empty() {
                segments.push(word);
            }
            self.path(segments, true);
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The source with comments and literals blanked; every line keeps its number.
fn without_text(source: &str) -> Vec<char> {
    let mut code: Vec<char> = source.chars().collect();
    let mut at = 0;
    while at < code.len() {
        let end = match code[at..] {
            ['/', '/', ..] => until(&code, at, |rest| rest[0] == '\n'),
            ['/', '*', ..] => end_of_block_comment(&code, at),
            ['"', ..] => end_of_string(&code, at),
            ['r', '"' | '#', ..] if at == 0 || !is_word(code[at - 1]) || code[at - 1] == 'b' => {
                end_of_raw_string(&code, at)
            }
            ['\'', '\\', _, ..] => 1 + until(&code, at + 3, |rest| rest[0] == '\''),
            ['\'', _, '\'', ..] => at + 3,
            _ => at,
        };
        let end = end.min(code.len());
        for c in &mut code[at..end] {
            if *c != '\n' {
                *c = ' ';
            }
        }
        at = end.max(at + 1);
    }
    code
}

fn until(code: &[char], from: usize, stop: impl Fn(&[char]) -> bool) -> usize {
    (from..code.len())
        .find(|at| stop(&code[*at..]))
        .unwrap_or(code.len())
}

fn end_of_block_comment(code: &[char], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0_usize);
    while at < code.len() {
        match code[at..] {
            ['/', '*', ..] => (at, depth) = (at + 2, depth + 1),
            ['*', '/', ..] => (at, depth) = (at + 2, depth - 1),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn end_of_string(code: &[char], start: usize) -> usize {
    let mut at = start + 1;
    while at < code.len() && code[at] != '"' {
        at += if code[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}

/// `r"…"` or `r#"…"#`; a raw identifier such as `r#type` is no string.
fn end_of_raw_string(code: &[char], start: usize) -> usize {
    let open = until(code, start + 1, |rest| rest[0] != '#');
    if code.get(open) != Some(&'"') {
        return start;
    }
    let hashes = open - start - 1;
    let closes = |rest: &[char]| {
        rest[0] == '"' && rest.len() > hashes && rest[1..=hashes].iter().all(|c| *c == '#')
    };
    until(code, open + 1, closes) + 1 + hashes
}

/// The code with every item under `#[cfg(test)]` blanked.
fn without_tests(mut code: Vec<char>) -> Vec<char> {
    let mark: Vec<char> = "#[cfg(test)]".chars().collect();
    let mut at = 0;
    while at < code.len() {
        if !code[at..].starts_with(&mark) {
            at += 1;
            continue;
        }
        let (mut end, mut depth) = (at + mark.len(), 0_usize);
        while end < code.len() {
            match code[end] {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            end += 1;
            if depth == 0 && matches!(code[end - 1], '}' | ';') {
                break;
            }
        }
        for c in &mut code[at..end] {
            if *c != '\n' {
                *c = ' ';
            }
        }
        at = end;
    }
    code
}

#[cfg(test)]
mod tests {
    use super::named;

    fn uses(source: &str) -> Vec<String> {
        let show = |n: super::Named| format!("{} {}", n.line, n.segments.join("::"));
        let paths = named(source).into_iter();
        paths.filter(|n| n.in_use).map(show).collect()
    }

    #[test]
    fn nested_groups_unfold() {
        let source = "use a::{self, b, c::{d, e as f, g::*},\n h::{self}};\npub(crate) use ::i::j;";
        let expected = [
            "1 a",
            "1 a::b",
            "1 a::c::d",
            "1 a::c::e",
            "1 a::c::g",
            "2 a::h",
            "3 i::j",
        ];
        assert_eq!(uses(source), expected);
        assert_eq!(uses("use {a::b, c};"), ["1 a::b", "1 c"]);
    }

    #[test]
    fn comments_literals_and_tests_name_nothing() {
        let source = r##"
            // use a::b;
            /* use /* nested */ a::b; */
            const S: &str = "use a::b; \" use c::d;";
            const R: &str = r#"use a::b; " "#;
            const C: (char, char, char) = ('"', '\'', '\u{7b}');
            fn life<'a>(x: &'a str) -> &'a str { x }
            #[cfg(test)]
            mod tests { use a::b; mod deeper { use c::d; } }
            #[cfg(test)]
            use a::b;
            use kept::path;
        "##;
        assert_eq!(uses(source), ["12 kept::path"]);
    }

    #[test]
    fn paths_in_code_are_found_with_their_line() {
        let found = named("fn f() {\n  <x::Y as crate::z::W>::g::<u8>(::k::l!());\n}");
        let paths: Vec<_> = found
            .iter()
            .filter(|n| n.segments.len() > 1)
            .map(|n| (n.line, n.segments.join("::"), n.in_use))
            .collect();
        let expected = ["x::Y", "crate::z::W", "k::l"].map(|p| (2, p.to_owned(), false));
        assert_eq!(paths, expected);
    }
}
