//! Identifiers that every installation derives alike (UUID version 5, RFC 9562, section 5.5).
//!
//! The name that is hashed is a list of parts: first the kind of thing, then what identifies it.
//! Each part is written as a netstring, its length in bytes in decimal, `:`, the UTF-8 bytes, `,`;
//! so two different lists never make the same name. An absent part is the empty string, a number
//! is written in decimal, a provider's id in its hyphenated lower-case form.

use std::fmt::Write as _;

use uuid::Uuid;

use super::model::{Family, Soc};

/// The namespace of all identifiers of this module.
pub const NAMESPACE: Uuid = Uuid::from_u128(0xaf79_c492_99ac_4726_b80b_5030_02b8_ea95);

/// What custom keys start with.
const CUSTOM: &str = "custom/";

/// What the keys of imported CASE packages start with.
const CASE: &str = "case/";

/// What tells a framework from the others of its owner.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FrameworkKey(String);

impl FrameworkKey {
    /// The key of an occupation's framework: `29-1122.00/MASTERY`.
    #[must_use]
    pub fn of_occupation(soc: &Soc, family: Family) -> Self {
        FrameworkKey(format!("{soc}/{family}"))
    }

    /// The key of a framework that is none of an occupation's three, `custom/forklift-safety`.
    /// `None` unless `slug` is 1 to 100 of the letters a to z, digits and hyphens.
    #[must_use]
    pub fn custom(slug: &str) -> Option<Self> {
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let named = (1..=100).contains(&slug.len()) && slug.bytes().all(fits);
        named.then(|| FrameworkKey(format!("{CUSTOM}{slug}")))
    }

    /// The key of an imported CASE package, by the identifier of its document:
    /// `case/c5fb0812-d7cb-11e8-824f-0242ac160002`.
    #[must_use]
    pub fn case(document: Uuid) -> Self {
        FrameworkKey(format!("{CASE}{document}"))
    }

    /// The key of a framework that is not told by an occupation and a family, from its text.
    #[must_use]
    pub fn parse_own(text: &str) -> Option<Self> {
        if let Some(slug) = text.strip_prefix(CUSTOM) {
            return Self::custom(slug);
        }
        let document = Uuid::try_parse(text.strip_prefix(CASE)?).ok()?;
        Some(Self::case(document)).filter(|key| key.as_str() == text)
    }

