//! The rule of a level's attainment, and how far along it a learner is.

use uuid::Uuid;

use crate::assessment::model;

/// How many of a level's statements must be demonstrated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// Every one.
    All,
    /// So many, or all where the level has fewer.
    Count(u32),
    /// So many of a hundred, rounded up.
    Share(u32),
}

/// What a plan version says of the levels whose statements it assesses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttainmentRule {
    /// How many statements.
    pub kind: RuleKind,
    /// Statements that must be among them, each at the level that it stands at.
    pub essentials: Vec<Uuid>,
}

impl From<model::Attainment> for AttainmentRule {
    /// Reads what a plan says. A kind without its number, which no plan is stored with, needs all.
    fn from(said: model::Attainment) -> Self {
        let number = |n: Option<i32>| n.and_then(|n| u32::try_from(n).ok());
        let kind = match said.kind {
            model::AttainmentKind::All => None,
            model::AttainmentKind::Count => number(said.count).map(RuleKind::Count),
            model::AttainmentKind::Share => number(said.percent).map(RuleKind::Share),
        };
        Self {
            kind: kind.unwrap_or(RuleKind::All),
            essentials: said.essentials,
        }
    }
}

/// A rule as it was applied to a level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppliedRule {
    /// The plan version that it comes from; `None` where no plan has one for the level, and all
    /// statements are needed.
    pub plan_version: Option<Uuid>,
    /// How many statements.
    pub kind: RuleKind,
    /// The statements of the level that must be among them, by position.
    pub essentials: Vec<Uuid>,
    /// The same in words.
    pub text: String,
}

/// How far along a rule a learner is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many statements the level has.
    pub total: usize,
    /// How many of them the rule needs.
    pub needed: usize,
    /// How many are demonstrated or carried over.
    pub found: usize,
    /// How many more it takes; none when the level is attained.
    pub more: usize,
    /// The essentials that are among what it takes, by position.
    pub missing_essentials: Vec<Uuid>,
    /// The same in words.
    pub text: String,
}

impl RuleKind {
    /// How many of `total` statements it needs: at least one, and never more than there are.
    #[must_use]
    pub fn needed(self, total: usize) -> usize {
        let needed = match self {
            Self::All => total,
            Self::Count(count) => usize::try_from(count).unwrap_or(usize::MAX),
            Self::Share(percent) => {
                let percent = usize::try_from(percent).unwrap_or(usize::MAX);
                total.saturating_mul(percent).div_ceil(100)
            }
        };
        needed.max(1).min(total)
    }

    fn words(self, total: usize) -> String {
        let needed = self.needed(total);
        match self {
            _ if needed == total => format!("all {total} statements"),
            Self::Share(percent) => {
                format!("{percent} percent of {total} statements, which is {needed}")
            }
            Self::All | Self::Count(_) => format!("{needed} of {total} statements"),
        }
    }
}

/// A statement of the level as a rule looks at it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Looked<'a> {
    pub(super) id: Uuid,
    /// What to call it in a sentence.
    pub(super) name: &'a str,
    /// Whether it is demonstrated or carried over.
    pub(super) counts: bool,
}

/// Holds a rule against the statements of a level; `essentials` are ids of some of them.
pub(super) fn apply(
    plan_version: Option<Uuid>,
    kind: RuleKind,
    essentials: &[Uuid],
    level: &[Looked<'_>],
) -> (AppliedRule, Progress) {
    let total = level.len();
    let needed = kind.needed(total);
    let found = level.iter().filter(|s| s.counts).count();
    let essential: Vec<_> = level
        .iter()
        .filter(|s| essentials.contains(&s.id))
        .collect();
    let missing: Vec<_> = essential.iter().filter(|s| !s.counts).collect();
    let more = needed.saturating_sub(found).max(missing.len());
    let names = |of: &mut dyn Iterator<Item = &str>| listed(&of.collect::<Vec<_>>());
    let among = names(&mut essential.iter().map(|s| s.name));
    let mut text = kind.words(total);
    if !among.is_empty() {
        text.push_str(&format!(", among them {among}"));
    }
    if plan_version.is_none() {
        text.push_str(", as no plan says otherwise");
    }
    let progress = Progress {
        total,
        needed,
        found,
        more,
        missing_essentials: missing.iter().map(|s| s.id).collect(),
        text: format!(
            "{found} of {total} demonstrated, {needed} needed{}",
            still(more, &missing.iter().map(|s| s.name).collect::<Vec<_>>())
        ),
    };
    let rule = AppliedRule {
        plan_version,
        kind,
        essentials: essential.iter().map(|s| s.id).collect(),
        text,
    };
    (rule, progress)
}

/// What it still takes: `: 3 more, among them the essential “X”`.
fn still(more: usize, essentials: &[&str]) -> String {
    if more == 0 {
        return String::new();
    }
    let relation = if essentials.len() == more {
        ""
    } else {
        "among them "
    };
    match essentials.len() {
        0 => format!(": {more} more"),
        1 => format!(
            ": {more} more, {relation}the essential {}",
            listed(essentials)
        ),
        _ => format!(
            ": {more} more, {relation}the essentials {}",
            listed(essentials)
        ),
    }
}

/// `“A”, “B” and “C”`.
fn listed(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|n| format!("“{n}”")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    }
}
