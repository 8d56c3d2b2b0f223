//! The statements of a dataset as lines of N-Quads that still lack the names of blank nodes.

use std::ops::Range;

use super::write::push_quad;
use crate::credential::rdf::quad::Dataset;

/// About the length of a line, in bytes.
const USUAL_LINE: usize = 160;

/// The different statements of a dataset.
pub(super) struct Lines<'a> {
    /// All lines, each with its line feed.
    text: String,
    lines: Vec<Line<'a>>,
    /// For each blank node, the lines that mention it, by their places in `lines`.
    mentions: Vec<Vec<usize>>,
}

/// One statement.
pub(super) struct Line<'a> {
    /// Its property.
    pub(super) predicate: &'a str,
    /// Where it stands in the text.
    span: Range<usize>,
    gaps: Gaps,
}

/// The blank nodes of a line: as subject, as object, as name of the graph.
pub(super) type Gaps = [Option<Gap>; 3];

/// A blank node whose name a line lacks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Gap {
    /// Where the name belongs, in bytes from the start of the line.
    pub(super) at: usize,
    /// The number of the blank node.
    pub(super) blank: u32,
}

impl Line<'_> {
    /// The blank nodes, each with the letter of its position (RDFC-1.0, section 4.7.3).
    pub(super) fn blanks(&self) -> impl Iterator<Item = (char, u32)> {
        let gaps = ['s', 'o', 'g'].into_iter().zip(self.gaps);
        gaps.filter_map(|(position, gap)| Some((position, gap?.blank)))
    }
}

impl<'a> Lines<'a> {
    /// The statements of `dataset`, each once.
    pub(super) fn of(dataset: &'a Dataset<'_>) -> Self {
        let mut text = String::with_capacity(dataset.quads.len() * USUAL_LINE);
        let mut lines = Vec::with_capacity(dataset.quads.len());
        for quad in &dataset.quads {
            let start = text.len();
            let gaps = push_quad(&mut text, quad);
            lines.push(Line {
                predicate: &quad.predicate,
                span: start..text.len(),
                gaps,
            });
        }
        let key = |line: &Line<'_>| (piece(&text, line.span.clone()), line.gaps);
        lines.sort_unstable_by(|a, b| key(a).cmp(&key(b)));
        lines.dedup_by(|a, b| key(a) == key(b));
        let mentions = mentions(&lines);
        Self {
            text,
            lines,
            mentions,
        }
    }

    /// The numbers that blank nodes may have: those that are mentioned, and perhaps more.
    pub(super) fn blanks(&self) -> Range<u32> {
        0..u32::try_from(self.mentions.len()).unwrap_or(u32::MAX)
    }

    /// The lines that mention `blank`.
    pub(super) fn mentioning(&self, blank: u32) -> impl Iterator<Item = &Line<'a>> {
        let places = self.mentions.get(blank as usize).into_iter().flatten();
        places.filter_map(|&place| self.lines.get(place))
    }

    /// The whole document, its lines in code point order, blank nodes called as `name` says.
    pub(super) fn document<'n>(&self, name: impl Fn(u32) -> &'n str) -> String {
        self.filled(self.lines.iter(), name)
    }

    /// `lines` in code point order, blank nodes called as `name` says.
    pub(super) fn filled<'l, 'n>(
        &self,
        lines: impl Iterator<Item = &'l Line<'l>>,
        name: impl Fn(u32) -> &'n str,
    ) -> String {
        let mut out = String::with_capacity(lines.size_hint().0 * USUAL_LINE);
        for Line { span, gaps, .. } in lines {
            let mut from = span.start;
            for gap in gaps.iter().flatten() {
                out.push_str(piece(&self.text, from..span.start + gap.at));
                out.push_str(name(gap.blank));
                from = span.start + gap.at;
            }
            out.push_str(piece(&self.text, from..span.end));
        }
        let mut sorted: Vec<&str> = out.split_inclusive('\n').collect();
        sorted.sort_unstable();
        sorted.concat()
    }
}

/// For each blank node, the places of the lines that mention it.
fn mentions(lines: &[Line<'_>]) -> Vec<Vec<usize>> {
    let mut mentions: Vec<Vec<usize>> = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        for (_, blank) in line.blanks() {
            let blank = blank as usize;
            if mentions.len() <= blank {
                mentions.resize_with(blank + 1, Vec::new);
            }
            if let Some(places) = mentions.get_mut(blank)
                && places.last() != Some(&place)
            {
                places.push(place);
            }
        }
    }
    mentions
}

fn piece(text: &str, range: Range<usize>) -> &str {
    text.get(range)
        .expect("places in the text were noted while it was written")
}
