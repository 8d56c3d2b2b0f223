//! Which of a plan's statements a row means.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::results::StatementName;

/// The statements of a plan by every name that a row may give them.
#[derive(Debug, Clone, Default)]
pub struct Statements {
    ids: HashSet<Uuid>,
    /// By code, and by every end of a code that begins behind a slash; `None` where several end
    /// so.
    codes: HashMap<String, Option<Uuid>>,
}

/// Why a name means no statement of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unresolved {
    /// The plan has none of this name.
    NotInPlan,
    /// The plan has several.
    Ambiguous,
}

impl Statements {
    /// The statements of a plan, each with its code.
    #[must_use]
    pub fn new<'a>(planned: impl IntoIterator<Item = (Uuid, &'a str)>) -> Self {
        let mut statements = Self::default();
        let mut whole = HashMap::new();
        for (id, code) in planned {
            statements.ids.insert(id);
            let ends = code
                .match_indices('/')
                .filter_map(|(at, _)| code.get(at + 1..));
            for end in ends {
                statements.note(end, id);
            }
            add(&mut whole, code, id);
        }
        // A whole code means its own statement, even if another code ends like it.
        statements.codes.extend(whole);
        statements
    }

    fn note(&mut self, name: &str, id: Uuid) {
        add(&mut self.codes, name, id);
    }

    /// The statement that a name means.
    pub fn find(&self, name: &StatementName) -> Result<Uuid, Unresolved> {
        match name {
            StatementName::Id(id) if self.ids.contains(id) => Ok(*id),
            StatementName::Id(_) => Err(Unresolved::NotInPlan),
            StatementName::Code(code) => match self.codes.get(code) {
                Some(Some(id)) => Ok(*id),
                Some(None) => Err(Unresolved::Ambiguous),
                None => Err(Unresolved::NotInPlan),
            },
        }
    }
}

fn add(names: &mut HashMap<String, Option<Uuid>>, name: &str, id: Uuid) {
    names
        .entry(name.to_owned())
        .and_modify(|known| *known = known.filter(|known| *known == id))
        .or_insert(Some(id));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(statements: &Statements, code: &str) -> Result<u128, Unresolved> {
        let found = statements.find(&StatementName::Code(code.to_owned()));
        found.map(|id| id.as_u128())
    }

    #[test]
    fn a_code_may_be_shortened_as_long_as_it_means_one_statement() {
        let plan = Statements::new([
            (Uuid::from_u128(1), "29-1122.00/MASTERY/v.1/1.01"),
            (Uuid::from_u128(2), "29-1122.00/MASTERY/v.2/1.01"),
            (Uuid::from_u128(3), "29-1122.00/MASTERY/v.2/1.02"),
            (Uuid::from_u128(4), "31-9011.00/MASTERY/v.2/1.03"),
            (Uuid::from_u128(5), "31-9011.00/MASTERY/v.2/1.03"),
            (Uuid::from_u128(6), "1.04"),
            (Uuid::from_u128(7), "x/1.04"),
        ]);
        assert_eq!(find(&plan, "29-1122.00/MASTERY/v.1/1.01"), Ok(1));
        assert_eq!(find(&plan, "v.2/1.01"), Ok(2));
        assert_eq!(find(&plan, "1.02"), Ok(3));
        assert_eq!(find(&plan, "1.01"), Err(Unresolved::Ambiguous));
        let own_and_shared = find(&plan, "31-9011.00/MASTERY/v.2/1.03");
        assert_eq!(own_and_shared, Err(Unresolved::Ambiguous));
        assert_eq!(find(&plan, ".02"), Err(Unresolved::NotInPlan));
        assert_eq!(find(&plan, "1.04"), Ok(6), "a whole code is its own");
        let by_id = |id| plan.find(&StatementName::Id(Uuid::from_u128(id)));
        assert_eq!(by_id(5), Ok(Uuid::from_u128(5)));
        assert_eq!(by_id(9), Err(Unresolved::NotInPlan));
    }
}
