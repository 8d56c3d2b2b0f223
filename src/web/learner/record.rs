//! The record, as the learner reads it: what they have demonstrated, how they were assessed, what
//! was signed, and what they can do about it.

use serde_json::Value;

use super::page::{Told, form, hidden};
use super::{form::field, moment, path, shown};
use crate::dossier::document::{
    Assessment, Credential, Decision, Demonstration, Dossier, Evidence, Observation, Statement,
};
use crate::web::html::Html;
use crate::web::site::Site;

/// What happened just before, if anything did.
pub(super) enum Notice {
    /// It was done.
    Done(&'static str),
    /// Something was in the way.
    Refused(Told),
}

/// A record to show, and the key that opens it.
pub(super) struct Record<'r> {
    pub(super) site: &'r Site,
    pub(super) dossier: &'r Dossier,
    pub(super) key: &'r str,
}

impl Record<'_> {
    /// The whole page.
    pub(super) fn write(&self, html: &mut Html, notice: Option<&Notice>) {
        let dossier = self.dossier;
        html.line("h1", "Your record");
        match notice {
            Some(Notice::Refused(told)) => told.write(html),
            Some(Notice::Done(what)) => {
                let status = [("class", "verdict pass"), ("role", "status")];
                html.element("div", &status, |html| html.styled("p", "sentence", what));
            }
            None => {}
        }
        html.element("p", &[("class", "lead")], |html| {
            html.text(&shown(&dossier.learner.name));
            html.text(", at ");
            html.text(&shown(&dossier.provider.name));
        });
        self.demonstrations(html);
        self.assessments(html);
        self.credentials(html);
        self.everything(html);
    }

    fn demonstrations(&self, html: &mut Html) {
        html.line("h2", "What you have demonstrated");
        if self.dossier.demonstrations.is_empty() {
            html.line(
                "p",
                "Nothing yet: it appears here once an assessment is decided.",
            );
        }
        for shown_once in &self.dossier.demonstrations {
            self.demonstration(html, shown_once);
        }
    }

    fn demonstration(&self, html: &mut Html, found: &Demonstration) {
        html.element("section", &[("class", "part")], |html| {
            self.statement(html, &found.statement);
            html.element("dl", &[], |html| {
                let assessors = self.assessors(found);
                if !assessors.is_empty() {
                    html.entry("Assessed by", |html| {
                        html.text(&shown(&assessors.join(", ")))
                    });
                }
                html.entry("On", |html| moment(html, found.demonstrated_at.0));
                match (&found.withdrawn_at, &found.valid_until) {
                    (Some(at), _) => html.entry("Taken back on", |html| moment(html, at.0)),
                    (None, Some(at)) => html.entry("Holds until", |html| moment(html, at.0)),
                    (None, None) => {}
                }
            });
        });
    }

    /// Who observed what was demonstrated, by name.
    fn assessors(&self, found: &Demonstration) -> Vec<String> {
        let mut all = self.dossier.assessments.iter();
        let Some(assessment) = all.find(|a| a.id == found.assessment_id) else {
            return Vec::new();
        };
        let of_it = assessment.observations.iter();
        let of_it = of_it.filter(|o| o.statement.id == found.statement.id);
        let mut names: Vec<_> = of_it.filter_map(|o| o.assessor.clone()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn statement(&self, html: &mut Html, statement: &Statement) {
        html.element("blockquote", &[("dir", "auto")], |html| {
            html.line("p", &shown(&statement.text));
        });
        html.element("p", &[("class", "names")], |html| {
            let of = [
                &statement.level,
                &statement.occupation,
                &statement.framework,
            ];
            html.text(&shown(&of.map(String::as_str).join(" · ")));
            html.text(" · ");
            let to = format!("/statements/{}", statement.id);
            html.link(&self.site.link(&to), "as published");
        });
    }

    fn assessments(&self, html: &mut Html) {
        html.line("h2", "Your assessments");
        if self.dossier.assessments.is_empty() {
            html.line("p", "There are none.");
        }
        for assessment in &self.dossier.assessments {
            html.element("section", &[("class", "part")], |html| {
                self.assessment(html, assessment);
            });
        }
    }

    fn assessment(&self, html: &mut Html, assessment: &Assessment) {
        html.line("h3", &shown(&assessment.plan.name));
        html.element("p", &[], |html| {
            html.line("strong", state(&assessment.state));
            if let Some(at) = &assessment.agreed_at {
                html.text(" You agreed on ");
                moment(html, at.0);
                html.text(".");
            }
        });
        if let Some(decision) = assessment.decisions.last() {
            explanation(html, assessment, decision);
        }
        if !assessment.observations.is_empty() {
            html.element("details", &[], |html| {
                let count = assessment.observations.len();
                html.line("summary", &format!("What was observed ({count})"));
                for observation in &assessment.observations {
                    self.observation(html, observation);
                }
            });
        }
        if matches!(&*assessment.state, "DECIDED" | "RE_DECIDED") {
            self.answer(html, assessment);
        }
    }

    /// What the learner can say to a decision.
    fn answer(&self, html: &mut Html, assessment: &Assessment) {
        let id = assessment.id.to_string();
        if assessment.agreed_at.is_none() {
            let to = self.site.link(path::AGREE);
            form(html, &to, self.key, "I agree with this decision", |html| {
                hidden(html, field::ID, &id);
            });
        }
        html.element("details", &[], |html| {
            html.line("summary", "I object to this decision");
            html.line(
                "p",
                "The assessment is opened again, and somebody else decides it anew. Your reason \
                 is shown to those who assess you.",
            );
            form(
                html,
                &self.site.link(path::OBJECT),
                self.key,
                "Object",
                |html| {
                    hidden(html, field::ID, &id);
                    let field_id = format!("reason-{id}");
                    html.element("label", &[("for", &field_id)], |html| html.text("Why"));
                    let text = [
                        ("id", &*field_id),
                        ("name", field::REASON),
                        ("rows", "4"),
                        ("maxlength", "1000"),
                        ("required", ""),
                    ];
                    html.element("textarea", &text, |_| {});
                },
            );
        });
    }

    fn observation(&self, html: &mut Html, observation: &Observation) {
        html.line("p", &shown(&observation.statement.text));
        html.element("dl", &[], |html| {
            html.entry("Rated", |html| {
                html.text(&observation.rating.to_string());
                if observation.supersedes_id.is_some() {
                    html.text(", correcting an earlier rating");
                }
            });
            if let Some(name) = &observation.assessor {
                html.entry("By", |html| html.text(&shown(name)));
            }
            html.entry("On", |html| moment(html, observation.observed_at.0));
            if !observation.context.is_empty() {
                html.entry("How", |html| html.text(&shown(&observation.context)));
            }
            for evidence in &observation.evidence {
                html.entry("Evidence", |html| told_evidence(html, evidence));
            }
        });
    }

    fn credentials(&self, html: &mut Html) {
        html.line("h2", "Your signed records");
        if self.dossier.credentials.is_empty() {
            html.line("p", "There are none.");
            return;
        }
        html.line(
            "p",
            "Each is a file that anyone can check, with or without us. Keep them where you like, \
             and show them to whom you like.",
        );
        for credential in &self.dossier.credentials {
            html.element("section", &[("class", "part")], |html| {
                self.credential(html, credential);
            });
        }
    }

    fn credential(&self, html: &mut Html, credential: &Credential) {
        let mut all = self.dossier.demonstrations.iter();
        let about = all.find(|d| Some(d.id) == credential.demonstration_id);
        match about {
            Some(found) => html.line("p", &shown(&found.statement.text)),
            None => html.element("p", &[], |html| html.line("code", &credential.document_id)),
        }
        html.element("dl", &[], |html| {
            html.entry("Stands", |html| html.text(standing(&credential.state)));
            html.entry("Since", |html| moment(html, credential.valid_from.0));
            if let Some(at) = &credential.valid_until {
                html.entry("Until", |html| moment(html, at.0));
            }
        });
        if credential.secured.is_some() {
            let to = self.site.link(path::CREDENTIAL);
            form(html, &to, self.key, "Download this record", |html| {
                hidden(html, field::ID, &credential.id.to_string());
            });
        }
    }

    fn everything(&self, html: &mut Html) {
        html.line("h2", "Everything that is stored about you");
        html.line(
            "p",
            "One file with all of the above, word for word, and what was done to it when.",
        );
        let to = self.site.link(path::EXPORT);
        form(html, &to, self.key, "Download everything", |_| {});
        html.line("h2", "Being erased");
        if let Some(at) = &self.dossier.learner.erasure_requested_at {
            html.element("p", &[], |html| {
                html.text("You asked to be erased on ");
                moment(html, at.0);
                html.text(". The provider has been told, and will see to it.");
            });
            return;
        }
        html.line(
            "p",
            "You can ask for your personal data to be removed. Your signed records are then \
             withdrawn for good.",
        );
        let to = self.site.link(path::ERASURE);
        form(html, &to, self.key, "Ask to be erased…", |_| {});
    }
}

/// The outcome for each statement, as the decision tells it.
fn explanation(html: &mut Html, assessment: &Assessment, decision: &Decision) {
    html.element("p", &[], |html| {
        html.text("Decided on ");
        moment(html, decision.decided_at.0);
        html.text(":");
    });
    let outcomes = decision.explanation.get("statements");
    let outcomes = outcomes.and_then(Value::as_array).into_iter().flatten();
    html.element("ul", &[("class", "checks")], |html| {
        for outcome in outcomes {
            let met = outcome.get("met").and_then(Value::as_bool) == Some(true);
            let class = if met { "pass" } else { "fail" };
            html.element("li", &[("class", class)], |html| {
                let id = outcome.get("statement").and_then(Value::as_str);
                html.line("p", &shown(&text_of(assessment, id.unwrap_or_default())));
                html.element("p", &[], |html| {
                    html.line(
                        "strong",
                        if met {
                            "✓ Demonstrated"
                        } else {
                            "✗ Not demonstrated"
                        },
                    );
                });
                let rules = outcome.get("requirements").and_then(Value::as_array);
                for rule in rules.into_iter().flatten() {
                    if let Some(text) = rule.get("text").and_then(Value::as_str) {
                        html.styled("p", "names", &shown(text));
                    }
                }
            });
        }
    });
}

/// The text of a statement that was observed; otherwise its id.
fn text_of(assessment: &Assessment, id: &str) -> String {
    let mut all = assessment.observations.iter().map(|o| &o.statement);
    let found = all.find(|statement| statement.id.to_string() == id);
    found.map_or_else(|| id.to_owned(), |statement| statement.text.clone())
}

fn told_evidence(html: &mut Html, evidence: &Evidence) {
    if let Some(name) = &evidence.name {
        html.text(&shown(name));
        html.text(": ");
    }
    match (&evidence.file, &*evidence.kind) {
        (Some(file), _) => html.text(&format!("{}, {} bytes", shown(&file.name), file.size)),
        // Never a link: an address that somebody else gave can lead anywhere.
        (None, "URL" | "FILE" | "FILE_DIGEST") => html.line("code", &shown(&evidence.value)),
        (None, _) => html.text(&shown(&evidence.value)),
    }
}

/// Where an assessment stands, in words.
fn state(state: &str) -> &'static str {
    match state {
        "PLANNED" => "Planned.",
        "OPEN" => "Open: you are being assessed.",
        "SUBMITTED" => "Waiting for a decision.",
        "DECIDED" => "Decided.",
        "APPEALED" => "You objected; it will be decided anew.",
        "RE_DECIDED" => "Decided anew, after you objected.",
        "WITHDRAWN" => "Withdrawn: it was ended without a decision.",
        _ => "Not known.",
    }
}

/// Where a signed record stands, in words.
fn standing(state: &str) -> &'static str {
    match state {
        "INTENDED" => "being signed",
        "ISSUED" => "it holds",
        "SUSPENDED" => "suspended: it does not hold for now",
        "REVOKED" => "revoked: it holds no more",
        "WITHDRAWN" => "withdrawn: it holds no more",
        _ => "not known",
    }
}
