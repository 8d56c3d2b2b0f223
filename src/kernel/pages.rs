//! Keyset pages: a cursor is the sort key and id of a row, so that pages stay
//! right while rows are inserted.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

use super::errors::{Error, Result};

/// Rows in a page when the client names no number.
pub const DEFAULT_PAGE: u64 = 20;
/// Rows in a page at most.
pub const MAX_PAGE: u64 = 100;

/// What the cursors of lists that are at hand whole are known by.
const PLACE: &str = "place:";

/// Where a page starts: after (or before) this row of the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The row's sort key, as text.
    pub key: String,
    /// The row's id, which breaks ties.
    pub id: Uuid,
}

impl Cursor {
    /// The opaque text that a client holds.
    #[must_use]
    pub fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}|{}", self.id.simple(), self.key))
    }

    /// That a client took this cursor from another list than the one that it is given for.
    #[must_use]
    pub fn of_another(field: &str) -> Error {
        Error::invalid(
            field,
            "BAD_CURSOR",
            "this cursor belongs to another list, or to this one in another order: pass one that this list gave",
        )
    }

    /// Reads a client's cursor back. Fails with `BAD_CURSOR`, naming `field`.
    pub fn decode(field: &str, text: &str) -> Result<Self> {
        let read = || {
            let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
            let text = String::from_utf8(bytes).ok()?;
            // No stored key holds it, and PostgreSQL takes it in no text.
            if text.contains('\0') {
                return None;
            }
            let (id, key) = text.split_once('|')?;
            Some(Self {
                key: key.to_owned(),
                id: Uuid::try_parse(id).ok()?,
            })
        };
        read().ok_or_else(|| {
            Error::invalid(
                field,
                "BAD_CURSOR",
                "this is no cursor of this list: pass a pageInfo.endCursor or startCursor as it was given",
            )
        })
    }
}

/// Which part of a list a client wants: Relay's `first`/`after` or `last`/`before`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageRequest {
    /// How many rows, from 1 to [`MAX_PAGE`].
    pub limit: u64,
    /// Rows after this one only.
    pub after: Option<Cursor>,
    /// Rows before this one only.
    pub before: Option<Cursor>,
    /// Count from the end of the list.
    pub backward: bool,
}

impl PageRequest {
    /// That its cursors are of the list that is called so, by their keys. Fails with `BAD_CURSOR`.
    pub fn hold_to(&self, list: &str) -> Result<()> {
        let cursors = [("after", &self.after), ("before", &self.before)];
        for (field, cursor) in cursors {
            if cursor.as_ref().is_some_and(|cursor| cursor.key != list) {
                return Err(Cursor::of_another(field));
            }
        }
        Ok(())
    }

    /// Reads Relay's four arguments. More than [`MAX_PAGE`] rows are clamped;
    /// negative numbers, and `first` together with `last`, are refused.
    pub fn from_relay(
        first: Option<i32>,
        after: Option<&str>,
        last: Option<i32>,
        before: Option<&str>,
    ) -> Result<Self> {
        let (limit, backward) = match (first, last) {
            (Some(_), Some(_)) => {
                return Err(Error::invalid(
                    "last",
                    "BAD_PAGE",
                    "give first or last, not both",
                ));
            }
            (None, Some(n)) => (Some(("last", n)), true),
            (Some(n), None) => (Some(("first", n)), false),
            (None, None) => (None, false),
        };
        let limit = match limit {
            None => DEFAULT_PAGE,
            Some((field, n)) => u64::try_from(n)
                .map_err(|_| {
                    Error::invalid(field, "BAD_PAGE", format!("{field} must not be negative"))
                })?
                .min(MAX_PAGE),
        };
        Ok(Self {
            limit,
            after: after.map(|c| Cursor::decode("after", c)).transpose()?,
            before: before.map(|c| Cursor::decode("before", c)).transpose()?,
            backward,
        })
    }
}

/// One page of a list, in the list's order.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The rows, each with its cursor.
    pub rows: Vec<(Cursor, T)>,
    /// Whether rows follow after the last.
    pub has_next: bool,
    /// Whether rows stand before the first.
    pub has_previous: bool,
}

impl<T> Page<T> {
    /// Makes a page of rows that were fetched in the request's direction with
    /// one row more than asked for, which tells whether there are more.
    pub fn from_fetched(
        request: &PageRequest,
        mut fetched: Vec<T>,
        cursor: impl Fn(&T) -> Cursor,
    ) -> Self {
        let limit = usize::try_from(request.limit).unwrap_or(usize::MAX);
        let more = fetched.len() > limit;
        fetched.truncate(limit);
        if request.backward {
            fetched.reverse();
        }
        let (has_next, has_previous) = if request.backward {
            (request.before.is_some(), more)
        } else {
            (more, request.after.is_some())
        };
        Self {
            rows: fetched.into_iter().map(|r| (cursor(&r), r)).collect(),
            has_next,
            has_previous,
        }
    }

