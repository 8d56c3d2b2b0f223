//! Makes a package what the standard wants, as far as it can be told what was meant.

use std::collections::HashMap;

use super::shape::{Class, Kind, LINKS_OUT, Lack, Member, PACKAGE, RENAMED};
use super::value::{self, Fit};
use crate::catalog::import::Problems;
use crate::kernel::json::{Json, Object, pointer_token};
use crate::kernel::text::excerpt;

/// How many characters of a value are shown.
const SHOWN_CHARS: usize = 80;

/// How many different mends are told; a package of one program has few.
const MAX_MENDS: usize = 200;

/// Something that a package said otherwise than the standard wants it, and how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// The place, as a JSON Pointer (RFC 6901): of several like it the first.
    pub path: String,
    /// What stood there, as JSON text cut to 80 characters; of several the first.
    pub found: String,
    /// What was made of it.
    pub made: String,
    /// In how many places like this one the same was done.
    pub times: usize,
}

/// The mends of a package, those of the same kind told as one.
#[derive(Default)]
pub(super) struct Mends {
    told: Vec<Mend>,
    /// By the place without its indices and what was made.
    index: HashMap<(String, String), usize>,
    more: usize,
}

impl Mends {
    pub(super) fn add(&mut self, path: &str, found: Option<&Json>, made: impl Into<String>) {
        let made = made.into();
        let key = (without_indices(path), made.clone());
        if let Some(mend) = self.index.get(&key).and_then(|at| self.told.get_mut(*at)) {
            mend.times += 1;
            return;
        }
        if self.told.len() == MAX_MENDS {
            self.more += 1;
            return;
        }
        let shown = |json: &Json| excerpt(&json.to_text(), SHOWN_CHARS).into_owned();
        self.index.insert(key, self.told.len());
        self.told.push(Mend {
            path: path.to_owned(),
            found: found.map_or_else(|| "nothing".to_owned(), shown),
            made,
            times: 1,
        });
    }

    /// The mends in the order of their first places.
    pub(super) fn finish(mut self) -> Vec<Mend> {
        if self.more > 0 {
            self.told.push(Mend {
                path: String::new(),
                found: format!("{} more places", self.more),
                made: "read likewise".to_owned(),
                times: self.more,
            });
        }
        self.told
    }
}

fn without_indices(path: &str) -> String {
    let tokens = path.split('/').map(|token| {
        let index = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit());
        if index { "*" } else { token }
    });
    tokens.collect::<Vec<_>>().join("/")
}

/// Makes of a package one that the JSON Schema of CASE 1.1 accepts; `None` if there was a problem.
pub(super) fn package(
    package: Object,
    mends: &mut Mends,
    problems: &mut Problems,
) -> Option<Object> {
    let document = package.get("CFDocument");
    let identifier = document
        .and_then(|d| d.get("identifier"))
        .and_then(Json::as_str);
    let mut mender = Mender {
        document: identifier.unwrap_or_default().to_owned(),
        changed: last_change(&package),
        mends,
        problems,
    };
    mender.object(package.into(), &PACKAGE, "", 0)
}

/// When the document was changed: as it says, otherwise when the last of its parts was.
fn last_change(package: &Object) -> Option<String> {
    const NAME: &str = "lastChangeDateTime";
    let time = |json: &Json| value::moment(json.get(NAME)?.as_str()?);
    let document = package.get("CFDocument").and_then(time);
    let parts = ["CFItems", "CFAssociations"].iter();
    let parts = parts
        .filter_map(|name| package.get(name)?.as_array())
        .flatten();
    let told = document.or_else(|| parts.filter_map(time).max());
    told.map(|moment| moment.to_string())
}

pub(super) struct Mender<'a> {
    /// The document's identifier.
    document: String,
    /// When it was last changed.
    changed: Option<String>,
    pub(super) mends: &'a mut Mends,
    problems: &'a mut Problems,
}

