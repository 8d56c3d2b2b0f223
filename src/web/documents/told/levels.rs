//! The statements of a version: by level, or by domain and level.

use std::collections::HashMap;

use super::citations;
use crate::catalog::model::{Domain, Outline};
use crate::catalog::ops::browse::{LevelContent, VersionContent};
use crate::web::html::Html;
use crate::web::site::Site;

/// How deep an imported tree is shown; what is deeper stands with what it is under.
const DEPTH: usize = 8;

/// The headings that the statements stand under.
#[derive(Clone, Copy)]
pub(in crate::web::documents) enum Ranks {
    /// From the second rank.
    Second,
    /// From the third.
    Third,
}

impl Ranks {
    fn names(self) -> [&'static str; 2] {
        match self {
            Ranks::Second => ["h2", "h3"],
            Ranks::Third => ["h3", "h4"],
        }
    }
}

/// The statements of a version.
pub(in crate::web::documents) struct Statements<'v> {
    pub(in crate::web::documents) site: &'v Site,
    pub(in crate::web::documents) version: &'v VersionContent,
    pub(in crate::web::documents) ranks: Ranks,
    /// What the names of its places in the page begin with.
    pub(in crate::web::documents) prefix: &'v str,
}

impl Statements<'_> {
    /// Writes them.
    pub(in crate::web::documents) fn write(&self, html: &mut Html) {
        let (levels, domains) = (&self.version.levels, &self.version.domains);
        let outside = levels
            .iter()
            .any(|level| level.statements.iter().any(|s| s.domain == 0));
        if domains.is_empty() || outside {
            for level in levels {
                self.level(html, level);
            }
        } else {
            self.levels_in_short(html);
        }
        for domain in domains {
            self.domain(html, domain);
        }
    }

    /// A level with the statements of no domain.
    fn level(&self, html: &mut Html, level: &LevelContent) {
        let [rank, _] = self.ranks.names();
        let (ordinal, of) = (level.row.ordinal, self.version.levels.len());
        html.element(
            "section",
            &[("id", &self.place("level", ordinal))],
            |html| {
                html.element(rank, &[], |html| {
                    html.text(&level.row.label);
                    html.line("small", &format!(" level {ordinal} of {of}"));
                });
                if let Some(subtitle) = &level.row.subtitle {
                    html.styled("p", "subtitle", subtitle);
                }
                if let Some(description) = &level.row.description {
                    html.line("p", description);
                }
                self.cell(html, level, 0);
            },
        );
    }

    /// What the levels are, where their statements stand by domain: always in the version's own
    /// page, where linked data names their places, elsewhere as far as there is more to tell than
    /// stands by the statements.
    fn levels_in_short(&self, html: &mut Html) {
        let more =
            |level: &LevelContent| level.row.subtitle.is_some() || level.row.description.is_some();
        if matches!(self.ranks, Ranks::Third) && !self.version.levels.iter().any(more) {
            return;
        }
        html.element("dl", &[("class", "levels")], |html| {
            for level in &self.version.levels {
                let row = &level.row;
                let place = self.place("level", row.ordinal);
                html.element("dt", &[("id", &place)], |html| {
                    html.text(&format!("Level {}", row.ordinal));
                });
                html.element("dd", &[], |html| {
                    html.text(&row.label);
                    for more in [&row.subtitle, &row.description].into_iter().flatten() {
                        html.text(": ");
                        html.text(more);
                    }
                });
            }
        });
    }

    fn domain(&self, html: &mut Html, domain: &Domain) {
        let [rank, below] = self.ranks.names();
        let number = i32::try_from(domain.number).unwrap_or(i32::MAX);
        let levels = || self.version.levels.iter();
        let count = |level: &LevelContent| {
            let own = level.statements.iter();
            own.filter(|s| s.domain == number).count()
        };
        let all: usize = levels().map(count).sum();
        html.element(
            "section",
            &[("id", &self.place("domain", number))],
            |html| {
                html.element(rank, &[], |html| {
                    html.text(&format!("{number}. {}", domain.title));
                    let plural = if all == 1 { "" } else { "s" };
                    html.line("small", &format!(" {all} statement{plural}"));
                });
                if let Some(description) = &domain.description {
                    html.line("p", description);
                }
                for level in levels().filter(|level| count(level) > 0) {
                    html.line(below, &level.row.label);
                    self.cell(html, level, number);
                }
            },
        );
    }

    /// The statements of a level and a domain.
    fn cell(&self, html: &mut Html, level: &LevelContent, domain: i32) {
        let rows = level.statements.iter().enumerate();
        let own: Vec<usize> = rows
            .filter(|(_, s)| s.domain == domain)
            .map(|(index, _)| index)
            .collect();
        if own.is_empty() {
            html.styled("p", "none", "No statements.");
            return;
        }
        let tree = tree(level, &own);
        self.list(html, level, &tree, None);
    }

    fn list(&self, html: &mut Html, level: &LevelContent, tree: &Tree, above: Option<usize>) {
        html.element("ol", &[], |html| {
            for index in tree.get(&above).into_iter().flatten() {
                html.element("li", &[], |html| {
                    self.statement(html, level, *index);
                    if tree.contains_key(&Some(*index)) {
                        self.list(html, level, tree, Some(*index));
                    }
                });
            }
        });
    }

    fn statement(&self, html: &mut Html, level: &LevelContent, index: usize) {
        let (Some(row), Some(marks)) = (level.statements.get(index), level.marks.get(index)) else {
            return;
        };
        html.text(&row.text);
        citations(html, &self.version.cited, &marks.citations);
        html.element("small", &[], |html| {
            let own = marks
                .outline
                .as_ref()
                .and_then(|o: &Outline| o.code.as_ref());
            if let Some(own) = own {
                html.text(&format!("{own} · "));
            }
            let link = self.site.link(&format!("/statements/{}", row.id));
            html.link(&link, &row.code);
        });
    }

    fn place(&self, kind: &str, number: i32) -> String {
        format!("{}{kind}-{number}", self.prefix)
    }
}

/// The statements that stand directly under each, by their places in the level.
type Tree = HashMap<Option<usize>, Vec<usize>>;

/// The tree of an imported outline; without one, a list.
fn tree(level: &LevelContent, own: &[usize]) -> Tree {
    let mut tree = Tree::new();
    // By position: its place, how deep it is, and what it is shown under.
    let mut known: HashMap<u32, (usize, usize, Option<usize>)> = HashMap::new();
    for index in own {
        let outline = level
            .marks
            .get(*index)
            .and_then(|marks| marks.outline.as_ref());
        let above = outline.and_then(|outline| known.get(&outline.parent?));
        let (depth, under) = match above {
            None => (0, None),
            Some((_, depth, under)) if depth + 1 >= DEPTH => (*depth, *under),
            Some((place, depth, _)) => (depth + 1, Some(*place)),
        };
        tree.entry(under).or_default().push(*index);
        let row = level.statements.get(*index);
        if let Some(position) = row.and_then(|row| u32::try_from(row.position).ok()) {
            known.insert(position, (*index, depth, under));
        }
    }
    tree
}
