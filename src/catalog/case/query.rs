//! Which documents a reader of the CASE endpoints wants, and what of them: the parameters
//! `filter`, `sort`, `orderBy` and `fields` (CASE 1.1 REST binding, section 3).

use crate::kernel::json::{Json, Object};
use crate::kernel::text::excerpt;

/// How many characters a filter may have.
const MAX_FILTER_CHARS: usize = 2_000;

/// How many comparisons a filter may have.
const MAX_TERMS: usize = 32;

/// The members of a `CFDocument`, and whether an answer must have them.
const MEMBERS: [(&str, bool); 21] = [
    ("identifier", true),
    ("uri", true),
    ("frameworkType", false),
    ("caseVersion", false),
    ("creator", true),
    ("title", true),
    ("lastChangeDateTime", true),
    ("officialSourceURL", false),
    ("publisher", false),
    ("description", false),
    ("subject", false),
    ("subjectURI", false),
    ("language", false),
    ("version", false),
    ("adoptionStatus", false),
    ("statusStartDate", false),
    ("statusEndDate", false),
    ("licenseURI", false),
    ("notes", false),
    ("extensions", false),
    ("CFPackageURI", true),
];

fn is_member(name: &str) -> bool {
    MEMBERS.iter().any(|(member, _)| *member == name)
}

/// A parameter that cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// There is no such member to select or to filter by, or the filter is not written as one.
    #[error("{0}")]
    Selection(String),
    /// There is no such member to sort by.
    #[error("{0}")]
    Sort(String),
}

/// The members to answer with: those that are named, and those that must be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields(Vec<String>);

impl Fields {
    /// Reads names with commas between them; `None` where there is no name.
    ///
    /// # Errors
    /// When a name is that of no member of a `CFDocument`.
    pub fn parse<'a>(given: impl IntoIterator<Item = &'a str>) -> Result<Option<Self>, Unfit> {
        let names = given.into_iter().flat_map(|text| text.split(','));
        let names: Vec<String> = names
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty())
            .collect();
        match names.iter().find(|name| !is_member(name)) {
            Some(name) => Err(Unfit::Selection(no_member(name))),
            None => Ok((!names.is_empty()).then_some(Fields(names))),
        }
    }

    /// The document with these members.
    #[must_use]
    pub fn of(&self, document: Object) -> Object {
        let needed = |name: &str| MEMBERS.contains(&(name, true));
        let members = document.into_iter();
        members
            .filter(|(name, _)| needed(name) || self.0.contains(name))
            .collect()
    }
}

/// The order of the documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The member whose text counts; those without come last.
    pub member: String,
    /// Whether the greatest comes first.
    pub descending: bool,
}

impl Sort {
    /// Reads the parameters `sort` and `orderBy`.
    ///
    /// # Errors
    /// When there is no such member, or no such order.
    pub fn parse(sort: Option<&str>, order: Option<&str>) -> Result<Option<Self>, Unfit> {
        let descending = match order {
            None | Some("asc") => false,
            Some("desc") => true,
            Some(other) => {
                let shown = excerpt(other, 40);
                let message = format!("orderBy is {shown:?}; write asc or desc");
                return Err(Unfit::Sort(message));
            }
        };
        match sort {
            None => Ok(None),
            Some(member) if is_member(member) => Ok(Some(Sort {
                member: member.to_owned(),
                descending,
            })),
            Some(other) => Err(Unfit::Sort(no_member(other))),
        }
    }

    /// Puts documents in this order; equal ones keep theirs.
    pub fn apply(&self, documents: &mut [Object]) {
        documents.sort_by_cached_key(|document| {
            let text = text_of(document, &self.member);
            (text.is_none(), text)
        });
        if self.descending {
            // Those without stay at the end, and equal ones in their order.
            let given = documents.partition_point(|one| text_of(one, &self.member).is_some());
            if let Some(given) = documents.get_mut(..given) {
                given.reverse();
                let same =
                    |a: &Object, b: &Object| text_of(a, &self.member) == text_of(b, &self.member);
                given.chunk_by_mut(same).for_each(<[Object]>::reverse);
            }
        }
    }
}

fn text_of(document: &Object, member: &str) -> Option<String> {
    document.get(member).map(text)
}

