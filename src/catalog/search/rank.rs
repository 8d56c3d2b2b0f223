//! The order of what was found.
//!
//! A score follows from the query and the document alone, not from what else is in the catalog: so
//! it never drifts, and a cursor made of it stays right while the catalog grows.

use super::query::{Match, Query};

/// What a document of the index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A statement of a framework.
    Statement,
    /// One of an occupation's other titles.
    Title,
    /// An occupation, by its own title.
    Occupation,
}

impl Kind {
    /// The stored form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Statement => "STATEMENT",
            Self::Title => "TITLE",
            Self::Occupation => "OCCUPATION",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let all = [Self::Statement, Self::Title, Self::Occupation];
        all.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// How well the stems of a document, with a space between each two, answer a query; the first
/// `title_words` of them are its title. In falling weight: how many of the words it holds; where
/// (as the whole title, side by side in the title, in the title, side by side, partly in the title,
/// anywhere); what it is; how many of the words by themselves and not as the start of another;
/// and how short it is. Never negative.
#[must_use]
pub fn score(query: &Query, kind: Kind, words: &str, title_words: usize) -> i64 {
    let terms = &query.terms;
    let mut met: Vec<Option<Match>> = vec![None; terms.len()];
    let mut in_title = vec![false; terms.len()];
    let (mut run, mut phrase, mut title_phrase, mut length) = (0_usize, false, false, 0_usize);
    for (at, word) in words.split(' ').enumerate() {
        length += 1;
        for (n, term) in terms.iter().enumerate() {
            let how = term.meets(word);
            if let Some(seen) = met.get_mut(n) {
                *seen = (*seen).max(how);
            }
            if let Some(seen) = in_title.get_mut(n) {
                *seen |= at < title_words && how.is_some();
            }
        }
        // How many of the terms stand side by side, in their order, up to here.
        if at == title_words {
            run = 0;
        }
        let follows = |n: usize| terms.get(n).is_some_and(|term| term.meets(word).is_some());
        run = if follows(run) {
            run + 1
        } else {
            usize::from(follows(0))
        };
        if run == terms.len() {
            phrase = true;
            title_phrase |= at < title_words;
            run = 0;
        }
    }
    let titled = in_title.iter().filter(|seen| **seen).count();
    let tier = match () {
        () if title_phrase && title_words == terms.len() => 5,
        () if title_phrase => 4,
        () if titled == terms.len() => 3,
        () if phrase => 2,
        () if titled > 0 => 1,
        () => 0,
    };
    let what = match kind {
        Kind::Statement => 0,
        Kind::Title => 1,
        Kind::Occupation => 2,
    };
    let count = |wanted: fn(&Match) -> bool| met.iter().flatten().filter(|m| wanted(m)).count();
    let held = count(|_| true);
    let exact = count(|m| *m == Match::Exact);
    let brevity = 999 - length.min(999);
    let weights = [
        (held, 100_000_000),
        (tier, 1_000_000),
        (what, 100_000),
        (exact, 1_000),
        (brevity, 1),
    ];
    let weigh = |(n, weight): (usize, i64)| i64::try_from(n).unwrap_or(i64::MAX / weight) * weight;
    weights.into_iter().map(weigh).sum()
}

/// The score of an occupation that was asked for by the start of its code: codes in their order.
#[must_use]
pub fn score_of_code(soc: &str) -> i64 {
    let digits = soc.bytes().filter(u8::is_ascii_digit).take(8);
    let number = digits.fold(0_i64, |n, digit| n * 10 + i64::from(digit - b'0'));
    99_999_999 - number
}
