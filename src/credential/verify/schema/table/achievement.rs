//! What is achieved, against which criteria and levels (Open Badges 3.0, `Achievement`).

use super::super::class::{Class, Format, Value, many, may, must};
use super::super::facts::requires_own_level;
use super::endorsement::ENDORSED;
use super::general::URI;
use super::profile::{IDENTIFIER_ENTRY, IMAGE, PROFILE};
use Value::{Extensible, Number, Object, Types, Words};

const TAG: Value = Value::Format(Format::Tag);

/// What can be achieved.
pub(super) static ACHIEVEMENT: Class = Class::new(
    "an Achievement with id, name, description and criteria",
    &[
        &[
            must("id", URI),
            must("type", Types(&[&["Achievement"]])),
            must("name", Words),
            must("description", Words),
            must("criteria", Object(&CRITERIA)),
            may("achievementType", Extensible(ACHIEVEMENT_TYPES)),
            many("alignment", Object(&ALIGNMENT)),
            many("resultDescription", Object(&RESULT_DESCRIPTION)),
            may("creator", Object(&PROFILE)),
            may("creditsAvailable", Number),
            may("fieldOfStudy", Words),
            may("humanCode", Words),
            may("image", Object(&IMAGE)),
            may("inLanguage", TAG),
            many("otherIdentifier", Object(&IDENTIFIER_ENTRY)),
            many("related", Object(&RELATED)),
            may("specialization", Words),
            many("tag", Words),
            may("version", Words),
        ],
        &ENDORSED,
    ],
);

const ACHIEVEMENT_TYPES: &[&str] = &[
    "Achievement",
    "ApprenticeshipCertificate",
    "Assessment",
    "Assignment",
    "AssociateDegree",
    "Award",
    "Badge",
    "BachelorDegree",
    "Certificate",
    "CertificateOfCompletion",
    "Certification",
    "CommunityService",
    "Competency",
    "Course",
    "CoCurricular",
    "Degree",
    "Diploma",
    "DoctoralDegree",
    "Fieldwork",
    "GeneralEducationDevelopment",
    "JourneymanCertificate",
    "LearningProgram",
    "License",
    "Membership",
    "ProfessionalDoctorate",
    "QualityAssuranceCredential",
    "MasterCertificate",
    "MasterDegree",
    "MicroCredential",
    "ResearchDoctorate",
    "SecondarySchoolDiploma",
];

static CRITERIA: Class = Class::new(
    "an object with id or narrative",
    &[&[may("id", URI), may("narrative", Words)]],
);

/// What an achievement, a result or a level stands for in a framework.
pub(super) static ALIGNMENT: Class = Class::new(
    "an Alignment with targetName and targetUrl",
    &[&[
        must("type", Types(&[&["Alignment"]])),
        must("targetName", Words),
        must("targetUrl", URI),
        may("targetCode", Words),
        may("targetDescription", Words),
        may("targetFramework", Words),
        may(
            "targetType",
            Extensible(&[
                "ceasn:Competency",
                "ceterms:Credential",
                "CFItem",
                "CFRubric",
                "CFRubricCriterion",
                "CFRubricCriterionLevel",
                "CTDL",
            ]),
        ),
    ]],
);

static RELATED: Class = Class::new(
    "a Related with id",
    &[&[
        must("id", URI),
        must("type", Types(&[&["Related"]])),
        may("inLanguage", TAG),
        may("version", Words),
    ]],
);

static RESULT_DESCRIPTION: Class = Class::new(
    "a ResultDescription with id, name and resultType",
    &[&[
        must("id", URI),
        must("type", Types(&[&["ResultDescription"]])),
        must("name", Words),
        must(
            "resultType",
            Extensible(&[
                "GradePointAverage",
                "LetterGrade",
                "Percent",
                "PerformanceLevel",
                "PredictedScore",
                "RawScore",
                "Result",
                "RubricCriterion",
                "RubricCriterionLevel",
                "RubricScore",
                "ScaledScore",
                "Status",
            ]),
        ),
        many("rubricCriterionLevel", Object(&LEVEL)),
        many("allowedValue", Words),
        many("alignment", Object(&ALIGNMENT)),
        may("requiredLevel", URI),
        may("requiredValue", Words),
        may("valueMax", Words),
        may("valueMin", Words),
    ]],
)
.with(&[requires_own_level]);

static LEVEL: Class = Class::new(
    "a RubricCriterionLevel with id and name",
    &[&[
        must("id", URI),
        must("type", Types(&[&["RubricCriterionLevel"]])),
        must("name", Words),
        may("description", Words),
        may("level", Words),
        may("points", Words),
        many("alignment", Object(&ALIGNMENT)),
    ]],
);
