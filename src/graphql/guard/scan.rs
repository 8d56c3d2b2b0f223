//! The look at the text before the parser sees it.

use async_graphql::parser::Pos;

use super::{Limits, Measure, Refusal, nul};

/// Holds bytes, tokens and bracket depth of `source` against `limits`.
///
/// Strings and comments are read as GraphQL's lexical grammar has them, so that nothing
/// can hide in them; a string that does not end is refused here, because the parser
/// could read its rest as something else.
pub(super) fn scan(source: &str, limits: &Limits) -> Result<(), Refusal> {
    Measure::Bytes.hold(source.len(), limits.bytes)?;
    let bracket_limit = limits.brackets.min(Limits::BRACKET_CEILING);
    let mut rest = source.as_bytes();
    let mut tokens = 0_usize;
    let mut depth = 0_usize;
    while let [byte, tail @ ..] = rest {
        rest = match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b',' => {
                rest = tail;
                continue;
            }
            b'#' => {
                rest = skip_while(tail, |byte| !matches!(byte, b'\r' | b'\n'));
                continue;
            }
            b'"' => {
                let begin = source.len() - rest.len();
                let tail = string_end(rest).ok_or_else(|| unterminated(source, begin))?;
                let string = rest.split_at(rest.len() - tail.len()).0;
                nul::refuse_in_string(string, || position(source, begin))?;
                tail
            }
            b'{' | b'[' | b'(' => {
                depth += 1;
                Measure::Brackets.hold(depth, bracket_limit)?;
                tail
            }
            b'}' | b']' | b')' => {
                depth = depth.saturating_sub(1);
                tail
            }
            byte if is_word(*byte) => skip_while(tail, is_word),
            _ => tail.strip_prefix(b"..").unwrap_or(tail),
        };
        tokens += 1;
        Measure::Tokens.hold(tokens, limits.tokens)?;
    }
    Ok(())
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn skip_while(bytes: &[u8], keep: impl Fn(u8) -> bool) -> &[u8] {
    let end = bytes.iter().position(|byte| !keep(*byte));
    bytes.split_at(end.unwrap_or(bytes.len())).1
}

/// What follows the string that `bytes` begin with; `None` when it does not end.
fn string_end(bytes: &[u8]) -> Option<&[u8]> {
    const BLOCK: &[u8] = b"\"\"\"";
    let Some(mut rest) = bytes.strip_prefix(BLOCK) else {
        return quoted_end(bytes.split_first()?.1);
    };
    loop {
        if let Some(tail) = rest.strip_prefix(BLOCK) {
            return Some(tail);
        }
        rest = match rest.strip_prefix(b"\\\"\"\"") {
            Some(tail) => tail,
            None => rest.split_first()?.1,
        };
    }
}

fn quoted_end(mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        rest = match rest {
            [b'"', tail @ ..] => return Some(tail),
            [b'\r' | b'\n', ..] | [b'\\', b'\r' | b'\n', ..] => return None,
            [b'\\', _, tail @ ..] | [_, tail @ ..] => tail,
            [] => return None,
        };
    }
}

fn unterminated(source: &str, begin: usize) -> Refusal {
    Refusal::parse_at(
        "the string that begins here does not end",
        vec![position(source, begin)],
    )
}

/// Line and column of the byte at `begin`, from 1.
fn position(source: &str, begin: usize) -> Pos {
    let before = source.get(..begin).unwrap_or_default();
    let line_start = before.rfind(['\r', '\n']).map_or(0, |newline| newline + 1);
    let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
    let line = before.replace("\r\n", "\n").matches(['\r', '\n']).count() + 1;
    Pos { line, column }
}
