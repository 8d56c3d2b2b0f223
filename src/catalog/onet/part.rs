//! The tables that are read, and what their columns hold.

use std::{fmt, str::FromStr};

use super::check::Kind::{
    self, Begins, Blank, Flag, Number, OneOf, Perhaps, Soc, Text, Tier, Whole, Zone,
};
use crate::catalog::profile::AnchorKind;

/// Who publishes a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Database {
    /// The O*NET database.
    Onet,
    /// The crosswalk from instructional programs to occupations.
    CipSoc,
}

/// One table of a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Titles and descriptions.
    Occupations,
    /// Job zones.
    JobZones,
    /// What the job zones mean.
    JobZoneTerms,
    /// Tasks.
    Tasks,
    /// Technology, each example with its commodity.
    Technology,
    /// Ratings of work styles.
    WorkStyles,
    /// Ratings of skills.
    Skills,
    /// Ratings of fields of knowledge.
    Knowledge,
    /// Ratings of abilities.
    Abilities,
    /// Titles that are used besides.
    AlternateTitles,
    /// Titles that people in the occupation reported.
    ReportedTitles,
    /// Occupations that are alike.
    RelatedOccupations,
    /// The elements of the content model.
    Elements,
    /// The scales of the ratings.
    Scales,
    /// Instructional programs by SOC code.
    Programs,
}

/// How a table is laid out.
pub(super) struct Layout {
    /// The name as it is stored and sent.
    name: &'static str,
    /// The file's name, as published, without `.txt`.
    pub(super) file: &'static str,
    /// Whether the first column says which occupation a row is about.
    pub(super) by_occupation: bool,
    /// The columns that must be there, and what they hold.
    pub(super) columns: &'static [(&'static str, Kind)],
    /// Columns that may be there, and what they hold then.
    pub(super) optional: &'static [(&'static str, Kind)],
    /// The columns that tell the rows about one occupation apart.
    pub(super) key: &'static [&'static str],
}

/// Columns that the tables of ratings have besides, and others of which some have a few.
const OPTIONAL: &[(&str, Kind)] = &[
    ("N", Perhaps(&Whole)),
    ("Standard Error", Perhaps(&Number)),
    ("Lower CI Bound", Perhaps(&Number)),
    ("Upper CI Bound", Perhaps(&Number)),
    ("Recommend Suppress", Perhaps(&Flag)),
    ("Not Relevant", Perhaps(&Flag)),
    ("Incumbents Responding", Perhaps(&Whole)),
    ("In Demand", Perhaps(&Flag)),
    ("Shown in My Next Move", Perhaps(&Flag)),
];

const RATINGS: [(&str, Kind); 2] = [("Element Name", Text), ("Data Value", Number)];
const RATED: &[&str] = &["Element ID", "Scale ID"];

macro_rules! ratings {
    ($name:literal, $file:literal, $elements:expr, $scales:expr) => {
        Layout {
            name: $name,
            file: $file,
            by_occupation: true,
            columns: &[
                ("Element ID", Begins($elements)),
                RATINGS[0],
                ("Scale ID", OneOf($scales)),
                RATINGS[1],
            ],
            optional: OPTIONAL,
            key: RATED,
        }
    };
}

macro_rules! layout {
    ($name:literal, $file:literal, $by_occupation:literal, [$($column:expr),+ $(,)?], $key:expr) => {
        Layout {
            name: $name,
            file: $file,
            by_occupation: $by_occupation,
            columns: &[$($column),+],
            optional: OPTIONAL,
            key: $key,
        }
    };
}

