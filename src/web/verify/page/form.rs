//! The form, and what is said round it.

use super::PATH;
use super::submission::{Refused, field};
use crate::web::html::Html;
use crate::web::site::Site;

/// What the page is.
pub(super) const TITLE: &str = "Check a record";

/// The kinds of file that a browser offers first. Any other can be chosen too.
const RECORDS: &str = ".json,.jsonld,.jwt,.txt,.png,.svg,application/json,application/ld+json,\
                       text/plain,image/png,image/svg+xml";
const DOCUMENTS: &str = ".json,.jsonld,.jwt,.txt,application/json,text/plain";

/// The files that can be given along: the field, whether several may be chosen, its name,
/// and what it is for.
const ALONG: [(&str, bool, &str, &str); 4] = [
    (
        field::ISSUER,
        true,
        "The issuer's document",
        "A DID document (did.json) or a JWK Set, with the keys that the issuer signs with. \
         You vouch for where you had it from.",
    ),
    (
        field::STATUS,
        true,
        "The status list",
        "The signed list of which records the issuer has withdrawn.",
    ),
    (
        field::FRAMEWORK,
        true,
        "The framework",
        "The published document that the skill is taken from, unchanged.",
    ),
    (
        field::TRUST,
        false,
        "Your list of issuers",
        "JSON with the issuers that you trust: {\"issuers\":[{\"id\":\"did:…\",\"name\":\"…\"}]}.",
    ),
];

/// What a reader may have asked of whoever presents records: the field, its name, and what it is.
const ASKED: [(&str, &str, &str); 2] = [
    (
        field::CHALLENGE,
        "The challenge of a presentation",
        "What you asked the holder to sign, so that it is not an old presentation.",
    ),
    (
        field::DOMAIN,
        "The domain of a presentation",
        "The name under which you asked, so that it was not made for somebody else.",
    ),
];

/// The page with the form, after what was wrong with the last one, if anything was.
pub(super) fn write(html: &mut Html, site: &Site, refused: Option<&Refused>) {
    html.line("h1", TITLE);
    if let Some(refused) = refused {
        problem(html, refused);
    }
    html.styled(
        "p",
        "lead",
        "Is it genuine, does it still hold, and exactly which skill does it attest?",
    );
    html.line(
        "p",
        "Paste a record that someone gave you, or choose its file. It is checked at once and \
         not kept.",
    );
    let attributes = [
        ("method", "post"),
        ("action", &*site.link(PATH)),
        ("enctype", "multipart/form-data"),
    ];
    html.element("form", &attributes, |html| {
        record(html);
        html.element("details", &[], along);
        html.element("p", &[], |html| {
            html.element("button", &[("type", "submit")], |html| {
                html.text("Check the record");
            });
        });
    });
    explain(html, site);
}

fn problem(html: &mut Html, refused: &Refused) {
    let alert = [("class", "verdict fail"), ("role", "alert")];
    html.element("div", &alert, |html| {
        html.element("p", &[("class", "sentence")], |html| {
            html.element("span", &[("aria-hidden", "true")], |html| html.text("✗ "));
            html.text(refused.heading);
        });
        html.line("p", &refused.detail);
        if let Some(problem) = refused.problem {
            html.element("p", &[], |html| {
                html.text("Error: ");
                html.line("code", problem.name);
            });
        }
    });
}

fn record(html: &mut Html) {
    label(html, field::TEXT, "The record, pasted");
    hint(
        html,
        "text-hint",
        "JSON, which begins with {, or a JWT, which begins with eyJ.",
    );
    let text = [
        ("id", field::TEXT),
        ("name", field::TEXT),
        ("rows", "8"),
        ("spellcheck", "false"),
        ("autocapitalize", "none"),
        ("autocomplete", "off"),
        ("aria-describedby", "text-hint"),
    ];
    html.element("textarea", &text, |_| {});
    label(html, field::FILE, "Or its file");
    hint(
        html,
        "file-hint",
        "JSON, a JWT, or a badge picture: PNG or SVG.",
    );
    html.void(
        "input",
        &[
            ("type", "file"),
            ("id", field::FILE),
            ("name", field::FILE),
            ("accept", RECORDS),
            ("aria-describedby", "file-hint"),
        ],
    );
}

/// What a reader may give along.
fn along(html: &mut Html) {
    html.line("summary", "More to check it with, if you have it");
    html.line(
        "p",
        "Records that were issued here need none of this. Those of others may: what is \
         missing leaves the verdict open, and the report says what it is.",
    );
    for (name, several, title, what_for) in ALONG {
        let described_by = format!("{name}-hint");
        label(html, name, title);
        hint(html, &described_by, what_for);
        let mut attributes = vec![
            ("type", "file"),
            ("id", name),
            ("name", name),
            ("accept", DOCUMENTS),
            ("aria-describedby", &described_by),
        ];
        if several {
            attributes.push(("multiple", ""));
        }
        html.void("input", &attributes);
    }
    for (name, title, what_for) in ASKED {
        let described_by = format!("{name}-hint");
        label(html, name, title);
        hint(html, &described_by, what_for);
        let attributes = [
            ("type", "text"),
            ("id", name),
            ("name", name),
            ("spellcheck", "false"),
            ("autocapitalize", "none"),
            ("autocomplete", "off"),
            ("aria-describedby", &*described_by),
        ];
        html.void("input", &attributes);
    }
}

fn label(html: &mut Html, of: &str, text: &str) {
    html.element("label", &[("for", of)], |html| html.text(text));
}

fn hint(html: &mut Html, id: &str, text: &str) {
    html.element("p", &[("class", "hint"), ("id", id)], |html| {
        html.text(text);
    });
}

fn explain(html: &mut Html, site: &Site) {
    html.line("h2", "What is checked, and what is not");
    html.element("ul", &[], |html| {
        for text in [
            "Checked: that the issuer signed it and nothing was changed since; that it holds \
             today and was neither revoked nor suspended; that the skill reads as it was \
             published, in that version of that framework.",
            "Not checked: who the person before you is. A record names its learner by an id; \
             that they are the same is yours to see to.",
            "Not decided: whether the issuer is one to trust with that skill. The report names \
             them; the trust is yours.",
        ] {
            html.line("li", text);
        }
    });
    html.line("h2", "Without us");
    html.element("p", &[], |html| {
        html.text("You need not take our word. The command ");
        html.line("code", "attestry verify --offline");
        html.text(
            " makes the same checks on your own machine, without any network; what it needs \
             beside the record is public. Programs send the record to ",
        );
        html.line("code", &site.url("/credentials/verify"));
        html.text(".");
    });
}
