//! Reading pages of ours: they are well-formed, so that a few lines do.

use std::collections::HashSet;

/// A piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Open(String, Vec<(String, String)>),
    Close(String),
    Text(String),
}

/// Elements that have no end.
const VOID: [&str; 3] = ["link", "meta", "input"];

/// A page in pieces. Fails where it is not well-formed.
pub(super) fn pieces(page: &str) -> Vec<Piece> {
    let page = page.strip_prefix("<!doctype html>\n").expect("a page");
    let mut pieces = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for part in page.split('<').skip(1) {
        let (tag, text) = part.split_once('>').expect("a tag that ends");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(
                open.pop().as_deref(),
                Some(name),
                "what is closed last was opened last"
            );
            pieces.push(Piece::Close(name.to_owned()));
        } else {
            let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            if !VOID.contains(&name) {
                open.push(name.to_owned());
            }
            pieces.push(Piece::Open(name.to_owned(), read(attributes)));
        }
        if !text.trim().is_empty() {
            pieces.push(Piece::Text(plain(text)));
        }
    }
    assert!(open.is_empty(), "{open:?} are never closed");
    pieces
}

fn read(attributes: &str) -> Vec<(String, String)> {
    let mut rest = attributes;
    let mut all = Vec::new();
    while let Some((name, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"').expect("a value that ends");
        all.push((name.trim().to_owned(), plain(value)));
        rest = after;
    }
    assert_eq!(rest.trim(), "", "every attribute has a value");
    all
}

fn plain(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">");
    let text = text.replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&amp;", "&")
}

/// The value of an attribute.
pub(super) fn attribute<'p>(piece: &'p Piece, name: &str) -> Option<&'p str> {
    let Piece::Open(_, attributes) = piece else {
        return None;
    };
    let found = attributes.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.as_str())
}

/// Whether a piece opens an element.
pub(super) fn opens(piece: &Piece, name: &str) -> bool {
    matches!(piece, Piece::Open(known, _) if known == name)
}

/// What a page must be for someone who reads it by ear, by keyboard or without scripts.
pub(super) fn check_structure(page: &str) {
    let pieces = pieces(page);
    assert!(opens(&pieces[0], "html"));
    assert_eq!(attribute(&pieces[0], "lang"), Some("en"));
    check_headings(&pieces);
    let mut ids = HashSet::new();
    for piece in &pieces {
        let Piece::Open(name, attributes) = piece else {
            continue;
        };
        assert!(
            !["script", "style", "img", "iframe", "form"].contains(&name.as_str()),
            "{name}"
        );
        for (attribute, value) in attributes {
            assert!(
                attribute != "style" && !attribute.starts_with("on"),
                "{attribute}"
            );
            assert!(!value.starts_with("javascript:"), "{value}");
        }
        if let Some(id) = attribute(piece, "id") {
            assert!(ids.insert(id.to_owned()), "two elements are {id}");
        }
    }
    let body = pieces
        .iter()
        .position(|p| opens(p, "body"))
        .expect("a body");
    let skip = &pieces[body + 1];
    assert_eq!(
        attribute(skip, "href"),
        Some("#content"),
        "first a way to the content: {skip:?}"
    );
    let main = pieces
        .iter()
        .find(|p| opens(p, "main"))
        .expect("a main part");
    assert_eq!(attribute(main, "id"), Some("content"));
    for (at, piece) in pieces.iter().enumerate() {
        if let Some(place) = attribute(piece, "href").and_then(|to| to.strip_prefix('#')) {
            assert!(ids.contains(place), "{place} is not in the page");
        }
        let next = pieces.get(at + 1);
        match piece {
            Piece::Open(name, _) if name == "a" => {
                assert!(
                    matches!(next, Some(Piece::Text(_))),
                    "a link says where it leads"
                );
            }
            Piece::Open(name, _) if name == "table" => {
                assert!(
                    next.is_some_and(|p| opens(p, "caption")),
                    "a table says what it tells"
                );
            }
            Piece::Open(name, _) if name == "th" => {
                assert!(
                    attribute(piece, "scope").is_some(),
                    "a heading of a table says of what"
                );
            }
            Piece::Open(name, _) if ["ul", "ol"].contains(&name.as_str()) => {
                assert!(next.is_some_and(|p| opens(p, "li")), "a list has items");
            }
            Piece::Open(name, _) if name == "dl" => {
                assert!(
                    next.is_some_and(|p| opens(p, "dt")),
                    "a list of facts has facts"
                );
            }
            _ => {}
        }
    }
}

/// One heading of the first rank comes first, and no rank is left out on the way down.
fn check_headings(pieces: &[Piece]) {
    let ranks: Vec<u32> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Open(name, _) => name.strip_prefix('h')?.parse().ok(),
            _ => None,
        })
        .collect();
    assert_eq!(ranks.first(), Some(&1), "{ranks:?}");
    assert_eq!(ranks.iter().filter(|rank| **rank == 1).count(), 1);
    let down = ranks.windows(2).all(|pair| pair[1] <= pair[0] + 1);
    assert!(down, "{ranks:?}");
}
