use proptest::prelude::*;

use super::{rank::score_of_code, stem::stem, *};

fn folded(text: &str) -> Vec<String> {
    words(text).map(|word| word.folded).collect()
}

#[test]
fn words_are_runs_of_letters_and_digits() {
    let cases: [(&str, &[&str]); 9] = [
        ("Hand tools, by size.", &["hand", "tools", "by", "size"]),
        ("decision-making/2.0", &["decision", "making", "2", "0"]),
        (
            "the rider’s and riders'",
            &["the", "riders", "and", "riders"],
        ),
        ("Éclair — ÆTHER, straße", &["eclair", "aether", "strasse"]),
        // The same letter in two parts.
        ("e\u{301}clair", &["eclair"]),
        ("İstanbul", &["istanbul"]),
        ("東京 Привет", &["東京", "привет"]),
        ("\"*()^:%_'' -- AND", &["and"]),
        ("", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(folded(text), expected, "{text}");
    }
    assert_eq!(folded(&"x".repeat(500)), ["x".repeat(48)]);
}

/// Pairs by the rules of the paper, step after step.
#[test]
fn stems_are_porters() {
    let pairs = [
        ("caresses", "caress"),
        ("ponies", "poni"),
        ("ties", "ti"),
        ("cats", "cat"),
        ("feed", "feed"),
        ("agreed", "agre"),
        ("plastered", "plaster"),
        ("bled", "bled"),
        ("motoring", "motor"),
        ("sing", "sing"),
        ("conflated", "conflat"),
        ("troubled", "troubl"),
        ("sized", "size"),
        ("hopping", "hop"),
        ("falling", "fall"),
        ("hissing", "hiss"),
        ("failing", "fail"),
        ("filing", "file"),
        ("happy", "happi"),
        ("sky", "sky"),
        ("relational", "relat"),
        ("conditional", "condit"),
        ("digitizer", "digit"),
        ("operator", "oper"),
        ("decisiveness", "decis"),
        ("hopefulness", "hope"),
        ("electricity", "electr"),
        ("goodness", "good"),
        ("revival", "reviv"),
        ("replacement", "replac"),
        ("adjustment", "adjust"),
        ("adoption", "adopt"),
        ("probate", "probat"),
        ("rate", "rate"),
        ("cease", "ceas"),
        ("controlling", "control"),
        ("roll", "roll"),
        ("assessments", "assess"),
        ("assessing", "assess"),
        ("patients", "patient"),
        ("bicycles", "bicycl"),
        ("repairers", "repair"),
        ("at", "at"),
        ("2nd", "2nd"),
        ("straße", "straße"),
    ];
    for (word, expected) in pairs {
        assert_eq!(stem(word), expected, "{word}");
    }
}

#[test]
fn any_text_is_a_query() {
    let terms = |text: &str| -> Vec<(String, bool)> {
        let terms = Query::parse(text).terms.into_iter();
        terms.map(|term| (term.stem, term.prefix)).collect()
    };
    let own = |pairs: &[(&str, bool)]| -> Vec<(String, bool)> {
        pairs.iter().map(|(t, p)| ((*t).to_owned(), *p)).collect()
    };
    let cases: [(&str, &[(&str, bool)]); 7] = [
        (
            "patient assessment",
            &[("patient", false), ("assess", true)],
        ),
        (
            "assessment of the patients.",
            &[("assess", false), ("patient", false)],
        ),
        ("nurse nurses NURSING", &[("nurs", false)]),
        // Too short to be the start of a word.
        ("up", &[("up", false)]),
        // Nothing but words that say too little: the last may be the start of another.
        ("of the", &[("the", true)]),
        ("NOT \"a\" OR b*", &[("not", false), ("b", false)]),
        ("…", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(terms(text), own(expected), "{text}");
    }
    let many = (0..40).map(|n| format!("word{n} ")).collect::<String>();
    assert_eq!(terms(&many).len(), 12);
}

#[test]
fn starts_of_codes_are_known() {
    let code = |text: &str| Query::parse(text).code;
    for (text, expected) in [
        ("29", "29"),
        (" 29-11 ", "29-11"),
        ("291122", "29-1122"),
        ("29-1122.00", "29-1122.00"),
        ("29-1122.", "29-1122."),
        ("29-", "29-"),
    ] {
        assert_eq!(code(text).as_deref(), Some(expected), "{text}");
    }
    for text in [
        "2",
        "29-11220",
        "29-11.00",
        "29-1122.000",
        "29 11",
        "ab",
        "29-1x",
        "é9",
        "",
    ] {
        assert_eq!(code(text), None, "{text}");
    }
    assert!(score_of_code("11-1011.00") > score_of_code("11-1011.03"));
    assert!(score_of_code("29-1122.00") > score_of_code("51-3011.00"));
}

fn title(text: &str) -> (Kind, Indexed) {
    (Kind::Occupation, Indexed::title(text))
}

fn statement(text: &str) -> (Kind, Indexed) {
    let (title, rest) = match text.split_once(" — ") {
        Some((title, rest)) => (Some(title), rest),
        None => (None, text),
    };
    (Kind::Statement, Indexed::statement(title, rest))
}

#[test]
fn better_answers_score_higher() {
    let query = Query::parse("patient assessment");
    let falling = [
        title("Patient Assessment"),
        statement("Patient assessment — makes one a day."),
        title("Patient Assessment Clerks"),
        statement("Assessment of a patient — makes one a day."),
        statement("Hearing — writes a patient assessment."),
        statement("Patients — writes a test and an assessment."),
        statement("Writing — assesses the chart of a patient."),
        statement("Writing — assesses the long chart of a patient whom nobody knows."),
        statement("Writing — tells of the patient."),
    ];
    let scores: Vec<i64> = falling
        .iter()
        .map(|(kind, d)| score(&query, *kind, &d.words, d.title_words))
        .collect();
    assert!(scores.is_sorted_by(|a, b| a > b), "{scores:?}");
    // The word itself before another that starts with it.
    let art = Query::parse("art");
    let of = |text: &str| score(&art, Kind::Occupation, &Indexed::title(text).words, 1);
    assert!(of("Art") > of("Artificers"));
    // Even where it is a part of the title, and the other all of one; both before a mere sentence.
    let falling = [
        title("Directors of Art"),
        title("Artificers"),
        statement("Hangs art."),
    ];
    let scores = falling.map(|(kind, d)| score(&art, kind, &d.words, d.title_words));
    assert!(scores.is_sorted_by(|a, b| a > b), "{scores:?}");
}

#[test]
fn titles_are_found_while_their_words_are_typed() {
    let indexed = Indexed::title("Managers of Occupational Therapies");
    assert_eq!(
        indexed.words,
        "manag occup therapi managers occupational therapies"
    );
    assert_eq!(indexed.title_words, 3);
    for text in [
        "manage",
        "manager",
        "managers",
        "occupationa",
        "therap",
        "therapy",
    ] {
        let term = Query::parse(text).terms.remove(0);
        let met = indexed
            .words
            .split(' ')
            .any(|word| term.meets(word).is_some());
        assert!(met, "{text}");
    }
}

fn marked(text: &str, query: &str) -> String {
    let pieces = snippet(text, &Query::parse(query)).into_iter();
    let show = |piece: Piece| match piece.highlighted {
        true => format!("[{}]", piece.text),
        false => piece.text,
    };
    pieces.map(show).collect()
}

#[test]
fn snippets_mark_what_was_asked_for() {
    assert_eq!(
        marked(
            "Patients' charts — assesses each patient.",
            "patient assessment"
        ),
        "[Patients]' charts — [assesses] each [patient]."
    );
    assert_eq!(marked("<b>Wheel</b> & co", "wheels"), "<b>[Wheel]</b> & co");
    assert_eq!(marked("Nothing of it", "wheel"), "Nothing of it");
    let long = format!(
        "{}trues the wheel {}",
        "before it ".repeat(40),
        "and after ".repeat(40)
    );
    let shown = marked(&long, "wheel");
    assert!(shown.starts_with("…") && shown.ends_with('…'), "{shown}");
    assert!(
        shown.contains(" [wheel] ") && shown.chars().count() < 260,
        "{shown}"
    );
    assert!(marked(&"é".repeat(1_000), "wheel").ends_with('…'));
}

#[test]
fn typing_mistakes_are_mended_by_titles() {
    let titles = [
        "Massage Therapists",
        "Bicycle Repairers",
        "Roofers",
        "Roof Bolters",
        "Management Analysts",
        "Farm Managers, All Other",
        "Managers, All Other",
    ];
    let vocabulary = Vocabulary::of(titles);
    let cases = [
        ("masage", Some("massage")),
        ("massgae", Some("massage")),
        ("masages", Some("massage")),
        ("bycicle", Some("bicycle")),
        ("bicicles", Some("bicycle")),
        ("bycicles", Some("bicycle")),
        ("terapist", Some("therapists")),
        ("rofers", Some("roofers")),
        // Two mistakes in a short word, one in a very short one, none at all near.
        ("mzsagw", None),
        ("rof", None),
        ("zebra", None),
        ("", None),
    ];
    for (text, expected) in cases {
        assert_eq!(vocabulary.meant(text).as_deref(), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn whatever_is_typed_is_words(text in any::<String>()) {
        let query = Query::parse(&text);
        for term in &query.terms {
            prop_assert!(!term.stem.is_empty());
            // So neither database can take it for syntax.
            prop_assert!(term.word.chars().chain(term.stem.chars()).all(char::is_alphanumeric));
        }
        // The text that stands for a query means it.
        let again = Query::parse(&query.text());
        let stems = |q: &Query| q.terms.iter().map(|t| t.stem.clone()).collect::<Vec<_>>();
        prop_assert_eq!(stems(&again), stems(&query));
    }

    #[test]
    fn a_snippet_is_the_text(text in "[a-zé '<&—]{0,300}|\\PC{0,400}", query in "[a-z]{1,4}( [a-z]{1,4})?") {
        let pieces = snippet(&text, &Query::parse(&query));
        let shown: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        let inner = shown.trim_start_matches('…').trim_end_matches('…');
        prop_assert!(text.contains(inner));
        prop_assert!(shown.chars().count() <= 242);
        prop_assert!(pieces.iter().all(|piece| !piece.text.is_empty()));
    }

    #[test]
    fn a_word_and_its_stem_start_alike(word in "[a-z]{1,12}|\\w{1,12}") {
        prop_assert_eq!(stem(&word).chars().next(), word.chars().next());
    }

    #[test]
    fn a_document_is_found_by_each_of_its_words(text in "[a-z]{3,9}( [a-z]{3,9}){0,6}") {
        let indexed = Indexed::statement(None, &text);
        for word in text.split(' ').filter(|word| !is_stop_word(word)) {
            let term = Query::parse(word).terms.remove(0);
            prop_assert!(indexed.words.split(' ').any(|w| term.meets(w) == Some(query::Match::Exact)));
        }
    }

    #[test]
    fn a_score_fits_its_field(text in "[a-z ]{0,200}", words in "[a-z]{1,5}( [a-z]{1,5}){0,20}", n in 0_usize..9) {
        let score = score(&Query::parse(&text), Kind::Title, &words, n);
        prop_assert!((0..i64::from(i32::MAX)).contains(&score));
    }
}
