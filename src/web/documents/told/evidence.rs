//! An occupation's AI-use figures, each as it was printed.

use crate::catalog::evidence::{AiUsage, Cluster, EvidencePack, Feasibility, Figure};
use crate::web::html::Html;

/// Writes the tables of a pack.
pub(in crate::web::documents) fn evidence(html: &mut Html, pack: &EvidencePack) {
    if let Some(usage) = &pack.usage {
        table(html, &usage.label, |html| used(html, usage));
    }
    if let Some(feasibility) = &pack.feasibility {
        table(html, &feasibility.label, |html| feasible(html, feasibility));
    }
    if let Some(cluster) = &pack.cluster {
        table(html, &cluster.label, |html| clustered(html, cluster));
    }
}

fn table(html: &mut Html, caption: &str, rows: impl FnOnce(&mut Html)) {
    html.element("table", &[], |html| {
        html.line("caption", caption);
        html.element("tbody", &[], rows);
    });
}

fn row(html: &mut Html, name: &str, value: impl FnOnce(&mut Html)) {
    html.element("tr", &[], |html| {
        html.element("th", &[("scope", "row")], |html| html.text(name));
        html.element("td", &[], value);
    });
}

fn figure(html: &mut Html, figure: &Figure) {
    row(html, &figure.label, |html| {
        let number = ("value", figure.number.as_str());
        html.element("data", &[number], |html| html.text(&figure.printed));
    });
}

fn used(html: &mut Html, usage: &AiUsage) {
    for one in &usage.figures {
        figure(html, one);
    }
}

fn feasible(html: &mut Html, feasibility: &Feasibility) {
    row(html, "Top skill", |html| html.text(&feasibility.top_skill));
    figure(html, &feasibility.score);
    if let Some(precision) = &feasibility.precision {
        row(html, "Precision", |html| html.text(precision));
    }
}

fn clustered(html: &mut Html, cluster: &Cluster) {
    row(html, "Group", |html| html.text(&cluster.name));
    row(html, "Its name for programs", |html| {
        html.line("code", &cluster.slug);
    });
}
