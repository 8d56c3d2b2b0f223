//! Which statements of two versions are one, where neither version says it.

use std::collections::HashMap;

use uuid::Uuid;

/// What a statement says, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said<'a> {
    /// The statement.
    pub id: Uuid,
    /// Its identifier in the CASE package that it came in, if it came in one.
    pub case_id: Option<Uuid>,
    /// The ordinal of its level and the number of its domain, 0 for none.
    pub cell: (i32, i32),
    /// The sentence.
    pub text: &'a str,
}

impl<'a> Said<'a> {
    /// What it has in common with the one that it is: an identifier that others gave it, otherwise
    /// its words and where they stand.
    fn key(&self) -> (Option<Uuid>, (i32, i32), &'a str) {
        match self.case_id {
            Some(id) => (Some(id), (0, 0), ""),
            None => (None, self.cell, self.text),
        }
    }
}

/// The statements of a newer version that are also in an older one, each with that one: those with
/// the same identifier of a CASE package, and otherwise the same sentence at the same level and in
/// the same domain; where several say the same, in their order.
#[must_use]
pub fn same_statements(older: &[Said<'_>], newer: &[Said<'_>]) -> Vec<(Uuid, Uuid)> {
    let mut waiting: HashMap<_, Vec<Uuid>> = HashMap::new();
    for said in older.iter().rev() {
        waiting.entry(said.key()).or_default().push(said.id);
    }
    newer
        .iter()
        .filter_map(|said| Some((said.id, waiting.get_mut(&said.key())?.pop()?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_count_and_otherwise_words_at_their_place() {
        let said = |id: u128, case_id: Option<u128>, level, text: &'static str| Said {
            id: Uuid::from_u128(id),
            case_id: case_id.map(Uuid::from_u128),
            cell: (level, 0),
            text,
        };
        let older = [
            said(1, None, 1, "Looks."),
            said(2, None, 1, "Looks."),
            said(3, None, 2, "Listens."),
            said(4, Some(9), 1, "Waits."),
        ];
        let newer = [
            said(11, None, 1, "Looks."),
            said(12, None, 1, "Listens."),
            said(13, None, 1, "Looks."),
            said(14, None, 1, "Looks."),
            said(15, Some(9), 3, "Waits long."),
            said(16, Some(8), 1, "Waits."),
        ];
        let pairs = [(11, 1), (13, 2), (15, 4)];
        let pairs = pairs.map(|(a, b)| (Uuid::from_u128(a), Uuid::from_u128(b)));
        assert_eq!(same_statements(&older, &newer), pairs);
        assert_eq!(same_statements(&[], &newer), []);
    }
}
