//! Numbers and strings: what digits and escapes stand for.
//!
//! Ranges are checked here too: an integer of more than 64 bits and a float that is infinite are errors.

use super::{Pair, Rule, span_of};
use crate::query::ast::{Expression, ExpressionKind, Literal, Spanned};
use crate::query::error::{Detail, QueryError};
use crate::text::Span;

/// `42`, `0x2A`, `4.2`
pub(super) fn number(pair: Pair<'_>) -> Result<Expression, QueryError> {
    let span = span_of(&pair);
    let text = pair.as_str().trim_end().to_owned();
    let rule = pair.into_inner().next().map(|inner| inner.as_rule());
    let literal = match rule {
        Some(Rule::hexadecimal) => Literal::Integer(integer(&text, 16, span)?),
        Some(Rule::octal) => Literal::Integer(integer(&text, 8, span)?),
        Some(Rule::integer) => Literal::Integer(integer(&text, 10, span)?),
        Some(Rule::float) => Literal::Float(float(&text, span)?),
        _ => {
            let message = format!("`{text}` is no number");
            return Err(QueryError::syntax(Detail::InvalidNumberLiteral, message, span));
        }
    };
    Ok(Spanned::new(ExpressionKind::Literal(literal), span))
}

/// An integer with its sign and, for other bases than ten, a prefix of two letters.
fn integer(text: &str, radix: u32, span: Span) -> Result<i64, QueryError> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text),
    };
    let digits = if radix == 10 { digits } else { digits.get(2..).unwrap_or_default() };
    i64::from_str_radix(&format!("{sign}{digits}"), radix).map_err(|_| {
        let message = format!("`{text}` is outside -2^63 .. 2^63-1");
        QueryError::syntax(Detail::IntegerOverflow, message, span)
    })
}

fn float(text: &str, span: Span) -> Result<f64, QueryError> {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        _ => {
            let message = format!("`{text}` is too large for a floating-point number");
            Err(QueryError::syntax(Detail::FloatingPointOverflow, message, span))
        }
    }
}

/// A quoted string, its escapes resolved.
pub(super) fn string(pair: &Pair<'_>) -> Result<Expression, QueryError> {
    let span = span_of(pair);
    let text = pair.as_str();
    let inner = text.get(1..text.len().saturating_sub(1)).unwrap_or_default();
    let value = if inner.contains('\\') { unescape(inner, span.start + 1)? } else { inner.to_owned() };
    Ok(Spanned::new(ExpressionKind::Literal(Literal::String(value)), span))
}

/// Resolves escapes; `start` is the place of the text's first byte in the statement.
fn unescape(text: &str, start: usize) -> Result<String, QueryError> {
    let mut value = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(position) = rest.find('\\') {
        value.push_str(&rest[..position]);
        let place = start + (text.len() - rest.len()) + position;
        let escape = &rest[position + 1..];
        let (character, length) = escaped(escape, place)?;
        value.push(character);
        rest = &escape[length..];
    }
    value.push_str(rest);
    Ok(value)
}

/// The character that an escape stands for, and the escape's length without the backslash.
fn escaped(escape: &str, place: usize) -> Result<(char, usize), QueryError> {
    let letter = escape.chars().next().unwrap_or('\\');
    let character = match letter {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{c}',
        '\\' | '\'' | '"' | '`' => letter,
        'u' => return unicode(escape, 4, place),
        'U' => return unicode(escape, 8, place),
        _ => {
            let span = Span::new(place, place + 1 + letter.len_utf8());
            return Err(QueryError::syntax(Detail::UnexpectedSyntax, format!("unknown escape `\\{letter}`"), span)
                .hint("for a backslash write `\\\\`"));
        }
    };
    Ok((character, letter.len_utf8()))
}

/// `uXXXX` or `UXXXXXXXX`
fn unicode(escape: &str, digits: usize, place: usize) -> Result<(char, usize), QueryError> {
    let hexadecimal = escape.get(1..=digits).filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let character = hexadecimal.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
    character.map(|character| (character, digits + 1)).ok_or_else(|| {
        let message = format!("`\\{}` needs {digits} hexadecimal digits of a character", &escape[..1]);
        QueryError::syntax(Detail::InvalidUnicodeLiteral, message, Span::new(place, place + 2))
    })
}
