//! Judges what every source names against the tables of the parent module.

use super::paths::{self, Named};
use super::{DOMAIN_ROOMS, FENCED_CRATES, FENCED_NAMES, MAY_USE, MORE_PARTS, PARTS};
use std::collections::{BTreeMap, BTreeSet};

#[cfg(test)]
mod tests;

/// The place of a module, given by its path from the crate's root.
fn place(module: &[String]) -> String {
    let part = |i: usize| module.get(i).map_or("", String::as_str);
    let (room, inner) = (part(0), part(1));
    if room == "kernel" && inner == "db" {
        "kernel::db".to_owned()
    } else if !DOMAIN_ROOMS.contains(&room) {
        room.to_owned()
    } else if PARTS.contains(&inner) || MORE_PARTS.contains(&(room, inner)) {
        format!("{room}::{inner}")
    } else {
        format!("{room}::pure")
    }
}

fn fits(place: &str, pattern: &str) -> bool {
    let (room, part) = place.split_once("::").unwrap_or((place, ""));
    match pattern.split_once("::") {
        Some(("*", wanted)) => DOMAIN_ROOMS.contains(&room) && part == wanted,
        Some((wanted, "*")) => room == wanted,
        _ => place == pattern,
    }
}

fn fits_any(place: &str, patterns: &[&str]) -> bool {
    patterns.iter().any(|pattern| fits(place, pattern))
}

/// A source file: its path from the repository root, its crate's name where that is not
/// `attestry`, and its module path.
struct File<'a> {
    path: &'a str,
    text: &'a str,
    member: Option<&'static str>,
    module: Vec<String>,
}

impl<'a> File<'a> {
    /// `None` for a file that holds only tests.
    fn new(path: &'a str, text: &'a str) -> Option<Self> {
        let member = ["entity", "migration"]
            .into_iter()
            .find(|member| path.starts_with(&format!("{member}/")));
        let inside = path.split_once("src/")?.1.strip_suffix(".rs")?;
        let mut module: Vec<String> = inside.split('/').map(str::to_owned).collect();
        if module.iter().any(|name| name == "tests") {
            return None;
        }
        let last = module.last().map_or("", String::as_str);
        if last == "mod" || (module.len() == 1 && matches!(last, "lib" | "main")) {
            module.pop();
        }
        Some(Self {
            path,
            text,
            member,
            module,
        })
    }

    fn place(&self) -> String {
        match (self.member, self.module.is_empty()) {
            (Some(member), _) => member.to_owned(),
            (None, true) if self.path.ends_with("main.rs") => "main".to_owned(),
            (None, true) => "lib".to_owned(),
            (None, false) => place(&self.module),
        }
    }

    /// Where a path leads inside the crate, from its root; `None` when it leads outside.
    fn resolve(&self, segments: &[String], modules: &BTreeSet<Vec<String>>) -> Option<Vec<String>> {
        let mut base = self.module.clone();
        let mut rest = segments;
        match rest.first()?.as_str() {
            "crate" | "attestry" => (base, rest) = (Vec::new(), &rest[1..]),
            "self" => rest = &rest[1..],
            "super" => {}
            first => {
                base.push(first.to_owned());
                if !modules.contains(&base) {
                    return None;
                }
                rest = &rest[1..];
            }
        }
        while rest.first().is_some_and(|segment| segment == "super") {
            base.pop();
            rest = &rest[1..];
        }
        base.extend_from_slice(rest);
        Some(base)
    }
}

/// Every wrong arrow in `sources` (path from the repository root, text), as a sentence.
pub(crate) fn wrong_arrows(sources: &[(String, String)]) -> Vec<String> {
    let files: Vec<File> = sources
        .iter()
        .filter_map(|(path, text)| File::new(path, text))
        .collect();
    let house = files.iter().filter(|file| file.member.is_none());
    let modules: BTreeSet<_> = house.map(|file| file.module.clone()).collect();
    // One sentence for a line and arrow, however many names a `use` brings along it.
    let mut wrong = BTreeMap::new();
    for file in &files {
        let from = file.place();
        if file.member.is_none() && !MAY_USE.iter().any(|(place, _)| *place == from) {
            let told = format!("put the file into a room of the house, or add {from} to MAY_USE");
            wrong.insert((file.path, 1, format!("{from} is no room")), told);
        }
        for named in paths::named(file.text) {
            if let Some((arrow, told)) = judge(file, &from, &named, &modules) {
                wrong.entry((file.path, named.line, arrow)).or_insert(told);
            }
        }
    }
    let sentence = |((path, line, arrow), told)| format!("{path}:{line}: {arrow}: {told}");
    wrong.into_iter().map(sentence).collect()
}

/// The wrong arrow of a path that `file`, standing at `from`, names, and what to do.
fn judge(
    file: &File,
    from: &str,
    named: &Named,
    modules: &BTreeSet<Vec<String>>,
) -> Option<(String, String)> {
    let full = named.segments.join("::");
    for (name, allowed, remedy) in FENCED_NAMES {
        if named.segments.iter().any(|s| s == name)
            && file.member.is_none()
            && !fits_any(from, allowed)
        {
            return Some((format!("{from} → {name}"), format!("`{full}`: {remedy}")));
        }
    }
    // A lone word outside a declaration is a variable, a field or a type in scope.
    if named.segments.len() < 2 && !named.in_use {
        return None;
    }
    let inside = match file.member {
        None => file.resolve(&named.segments, modules),
        Some(_) => None,
    };
    let Some(target) = inside else {
        let fence = FENCED_CRATES
            .iter()
            .find(|(crates, _, _)| crates.contains(&named.segments[0].as_str()));
        let (_, allowed, remedy) = fence?;
        let wrong = !fits_any(from, allowed);
        let arrow = format!("{from} → {}", named.segments[0]);
        return wrong.then(|| (arrow, format!("`{full}`: {remedy}")));
    };
    // Naming a whole room hides which part is meant, `kernel::db` among them.
    let whole = match target.as_slice() {
        [room] if room == "kernel" => Some("kernel::db".to_owned()),
        [room] if DOMAIN_ROOMS.contains(&room.as_str()) => Some(format!("{room}::mod")),
        _ => None,
    };
    let own_room =
        |to: &str| to.ends_with("::mod") && from.split("::").next() == to.split("::").next();
    let remedy = if whole.is_some() {
        "name the part that is meant in the path; "
    } else {
        ""
    };
    let to = whole.unwrap_or_else(|| place(&target));
    let on_the_map = to.ends_with("::mod") || MAY_USE.iter().any(|(place, _)| *place == to);
    if to == from || to == "kernel" || own_room(&to) || !on_the_map {
        return None;
    }
    let (_, allowed) = MAY_USE.iter().find(|(place, _)| *place == from)?;
    let told = format!(
        "`{full}`: {remedy}turn the arrow round, or pass the value in; \
         {from} may use only itself, kernel and {allowed:?}"
    );
    (!fits_any(&to, allowed)).then(|| (format!("{from} → {to}"), told))
}
