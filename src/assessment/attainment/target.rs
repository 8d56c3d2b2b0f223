//! One version of a framework as a target: what counts for its statements, and what each
//! learner's demonstrations come to at its levels.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
    hash::BuildHasher,
};

use jiff::Timestamp;
use uuid::Uuid;

use super::{
    compare::{CarryOver, Kind, Place, Version, wordings},
    gathered::Gathered,
    level::{Attainment, Held},
    lineage::Lineage,
    rule::{AppliedRule, AttainmentRule, Looked, Progress, RuleKind, apply},
};
use crate::{catalog::rules::statement_parts, kernel::text::excerpt};

/// Characters of a statement's text that stand for it in a sentence, where it has no title.
const NAME_CHARS: usize = 60;

/// A version of a framework, seen from all of the framework's versions. It serves any number of
/// learners of one provider.
#[derive(Debug)]
pub struct Target<'a> {
    /// The statements of each level by domain and position, with their names.
    levels: BTreeMap<i32, Vec<(Place<'a>, Cow<'a, str>)>>,
    /// By statement of any version: those of this one that its demonstrations count for, first
    /// the one with its very text.
    counts: HashMap<Uuid, Vec<Uuid>>,
    /// By statement of another version: the one of this that it may count for, once it is decided.
    waiting: HashMap<Uuid, Uuid>,
    /// By statement of any version: the level that it stands at there.
    level_of: HashMap<Uuid, i32>,
}

impl<'a> Target<'a> {
    pub(super) fn new(lineage: &Lineage<'a>, version: &Version<'a>) -> Self {
        let mut levels: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (_, place) in wordings(version) {
            let named = (place, name(place.text));
            levels.entry(place.level).or_default().push(named);
        }
        let counts = lineage.counts_for(version);
        let mut waiting = HashMap::new();
        for other in lineage.versions().iter().filter(|v| v.id != version.id) {
            for change in lineage.changes(other, version) {
                let CarryOver { from, to, kind } = change.carry_over;
                if let (Some(from), Some(to), Kind::Reworded) = (from, to, kind)
                    && change.judgement.is_none()
                    && !counts.get(&from).is_some_and(|c| c.contains(&to))
                {
                    waiting.insert(from, to);
                }
            }
        }
        let all = lineage.versions().iter().flat_map(|v| &v.statements);
        Self {
            levels,
            counts,
            waiting,
            level_of: all.map(|p| (p.id, p.level)).collect(),
        }
    }

    /// The ordinals of its levels, lowest first.
    pub fn levels(&self) -> impl Iterator<Item = i32> {
        self.levels.keys().copied()
    }

    /// How a learner stands at one level at the moment `at`: the gap that is left. `None` when the
    /// version has no such level. `rules` are those of the plan versions that `held` names.
    #[must_use]
    pub fn attainment<S: BuildHasher>(
        &self,
        level: i32,
        held: &[Held],
        rules: &HashMap<Uuid, AttainmentRule, S>,
        at: Timestamp,
    ) -> Option<Attainment> {
        let statements = self.levels.get(&level)?;
        Some(self.judge(level, statements, &self.gather(held, at), rules))
    }

    /// How a learner stands at each level at which anything that they demonstrated counts or once
    /// counted, lowest first.
    #[must_use]
    pub fn attainments<S: BuildHasher>(
        &self,
        held: &[Held],
        rules: &HashMap<Uuid, AttainmentRule, S>,
        at: Timestamp,
    ) -> Vec<Attainment> {
        let gathered = self.gather(held, at);
        let touched = self.levels.iter().filter(|(_, statements)| {
            let mut ids = statements.iter().map(|(p, _)| p.id);
            ids.any(|id| gathered.best.contains_key(&id))
        });
        touched
            .map(|(level, statements)| self.judge(*level, statements, &gathered, rules))
            .collect()
    }

    /// Sorts demonstrations by the statements that they count for.
    fn gather(&self, held: &[Held], at: Timestamp) -> Gathered {
        let mut gathered = Gathered::default();
        for one in held {
            for statement in self.counts.get(&one.statement).into_iter().flatten() {
                gathered.add(*statement, one, at);
            }
            if let Some(statement) = self.waiting.get(&one.statement)
                && one.holds(at)
            {
                let first = gathered.waiting.entry(*statement).or_insert(one.id);
                *first = one.id.min(*first);
            }
        }
        gathered
    }

    fn judge<S: BuildHasher>(
        &self,
        level: i32,
        statements: &[(Place<'_>, Cow<'_, str>)],
        gathered: &Gathered,
        rules: &HashMap<Uuid, AttainmentRule, S>,
    ) -> Attainment {
        let standings: Vec<_> = statements
            .iter()
            .map(|(place, _)| gathered.standing(place.id))
            .collect();
        let looked: Vec<_> = statements
            .iter()
            .zip(&standings)
            .map(|((place, name), s)| Looked {
                id: place.id,
                name,
                counts: s.standing.counts(),
            })
            .collect();
        let plans: BTreeSet<_> = statements
            .iter()
            .filter_map(|(place, _)| gathered.plans.get(&place.id))
            .flatten()
            .collect();
        let of_plans = plans.into_iter().filter_map(|plan| {
            let rule = rules.get(plan)?;
            let essentials = self.essentials(rule, level)?;
            Some(apply(Some(*plan), rule.kind, &essentials, &looked))
        });
        let (rule, progress) = of_plans
            .min_by_key(nearness)
            .unwrap_or_else(|| apply(None, RuleKind::All, &[], &looked));
        Attainment {
            level,
            attained: progress.total > 0 && progress.more == 0,
            rule,
            progress,
            statements: standings,
        }
    }

    /// The statements of a level of this version that a rule calls essential. `None` when nothing
    /// stands for one of them: then the rule was made for another level, and is not this one's.
    fn essentials(&self, rule: &AttainmentRule, level: i32) -> Option<Vec<Uuid>> {
        let here = |e: &&Uuid| self.level_of.get(*e) == Some(&level);
        let heir = |e: &Uuid| {
            let counted = self.counts.get(e).and_then(|c| c.first());
            counted.or_else(|| self.waiting.get(e)).copied()
        };
        rule.essentials.iter().filter(here).map(heir).collect()
    }
}

/// Less is nearer; among the equally near the newest plan version comes first.
fn nearness(
    (rule, progress): &(AppliedRule, Progress),
) -> (usize, std::cmp::Reverse<Option<Uuid>>) {
    (progress.more, std::cmp::Reverse(rule.plan_version))
}

/// What to call a statement in a sentence.
fn name(text: &str) -> Cow<'_, str> {
    match statement_parts(text) {
        Some(parts) => excerpt(parts.title, NAME_CHARS),
        None => excerpt(text, NAME_CHARS),
    }
}