    /// The slug of a custom key.
    #[must_use]
    pub fn slug(&self) -> Option<&str> {
        self.0.strip_prefix(CUSTOM)
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The id of an occupation: parts `occupation`, SOC code.
#[must_use]
pub fn occupation(soc: &Soc) -> Uuid {
    derive(&["occupation", soc.as_str()])
}

/// The id of a table that others published: parts `dataset`, what it tells, release label.
#[must_use]
pub fn dataset(part: &str, release: &str) -> Uuid {
    derive(&["dataset", part, release])
}

/// The id of a framework: parts `framework`, owner, key. `owner` is the provider whose framework
/// it is, `None` for a shared one.
#[must_use]
pub fn framework(owner: Option<Uuid>, key: &FrameworkKey) -> Uuid {
    derive(&["framework", &owner_part(owner), key.as_str()])
}

/// The id of a framework's version: parts `framework-version`, owner, key, version label.
#[must_use]
pub fn framework_version(owner: Option<Uuid>, key: &FrameworkKey, version: &str) -> Uuid {
    derive(&[
        "framework-version",
        &owner_part(owner),
        key.as_str(),
        version,
    ])
}

/// The id of a level: parts `level`, owner, key, version label, ordinal.
#[must_use]
pub fn level(owner: Option<Uuid>, key: &FrameworkKey, version: &str, ordinal: u32) -> Uuid {
    let ordinal = ordinal.to_string();
    derive(&["level", &owner_part(owner), key.as_str(), version, &ordinal])
}

/// The id of a statement: parts `statement`, owner, key, version label, domain number (empty for
/// a framework without domains), level ordinal, position in level and domain.
#[must_use]
pub fn statement(
    owner: Option<Uuid>,
    key: &FrameworkKey,
    version: &str,
    domain: Option<u32>,
    level: u32,
    position: u32,
) -> Uuid {
    let domain = domain.map(|number| number.to_string()).unwrap_or_default();
    derive(&[
        "statement",
        &owner_part(owner),
        key.as_str(),
        version,
        &domain,
        &level.to_string(),
        &position.to_string(),
    ])
}

/// The id of a domain: parts `domain`, owner, key, version label, number.
#[must_use]
pub fn domain(owner: Option<Uuid>, key: &FrameworkKey, version: &str, number: u32) -> Uuid {
    let number = number.to_string();
    derive(&["domain", &owner_part(owner), key.as_str(), version, &number])
}

/// The id of an occupation's profile: parts `profile`, SOC code, label.
#[must_use]
pub fn profile(soc: &Soc, version: &str) -> Uuid {
    derive(&["profile", soc.as_str(), version])
}

fn owner_part(owner: Option<Uuid>) -> String {
    owner.map(|id| id.to_string()).unwrap_or_default()
}

fn derive(parts: &[&str]) -> Uuid {
    Uuid::new_v5(&NAMESPACE, name(parts).as_bytes())
}

fn name(parts: &[&str]) -> String {
    parts.iter().fold(String::new(), |mut name, part| {
        write!(name, "{}:{part},", part.len()).expect("writing to a string cannot fail");
        name
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    fn key(soc: &str) -> FrameworkKey {
        FrameworkKey::of_occupation(&soc.parse().unwrap(), Family::Mastery)
    }

    #[test]
    fn ids_never_change() {
        let soc: Soc = "49-3091.00".parse().unwrap();
        let key = key("49-3091.00");
        let provider = Uuid::from_u128(1);
        assert_eq!(name(&["level", "", "é"]), "5:level,0:,2:é,");
        let ids = [
            occupation(&soc),
            framework(None, &key),
            framework_version(None, &key, "v.1"),
            level(None, &key, "v.1", 2),
            statement(None, &key, "v.1", None, 2, 3),
            statement(Some(provider), &key, "v.1", Some(4), 2, 3),
        ];
        assert_eq!(ids.map(|id| id.to_string()), PINNED);
    }

    /// Once a version is published these are on record elsewhere, so a change here is a defect.
    const PINNED: [&str; 6] = [
        "1deb1f01-a79b-502b-be8a-d3fef01aae37",
        "3c31f43d-601b-5ae2-b39b-c0f690bfecde",
        "bfd54340-e3c8-5b9c-b1bd-1cdc63b96549",
        "54e8c8dd-beb5-5e8b-96e2-3793c530c617",
        "8a8bf870-ac37-5990-964b-918d5c11ec50",
        "a5156ea2-90be-5251-99e7-f0a2003bbf85",
    ];

    #[test]
    fn every_part_counts() {
        let (one, other) = (key("49-3091.00"), key("49-3092.00"));
        let provider = Some(Uuid::from_u128(1));
        let ids = [
            statement(None, &one, "v", None, 1, 1),
            statement(provider, &one, "v", None, 1, 1),
            statement(None, &other, "v", None, 1, 1),
            statement(None, &one, "w", None, 1, 1),
            statement(None, &one, "v", Some(1), 1, 1),
            statement(None, &one, "v", None, 2, 1),
            statement(None, &one, "v", None, 1, 2),
            statement(None, &one, "v", None, 11, 1),
            statement(None, &one, "v", None, 1, 11),
            level(None, &one, "v", 1),
            framework_version(None, &one, "v"),
            framework(None, &one),
        ];
        assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
    }

    proptest! {
        #[test]
        fn different_parts_make_different_names(
            one in prop::collection::vec("[0-3:,a]{0,4}", 0..5),
            other in prop::collection::vec("[0-3:,a]{0,4}", 0..5),
        ) {
            let refs = |parts: &[String]| name(&parts.iter().map(String::as_str).collect::<Vec<_>>());
            prop_assert_eq!(one == other, refs(&one) == refs(&other));
        }
    }
}
