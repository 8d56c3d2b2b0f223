//! What a column may hold.

use crate::catalog::{decimal::Decimal, model};

/// What the cells of a column are.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// A text that is not blank.
    Text,
    /// A text, or nothing.
    Blank,
    /// A decimal number.
    Number,
    /// A whole number from 0.
    Whole,
    /// `Y` or `N`.
    Flag,
    /// A job zone.
    Zone,
    /// An O*NET-SOC code.
    Soc,
    /// How close a related occupation is.
    Tier,
    /// One of these.
    OneOf(&'static [&'static str]),
    /// One of the others, `n/a` or nothing.
    Perhaps(&'static Kind),
    /// A text that begins with one of these and goes on.
    Begins(&'static [&'static str]),
}

/// What tiers are called in the published table.
pub(super) const TIERS: [&str; 3] = ["Primary-Short", "Primary-Long", "Supplemental"];

impl Kind {
    /// What is wrong with a cell, and the remedy.
    pub(super) fn problem(self, cell: &str) -> Option<String> {
        let told = crate::kernel::text::excerpt(cell, 40);
        match self {
            Kind::Blank => None,
            Kind::Text => cell
                .trim()
                .is_empty()
                .then(|| "the cell is blank: fill it in".to_owned()),
            Kind::Number => cell.parse::<Decimal>().err().map(|e| e.to_string()),
            Kind::Whole => (!is_whole(cell))
                .then(|| format!("{told:?} is not a whole number; write digits alone")),
            Kind::Flag => (!matches!(cell, "Y" | "N"))
                .then(|| format!("{told:?} is not a flag; write Y or N")),
            Kind::Zone => {
                let zone = if is_whole(cell) {
                    cell.parse().ok()
                } else {
                    None
                };
                let fits = zone.is_some_and(|zone: i64| model::JobZone::try_from(zone).is_ok());
                (!fits).then(|| {
                    format!("{told:?} is not a job zone; write a whole number from 1 to 5")
                })
            }
            Kind::Soc => cell.parse::<model::Soc>().err().map(|e| e.to_string()),
            Kind::Tier => one_of(cell, &TIERS),
            Kind::Perhaps(_) if cell.trim().is_empty() || cell == "n/a" => None,
            Kind::Perhaps(kind) => kind.problem(cell),
            Kind::OneOf(all) => one_of(cell, all),
            Kind::Begins(all) => {
                let fits = all.iter().any(|start| {
                    cell.strip_prefix(start)
                        .is_some_and(|rest| !rest.is_empty())
                });
                (!fits).then(|| {
                    let starts = all.join(" or ");
                    format!(
                        "{told:?} is no element of this table, which begin with {starts}; take the row out, or name the file after what it holds"
                    )
                })
            }
        }
    }
}

fn is_whole(cell: &str) -> bool {
    (1..=15).contains(&cell.len()) && cell.bytes().all(|b| b.is_ascii_digit())
}

fn one_of(cell: &str, all: &[&str]) -> Option<String> {
    (!all.contains(&cell)).then(|| {
        let told = crate::kernel::text::excerpt(cell, 40);
        format!("{told:?} is not known here; write {}", all.join(" or "))
    })
}