fn text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(", "),
        other => other.to_text(),
    }
}

/// Which documents to answer with: comparisons joined by `AND`, and these by `OR`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter(Vec<Vec<Term>>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    member: String,
    test: Test,
    value: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Test {
    Equal,
    Other,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Contains,
}

/// The longer signs first.
const TESTS: [(&str, Test); 7] = [
    ("!=", Test::Other),
    (">=", Test::GreaterOrEqual),
    ("<=", Test::LessOrEqual),
    ("=", Test::Equal),
    (">", Test::Greater),
    ("<", Test::Less),
    ("~", Test::Contains),
];

impl Filter {
    /// Reads a filter such as `title~'care' AND version>='2'`. A quotation mark in a value is
    /// written twice.
    ///
    /// # Errors
    /// When it is not written so, or there is no such member.
    pub fn parse(given: &str) -> Result<Self, Unfit> {
        let shown = excerpt(given, 80);
        let bad = |what: &str| {
            Unfit::Selection(format!(
                "the filter {shown:?} {what}; write it as title~'care' AND version='2'"
            ))
        };
        if given.chars().nth(MAX_FILTER_CHARS).is_some() {
            return Err(bad("is too long"));
        }
        let (mut any, mut all) = (Vec::new(), Vec::new());
        let mut rest = given.trim();
        let mut count = 0;
        loop {
            let (term, after) = term(rest).ok_or_else(|| bad("is not a comparison"))?;
            if !is_member(&term.member) {
                return Err(Unfit::Selection(no_member(&term.member)));
            }
            count += 1;
            if count > MAX_TERMS {
                return Err(bad("has too many comparisons"));
            }
            all.push(term);
            let after = after.trim_start();
            if after.is_empty() {
                any.push(all);
                return Ok(Filter(any));
            }
            let (joint, next) = after
                .split_once(char::is_whitespace)
                .ok_or_else(|| bad("ends in the middle"))?;
            match joint {
                "AND" => {}
                "OR" => any.push(std::mem::take(&mut all)),
                _ => return Err(bad("joins comparisons by neither AND nor OR")),
            }
            rest = next.trim_start();
        }
    }

    /// Whether the document is one of those.
    #[must_use]
    pub fn takes(&self, document: &Object) -> bool {
        let holds = |term: &Term| term.holds(document.get(&term.member));
        self.0.iter().any(|all| all.iter().all(holds))
    }
}

/// A comparison at the start of a text, and what follows it.
fn term(given: &str) -> Option<(Term, &str)> {
    let end = given.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (member, rest) = given.split_at(end);
    let rest = rest.trim_start();
    let (test, rest) = TESTS
        .iter()
        .find_map(|(sign, test)| Some((*test, rest.strip_prefix(sign)?)))?;
    let mut rest = rest.trim_start().strip_prefix('\'')?;
    let mut value = String::new();
    loop {
        let (piece, after) = rest.split_once('\'')?;
        value.push_str(piece);
        match after.strip_prefix('\'') {
            Some(more) => {
                value.push('\'');
                rest = more;
            }
            None => {
                let member = member.to_owned();
                return Some((
                    Term {
                        member,
                        test,
                        value,
                    },
                    after,
                ));
            }
        }
    }
}

impl Term {
    fn holds(&self, member: Option<&Json>) -> bool {
        match member {
            None => self.test == Test::Other,
            Some(Json::Array(items)) if self.test == Test::Other => {
                items.iter().all(|item| self.compare(&text(item)))
            }
            Some(Json::Array(items)) => items.iter().any(|item| self.compare(&text(item))),
            Some(value) => self.compare(&text(value)),
        }
    }

    fn compare(&self, text: &str) -> bool {
        let value = self.value.as_str();
        match self.test {
            Test::Equal => text == value,
            Test::Other => text != value,
            Test::Greater => text > value,
            Test::GreaterOrEqual => text >= value,
            Test::Less => text < value,
            Test::LessOrEqual => text <= value,
            Test::Contains => text.to_lowercase().contains(&value.to_lowercase()),
        }
    }
}

fn no_member(name: &str) -> String {
    let shown = excerpt(name, 40);
    format!("a CFDocument has no member {shown:?}; name one that it has")
}

#[cfg(test)]
mod tests;
