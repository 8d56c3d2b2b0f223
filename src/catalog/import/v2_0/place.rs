//! Members that the format does not define, by where they stand.

use crate::catalog::export::v2_0::is_taken;
use crate::catalog::model::Extra;
use crate::kernel::json::{Json, Object, pointer_token};

use super::super::fields::Fields;
use super::super::problem::Problems;
use super::ALONE;

/// Extras that a document gives apart from where they belong, because the format defines their
/// names there.
pub(super) struct Apart(Vec<Extra>);

/// Takes out what `otherMembers` gives: members by their JSON Pointers.
pub(super) fn given_apart(export: &mut Fields, problems: &mut Problems) -> Option<Apart> {
    let members = match export.if_any("otherMembers") {
        None => Object::new(),
        Some(value) => super::object(value, &export.at("otherMembers"), problems)?,
    };
    let extras: Vec<Option<Extra>> = members
        .into_iter()
        .map(|(pointer, value)| match pointer.rsplit_once('/') {
            Some((container, token)) if is_apart(container, token) => Some(Extra {
                container: container.to_owned(),
                name: unescaped(token),
                value,
            }),
            _ => {
                refuse(&pointer, problems);
                None
            }
        })
        .collect();
    extras.into_iter().collect::<Option<_>>().map(Apart)
}

fn refuse(pointer: &str, problems: &mut Problems) {
    problems.add(
        format!("/otherMembers{}", pointer_token(pointer)),
        "it is not the JSON Pointer of a member whose name the format defines with another meaning",
        "put the member where it belongs",
    );
}

fn unescaped(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// Whether a member belongs apart: the format defines its name in that object. One whose name is
/// not escaped as JSON Pointers are written would come back at another place.
fn is_apart(container: &str, token: &str) -> bool {
    let name = unescaped(token);
    let extra = Extra {
        container: alone(container),
        value: Json::Null,
        name,
    };
    pointer_token(&extra.name).strip_prefix('/') == Some(token) && is_taken(&extra)
}

/// The place in an export of one framework: `/framework` for `/frameworks/0`.
fn alone(container: &str) -> String {
    let Some(rest) = container.strip_prefix("/frameworks/") else {
        return container.to_owned();
    };
    match rest.split_once('/') {
        Some((_, rest)) => format!("{ALONE}/{rest}"),
        None => ALONE.to_owned(),
    }
}

impl Apart {
    /// Those in the object at `place`, or deeper.
    pub(super) fn take(&mut self, place: &str) -> Vec<Extra> {
        self.0.extract_if(.., |extra| is_in(extra, place)).collect()
    }

    /// Those in no framework.
    pub(super) fn take_outside(&mut self) -> Vec<Extra> {
        let outside =
            |extra: &mut Extra| !is_in(extra, "/framework") && !is_in(extra, "/frameworks");
        self.0.extract_if(.., outside).collect()
    }

    /// Refuses those that stand in a framework that is not there.
    pub(super) fn nothing_left(self, problems: &mut Problems) -> Option<()> {
        for extra in &self.0 {
            refuse(&extra.pointer(), problems);
        }
        self.0.is_empty().then_some(())
    }
}

fn is_in(extra: &Extra, place: &str) -> bool {
    let rest = extra.container.strip_prefix(place);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The extras with their places under `to` in place of `from`.
pub(super) fn rebased(extras: Vec<Extra>, from: &str, to: &str) -> Vec<Extra> {
    let moved = |extra: Extra| match extra.container.strip_prefix(from) {
        Some(rest) => Extra {
            container: format!("{to}{rest}"),
            ..extra
        },
        None => extra,
    };
    extras.into_iter().map(moved).collect()
}
