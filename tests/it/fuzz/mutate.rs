//! Changes to bytes, and to JSON as a tree.

use serde_json::{Value, json};

use super::dice::Dice;

/// One of `kept`, changed in one to four places; `words` are what the reader looks for.
pub(super) fn bytes(dice: &mut Dice, kept: &[Vec<u8>], words: &[&str]) -> Vec<u8> {
    let mut out = dice.pick(kept).clone();
    for _ in 0..=dice.below(4) {
        let at = dice.place(out.len());
        let end = (at + dice.below(9)).min(out.len());
        match dice.below(8) {
            0 if at < out.len() => out[at] ^= 1 << dice.below(8),
            1 if at < out.len() => out[at] = dice.byte(),
            2 => out.insert(at, dice.byte()),
            3 => drop(out.drain(at..end)),
            4 => {
                let again = out[at..end].to_vec();
                out.splice(at..at, again);
            }
            5 if !words.is_empty() => {
                let end = if dice.once_in(2) { at } else { end };
                out.splice(at..end, dice.pick(words).bytes());
            }
            6 => {
                let other = dice.pick(kept);
                let from = dice.place(other.len());
                let to = (from + dice.below(65)).min(other.len());
                out.splice(at..end, other[from..to].iter().copied());
            }
            7 if dice.once_in(4) => out.truncate(at),
            _ => {}
        }
    }
    out
}

/// [`bytes`] on the text of one of `kept`, which is JSON, or on its tree.
pub(super) fn json(dice: &mut Dice, kept: &[Vec<u8>], words: &[&str]) -> Vec<u8> {
    let tree = serde_json::from_slice::<Value>(dice.pick::<Vec<u8>>(kept));
    match tree {
        Ok(mut tree) if !dice.once_in(4) => {
            for _ in 0..=dice.below(3) {
                let other = serde_json::from_slice(dice.pick::<Vec<u8>>(kept)).unwrap_or_default();
                change(dice, &mut tree, &other, words);
            }
            tree.to_string().into_bytes()
        }
        _ => bytes(dice, kept, words),
    }
}

/// Changes one value of `tree`, perhaps into one of `other`.
fn change(dice: &mut Dice, tree: &mut Value, other: &Value, words: &[&str]) {
    let word = || json!(words.first().copied().unwrap_or_default());
    let mut at = dice.below(size(tree));
    let mut from = dice.below(size(other));
    let donor = nth(other, &mut from).cloned().unwrap_or_default();
    let Some(value) = nth_mut(tree, &mut at) else {
        return;
    };
    match dice.below(9) {
        0 => *value = donor,
        1 => *value = json!([value.take()]),
        2 => *value = json!([value.take(), donor]),
        3 => *value = json!({"@value": value.take()}),
        4 => {
            *value = if words.is_empty() {
                word()
            } else {
                json!(dice.pick(words))
            }
        }
        5 => {
            *value = dice
                .pick(&[
                    json!(null),
                    json!(true),
                    json!(-1),
                    json!(1.5),
                    json!(""),
                    json!([]),
                ])
                .clone();
        }
        _ => match value {
            Value::Object(members) => {
                let names: Vec<String> = members.keys().cloned().collect();
                let name = if names.is_empty() {
                    ""
                } else {
                    dice.pick(&names)
                };
                match dice.below(4) {
                    0 => drop(members.remove(name)),
                    1 if !words.is_empty() => {
                        let moved = members.remove(name).unwrap_or(donor);
                        members.insert((*dice.pick(words)).to_owned(), moved);
                    }
                    2 => {
                        let copy = members.get(name).cloned().unwrap_or(donor);
                        members.insert(format!("{name}{name}"), copy);
                    }
                    _ => drop(members.insert(name.to_owned(), donor)),
                }
            }
            Value::Array(items) => {
                let at = dice.place(items.len());
                match dice.below(3) {
                    0 if at < items.len() => drop(items.remove(at)),
                    1 if at < items.len() => items.push(items[at].clone()),
                    _ => items.insert(at, donor),
                }
            }
            Value::String(text) => {
                let changed = bytes(dice, &[text.clone().into_bytes()], words);
                *text = String::from_utf8_lossy(&changed).into_owned();
            }
            Value::Number(_) => *value = json!(dice.below(1 << 20)),
            Value::Bool(_) | Value::Null => *value = donor,
        },
    }
}

/// How many values there are in `value`, itself included.
fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(members) => members.values().map(size).sum::<usize>(),
        _ => 0,
    }
}

/// The value with this number in `value`, which has 0 itself.
fn nth<'a>(value: &'a Value, number: &mut usize) -> Option<&'a Value> {
    if *number == 0 {
        return Some(value);
    }
    *number -= 1;
    match value {
        Value::Array(items) => items.iter().find_map(|item| nth(item, number)),
        Value::Object(members) => members.values().find_map(|member| nth(member, number)),
        _ => None,
    }
}

/// [`nth`], to be changed.
fn nth_mut<'a>(value: &'a mut Value, number: &mut usize) -> Option<&'a mut Value> {
    if *number == 0 {
        return Some(value);
    }
    *number -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| nth_mut(item, number)),
        Value::Object(members) => members.values_mut().find_map(|item| nth_mut(item, number)),
        _ => None,
    }
}
