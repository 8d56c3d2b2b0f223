//! Framework exports 2.0 of any tree of levels, domains and statements.

use std::collections::HashMap;

use proptest::prelude::*;
use uuid::Uuid;

use super::wide::{import, sample};
use crate::catalog::decimal::Decimal;
use crate::catalog::export::v2_0;
use crate::catalog::ids::FrameworkKey;
use crate::catalog::import::{Limits, read};
use crate::catalog::model::{
    AnchorRef, CaseFacts, Citation, Domain, Extra, Family, FrameworkVersion, Level, Outline,
    ProfileRef, Source, Split, Statement,
};
use crate::catalog::profile::{Anchor, AnchorKind, OccupationProfile};
use crate::catalog::rules::{freeze, freeze_profile, thaw_profile};
use crate::kernel::json::{Json, Object};

/// Any text that PostgreSQL stores, with something visible in it.
fn any_words() -> impl Strategy<Value = String> {
    any::<String>().prop_map(|text| format!("w{}", text.replace('\0', "")))
}

fn any_source(key: String) -> impl Strategy<Value = Source> {
    let text = || prop::option::of(any_words());
    (any_words(), text(), text(), text()).prop_map(move |(label, title, release, url)| Source {
        key: key.clone(),
        label,
        title,
        release,
        date: None,
        licence: None,
        url,
    })
}

/// A statement of one of `domains` domains, or none.
fn any_statement(domains: u32, sources: usize) -> impl Strategy<Value = Statement> {
    let citation = (0..=sources, prop::option::of(any_words())).prop_map(move |(at, locator)| {
        (at < sources).then(|| Citation {
            source: format!("s{at}"),
            locator,
        })
    });
    let split = prop_oneof![
        3 => Just(Split::Derived),
        1 => Just(Split::Unsure { at: None }),
        1 => Just(Split::Unsure { at: Some(1) }),
    ];
    let anchor = (1..=2_u32).prop_map(|ordinal| AnchorRef {
        kind: AnchorKind::Task,
        ordinal,
    });
    (
        0..=domains,
        any_words().prop_map(|text| format!("{text} w")),
        split,
        prop::collection::vec(citation, 0..3),
        prop::collection::vec(anchor, 0..2),
        prop::option::of(any::<u128>().prop_map(Uuid::from_u128)),
        prop::option::of(any_outline()),
    )
        .prop_map(
            |(domain, text, split, citations, anchors, replaces, outline)| Statement {
                domain: (domain > 0).then_some(domain),
                position: 0,
                text,
                split,
                citations: citations.into_iter().flatten().collect(),
                anchors,
                replaces,
                outline,
            },
        )
}

fn any_rest() -> impl Strategy<Value = Object> {
    prop::collection::vec((any_words(), any_words()), 0..3).prop_map(|members| {
        members
            .into_iter()
            .map(|(name, value)| (name, Json::String(value)))
            .collect()
    })
}

fn any_outline() -> impl Strategy<Value = Outline> {
    let id = || any::<u128>().prop_map(Uuid::from_u128);
    (
        (id(), prop::option::of(id())),
        (prop::option::of(1..9_u32), prop::option::of(-3..9_i64)),
        (
            prop::option::of(any_words()),
            prop::option::of(any_words()),
            prop::option::of(any_words()),
        ),
        any_rest(),
    )
        .prop_map(
            |((case_id, child_of), (parent, sequence), (uri, kind, code), rest)| Outline {
                case_id,
                child_of,
                uri,
                parent,
                sequence,
                kind,
                code,
                rest,
            },
        )
}

fn any_case() -> impl Strategy<Value = CaseFacts> {
    (any::<u128>(), any_rest(), any_rest(), any::<bool>()).prop_map(|(id, document, one, some)| {
        let kept = || some.then(|| Json::from(one.clone()));
        CaseFacts {
            document_id: Uuid::from_u128(id),
            document,
            associations: kept().into_iter().collect(),
            definitions: kept(),
            rubrics: kept().map(|one| Json::Array(vec![one])),
            extensions: kept(),
        }
    })
}