impl Mender<'_> {
    /// The object as one of `class`, the one at `index` among its like.
    fn object(&mut self, json: Json, class: &Class, path: &str, index: usize) -> Option<Object> {
        let Json::Object(members) = json else {
            self.refuse(
                path,
                format!("{} stands where an object belongs", json.kind()),
            );
            return None;
        };
        let own = members.get("identifier").and_then(Json::as_str);
        let own = own.unwrap_or_default().to_owned();
        let (mut out, mut others) = (Object::new(), Object::new());
        let mut wrong = Vec::new();
        for (name, value) in members {
            let at = format!("{path}{}", pointer_token(&name));
            if value.is_null() {
                // What it needs instead is told as what it lacks.
                let needed = class.member(&name).map(|member| member.lack);
                if matches!(needed, None | Some(Lack::Fine)) {
                    self.mends.add(&at, Some(&value), "left out");
                }
                continue;
            }
            let renamed = RENAMED.iter().find(|(old, _)| *old == name);
            let renamed = renamed.and_then(|(_, new)| class.member(new));
            let Some(member) = class.member(&name).or(renamed) else {
                self.stray(name, value, &own, &at, &mut others);
                continue;
            };
            if renamed.is_some() {
                self.mends
                    .add(&at, Some(&value), format!("read as {}", member.name));
            }
            let read = match self.value(value, member, &at) {
                Some(Fit::Same(value) | Fit::Made(value)) => {
                    out.insert(member.name, value);
                    true
                }
                Some(Fit::Not(value)) => self.unfit(member, value, &at, &mut others),
                None => false,
            };
            if !read {
                wrong.push(member.name);
            }
        }
        for member in class.0 {
            let known = out.get(member.name).is_some() || wrong.contains(&member.name);
            if !known && !self.lacking(member, &mut out, path, index) {
                wrong.push(member.name);
            }
        }
        let extensions = class.member("extensions").map(|member| member.kind);
        put_apart(&mut out, others, matches!(extensions, Some(Kind::Opens)));
        let in_order = class.0.iter().filter_map(|member| {
            let value = out.remove(member.name)?;
            Some((member.name.to_owned(), value))
        });
        let out: Object = in_order.collect();
        wrong.is_empty().then_some(out)
    }

    /// A member that the class does not have.
    fn stray(&mut self, name: String, value: Json, own: &str, at: &str, others: &mut Object) {
        let names = |id: &str| !id.is_empty() && value.to_text().contains(id);
        let known = LINKS_OUT.contains(&name.as_str()) && (names(&self.document) || names(own));
        if known {
            self.mends
                .add(at, Some(&value), "left out: the package tells it");
        } else {
            self.mends
                .add(at, Some(&value), format!("kept in extensions as {name}"));
            others.insert(name, value);
        }
    }

    /// A value that cannot be read: kept apart where the object can be without it. Whether it can.
    fn unfit(&mut self, member: &Member, value: Json, at: &str, others: &mut Object) -> bool {
        if matches!(member.lack, Lack::Refuse) {
            let message = format!("{} is not {}", shown(&value), wanted(member.kind));
            self.refuse(at, message);
            return false;
        }
        let name = member.name;
        let made = format!(
            "kept in extensions as {name}: it is not {}",
            wanted(member.kind)
        );
        self.mends.add(at, Some(&value), made);
        others.insert(name, value);
        true
    }

    fn refuse(&mut self, path: &str, message: String) {
        self.problems
            .add(path, message, "correct it as CASE 1.1 has it");
    }

    /// Gives the object what it lacks; whether it can be without or get it.
    fn lacking(&mut self, member: &Member, out: &mut Object, path: &str, index: usize) -> bool {
        let text = |name: &str| out.get(name).and_then(Json::as_str).map(str::to_owned);
        let made = match member.lack {
            Lack::Fine => return true,
            Lack::Refuse => None,
            Lack::Urn => text("identifier").map(|id| format!("urn:uuid:{id}")),
            Lack::Changed => self.changed.clone(),
            Lack::Title => text("title"),
            Lack::Identifier => text("identifier"),
            Lack::Index => Some((index + 1).to_string()),
            Lack::Say(words) => Some(words.to_owned()),
        };
        let at = format!("{path}{}", pointer_token(member.name));
        let Some(made) = made else {
            self.problems.add(at, "the member is missing", "add it");
            return false;
        };
        let told = match member.lack {
            Lack::Urn => "the URN of its identifier".to_owned(),
            Lack::Title => "its title".to_owned(),
            Lack::Identifier => "its identifier".to_owned(),
            Lack::Index => "its place in the list".to_owned(),
            _ => format!("{made:?}"),
        };
        self.mends.add(&at, None, told);
        out.insert(member.name, made);
        true
    }

    fn value(&mut self, value: Json, member: &Member, at: &str) -> Option<Fit> {
        let before = matches!(member.kind, Kind::One(_) | Kind::Many(_)).then(|| value.kind());
        let found = before.is_none().then(|| value.clone());
        let fit = match member.kind {
            Kind::Text => value::text(value),
            Kind::Uuid => value::uuid(value),
            Kind::Uri => value::uri(value),
            Kind::Time => value::time(value),
            Kind::Date => value::date(value),
            Kind::Whole => value::whole(value),
            Kind::Number => value::number(value),
            Kind::Texts => value::texts(value),
            Kind::Relation => value::relation(value),
            Kind::Version if value.as_str() == Some("1.1") => Fit::Same(value),
            Kind::Version => Fit::Made("1.1".into()),
            Kind::Link => self.link(value, at),
            Kind::Links => self.links(value, at),
            Kind::Node => self.node(value, at),
            Kind::Open if value.as_object().is_some() => Fit::Same(value),
            Kind::Opens => opens(value),
            Kind::Open => Fit::Not(value),
            Kind::One(class) => Fit::Same(self.object(value, class, at, 0)?.into()),
            Kind::Many(class) => Fit::Same(self.many(value, class, at)?),
        };
        if let (Fit::Made(made), Some(found)) = (&fit, &found) {
            let told = match member.kind {
                Kind::Time => "read as UTC, written as RFC 3339 has it".to_owned(),
                Kind::Date => "its day".to_owned(),
                Kind::Whole | Kind::Number => "the number".to_owned(),
                Kind::Uuid => "in lower case, with hyphens".to_owned(),
                Kind::Texts | Kind::Links => "a list".to_owned(),
                Kind::Link | Kind::Node => "a link with title, identifier and uri".to_owned(),
                _ => shown(made),
            };
            self.mends.add(at, Some(found), told);
        }
        Some(fit)
    }

    fn many(&mut self, value: Json, class: &'static Class, at: &str) -> Option<Json> {
        let items = match value {
            Json::Array(items) => items,
            other => {
                self.refuse(
                    at,
                    format!("{} stands where an array belongs", other.kind()),
                );
                return None;
            }
        };
        // All of them are read before one that is wrong ends it.
        let read: Vec<Option<Object>> = items
            .into_iter()
            .enumerate()
            .map(|(index, item)| self.object(item, class, &format!("{at}/{index}"), index))
            .collect();
        let items: Option<Vec<Json>> = read.into_iter().map(|item| item.map(Json::from)).collect();
        Some(items?.into())
    }
}

