//! Searching the catalog, as far as no database is needed: words and their stems, what a client
//! asks for, the order of what was found, the piece of text that shows why, mended typing mistakes.
//!
//! The databases only tell which documents hold which stems; all else is decided here, so that
//! either gives the same answer.

pub mod query;
pub mod rank;
pub mod snippet;
pub mod sources;
pub mod stem;
#[cfg(test)]
mod tests;
pub mod typo;
pub mod words;

pub use query::{Query, Term};
pub use rank::{Kind, score};
pub use snippet::{Piece, snippet};
pub use typo::Vocabulary;
pub use words::{Word, words};

/// Words that say too little to be looked for, unless nothing else is asked.
const STOP_WORDS: [&str; 16] = [
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to",
    "with",
];

/// Whether a folded word is left out of the index.
#[must_use]
pub fn is_stop_word(folded: &str) -> bool {
    STOP_WORDS.contains(&folded)
}

/// What the index holds of a text: its stems in their order, with a space between each two.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Indexed {
    /// The stems.
    pub words: String,
    /// How many of them, from the start, are the title's.
    pub title_words: usize,
}

impl Indexed {
    /// A title, such as an occupation's. Behind its stems stand the words that these cut short, so
    /// that a title is found while its words are being typed.
    #[must_use]
    pub fn title(text: &str) -> Self {
        let folded = kept(text);
        let mut stems: Vec<String> = folded.iter().map(|word| stem::stem(word)).collect();
        let title_words = stems.len();
        let whole = folded.into_iter().filter(|word| !stems.contains(word));
        let whole: Vec<String> = whole.collect();
        stems.extend(whole);
        Self {
            words: stems.join(" "),
            title_words,
        }
    }

    /// A statement of a title, where it has one, and the rest.
    #[must_use]
    pub fn statement(title: Option<&str>, rest: &str) -> Self {
        let stems = |text: &str| kept(text).iter().map(|w| stem::stem(w)).collect();
        let mut all: Vec<String> = title.map(stems).unwrap_or_default();
        let title_words = all.len();
        all.extend::<Vec<String>>(stems(rest));
        Self {
            words: all.join(" "),
            title_words,
        }
    }
}

fn kept(text: &str) -> Vec<String> {
    let all = words(text).map(|word| word.folded);
    all.filter(|folded| !is_stop_word(folded)).collect()
}
