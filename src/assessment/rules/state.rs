//! Which move is possible in which state.

use std::fmt;

use crate::assessment::model::{Move, Refusal, State};

impl State {
    /// Where `wanted` leads from here. Refuses a move that is not possible here, and says which
    /// ones are.
    pub fn after(self, wanted: Move) -> Result<Self, Refusal> {
        self.leads_to(wanted).ok_or_else(|| Refusal {
            state: self,
            wanted,
            possible: self.moves(),
        })
    }

    /// What is possible from here.
    #[must_use]
    pub fn moves(self) -> Vec<Move> {
        let all = Move::ALL.iter().copied();
        all.filter(|m| self.leads_to(*m).is_some()).collect()
    }

    /// Whether observations are recorded here.
    #[must_use]
    pub const fn takes_observations(self) -> bool {
        matches!(self, Self::Open | Self::Appealed)
    }

    const fn leads_to(self, wanted: Move) -> Option<Self> {
        Some(match (self, wanted) {
            (Self::Planned, Move::Open) | (Self::Submitted, Move::Reopen) => Self::Open,
            (Self::Open, Move::Submit) => Self::Submitted,
            (Self::Submitted, Move::Decide) => Self::Decided,
            (Self::Planned | Self::Open | Self::Submitted, Move::Withdraw) => Self::Withdrawn,
            (Self::Decided | Self::ReDecided, Move::Appeal) => Self::Appealed,
            (Self::Appealed, Move::ReDecide) => Self::ReDecided,
            _ => return None,
        })
    }

    const fn in_words(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Open => "open",
            Self::Submitted => "submitted for a decision",
            Self::Decided => "decided",
            Self::Withdrawn => "withdrawn",
            Self::Appealed => "under appeal",
            Self::ReDecided => "decided again",
        }
    }

    /// The code by which clients know that a move is not possible from here.
    #[must_use]
    pub const fn refusal_code(self) -> &'static str {
        match self {
            Self::Planned => "ASSESSMENT_PLANNED",
            Self::Open => "ASSESSMENT_OPEN",
            Self::Submitted => "ASSESSMENT_SUBMITTED",
            Self::Decided => "ASSESSMENT_DECIDED",
            Self::Withdrawn => "ASSESSMENT_WITHDRAWN",
            Self::Appealed => "ASSESSMENT_APPEALED",
            Self::ReDecided => "ASSESSMENT_RE_DECIDED",
        }
    }
}

impl Move {
    const fn in_words(self) -> &'static str {
        match self {
            Self::Open => "start it",
            Self::Submit => "submit it for a decision",
            Self::Reopen => "reopen it for more observations",
            Self::Decide => "decide it",
            Self::Withdraw => "withdraw it",
            Self::Appeal => "appeal against the decision",
            Self::ReDecide => "decide it again",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "this assessment is {}, so one cannot {}",
            self.state.in_words(),
            self.wanted.in_words()
        )?;
        for (i, possible) in self.possible.iter().enumerate() {
            let gap = match i {
                0 => ": one can ",
                _ if i + 1 == self.possible.len() => " or ",
                _ => ", ",
            };
            write!(f, "{gap}{}", possible.in_words())?;
        }
        if self.possible.is_empty() {
            f.write_str(": open another")?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
mod tests {
    use super::*;
    use State as S;

    /// Each possible move, written once more by hand.
    const POSSIBLE: &[(State, Move, State)] = &[
        (S::Planned, Move::Open, S::Open),
        (S::Planned, Move::Withdraw, S::Withdrawn),
        (S::Open, Move::Submit, S::Submitted),
        (S::Open, Move::Withdraw, S::Withdrawn),
        (S::Submitted, Move::Reopen, S::Open),
        (S::Submitted, Move::Decide, S::Decided),
        (S::Submitted, Move::Withdraw, S::Withdrawn),
        (S::Decided, Move::Appeal, S::Appealed),
        (S::Appealed, Move::ReDecide, S::ReDecided),
        (S::ReDecided, Move::Appeal, S::Appealed),
    ];

    #[test]
    fn every_move_from_every_state_is_either_possible_or_refused() {
        for state in State::ALL {
            for wanted in Move::ALL {
                let expected = POSSIBLE.iter().find(|p| (p.0, p.1) == (*state, *wanted));
                match (state.after(*wanted), expected) {
                    (Ok(to), Some(row)) => assert_eq!(to, row.2, "{state:?} {wanted:?}"),
                    (Err(refusal), None) => {
                        let own = POSSIBLE.iter().filter(|p| p.0 == *state);
                        assert_eq!(
                            refusal.possible.len(),
                            own.count(),
                            "{state:?} tells all that is possible"
                        );
                        for p in &refusal.possible {
                            assert!(refusal.to_string().contains(p.in_words()), "{refusal}");
                        }
                    }
                    (got, _) => panic!("{state:?} {wanted:?}: {got:?}"),
                }
            }
        }
    }

    #[test]
    fn refusals_say_what_to_do_instead() {
        let told = |state: State, wanted| state.after(wanted).unwrap_err().to_string();
        assert_eq!(
            told(S::Open, Move::Decide),
            "this assessment is open, so one cannot decide it: \
             one can submit it for a decision or withdraw it"
        );
        assert_eq!(
            told(S::Withdrawn, Move::Open),
            "this assessment is withdrawn, so one cannot start it: open another"
        );
    }

    #[test]
    fn states_and_moves_read_their_stored_forms() {
        for state in State::ALL {
            assert_eq!(State::parse(state.as_str()), Some(*state));
        }
        for m in Move::ALL {
            assert_eq!(Move::parse(m.as_str()), Some(*m));
        }
        assert_eq!(State::parse("open"), None);
        assert_eq!(S::ReDecided.as_str(), "RE_DECIDED");
    }

    #[test]
    fn observing_is_done_while_open_or_under_appeal() {
        let states = State::ALL.iter().filter(|s| s.takes_observations());
        assert_eq!(states.copied().collect::<Vec<_>>(), [S::Open, S::Appealed]);
    }
}
