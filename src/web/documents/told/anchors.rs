//! What an occupation is anchored in, what it is also called, how one learns it.

use std::collections::HashSet;

use crate::catalog::model::AnchorRef;
use crate::catalog::profile::{
    Anchor, AnchorKind, Apprenticeship, CipCode, OccupationProfile, RelatedOccupation, Tier,
};
use crate::web::html::Html;
use crate::web::site::Site;

/// The kinds in their order, with the headings of their lists.
const KINDS: [(AnchorKind, &str); 6] = [
    (AnchorKind::Skill, "Skills"),
    (AnchorKind::Knowledge, "Knowledge"),
    (AnchorKind::Ability, "Abilities"),
    (AnchorKind::WorkStyle, "Work styles"),
    (AnchorKind::Technology, "Technology"),
    (AnchorKind::Task, "Tasks"),
];

/// Writes what a profile says besides its figures. `here` are the codes of the occupations that
/// have a page.
pub(in crate::web::documents) fn profile_anchors(
    html: &mut Html,
    site: &Site,
    profile: &OccupationProfile,
    here: &HashSet<String>,
) {
    let count = profile.anchors.len();
    let provider = profile.anchor_provider.as_deref();
    let by = provider.map_or_else(String::new, |by| format!(" · {by}"));
    let plural = if count == 1 { "" } else { "s" };
    html.line("p", &format!("{count} anchor{plural}{by}"));
    suggest(html, site);
    if !profile.related_titles.is_empty() {
        html.line("h3", "Related titles");
        html.element("ul", &[("class", "short")], |html| {
            for title in &profile.related_titles {
                html.line("li", title);
            }
        });
    }
    html.line("h3", "RAPIDS apprenticeships");
    apprenticeships(html, profile.rapids.as_deref());
    for (kind, name) in KINDS {
        let own: Vec<&Anchor> = profile.anchors.iter().filter(|a| a.kind == kind).collect();
        if !own.is_empty() {
            html.line("h3", name);
            list(html, kind, &own);
        }
    }
    html.line("h3", "CIP education codes");
    programs(html, &profile.cip);
    if !profile.related.is_empty() {
        html.line("h3", "Related occupations");
        related(html, site, &profile.related, here);
    }
}

/// How a mistake is told.
pub(in crate::web::documents) fn suggest(html: &mut Html, site: &Site) {
    html.element("p", &[("class", "suggest")], |html| {
        html.text("Is something wrong here? ");
        html.link(&site.link("/playground"), "Suggest a correction");
        html.text(": signed in, with the mutation ");
        html.line("code", "suggestCorrection");
        html.text(" of the API.");
    });
}

/// The texts of the anchors that a statement is grounded in, as far as the profile tells them.
pub(in crate::web::documents) fn anchor_names<'p>(
    profile: Option<&'p OccupationProfile>,
    refs: &[AnchorRef],
) -> Vec<(AnchorRef, Option<&'p str>)> {
    let find = |to: &AnchorRef| {
        let mut all = profile?.anchors.iter();
        let found = all.find(|a| a.kind == to.kind && a.ordinal == to.ordinal);
        found.map(|anchor| anchor.text.as_str())
    };
    refs.iter().map(|to| (*to, find(to))).collect()
}

fn list(html: &mut Html, kind: AnchorKind, anchors: &[&Anchor]) {
    let class = if kind == AnchorKind::Task {
        "long"
    } else {
        "short"
    };
    html.element("ol", &[("class", class)], |html| {
        for anchor in anchors {
            html.element("li", &[], |html| {
                html.text(&anchor.text);
                if let Some(importance) = &anchor.importance {
                    html.line("small", &format!(" importance {importance}"));
                }
            });
        }
    });
}

fn apprenticeships(html: &mut Html, known: Option<&[Apprenticeship]>) {
    match known {
        None => html.styled("p", "none", "Not known."),
        Some([]) => html.styled("p", "none", "None registered."),
        Some(all) => coded(
            html,
            "Registered apprenticeships",
            all.iter().map(|one| (&one.code, &one.title)),
        ),
    }
}

fn programs(html: &mut Html, all: &[CipCode]) {
    if all.is_empty() {
        html.styled("p", "none", "None known.");
        return;
    }
    let rows = all.iter().map(|one| (&one.code, &one.title));
    coded(html, "Instructional programs that lead here", rows);
}

fn coded<'c>(
    html: &mut Html,
    caption: &str,
    rows: impl Iterator<Item = (&'c String, &'c Option<String>)>,
) {
    html.element("table", &[], |html| {
        html.line("caption", caption);
        columns(html, &["Code", "Title"]);
        html.element("tbody", &[], |html| {
            for (code, title) in rows {
                html.element("tr", &[], |html| {
                    html.element("th", &[("scope", "row")], |html| html.text(code));
                    html.line("td", title.as_deref().unwrap_or("not told"));
                });
            }
        });
    });
}

fn columns(html: &mut Html, names: &[&str]) {
    html.element("thead", &[], |html| {
        html.element("tr", &[], |html| {
            for name in names {
                html.element("th", &[("scope", "col")], |html| html.text(name));
            }
        });
    });
}

fn related(html: &mut Html, site: &Site, all: &[RelatedOccupation], here: &HashSet<String>) {
    html.element("table", &[], |html| {
        html.line("caption", "Occupations like this one, the closest first");
        columns(html, &["SOC code", "Title", "How close"]);
        html.element("tbody", &[], |html| {
            for one in all {
                html.element("tr", &[], |html| {
                    let code = one.soc.as_str();
                    html.element("th", &[("scope", "row")], |html| {
                        if here.contains(code) {
                            html.link(&site.link(&format!("/occupations/{code}")), code);
                        } else {
                            html.text(code);
                        }
                    });
                    html.line("td", one.title.as_deref().unwrap_or("not told"));
                    html.line("td", one.tier.map_or("not told", closeness));
                });
            }
        });
    });
}

fn closeness(tier: Tier) -> &'static str {
    match tier {
        Tier::PrimaryShort => "among the five closest",
        Tier::PrimaryLong => "among the ten closest",
        Tier::Supplemental => "further off",
    }
}
