//! Which words changed in a sentence.

use similar::{Algorithm, ChangeTag, capture_diff_slices};

/// The most words of both sentences together that are compared: beyond, the whole has changed.
const MOST: usize = 4_000;

/// What became of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SpanKind {
    /// Both sentences have them.
    Same,
    /// Only the newer one has them.
    Added,
    /// Only the older one has them.
    Removed,
}

/// Words that stand together, with the spaces behind them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// What became of them.
    pub kind: SpanKind,
    /// The words.
    pub text: String,
}

/// A text in words, each with the white space behind it: together they are the text.
pub(super) fn split(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace).collect()
}

/// What changed from one sentence to another. Without what was added it is the older sentence,
/// without what was removed the newer.
#[must_use]
pub fn spans(old: &str, new: &str) -> Vec<Span> {
    let (old_words, new_words) = (split(old), split(new));
    if old_words.len() + new_words.len() > MOST && old != new {
        return whole(old, new);
    }
    let steps = capture_diff_slices(Algorithm::Myers, &old_words, &new_words);
    let changes = steps
        .iter()
        .flat_map(|step| step.iter_slices(&old_words, &new_words));
    let span = |(tag, words): (ChangeTag, &[&str])| Span {
        kind: match tag {
            ChangeTag::Equal => SpanKind::Same,
            ChangeTag::Insert => SpanKind::Added,
            ChangeTag::Delete => SpanKind::Removed,
        },
        text: words.concat(),
    };
    changes.map(span).collect()
}

fn whole(old: &str, new: &str) -> Vec<Span> {
    let span = |kind, text: &str| Span {
        kind,
        text: text.to_owned(),
    };
    vec![span(SpanKind::Removed, old), span(SpanKind::Added, new)]
}