static OCCUPATIONS: Layout = layout!(
    "OCCUPATIONS",
    "Occupation Data",
    true,
    [("Title", Text), ("Description", Text)],
    &[]
);
static JOB_ZONES: Layout = layout!("JOB_ZONES", "Job Zones", true, [("Job Zone", Zone)], &[]);
static JOB_ZONE_TERMS: Layout = layout!(
    "JOB_ZONE_TERMS",
    "Job Zone Reference",
    false,
    [("Job Zone", Zone), ("Name", Text)],
    &["Job Zone"]
);
static TASKS: Layout = layout!(
    "TASKS",
    "Task Statements",
    true,
    [("Task ID", Whole), ("Task", Text), ("Task Type", Blank)],
    &["Task ID"]
);
static TECHNOLOGY: Layout = layout!(
    "TECHNOLOGY",
    "Technology Skills",
    true,
    [
        ("Example", Text),
        ("Commodity Code", Whole),
        ("Commodity Title", Text),
        ("Hot Technology", Flag),
    ],
    &["Example", "Commodity Code"]
);
static WORK_STYLES: Layout = ratings!("WORK_STYLES", "Work Styles", &["1.D."], &["WI", "DR"]);
static SKILLS: Layout = ratings!("SKILLS", "Skills", &["2.A.", "2.B."], &["IM", "LV"]);
static KNOWLEDGE: Layout = ratings!("KNOWLEDGE", "Knowledge", &["2.C."], &["IM", "LV"]);
static ABILITIES: Layout = ratings!("ABILITIES", "Abilities", &["1.A."], &["IM", "LV"]);
static ALTERNATE_TITLES: Layout = layout!(
    "ALTERNATE_TITLES",
    "Alternate Titles",
    true,
    [("Alternate Title", Text), ("Short Title", Blank)],
    &["Alternate Title"]
);
static REPORTED_TITLES: Layout = layout!(
    "REPORTED_TITLES",
    "Sample of Reported Titles",
    true,
    [("Reported Job Title", Text)],
    &["Reported Job Title"]
);
static RELATED: Layout = layout!(
    "RELATED_OCCUPATIONS",
    "Related Occupations",
    true,
    [
        ("Related O*NET-SOC Code", Soc),
        ("Relatedness Tier", Tier),
        ("Index", Whole),
    ],
    &["Related O*NET-SOC Code"]
);
static ELEMENTS: Layout = layout!(
    "ELEMENTS",
    "Content Model Reference",
    false,
    [
        ("Element ID", Text),
        ("Element Name", Text),
        ("Description", Blank),
    ],
    &["Element ID"]
);
static SCALES: Layout = layout!(
    "SCALES",
    "Scales Reference",
    false,
    [
        ("Scale ID", Text),
        ("Scale Name", Text),
        ("Minimum", Number),
        ("Maximum", Number),
    ],
    &["Scale ID"]
);
static PROGRAMS: Layout = layout!(
    "PROGRAMS",
    "CIP to SOC Crosswalk",
    true,
    [("CIP Code", Text), ("CIP Title", Text)],
    &["CIP Code"]
);

impl Part {
    /// Every one.
    pub const ALL: [Part; 15] = [
        Part::Occupations,
        Part::JobZones,
        Part::JobZoneTerms,
        Part::Tasks,
        Part::Technology,
        Part::WorkStyles,
        Part::Skills,
        Part::Knowledge,
        Part::Abilities,
        Part::AlternateTitles,
        Part::ReportedTitles,
        Part::RelatedOccupations,
        Part::Elements,
        Part::Scales,
        Part::Programs,
    ];

    /// The one that tells of a kind of anchor.
    #[must_use]
    pub fn of_anchors(kind: AnchorKind) -> Self {
        match kind {
            AnchorKind::Skill => Part::Skills,
            AnchorKind::Knowledge => Part::Knowledge,
            AnchorKind::Ability => Part::Abilities,
            AnchorKind::WorkStyle => Part::WorkStyles,
            AnchorKind::Technology => Part::Technology,
            AnchorKind::Task => Part::Tasks,
        }
    }

    pub(super) fn layout(self) -> &'static Layout {
        match self {
            Part::Occupations => &OCCUPATIONS,
            Part::JobZones => &JOB_ZONES,
            Part::JobZoneTerms => &JOB_ZONE_TERMS,
            Part::Tasks => &TASKS,
            Part::Technology => &TECHNOLOGY,
            Part::WorkStyles => &WORK_STYLES,
            Part::Skills => &SKILLS,
            Part::Knowledge => &KNOWLEDGE,
            Part::Abilities => &ABILITIES,
            Part::AlternateTitles => &ALTERNATE_TITLES,
            Part::ReportedTitles => &REPORTED_TITLES,
            Part::RelatedOccupations => &RELATED,
            Part::Elements => &ELEMENTS,
            Part::Scales => &SCALES,
            Part::Programs => &PROGRAMS,
        }
    }

    /// The name as it is stored and sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.layout().name
    }

    /// The name of the table as published, such as `Occupation Data`.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.layout().file
    }

    /// Whether it explains what stands in the others, and is about no occupation.
    #[must_use]
    pub fn is_of_terms(self) -> bool {
        !self.layout().by_occupation
    }

    /// Whether it rates elements of the content model.
    #[must_use]
    pub fn is_rated(self) -> bool {
        self.layout().key == RATED
    }

    /// Who publishes it.
    #[must_use]
    pub fn database(self) -> Database {
        match self {
            Part::Programs => Database::CipSoc,
            _ => Database::Onet,
        }
    }

    /// The part that a file of an O*NET release holds, by the file's name without `.txt`.
    #[must_use]
    pub fn of_file(stem: &str) -> Option<Self> {
        let onet = Self::ALL.into_iter();
        onet.filter(|part| part.database() == Database::Onet)
            .find(|part| part.layout().file.eq_ignore_ascii_case(stem))
    }
}

impl fmt::Display for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for Part {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|part| part.as_str() == text)
            .ok_or(())
    }
}
