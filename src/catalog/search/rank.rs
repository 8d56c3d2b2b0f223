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
/// (as the whole title, side by side in the title, side by side in the title with one as the start
/// of another word, in the title, side by side, partly in the title, anywhere); what it is; how many
/// of the words by themselves and not as the start of another; and how short it is. Never negative.
#[must_use]
pub fn score(query: &Query, kind: Kind, words: &str, title_words: usize) -> i64 {
    // In these sets each term is a bit, the first one the lowest.
    let end = query.terms.iter().fold(1_u32, |bit, _| bit << 1);
    let (mut held, mut exact, mut titled, mut itself) = (0_u32, 0_u32, 0_u32, 0_u32);
    let (mut next, mut phrase, mut title_phrase, mut length) = (1, false, false, 0_usize);
    for (at, word) in words.split(' ').enumerate() {
        length += 1;
        let (mut here, mut bit) = (0_u32, 1_u32);
        for term in &query.terms {
            let how = term.meets(word);
            if how.is_some() {
                here |= bit;
            }
            if how == Some(Match::Exact) {
                exact |= bit;
            }
            bit <<= 1;
        }
        held |= here;
        if at < title_words {
            titled |= here;
            itself = exact;
        }
        // How many of the terms stand side by side, in their order, up to here.
        if at == title_words {
            next = 1;
        }
        next = match () {
            () if here & next != 0 => next << 1,
            () if here & 1 != 0 => 2,
            () => 1,
        };
        if next == end {
            phrase = true;
            title_phrase |= at < title_words;
            next = 1;
        }
    }
    let all = end.wrapping_sub(1);
    let tier = match () {
        () if title_phrase && itself == all && title_words == query.terms.len() => 6,
        () if title_phrase && itself == all => 5,
        () if title_phrase => 4,
        () if titled == all => 3,
        () if phrase => 2,
        () if titled != 0 => 1,
        () => 0,
    };
    let what = match kind {
        Kind::Statement => 0,
        Kind::Title => 1,
        Kind::Occupation => 2,
    };
    let count = |terms: u32| usize::try_from(terms.count_ones()).unwrap_or_default();
    let brevity = 999 - length.min(999);
    let weights = [
        (count(held), 100_000_000),
        (tier, 1_000_000),
        (what, 100_000),
        (count(exact), 1_000),
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