fn opens(value: Json) -> Fit {
    match value {
        Json::Array(items) if items.iter().all(|item| item.as_object().is_some()) => {
            Fit::Same(items.into())
        }
        Json::Object(one) => Fit::Made(vec![one.into()].into()),
        other => Fit::Not(other),
    }
}

/// Puts what has no place of its own into the extensions of an object, which may be a list.
fn put_apart(out: &mut Object, others: Object, is_list: bool) {
    if others.is_empty() {
        return;
    }
    match out.remove("extensions") {
        Some(Json::Array(mut several)) => {
            several.push(others.into());
            out.insert("extensions", several);
        }
        Some(Json::Object(mut own)) => {
            for (name, value) in others {
                let free = (1_u32..).map(|n| match n {
                    1 => name.clone(),
                    n => format!("{name} ({n})"),
                });
                let taken = |name: &String| own.get(name).is_some();
                let name = free
                    .into_iter()
                    .find(|name| !taken(name))
                    .unwrap_or_default();
                own.insert(name, value);
            }
            out.insert("extensions", own);
        }
        _ if is_list => out.insert("extensions", vec![Json::from(others)]),
        _ => out.insert("extensions", others),
    }
}

fn shown(json: &Json) -> String {
    excerpt(&json.to_text(), SHOWN_CHARS).into_owned()
}

fn wanted(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "a string",
        Kind::Uuid => "a UUID",
        Kind::Uri => "a URI",
        Kind::Time => "a date and time",
        Kind::Date => "a date",
        Kind::Whole => "a whole number",
        Kind::Number => "a number",
        Kind::Texts => "a list of strings",
        Kind::Link => "a link with title, identifier (a UUID) and uri",
        Kind::Links => "a list of links",
        Kind::Node => "a link with title, identifier and uri",
        Kind::Version => "a version of CASE",
        Kind::Relation => "a type of associations",
        Kind::Open | Kind::One(_) => "an object",
        Kind::Opens | Kind::Many(_) => "a list of objects",
    }
}
