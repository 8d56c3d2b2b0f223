//! The words of a text, in the form that they are compared in.

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
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let mut word: Option<Word> = None;
        while let Some((at, c)) = chars.next() {
            let end = at + c.len_utf8();
            if c.is_alphanumeric() && !is_mark(c) {
                let word = word.get_or_insert_with(|| Word {
                    start: at,
                    end,
                    folded: String::new(),
                });
                fold_into(&mut word.folded, c);
                word.end = end;
                continue;
            }
            let goes_on = |c: Option<&(usize, char)>| c.is_some_and(|(_, c)| c.is_alphanumeric());
            match &mut word {
                // It belongs to the letter before it.
                Some(word) if is_mark(c) => word.end = end,
                Some(_) if is_apostrophe(c) && goes_on(chars.peek()) => {}
                Some(_) => break,
                None => {}
            }
        }
        word
    })
    // A letter that folds to nothing.
    .filter(|word| !word.folded.is_empty())
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
