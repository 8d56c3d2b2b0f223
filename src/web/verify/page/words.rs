//! The verifier's terms in plain words.

use crate::credential::verify::{CheckName, CheckOutcome, Kind, Outcome};

/// A verdict for a reader who never heard of signatures.
pub(super) struct Verdict {
    /// The class of its box in the style sheet.
    pub(super) class: &'static str,
    /// The class of its words.
    pub(super) tone: &'static str,
    /// A sign beside the words, never instead of them.
    pub(super) sign: &'static str,
    /// The verdict's name.
    pub(super) name: &'static str,
    /// The verdict as a sentence.
    pub(super) sentence: &'static str,
    /// What that means.
    pub(super) meaning: &'static str,
    /// What to do next.
    pub(super) next: &'static str,
}

/// The verdict over what was given: a record, or a presentation of records.
pub(super) fn verdict(outcome: Outcome, kind: Kind) -> Verdict {
    match outcome {
        Outcome::Valid => Verdict {
            class: "verdict pass",
            tone: "pass",
            sign: "✓",
            name: "VALID",
            sentence: match kind {
                Kind::Credential => "This record is valid",
                Kind::Presentation => "This presentation is valid",
            },
            meaning: match kind {
                Kind::Credential => {
                    "It was signed by the issuer it names, nothing in it was changed since, \
                     and it holds today."
                }
                Kind::Presentation => {
                    "Its holder signed it, and each record in it was signed by the issuer it \
                     names, is unchanged, and holds today."
                }
            },
            next: "Two things no record can tell: whether you trust its issuer to judge the \
                   skill, and whether the person before you is the one it was issued to.",
        },
        Outcome::Invalid => Verdict {
            class: "verdict fail",
            tone: "fail",
            sign: "✗",
            name: "INVALID",
            sentence: match kind {
                Kind::Credential => "This record is not valid",
                Kind::Presentation => "This presentation is not valid",
            },
            meaning: "At least one check failed. Do not rely on anything that it says.",
            next: "Ask the person for the record as they received it, or ask the issuer \
                   whether it still stands.",
        },
        Outcome::Indeterminate => Verdict {
            class: "verdict unknown",
            tone: "unknown",
            sign: "?",
            name: "INDETERMINATE",
            sentence: match kind {
                Kind::Credential => "This record could not be fully checked",
                Kind::Presentation => "This presentation could not be fully checked",
            },
            meaning: "No check failed, but something that must be known is not at hand. Do \
                      not rely on it yet.",
            next: "Ask the issuer for what is missing and give it along with the record, or \
                   check with the command attestry verify, which fetches it.",
        },
    }
}

/// The outcome of one check.
pub(super) struct Told {
    /// Its class in the style sheet.
    pub(super) class: &'static str,
    /// A sign beside the words, never instead of them.
    pub(super) sign: &'static str,
    /// The answer to the check's question.
    pub(super) answer: &'static str,
}

/// The outcome of one check, as the answer to its [`question`].
pub(super) fn outcome(outcome: CheckOutcome) -> Told {
    let (class, sign, answer) = match outcome {
        CheckOutcome::Pass => ("pass", "✓", "Yes"),
        CheckOutcome::Fail => ("fail", "✗", "No"),
        CheckOutcome::Unknown => ("unknown", "?", "Not known"),
        CheckOutcome::NotApplicable => ("none", "–", "Does not apply"),
    };
    Told {
        class,
        sign,
        answer,
    }
}

/// A check as a question that its outcome answers.
pub(super) fn question(name: CheckName) -> &'static str {
    match name {
        CheckName::Form => "Is it written as a record of skills must be?",
        CheckName::Proof => "Are its proofs of a kind, purpose and time to be believed?",
        CheckName::Header => "Does the signature ask only for what is understood?",
        CheckName::Claims => "Do the signed claims repeat what the record says?",
        CheckName::Signature => "Is the signature genuine, and nothing changed since?",
        CheckName::Issuer => "Does the key that signed belong to the issuer?",
        CheckName::Time => "Does the record hold at this time?",
        CheckName::Status => "Is it neither revoked nor suspended?",
        CheckName::Statement => "Is the skill, word for word, the published one?",
        CheckName::Holder => "Did its holder sign it, in answer to what was asked?",
        CheckName::Parts => "Are the records inside it valid?",
        CheckName::Binding => "Is its holder the learner of the records inside?",
        CheckName::Trust => "Is the issuer on your own list?",
    }
}
