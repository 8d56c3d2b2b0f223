//! One judgement: what is at hand, what was asked, and what was found on the way.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::materials::Materials;
use super::report::Problem;
use super::status::{ListError, ListMaterial, VerifiedList};

/// How many status lists are expanded for one document: each may take 2 MiB.
const MAX_LISTS: usize = 32;

/// What the reader asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The moment as of which is judged.
    pub at: Timestamp,
    /// The challenge that a presentation must answer; `None` asks for none.
    pub challenge: Option<String>,
    /// The domain that a presentation must be meant for; `None` asks for none.
    pub domain: Option<String>,
}

impl From<Timestamp> for Asked {
    fn from(at: Timestamp) -> Self {
        Self {
            at,
            challenge: None,
            domain: None,
        }
    }
}

/// One judgement of a document and all that it holds.
pub(super) struct Case<'a> {
    pub(super) materials: &'a Materials,
    pub(super) asked: &'a Asked,
    /// Lists are verified and expanded once, however many credentials share them.
    lists: RefCell<HashMap<String, Result<Arc<VerifiedList>, ListError>>>,
}

impl<'a> Case<'a> {
    pub(super) fn new(materials: &'a Materials, asked: &'a Asked) -> Self {
        Self {
            materials,
            asked,
            lists: RefCell::default(),
        }
    }

    /// The status list of this URL, verified; `None` if it is not at hand.
    pub(super) fn list(&self, url: &str) -> Option<Result<Arc<VerifiedList>, ListError>> {
        match self.materials.lists.get(url)? {
            ListMaterial::Verified(list) => Some(Ok(Arc::clone(list))),
            ListMaterial::Unverified(list) => {
                let mut lists = self.lists.borrow_mut();
                if !lists.contains_key(url) && lists.len() >= MAX_LISTS {
                    return Some(Err(ListError {
                        reason: format!("no more than {MAX_LISTS} are read for one document"),
                        error: Problem::STATUS_VERIFICATION_ERROR,
                    }));
                }
                let verified = lists.entry(url.to_owned()).or_insert_with(|| {
                    VerifiedList::of(list, self.materials, self.asked.at).map(Arc::new)
                });
                Some(verified.clone())
            }
        }
    }
}
