//! That a package of our own says what the version in it says, and nothing besides: what it says
//! elsewhere would be lost.

use std::collections::HashMap;

use jiff::Timestamp;

use super::own::REMEDY;
use super::read::{Package, text};
use super::{CaseContext, Successors, deprecated, write};
use crate::catalog::import::{Import, Problems};
use crate::kernel::json::{Json, Object, pointer_token};
use crate::kernel::text::excerpt;

/// Members that tell where and when something was written.
const OF_THE_OCCASION: [&str; 2] = ["uri", "lastChangeDateTime"];
/// What a document says of that besides, and of what became of it there, unless it came from others
/// and these are their words.
const OF_THE_DOCUMENT: [&str; 3] = ["officialSourceURL", "adoptionStatus", "statusStartDate"];
/// Characters of a value that are shown.
const SHOWN: usize = 60;

/// Holds a package against the one that is written of what was read from it.
pub(super) fn check(package: &Package, import: &Import, problems: &mut Problems) -> Option<()> {
    let context = CaseContext {
        base: "",
        owner: import.owners.first().copied().flatten(),
        published_at: Timestamp::UNIX_EPOCH,
        deprecated_at: None,
        replaced_by: &Successors::default(),
        profile: import.profile.as_ref(),
    };
    let wanted = Package::of(write(&import.version, &context));
    let mut check = Check {
        problems,
        same: true,
    };
    let document = |package: &Package| {
        let mut document = package.document.clone();
        deprecated::take_out(&mut document);
        if import.version.case.is_none() {
            for name in OF_THE_DOCUMENT {
                document.remove(name);
            }
        }
        document
    };
    check.object(&document(package), &document(&wanted), "/CFDocument");
    check.set(&package.items, &wanted.items, "/CFItems");
    check.set(
        &package.associations,
        &wanted.associations,
        "/CFAssociations",
    );
    check.member(
        package.definitions.as_ref(),
        wanted.definitions.as_ref(),
        "/CFDefinitions",
    );
    check.member(
        package.rubrics.as_ref(),
        wanted.rubrics.as_ref(),
        "/CFRubrics",
    );
    check.member(
        package.extensions.as_ref(),
        wanted.extensions.as_ref(),
        "/extensions",
    );
    check.same.then_some(())
}

struct Check<'p> {
    problems: &'p mut Problems,
    same: bool,
}

impl Check<'_> {
    fn differs(&mut self, at: &str, message: String) {
        self.problems.add(at, message, REMEDY);
        self.same = false;
    }

    /// Nodes that are known by their identifiers, in any order.
    fn set(&mut self, given: &[Object], wanted: &[Object], at: &str) {
        let by_id = |node: &'_ Object| text(node, "identifier").to_owned();
        let mut wanted: HashMap<_, _> = wanted.iter().map(|node| (by_id(node), node)).collect();
        for (index, node) in given.iter().enumerate() {
            let at = format!("{at}/{index}");
            match wanted.remove(&by_id(node)) {
                Some(wanted) => self.object(node, wanted, &at),
                None => self.differs(
                    &at,
                    "the framework in this package has no such part".to_owned(),
                ),
            }
        }
        let mut missing: Vec<_> = wanted.into_keys().collect();
        missing.sort();
        for id in missing {
            self.differs(at, format!("the part {id} is missing"));
        }
    }

    fn object(&mut self, given: &Object, wanted: &Object, at: &str) {
        let names = given.iter().map(|(name, _)| name);
        let missing = wanted.iter().map(|(name, _)| name);
        let missing = missing.filter(|name| given.get(name).is_none());
        let names = names.chain(missing);
        for name in names.filter(|name| !OF_THE_OCCASION.contains(name)) {
            let at = format!("{at}{}", pointer_token(name));
            self.member(given.get(name), wanted.get(name), &at);
        }
    }

    fn member(&mut self, given: Option<&Json>, wanted: Option<&Json>, at: &str) {
        match (given, wanted) {
            (Some(Json::Object(given)), Some(Json::Object(wanted))) => {
                self.object(given, wanted, at);
            }
            (Some(Json::Array(given)), Some(Json::Array(wanted)))
                if given.len() == wanted.len() =>
            {
                for (index, (given, wanted)) in given.iter().zip(wanted).enumerate() {
                    self.member(Some(given), Some(wanted), &format!("{at}/{index}"));
                }
            }
            (Some(given), Some(wanted)) if given == wanted => {}
            (None, None) => {}
            (_, Some(wanted)) => {
                let wanted = wanted.to_text();
                let wanted = excerpt(&wanted, SHOWN);
                let message = format!("the framework in this package says {wanted} here");
                self.differs(at, message);
            }
            (Some(_), None) => {
                let message = "the framework in this package says nothing here";
                self.differs(at, message.to_owned());
            }
        }
    }
}
