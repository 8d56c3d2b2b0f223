//! A reader of N-Quads (RDF 1.1) for tests: it believes that its input is well-formed.

use std::collections::HashMap;

use crate::credential::rdf::quad::{Dataset, LiteralKind, Quad, Resource, Term};

/// The dataset that `document` says, blank nodes numbered as they appear.
pub(super) fn read(document: &str) -> Dataset<'static> {
    read_labelled(document).0
}

/// [`read`], and the number of each blank node by its label.
pub(super) fn read_labelled(document: &str) -> (Dataset<'static>, HashMap<String, u32>) {
    let mut labels = HashMap::new();
    let lines = document.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let quads: Vec<_> = lines.map(|line| quad(line, &mut labels)).collect();
    let blanks = u32::try_from(labels.len()).unwrap();
    (Dataset { quads, blanks }, labels)
}

fn quad(line: &str, labels: &mut HashMap<String, u32>) -> Quad<'static> {
    let (subject, rest) = term(line, labels);
    let (predicate, rest) = term(rest, labels);
    let (object, rest) = term(rest, labels);
    let graph = (rest != ".").then(|| term(rest, labels).0);
    let Term::Iri(predicate) = predicate else {
        panic!("{line}: the predicate is no IRI")
    };
    Quad {
        subject: resource(subject),
        predicate,
        object,
        graph: graph.map(resource),
    }
}

fn resource(term: Term<'static>) -> Resource<'static> {
    match term {
        Term::Iri(iri) => Resource::Iri(iri),
        Term::Blank(number) => Resource::Blank(number),
        Term::Literal { .. } => panic!("{term:?} stands where no literal may"),
    }
}

/// The first term of `text`, and what follows it.
fn term<'t>(text: &'t str, labels: &mut HashMap<String, u32>) -> (Term<'static>, &'t str) {
    if let Some(rest) = text.strip_prefix('<') {
        let (iri, rest) = rest.split_once('>').unwrap();
        return (Term::Iri(unescaped(iri).into()), rest.trim_start());
    }
    if let Some(rest) = text.strip_prefix("_:") {
        let (label, rest) = rest.split_once([' ', '\t']).unwrap();
        let next = u32::try_from(labels.len()).unwrap();
        let number = *labels.entry(label.to_owned()).or_insert(next);
        return (Term::Blank(number), rest.trim_start());
    }
    let text = text.strip_prefix('"').unwrap();
    let mut escaped = false;
    let end = text.find(|char| {
        let is_end = char == '"' && !escaped;
        escaped = char == '\\' && !escaped;
        is_end
    });
    let (lexical, rest) = text.split_at(end.unwrap());
    let rest = rest.strip_prefix('"').unwrap();
    let (kind, rest) = if let Some(rest) = rest.strip_prefix("^^<") {
        let (iri, rest) = rest.split_once('>').unwrap();
        (LiteralKind::Datatype(unescaped(iri).into()), rest)
    } else if let Some(rest) = rest.strip_prefix('@') {
        let (tag, rest) = rest.split_once(' ').unwrap();
        (LiteralKind::Language(tag.to_owned().into()), rest)
    } else {
        (LiteralKind::Plain, rest)
    };
    let lexical = unescaped(lexical).into();
    (Term::Literal { lexical, kind }, rest.trim_start())
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        if char != '\\' {
            out.push(char);
            continue;
        }
        let digits = match chars.next().unwrap() {
            'u' => 4,
            'U' => 8,
            letter => {
                let found = "tbnrf".find(letter);
                out.push(found.map_or(letter, |at| char::from(b"\t\x08\n\r\x0c"[at])));
                continue;
            }
        };
        let hex: String = chars.by_ref().take(digits).collect();
        let code = u32::from_str_radix(&hex, 16).unwrap();
        out.push(char::from_u32(code).unwrap());
    }
    out
}
