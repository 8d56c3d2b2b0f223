//! What a client asks for. Every text is a query: nothing in it is syntax.

use super::{is_stop_word, stem::stem, words, words::folded};

/// Words of a query at most; further ones are not looked at.
const MOST_TERMS: usize = 12;
/// Letters of a word whose beginnings are looked for, at least.
const SHORTEST_PREFIX: usize = 3;

/// One word of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The word, folded.
    pub word: String,
    /// Its stem.
    pub stem: String,
    /// Whether words that start with it will do, too: it may still be being typed.
    pub prefix: bool,
}

/// How a term was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// By the start of another word.
    Prefix,
    /// By the word itself, in one of its forms.
    Exact,
}

impl Term {
    fn new(word: String, prefix: bool) -> Self {
        Self {
            stem: stem(&word),
            prefix: prefix && word.chars().nth(SHORTEST_PREFIX - 1).is_some(),
            word,
        }
    }

    /// How a word of the index meets it.
    #[must_use]
    pub fn meets(&self, indexed: &str) -> Option<Match> {
        // A word and its stem start alike, and most words with another letter.
        if indexed.as_bytes().first() != self.word.as_bytes().first() {
            return None;
        }
        if indexed == self.stem {
            return Some(Match::Exact);
        }
        (self.prefix && indexed.starts_with(&self.word)).then_some(Match::Prefix)
    }

    /// Whether a word of a text, folded, meets it.
    #[must_use]
    pub fn meets_word(&self, folded: &str) -> bool {
        // Spares most words the stemming.
        if folded.as_bytes().first() != self.word.as_bytes().first() {
            return false;
        }
        self.meets(&stem(folded)).is_some() || self.prefix && folded.starts_with(&self.word)
    }
}

/// What a client asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Its words, each once, in their order.
    pub terms: Vec<Term>,
    /// The start of a SOC code that it can be read as.
    pub code: Option<String>,
}

impl Query {
    /// Reads any text.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let all: Vec<_> = words(text).collect();
        let last = all.last().map(|word| (word.start, word.end == text.len()));
        let says_something = all.iter().any(|word| !is_stop_word(&word.folded));
        let mut terms: Vec<Term> = Vec::new();
        for word in all {
            let prefix = last == Some((word.start, true));
            // Of words that all say too little, the last may be the start of another.
            let wanted = match says_something {
                true => !is_stop_word(&word.folded),
                false => prefix,
            };
            let term = Term::new(word.folded, prefix);
            if let Some(known) = terms.iter_mut().find(|known| known.stem == term.stem) {
                known.prefix |= term.prefix && known.word == term.word;
            } else if wanted && terms.len() < MOST_TERMS {
                terms.push(term);
            }
        }
        Self {
            terms,
            code: soc_prefix(text.trim()),
        }
    }

    /// Whether a word of a text, as it stands there, is one that was asked for.
    #[must_use]
    pub fn shows(&self, word: &str) -> bool {
        // Spares most words the folding.
        let letter = word.bytes().next().map(|b| b.to_ascii_lowercase());
        let likely = |term: &Term| term.word.bytes().next() == letter;
        if letter.is_some_and(|b| b.is_ascii()) && !self.terms.iter().any(likely) {
            return false;
        }
        let folded = folded(word);
        self.terms.iter().any(|term| term.meets_word(&folded))
    }

    /// The terms as a text, which parses to them.
    #[must_use]
    pub fn text(&self) -> String {
        let words: Vec<_> = self.terms.iter().map(|term| term.word.as_str()).collect();
        words.join(" ")
    }
}

/// The start of a SOC code, with its hyphen: `29`, `29-11`, `291122`, `29-1122.00`.
fn soc_prefix(text: &str) -> Option<String> {
    let (whole, part) = match text.split_once('.') {
        Some((whole, part)) => (whole, Some(part)),
        None => (text, None),
    };
    let group = whole.get(..2)?;
    let rest = whole.get(2..)?;
    let minor = rest.strip_prefix('-').unwrap_or(rest);
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let sound = digits(group) && digits(minor) && minor.len() <= 4;
    let part_fits = part.is_none_or(|p| minor.len() == 4 && p.len() <= 2 && digits(p));
    if !sound || !part_fits {
        return None;
    }
    let hyphen = if rest.is_empty() { "" } else { "-" };
    let point = part.map(|p| format!(".{p}")).unwrap_or_default();
    Some(format!("{group}{hyphen}{minor}{point}"))
}
