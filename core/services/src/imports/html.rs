//! Notes that other programs keep as HTML, as plain text with its lines.

use htmlescape::decode_html;

/// Tags that begin a line, and end it.
const BLOCKS: [&str; 19] = [
    "p",
    "div",
    "br",
    "hr",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "tbody",
    "thead",
    "blockquote",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
];
/// Tags within a line.
const INLINE: [&str; 18] = [
    "a", "b", "i", "u", "s", "em", "strong", "span", "font", "small", "sub", "sup", "code", "img", "td",
    "th", "body", "html",
];
/// A longer one is no tag, and no entity is as long: a sign that stands alone is not sought to the end of the text.
const TAG_BYTES_MAX: usize = 2_000;
const ENTITY_BYTES_MAX: usize = 40;
const ITEM: &str = "- ";

/// The text without its tags and entities, a block a line; a text without tags is what it is.
pub(super) fn plain_text(text: &str) -> String {
    let is_html = text.match_indices('<').any(|(at, _)| tag_at(&text[at..]).is_some());
    if !is_html {
        return text.to_owned();
    }
    let (mut plain, mut rest) = (Plain::default(), text);
    while let Some(at) = rest.find('<') {
        plain.write(&rest[..at]);
        rest = &rest[at..];
        match tag_at(rest) {
            Some((tag, bytes)) => {
                plain.put(&tag);
                rest = &rest[bytes..];
            }
            None => {
                plain.write("<");
                rest = &rest[1..];
            }
        }
    }
    plain.write(rest);
    plain.end()
}

struct Tag<'a> {
    name: String,
    closes: bool,
    attributes: &'a str,
}

/// The tag at the beginning of a text, if one that is known stands there, and how long it is.
fn tag_at(text: &str) -> Option<(Tag<'_>, usize)> {
    let end = text.bytes().take(TAG_BYTES_MAX).position(|byte| byte == b'>')?;
    let inside = text.get(1..end)?;
    let (closes, inside) = inside.strip_prefix('/').map_or((false, inside), |inside| (true, inside));
    let behind = inside.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(inside.len());
    let (name, attributes) = inside.split_at(behind);
    let name = name.to_ascii_lowercase();
    let is_known = BLOCKS.contains(&name.as_str()) || INLINE.contains(&name.as_str());
    let is_whole = attributes.is_empty() || attributes.starts_with([' ', '/', '\t', '\r', '\n']);
    (is_known && is_whole).then_some((Tag { name, closes, attributes }, end + 1))
}

/// A text on its way out of HTML.
#[derive(Default)]
struct Plain {
    lines: Vec<String>,
    line: String,
    /// White space stands before what comes next.
    has_space: bool,
    /// Where the link leads within whose text it is.
    link: Option<String>,
}

impl Plain {
    fn write(&mut self, text: &str) {
        for letter in decoded(text).chars() {
            if letter.is_whitespace() {
                self.has_space = true;
                continue;
            }
            if std::mem::take(&mut self.has_space) && !self.line.is_empty() && !self.line.ends_with(' ') {
                self.line.push(' ');
            }
            self.line.push(letter);
        }
    }

    fn put(&mut self, tag: &Tag<'_>) {
        match (tag.name.as_str(), tag.closes) {
            ("br", _) => self.end_line(),
            ("td" | "th", _) => self.has_space = true,
            ("a", false) => self.link = address(tag.attributes),
            ("a", true) => {
                if let Some(link) = self.link.take().filter(|link| !self.line.contains(link.as_str())) {
                    self.write(&format!(" ({link})"));
                }
            }
            (name, closes) if BLOCKS.contains(&name) => {
                if !self.line.is_empty() && self.line != ITEM {
                    self.end_line();
                }
                if name == "li" && !closes {
                    ITEM.clone_into(&mut self.line);
                }
            }
            _ => {}
        }
    }

    fn end_line(&mut self) {
        self.lines.push(std::mem::take(&mut self.line));
        self.has_space = false;
    }

    fn end(mut self) -> String {
        self.end_line();
        self.lines.dedup_by(|line, before| line.is_empty() && before.is_empty());
        self.lines.join("\n").trim().to_owned()
    }
}

/// Where a link leads, if that is an address that people can open.
fn address(attributes: &str) -> Option<String> {
    let (_, value) = attributes.split_once("href=")?;
    let quote = value.chars().next().filter(|letter| matches!(letter, '"' | '\''))?;
    let address = decoded(value[1..].split(quote).next()?);
    address.starts_with("http").then_some(address)
}

/// Entities as the letters that they stand for; what is none stays as it is.
fn decoded(text: &str) -> String {
    let (mut plain, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(ENTITY_BYTES_MAX).position(|byte| byte == b';').map(|end| end + 1);
        let entity = end.and_then(|end| Some((decode_html(&rest[..end]).ok()?, end)));
        let (letters, end) = entity.unwrap_or_else(|| ("&".to_owned(), 1));
        plain.push_str(&letters);
        rest = &rest[end..];
    }
    plain.push_str(rest);
    plain
}