/// Any levels of any statements of any domains, numbered as they must be.
fn any_levels(domains: u32, sources: usize) -> impl Strategy<Value = Vec<Level>> {
    let text = || prop::option::of(any_words());
    let statements = prop::collection::vec(any_statement(domains, sources), 0..8);
    prop::collection::vec((any_words(), text(), text(), statements), 1..5).prop_map(|levels| {
        let level = |(ordinal, (label, subtitle, description, mut statements)): (
            u32,
            (String, _, _, Vec<Statement>),
        )| {
            statements.sort_by_key(|s| s.domain);
            let mut counts: HashMap<Option<u32>, u32> = HashMap::new();
            for statement in &mut statements {
                let count = counts.entry(statement.domain).or_default();
                *count += 1;
                statement.position = *count;
            }
            Level {
                ordinal,
                key: format!("{label}/{ordinal}"),
                label,
                subtitle,
                description,
                statements,
            }
        };
        (1..).zip(levels).map(level).collect()
    })
}

/// Any version of a framework.
pub(in crate::catalog) fn any_version() -> impl Strategy<Value = FrameworkVersion> {
    (0..4_u32, 0..3_usize).prop_flat_map(|(domains, sources)| {
        let domain = |number: u32| {
            (any_words(), prop::option::of(any_words())).prop_map(move |(title, description)| {
                Domain {
                    number,
                    key: format!("{title}{number}"),
                    title,
                    description,
                }
            })
        };
        let domain_list: Vec<_> = (1..=domains).map(domain).collect();
        let source_list: Vec<_> = (0..sources)
            .map(|at| any_source(format!("s{at}")))
            .collect();
        let text = || prop::option::of(any_words());
        (
            any_levels(domains, sources),
            domain_list,
            source_list,
            (text(), text(), text(), any::<(bool, bool)>()),
            prop::sample::select(Family::ALL.to_vec()),
            (prop::option::of(any_words()), prop::option::of(any_case())),
        )
            .prop_map(
                |(levels, domains, cited, texts, family, (replaces, case))| {
                    let (title, creator, group, (keyed, about)) = texts;
                    let own = family == Family::Custom && keyed;
                    let base = import(&sample()).unwrap().version;
                    let mut facts = base.occupation.clone().unwrap();
                    facts.group = group;
                    let key = match own {
                        true => FrameworkKey::custom("any-one").unwrap(),
                        false => FrameworkKey::of_occupation(&facts.soc, family),
                    };
                    FrameworkVersion {
                        occupation: (about || !own).then_some(facts),
                        family,
                        key,
                        replaces,
                        case,
                        title,
                        creator,
                        levels,
                        domains,
                        cited,
                        extras: vec![Extra {
                            container: "/framework".to_owned(),
                            name: "domains ".to_owned(),
                            value: Json::Null,
                        }],
                        ..base
                    }
                },
            )
    })
}

fn profile_of(version: &FrameworkVersion, importance: &str) -> Option<OccupationProfile> {
    let anchor = |ordinal| Anchor {
        kind: AnchorKind::Task,
        ordinal,
        text: "Does it.".to_owned(),
        element: None,
        importance: Some(importance.parse::<Decimal>().unwrap()),
    };
    Some(OccupationProfile {
        occupation: version.occupation.clone()?,
        anchors: vec![anchor(1), anchor(2)],
        ..import(&sample()).unwrap().profile.unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_tree_of_levels_domains_and_statements_is_read_back(
        version in any_version(),
        importance in "-?[0-9]{1,15}(\\.[0-9]{1,15})?",
    ) {
        let profile = profile_of(&version, &importance);
        let frozen = profile.as_ref().map(freeze_profile);
        let named = frozen.as_ref().map(|frozen| ProfileRef {
            id: frozen.id,
            digest_sri: frozen.digest_sri.clone(),
        });
        let mut version = FrameworkVersion { profile: named, ..version };
        if profile.is_none() {
            let statements = version.levels.iter_mut().flat_map(|level| &mut level.statements);
            statements.for_each(|statement| statement.anchors.clear());
        }
        let written = v2_0::write(std::slice::from_ref(&version), profile.as_ref()).unwrap();
        let read = read(written.to_text().as_bytes(), &Limits::default()).unwrap();
        prop_assert_eq!(&read.version, &version);
        prop_assert_eq!(read.profile.as_ref(), profile.as_ref());
        prop_assert_eq!(freeze(None, &read.version), freeze(None, &version));
        let whole = v2_0::write(std::slice::from_ref(&read.version), read.profile.as_ref()).unwrap();
        prop_assert_eq!(whole, written);
        if let Some((profile, frozen)) = profile.zip(frozen) {
            let kept = profile.anchors[0].importance.clone().unwrap();
            prop_assert_eq!(kept.to_string(), importance);
            prop_assert_eq!(thaw_profile(&frozen.bytes).unwrap(), profile);
        }
    }
}
