//! The lines of cards (RFC 6350 and 2426, and vCard 2.1 before them): folded and unfolded, names, parameters, values with
//! their escapes, quoted-printable. Own code, because the libraries for it bring time zones and calendars along.

use encoding_rs::{Encoding, UTF_8};

/// A line is folded after so many bytes (RFC 6350, 3.2).
const FOLD_BYTES: usize = 75;

/// One property of a card.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct CardLine {
    /// Upper case, without its group.
    pub(crate) name: String,
    /// Lower case names; the bare words of 2.1 are values of `type`.
    pub(crate) params: Vec<(String, String)>,
    /// As it stands in the file, but decoded: escapes are still there.
    value: String,
}

impl CardLine {
    pub(crate) fn new(name: &str, params: &[(&str, &str)], parts: &[&str]) -> CardLine {
        CardLine {
            name: name.to_owned(),
            params: params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            value: parts.iter().map(|part| escaped(part)).collect::<Vec<_>>().join(";"),
        }
    }

    /// The whole value as text.
    pub(crate) fn text(&self) -> String {
        unescaped(&self.value)
    }

    /// The parts of a value that has several, such as a name.
    pub(crate) fn parts(&self) -> Vec<String> {
        split(&self.value, ';').iter().map(|part| unescaped(part)).collect()
    }

    /// Values of `type`, lower case, one by one.
    pub(crate) fn types(&self) -> Vec<String> {
        let of_type = self.params.iter().filter(|(name, _)| name == "type");
        of_type.flat_map(|(_, value)| value.split(',').map(|word| word.trim().to_lowercase())).collect()
    }

    pub(crate) fn has_param(&self, name: &str) -> bool {
        self.params.iter().any(|(known, _)| known == name)
    }

    /// Adds the line to a file, folded.
    pub(crate) fn write_to(&self, text: &mut String) {
        let mut line = self.name.clone();
        for (name, value) in &self.params {
            line.push_str(&format!(";{}={value}", name.to_uppercase()));
        }
        line.push(':');
        line.push_str(&self.value);
        let mut room = FOLD_BYTES;
        for character in line.chars() {
            if character.len_utf8() > room {
                text.push_str("\r\n ");
                room = FOLD_BYTES - 1;
            }
            text.push(character);
            room -= character.len_utf8();
        }
        text.push_str("\r\n");
    }
}

/// The properties of a card; lines that are none are passed over.
pub(crate) fn lines(card: &str) -> Vec<CardLine> {
    unfolded(card).iter().filter_map(|line| read(line)).collect()
}

/// Whole lines: one that begins with a space goes on with the one before; so does one after a quoted-printable line that
/// ends with `=`.
fn unfolded(card: &str) -> Vec<String> {
    let mut whole: Vec<String> = Vec::new();
    for line in card.lines() {
        let is_continued = whole.last().is_some_and(|last| is_quoted_printable(last) && last.ends_with('='));
        match (whole.last_mut(), line.strip_prefix([' ', '\t'])) {
            (Some(last), _) if is_continued => {
                last.pop();
                last.push_str(line.trim_start_matches([' ', '\t']));
            }
            (Some(last), Some(rest)) => last.push_str(rest),
            _ => whole.push(line.to_owned()),
        }
    }
    whole
}

fn is_quoted_printable(line: &str) -> bool {
    let head = line.split(':').next().unwrap_or_default();
    head.to_ascii_uppercase().contains("QUOTED-PRINTABLE")
}

