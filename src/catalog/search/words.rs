//! The words of a text, in the form that they are compared in.

use std::ops::Range;

/// Characters of a word at most; what follows is not looked at. Both databases take words of this
/// length whatever the characters are.
const LONGEST: usize = 48;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Where it starts in the text, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
    /// In lower case and without diacritics; letters and digits only.
    pub folded: String,
}

/// The words of a text: its runs of letters and digits. An apostrophe within a word is no end of it.
pub fn words(text: &str) -> impl Iterator<Item = Word> {
    let word = |place: Range<usize>| Word {
        folded: folded(text.get(place.clone()).unwrap_or_default()),
        start: place.start,
        end: place.end,
    };
    let all = places(text).map(word);
    // A letter that folds to nothing.
    all.filter(|word| !word.folded.is_empty())
}

/// Where the words of a text stand, in bytes.
pub fn places(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let mut place: Option<Range<usize>> = None;
        while let Some((at, c)) = chars.next() {
            let end = at + c.len_utf8();
            if is_letter(c) {
                place.get_or_insert(at..end).end = end;
                continue;
            }
            let goes_on = |c: Option<&(usize, char)>| c.is_some_and(|(_, c)| c.is_alphanumeric());
            match &mut place {
                // It belongs to the letter before it.
                Some(place) if is_mark(c) => place.end = end,
                Some(_) if is_apostrophe(c) && goes_on(chars.peek()) => {}
                Some(_) => break,
                None => {}
            }
        }
        place
    })
}

/// A word in the form that words are compared in.
pub fn folded(word: &str) -> String {
    let mut folded = String::with_capacity(word.len().min(LONGEST));
    for c in word.chars().filter(|c| is_letter(*c)) {
        fold_into(&mut folded, c);
    }
    folded
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_mark(c)
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}')
}

fn fold_into(folded: &mut String, c: char) {
    // As many bytes as characters at least: most words need not be counted.
    if folded.len() >= LONGEST && folded.chars().count() >= LONGEST {
        return;
    }
    if c.is_ascii() {
        folded.push(c.to_ascii_lowercase());
        return;
    }
    for lower in c.to_lowercase().filter(|c| !is_mark(*c)) {
        match plain(lower) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(lower),
        }
    }
}

/// A letter of the Latin alphabets of Europe without its diacritic.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ð' | 'ď' | 'đ' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        _ => return None,
    })
}
