//! Learners and how they were rated; what it comes to is reckoned here apart from the program.

/// How many assessors rate how many statements.
#[derive(Clone, Copy)]
pub(super) struct Ratings {
    pub(super) statements: usize,
    pub(super) assessors: usize,
}

impl Ratings {
    pub(super) fn new(statements: usize, assessors: usize) -> Self {
        Self {
            statements,
            assessors,
        }
    }

    /// From 1 to 4; of ten ratings three are below 3.
    pub(super) fn of(learner: usize, statement: usize, assessor: usize) -> i32 {
        match (learner * 31 + statement * 17 + assessor * 7 + learner * statement) % 10 {
            0 => 1,
            1 => 2,
            2..=6 => 3,
            _ => 4,
        }
    }
}

/// The learners of a provider.
pub(super) struct Class {
    size: usize,
    pub(super) ratings: Ratings,
}

impl Class {
    pub(super) fn of(size: usize, ratings: Ratings) -> Self {
        Self { size, ratings }
    }

    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// For each statement, whether every assessor rated the learner 3 or higher.
    pub(super) fn met(&self, external_id: &str) -> Vec<bool> {
        let digits = external_id.get(2..).expect("such as R-007");
        let learner = digits.parse().expect("a number");
        let Ratings {
            statements,
            assessors,
        } = self.ratings;
        (0..statements)
            .map(|s| (0..assessors).all(|a| Ratings::of(learner, s, a) >= 3))
            .collect()
    }

    /// A learner whose assessors differ on a statement, and which it is.
    pub(super) fn one_who_was_rated_differently(&self) -> (String, usize) {
        let differ = |l: usize, s: usize| {
            let low = (0..self.ratings.assessors).filter(|a| Ratings::of(l, s, *a) < 3);
            low.count() == 1
        };
        let all = (0..self.size).flat_map(|l| (0..self.ratings.statements).map(move |s| (l, s)));
        let (learner, statement) = all
            .into_iter()
            .find(|(l, s)| differ(*l, *s))
            .expect("the ratings differ somewhere");
        (format!("R-{learner:03}"), statement)
    }
}