    /// The page of a list that is at hand whole. Its cursors are places in the list. Fails with
    /// `BAD_CURSOR` on a cursor of another list.
    pub fn of_list(request: &PageRequest, mut all: Vec<T>) -> Result<Self> {
        let place = |cursor: &Option<Cursor>, field| match cursor {
            None => Ok(None),
            Some(cursor) => {
                let place = cursor.key.strip_prefix(PLACE).and_then(|n| n.parse().ok());
                place.map(Some).ok_or_else(|| Cursor::of_another(field))
            }
        };
        let after = place(&request.after, "after")?;
        let before = place(&request.before, "before")?;
        let count = all.len();
        let limit = usize::try_from(request.limit).unwrap_or(usize::MAX);
        let end = before.unwrap_or(count).min(count);
        let start = after.map_or(0, |place| place.saturating_add(1)).min(end);
        let (start, end) = if request.backward {
            (start.max(end.saturating_sub(limit)), end)
        } else {
            (start, end.min(start.saturating_add(limit)))
        };
        all.truncate(end);
        let rows = all.into_iter().enumerate().skip(start);
        let cursor = |place: usize| Cursor {
            key: format!("{PLACE}{place}"),
            id: Uuid::nil(),
        };
        Ok(Self {
            rows: rows.map(|(place, row)| (cursor(place), row)).collect(),
            has_next: end < count,
            has_previous: start > 0,
        })
    }

    /// The same page with each row made into something else, unless that fails for one.
    pub fn try_map<U>(self, mut f: impl FnMut(T) -> Result<U>) -> Result<Page<U>> {
        let rows = self.rows.into_iter().map(|(c, r)| Ok((c, f(r)?)));
        Ok(Page {
            rows: rows.collect::<Result<_>>()?,
            has_next: self.has_next,
            has_previous: self.has_previous,
        })
    }

    /// The same page with each row made into something else.
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> Page<U> {
        Page {
            rows: self.rows.into_iter().map(|(c, r)| (c, f(r))).collect(),
            has_next: self.has_next,
            has_previous: self.has_previous,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_round_trip_whatever_the_key() {
        for key in ["", "a|b", "Ünïcode — key", "|"] {
            let cursor = Cursor {
                key: key.to_owned(),
                id: Uuid::from_u128(7),
            };
            assert_eq!(Cursor::decode("after", &cursor.encode()).unwrap(), cursor);
        }
        assert!(Cursor::decode("after", "nonsense").is_err());
        let nul = Cursor {
            key: "a\0".to_owned(),
            id: Uuid::from_u128(7),
        };
        assert!(Cursor::decode("after", &nul.encode()).is_err());
    }

    #[test]
    fn relay_arguments_are_clamped_and_checked() {
        let page = PageRequest::from_relay(Some(1_000_000), None, None, None).unwrap();
        assert_eq!(page.limit, MAX_PAGE);
        assert!(PageRequest::from_relay(Some(-1), None, None, None).is_err());
        assert!(PageRequest::from_relay(Some(1), None, Some(1), None).is_err());
        let last = PageRequest::from_relay(None, None, Some(3), None).unwrap();
        assert!(last.backward && last.limit == 3);
    }

    #[test]
    fn a_list_at_hand_is_paged_by_place() {
        let page = |first, after: Option<String>, last, before: Option<String>| {
            let request = PageRequest::from_relay(first, after.as_deref(), last, before.as_deref());
            Page::of_list(&request.unwrap(), (0..5).collect()).unwrap()
        };
        let rows = |page: &Page<i32>| page.rows.iter().map(|(_, n)| *n).collect::<Vec<_>>();
        let start = page(Some(2), None, None, None);
        assert_eq!((rows(&start), start.has_next), (vec![0, 1], true));
        let cursor = start.rows[1].0.encode();
        let next = page(Some(9), Some(cursor.clone()), None, None);
        assert_eq!((rows(&next), next.has_next), (vec![2, 3, 4], false));
        assert!(next.has_previous && !start.has_previous);
        let back = page(None, None, Some(1), Some(cursor));
        assert_eq!((rows(&back), back.has_previous), (vec![0], false));
        let end = page(None, None, Some(2), None);
        assert_eq!((rows(&end), end.has_previous), (vec![3, 4], true));
        let foreign = Cursor {
            key: "29-1122.00".to_owned(),
            id: Uuid::nil(),
        };
        let request = PageRequest::from_relay(None, Some(&foreign.encode()), None, None).unwrap();
        assert!(Page::of_list(&request, vec![1]).is_err());
    }

    #[test]
    fn one_row_more_than_asked_for_means_there_is_more() {
        let cursor = |n: &u128| Cursor {
            key: n.to_string(),
            id: Uuid::from_u128(*n),
        };
        let forward = PageRequest::from_relay(Some(2), None, None, None).unwrap();
        let page = Page::from_fetched(&forward, vec![1, 2, 3], cursor);
        assert!(page.has_next && !page.has_previous);
        let backward = PageRequest::from_relay(None, None, Some(2), None).unwrap();
        let page = Page::from_fetched(&backward, vec![3, 2, 1], cursor);
        let rows: Vec<_> = page.rows.iter().map(|(_, n)| *n).collect();
        assert_eq!(rows, [2, 3]);
        assert!(page.has_previous && !page.has_next);
    }
}
