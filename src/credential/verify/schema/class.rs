//! How the facts of a class are written down.

use std::fmt;

use super::checker::Beyond;

/// A class: what every object of it holds.
pub(super) struct Class {
    /// An object of it, in words for a message: `an Alignment with targetName and targetUrl`.
    pub(super) what: &'static str,
    /// Its properties, in groups that classes share.
    pub(super) groups: &'static [&'static [Property]],
    /// Whether an object of it may have other members.
    pub(super) open: bool,
    /// The facts that concern several of its members.
    pub(super) beyond: &'static [Beyond],
}

impl Class {
    /// A class of these properties, open to others.
    pub(super) const fn new(what: &'static str, groups: &'static [&'static [Property]]) -> Self {
        Self {
            what,
            groups,
            open: true,
            beyond: &[],
        }
    }

    /// The class without other members than those stated.
    pub(super) const fn closed(self) -> Self {
        Self {
            open: false,
            ..self
        }
    }

    /// The class with facts that concern several members.
    pub(super) const fn with(self, beyond: &'static [Beyond]) -> Self {
        Self { beyond, ..self }
    }

    pub(super) fn properties(&self) -> impl Iterator<Item = &'static Property> {
        self.groups.iter().copied().flatten()
    }
}

/// A property: what its member must be.
pub(super) struct Property {
    pub(super) name: &'static str,
    pub(super) value: Value,
    /// Whether an object must have it. A text that it must have is not empty.
    pub(super) needed: bool,
    /// Whether the member may be a list of values.
    pub(super) many: bool,
}

/// A property that an object must have.
pub(super) const fn must(name: &'static str, value: Value) -> Property {
    Property {
        name,
        value,
        needed: true,
        many: false,
    }
}

/// A property that an object may have.
pub(super) const fn may(name: &'static str, value: Value) -> Property {
    Property {
        needed: false,
        ..must(name, value)
    }
}

/// A property with one value or a list of any length.
pub(super) const fn many(name: &'static str, value: Value) -> Property {
    Property {
        many: true,
        ..may(name, value)
    }
}

/// A property with one value or a list of at least one.
pub(super) const fn some(name: &'static str, value: Value) -> Property {
    Property {
        many: true,
        ..must(name, value)
    }
}

/// What a value must be.
#[derive(Clone, Copy)]
pub(super) enum Value {
    /// The contexts of a document: these first, in this order.
    Contexts(&'static [Position]),
    /// One type name or several, at least one of each of these groups among them.
    Types(&'static [&'static [&'static str]]),
    /// One type name or several.
    AnyTypes,
    /// This one type name, not in a list.
    TypeIs(&'static str),
    /// A string that is never shown in a language: an algorithm, a key, a hash.
    Token,
    /// A text, or one text per language tag.
    Words,
    /// A text in no stated language.
    Text,
    /// A text, a language value object, or several (VC Data Model 2.0, section 11.1).
    Language,
    /// A string of this form.
    Format(Format),
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// One of these strings, or an extension of them, with the prefix `ext:`.
    Extensible(&'static [&'static str]),
    /// `true` or `false`.
    Truth,
    /// A number.
    Number,
    /// An object of a class.
    Object(&'static Class),
    /// A URI, or an object of a class.
    UriOr(&'static Class),
}

/// The form of a string.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// An absolute URI (RFC 3986) or IRI (RFC 3987).
    Uri,
    /// A URI with the scheme `data` (RFC 2397).
    DataUrl,
    /// A date and time with a time zone (XML Schema 1.1, `dateTimeStamp`).
    Moment,
    /// A calendar day.
    Day,
    /// An e-mail address.
    Email,
    /// A language tag, in the part of BCP 47 that Open Badges takes.
    Tag,
    /// A compact JWS (RFC 7515, section 7.1).
    Jws,
    /// Subresource Integrity digests (W3C SRI, section 3.5).
    Integrity,
}

/// A place in the list of contexts.
#[derive(Clone, Copy)]
pub(super) enum Position {
    /// VC Data Model 2.0.
    Credentials,
    /// Open Badges 3.0, in any version.
    OpenBadges,
    /// CLR 2.0, in any version.
    Clr,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Credentials => "https://www.w3.org/ns/credentials/v2",
            Self::OpenBadges => "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            Self::Clr => "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
        })
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Uri => "a URI, such as https://…, urn:uuid:… or a DID",
            Self::DataUrl => "a data: URL that holds the secured document",
            Self::Moment => "a date and time with a time zone, such as 2026-03-01T09:30:00Z",
            Self::Day => "a date, such as 2026-03-01",
            Self::Email => "an e-mail address",
            Self::Tag => "a language tag, such as en or pt-BR",
            Self::Jws => "a compact JWS: three base64url parts with dots between",
            Self::Integrity => "digests such as sha384-… with the whole digest in base64",
        })
    }
}

/// What to give, as the end of a sentence that begins with `give`.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Contexts(positions) => {
                f.write_str("a list of contexts that begins with ")?;
                joined(f, positions, ", ")
            }
            Self::Types(groups) => {
                for (nth, group) in groups.iter().enumerate() {
                    f.write_str(if nth == 0 { "the type " } else { " and " })?;
                    joined(f, group, " or ")?;
                }
                Ok(())
            }
            Self::AnyTypes => f.write_str("a type, or a list of them"),
            Self::TypeIs(name) => write!(f, "the type {name}, not in a list"),
            Self::Token | Self::Text => f.write_str("a string"),
            Self::Words => f.write_str("a string, or one string per language tag"),
            Self::Language => f.write_str("a string, or an object with @value and @language"),
            Self::Format(format) => format.fmt(f),
            Self::OneOf(names) => {
                f.write_str("one of ")?;
                joined(f, names, ", ")
            }
            Self::Extensible(names) => {
                f.write_str("one of ")?;
                joined(f, names, ", ")?;
                f.write_str(", or a name of your own with the prefix ext:")
            }
            Self::Truth => f.write_str("true or false"),
            Self::Number => f.write_str("a number"),
            Self::Object(class) => f.write_str(class.what),
            Self::UriOr(class) => write!(f, "a URI, or {}", class.what),
        }
    }
}

fn joined(f: &mut fmt::Formatter<'_>, items: &[impl fmt::Display], between: &str) -> fmt::Result {
    for (nth, item) in items.iter().enumerate() {
        if nth > 0 {
            f.write_str(between)?;
        }
        item.fmt(f)?;
    }
    Ok(())
}
