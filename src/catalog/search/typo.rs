//! Typing mistakes: the word of a title that was probably meant.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{is_stop_word, stem::stem, words};

/// Letters of a word in which one mistake is looked for, at least; and two.
const LETTERS: [usize; 2] = [4, 7];
/// The same of its stem, which is shorter.
const STEM_LETTERS: [usize; 2] = [4, 6];

/// The words of all titles.
#[derive(Debug, Default)]
pub struct Vocabulary(Vec<Entry>);

#[derive(Debug)]
struct Entry {
    word: Form,
    stem: Form,
    titles: u32,
}

/// A word, with what tells at once that another is too far away.
#[derive(Debug)]
struct Form {
    letters: Vec<char>,
    /// A bit for each letter that it holds; letters may share one.
    holds: u32,
}

impl Form {
    fn new(text: &str) -> Self {
        let letters: Vec<char> = text.chars().collect();
        let bit = |c: &char| 1_u32 << (u32::from(*c) % 32);
        Self {
            holds: letters.iter().map(bit).fold(0, |all, bit| all | bit),
            letters,
        }
    }

    /// The distance to another word, if it is `most` or less.
    fn near(&self, other: &Self, most: usize) -> Option<usize> {
        let lengths = self.letters.len().abs_diff(other.letters.len());
        // One mistake takes a letter away and brings another, at the worst.
        let differ = (self.holds ^ other.holds).count_ones();
        let hopeless = lengths > most || differ > u32::try_from(2 * most).unwrap_or(u32::MAX);
        let within = |n: &usize| *n <= most;
        (!hopeless)
            .then(|| distance(&self.letters, &other.letters))
            .filter(within)
    }
}

impl Vocabulary {
    /// The words of these titles.
    pub fn of<'a>(titles: impl IntoIterator<Item = &'a str>) -> Self {
        let mut counts = BTreeMap::<String, u32>::new();
        for title in titles {
            for word in words(title).filter(|word| !is_stop_word(&word.folded)) {
                *counts.entry(word.folded).or_default() += 1;
            }
        }
        let entry = |(word, titles): (String, u32)| Entry {
            stem: Form::new(&stem(&word)),
            word: Form::new(&word),
            titles,
        };
        Self(counts.into_iter().map(entry).collect())
    }

    /// The word that was meant by a folded word that no document holds: the nearest one, of those
    /// equally near the one that starts most alike, then the one in most titles, then the first of
    /// the alphabet. Words of less than four letters are left alone; below seven letters one mistake
    /// is mended, from seven on two.
    #[must_use]
    pub fn meant(&self, folded: &str) -> Option<String> {
        let word = Form::new(folded);
        let stemmed = Form::new(&stem(folded));
        let most = allowed(&word, LETTERS);
        let most_stemmed = most.min(allowed(&stemmed, STEM_LETTERS));
        if most == 0 {
            return None;
        }
        let near = |entry: &Entry| {
            let whole = entry.word.near(&word, most).map(|far| (far, 0));
            // A plural has its own ending besides the mistake; that says less.
            let cut = entry.stem.near(&stemmed, most_stemmed);
            whole.into_iter().chain(cut.map(|far| (far, 1))).min()
        };
        let all = self.0.iter();
        let all = all.filter_map(|entry| Some((near(entry)?, entry)));
        let best = all.min_by_key(|(far, entry)| {
            let alike = entry.word.letters.iter().zip(&word.letters);
            let alike = alike.take_while(|(a, b)| a == b).count();
            (*far, Reverse(alike), Reverse(entry.titles))
        });
        best.map(|(_, entry)| entry.word.letters.iter().collect())
    }
}

/// How many mistakes in a word are mended.
fn allowed(form: &Form, letters: [usize; 2]) -> usize {
    letters.iter().filter(|n| form.letters.len() >= **n).count()
}

/// How many letters have to be added, taken away, changed or exchanged with their neighbour to make
/// one word the other (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    let mut previous = None;
    for (i, x) in a.iter().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        next.push(i + 1);
        let mut other = None;
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], n: usize| row.get(n).copied().unwrap_or(usize::MAX - 1);
            let changed = at(&row, j) + usize::from(x != y);
            let mut least = changed.min(at(&row, j + 1) + 1).min(at(&next, j) + 1);
            if j > 0 && previous == Some(y) && other == Some(x) {
                least = least.min(at(&before, j - 1) + 1);
            }
            next.push(least);
            other = Some(y);
        }
        before = std::mem::replace(&mut row, next);
        previous = Some(x);
    }
    row.last().copied().unwrap_or(0)
}