fn read(line: &str) -> Option<CardLine> {
    let (head, value) = line.split_at_checked(end_of_head(line)?)?;
    let value = value.strip_prefix(':')?;
    let mut words = split(head, ';').into_iter();
    let name = words.next()?;
    let name = name.rsplit('.').next().unwrap_or_default().trim().to_uppercase();
    let (mut params, mut charset, mut is_quoted) = (Vec::new(), UTF_8, false);
    for word in words {
        let (key, said) = match word.split_once('=') {
            Some((key, said)) => (key.trim().to_lowercase(), said.trim().trim_matches('"').to_owned()),
            // In 2.1 a kind stands alone, and so may an encoding.
            None if word.trim().eq_ignore_ascii_case("quoted-printable") => {
                ("encoding".to_owned(), word.trim().to_owned())
            }
            None => ("type".to_owned(), word.trim().to_owned()),
        };
        match key.as_str() {
            "charset" => charset = Encoding::for_label(said.as_bytes()).unwrap_or(UTF_8),
            "encoding" => is_quoted |= said.eq_ignore_ascii_case("quoted-printable"),
            _ => params.push((key, said)),
        }
    }
    let value = if is_quoted { decoded(value, charset) } else { value.to_owned() };
    (!name.is_empty()).then_some(CardLine { name, params, value })
}

/// The colon that ends name and parameters: one in quotes does not.
fn end_of_head(line: &str) -> Option<usize> {
    let mut is_quoted = false;
    line.char_indices().find_map(|(at, character)| {
        is_quoted ^= character == '"';
        (character == ':' && !is_quoted).then_some(at)
    })
}

/// Parts between separators that no backslash stands before.
fn split(text: &str, separator: char) -> Vec<String> {
    let (mut parts, mut is_escaped) = (vec![String::new()], false);
    for character in text.chars() {
        if character == separator && !is_escaped {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(character);
        }
        is_escaped = character == '\\' && !is_escaped;
    }
    parts
}

fn unescaped(text: &str) -> String {
    let (mut plain, mut characters) = (String::with_capacity(text.len()), text.chars());
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n' | 'N') => plain.push('\n'),
                Some(other) => plain.push(other),
                None => plain.push('\\'),
            },
            other => plain.push(other),
        }
    }
    plain
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '\n' => escaped.push_str("\\n"),
            '\r' => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// Quoted-printable (RFC 2045, 6.7); what is no code stays as it is.
fn decoded(text: &str, charset: &'static Encoding) -> String {
    let bytes = text.as_bytes();
    let (mut plain, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(byte) = bytes.get(at) {
        let code = bytes.get(at + 1..at + 3).filter(|_| *byte == b'=');
        let code = code.and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(code) => {
                plain.push(code);
                at += 3;
            }
            None => {
                plain.push(*byte);
                at += 1;
            }
        }
    }
    charset.decode_without_bom_handling(&plain).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_are_read_as_old_and_new_programs_write_them() {
        let check = |line: &str, name: &str, types: &[&str], text: &str| {
            let read = read(line).unwrap();
            assert_eq!((read.name.as_str(), read.text().as_str()), (name, text), "{line}");
            assert_eq!(read.types(), types, "{line}");
        };
        check("TEL;CELL;VOICE:600112233", "TEL", &["cell", "voice"], "600112233");
        check("item1.tel;type=CELL;type=pref:600", "TEL", &["cell", "pref"], "600");
        check("TEL;VALUE=uri;TYPE=\"voice,work\":tel:+34", "TEL", &["voice", "work"], "tel:+34");
        check("NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Caf=E8 =zz", "NOTE", &[], "Cafè =zz");
        check("NOTE:una\\, dues\\nlínies\\\\", "NOTE", &[], "una, dues\nlínies\\");
        assert_eq!(read("escombraries"), None);
        assert_eq!(
            lines("NOTE;QUOTED-PRINTABLE:a=\n b\nX:1\n 2")[..].iter().map(CardLine::text).collect::<Vec<_>>(),
            ["ab", "12"]
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(parts in proptest::collection::vec("[^\r]{0,60}", 1..5)) {
            let texts: Vec<&str> = parts.iter().map(String::as_str).collect();
            let line = CardLine::new("N", &[("type", "work")], &texts);
            let mut text = String::new();
            line.write_to(&mut text);
            prop_assert!(text.lines().all(|line| line.len() <= FOLD_BYTES));
            let again = lines(&text);
            prop_assert_eq!(again.len(), 1);
            prop_assert_eq!(again[0].parts(), parts);
        }
    }
}
