//! Awarded achievements (Open Badges 3.0, `AchievementCredential` and its subject).

use super::super::class::{Class, Position, Value, many, may, must};
use super::super::facts::{
    begins_before_it_ends, has_no_vc_claim, is_identified, relates_once, results_are_described,
};
use super::achievement::{ACHIEVEMENT, ALIGNMENT};
use super::endorsement::ENDORSED;
use super::general::{MOMENT, SHARED, URI};
use super::profile::{IDENTITY_OBJECT, IMAGE, PROFILE};
use super::secured::{SECURED, WHOLE};
use Value::{Contexts, Number, Object, OneOf, Text, Types, Words};

/// An achievement awarded to one learner; the other name of its type is `OpenBadgeCredential`.
pub(crate) static ACHIEVEMENT_CREDENTIAL: Class = Class::new(
    "an AchievementCredential",
    &[
        &[
            must(
                "@context",
                Contexts(&[Position::Credentials, Position::OpenBadges]),
            ),
            must(
                "type",
                Types(&[
                    &["VerifiableCredential"],
                    &["OpenBadgeCredential", "AchievementCredential"],
                ]),
            ),
            may("name", Text),
            may("image", Object(&IMAGE)),
            must("credentialSubject", Object(&SUBJECT)),
        ],
        WHOLE,
        &SECURED,
        SHARED,
        &ENDORSED,
    ],
)
.with(&[has_no_vc_claim, begins_before_it_ends, relates_once]);

static SUBJECT: Class = Class::new(
    "one AchievementSubject with achievement, and with id or identifier",
    &[&[
        may("id", URI),
        must("type", Types(&[&["AchievementSubject"]])),
        must("achievement", Object(&ACHIEVEMENT)),
        many("identifier", Object(&IDENTITY_OBJECT)),
        many("result", Object(&RESULT)),
        may("activityStartDate", MOMENT),
        may("activityEndDate", MOMENT),
        may("creditsEarned", Number),
        may("image", Object(&IMAGE)),
        may("licenseNumber", Words),
        may("narrative", Words),
        may("role", Words),
        may("source", Object(&PROFILE)),
        may("term", Words),
    ]],
)
.with(&[is_identified, results_are_described]);

static RESULT: Class = Class::new(
    "a Result",
    &[&[
        must("type", Types(&[&["Result"]])),
        may("resultDescription", URI),
        may("achievedLevel", URI),
        may(
            "status",
            OneOf(&[
                "Completed",
                "Enrolled",
                "Failed",
                "InProgress",
                "OnHold",
                "Provisional",
                "Withdrew",
            ]),
        ),
        may("value", Words),
        many("alignment", Object(&ALIGNMENT)),
    ]],
);
