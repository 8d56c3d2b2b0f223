//! Whom to name for a table.

use super::part::{Database, Part};

/// Where rows are from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Which table.
    pub part: Part,
    /// Of which release, such as `30.1`.
    pub release: String,
}

impl Source {
    /// The database with its release, such as `O*NET 30.1 Database`.
    #[must_use]
    pub fn database(&self) -> String {
        match self.part.database() {
            Database::Onet => format!("O*NET {} Database", self.release),
            Database::CipSoc => format!("{} Crosswalk", self.release),
        }
    }

    /// Whom to name, as the licence asks
    /// (<https://www.onetcenter.org/license_db.html>, for what was edited or selected from).
    #[must_use]
    pub fn attribution(&self) -> String {
        let database = self.database();
        match self.part.database() {
            Database::Onet => format!(
                "This service includes information from the {database} by the U.S. Department of Labor, Employment and Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET® is a trademark of USDOL/ETA. Attestry has modified some of this information by selecting from it. USDOL/ETA has not approved, endorsed, or tested these modifications."
            ),
            Database::CipSoc => format!(
                "This service includes information from the {database} by the National Center for Education Statistics (NCES) and the U.S. Bureau of Labor Statistics (BLS)."
            ),
        }
    }

    /// The licence's name, where one is needed.
    #[must_use]
    pub fn license(&self) -> Option<&'static str> {
        match self.part.database() {
            Database::Onet => Some("CC BY 4.0"),
            Database::CipSoc => None,
        }
    }

    /// The licence's text.
    #[must_use]
    pub fn license_url(&self) -> Option<&'static str> {
        match self.part.database() {
            Database::Onet => Some("https://creativecommons.org/licenses/by/4.0/"),
            Database::CipSoc => None,
        }
    }

    /// Where it is published.
    #[must_use]
    pub fn url(&self) -> &'static str {
        match self.part.database() {
            Database::Onet => "https://www.onetcenter.org/database.html",
            Database::CipSoc => "https://nces.ed.gov/ipeds/cipcode/",
        }
    }
}
