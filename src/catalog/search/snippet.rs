//! The part of a text that shows why it was found.

use std::ops::Range;

use super::{Query, words::places};

/// Characters of a snippet, about.
const LENGTH: usize = 240;
/// Characters before the first word that was met, at most, where the text is cut.
const LEAD: usize = 60;
/// What stands where a text was cut.
const CUT: &str = "…";

/// A piece of a text. Plain text, whatever characters it holds: it is no markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text, verbatim.
    pub text: String,
    /// Whether it is a word that was asked for.
    pub highlighted: bool,
}

/// The text, or the part of it around the first word that was asked for, in pieces. Where the text
/// was cut stands an ellipsis of its own.
#[must_use]
pub fn snippet(text: &str, query: &Query) -> Vec<Piece> {
    let meets = |place: &Range<usize>| query.shows(text.get(place.clone()).unwrap_or_default());
    let hits: Vec<_> = places(text).filter(meets).collect();
    let (from, to) = window(text, hits.first().map_or(0, |place| place.start));
    let mut pieces = Vec::new();
    let mut push = |text: &str, highlighted| {
        if !text.is_empty() {
            let text = text.to_owned();
            pieces.push(Piece { text, highlighted });
        }
    };
    push(if from > 0 { CUT } else { "" }, false);
    let mut at = from;
    for word in hits
        .iter()
        .filter(|word| word.start >= from && word.end <= to)
    {
        push(text.get(at..word.start).unwrap_or_default(), false);
        push(text.get(word.start..word.end).unwrap_or_default(), true);
        at = word.end;
    }
    push(text.get(at..to).unwrap_or_default(), false);
    push(if to < text.len() { CUT } else { "" }, false);
    pieces
}

/// Which bytes of a text to show, when the first hit starts at `hit`: from the start of a word to
/// the end of one.
fn window(text: &str, hit: usize) -> (usize, usize) {
    if text.chars().nth(LENGTH).is_none() {
        return (0, text.len());
    }
    let before = text.get(..hit).unwrap_or_default();
    let from = match before.char_indices().rev().nth(LEAD) {
        None => 0,
        Some((far, _)) => {
            let lead = before.get(far..).unwrap_or_default();
            let gap = lead.find(char::is_whitespace);
            gap.map_or(far, |gap| {
                let rest = lead.get(gap..).unwrap_or_default();
                far + gap + (rest.len() - rest.trim_start().len())
            })
        }
    };
    let shown = text.get(from..).unwrap_or_default();
    let to = match shown.char_indices().nth(LENGTH) {
        None => text.len(),
        Some((far, _)) => {
            let shown = shown.get(..far).unwrap_or_default();
            let gap = shown.rfind(char::is_whitespace).filter(|gap| *gap > 0);
            from + gap.unwrap_or(far)
        }
    };
    (from, to)
}
