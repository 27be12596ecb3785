//! What is written on the pages of a PDF, in the order in which it is drawn, with spaces where pieces stand apart.

use super::fonts::{Font, Spacing};
use super::{STREAM_BYTES_MAX, is_full};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Instant;

/// Pages draw forms, which draw others.
const DEPTH_MAX: usize = 8;
/// States that are put aside at once.
const STATES_MAX: usize = 100;
/// Shares of the size of a font: pieces of one word are not further apart along their line, nor off it.
const APART_MAX: f64 = 0.15;
const OFF_LINE_MAX: f64 = 0.3;
/// The pen goes back as far within a word: accents, narrow pairs.
const BACK_MAX: f64 = 1.0;

/// Where something is drawn: `x` becomes `a·x + c·y + e`, `y` becomes `b·x + d·y + f`.
#[derive(Clone, Copy)]
struct Matrix([f64; 6]);

impl Matrix {
    const AS_IT_IS: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    fn by(x: f64, y: f64) -> Matrix {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// This one, and then the other.
    fn then(self, other: Matrix) -> Matrix {
        let (Matrix([a, b, c, d, e, f]), Matrix([k, l, m, n, o, p])) = (self, other);
        Matrix([
            a * k + b * m,
            a * l + b * n,
            c * k + d * m,
            c * l + d * n,
            e * k + f * m + o,
            e * l + f * n + p,
        ])
    }

    fn at(self, x: f64) -> (f64, f64) {
        let Matrix([a, b, _, _, e, f]) = self;
        (a * x + e, b * x + f)
    }
}

/// What `q` puts aside and `Q` takes back.
#[derive(Clone)]
struct State<'a> {
    page: Matrix,
    font: Option<Rc<Font<'a>>>,
    spacing: Spacing,
    leading: f64,
}

/// What is drawn with: of a page, or of a form on it.
struct Drawing<'a> {
    resources: Vec<&'a Dictionary>,
    state: State<'a>,
    aside: Vec<State<'a>>,
    /// Where the line begins, and where the pen is.
    line: Matrix,
    pen: Matrix,
    depth: usize,
}

/// Goes through pages and gathers what is written on them.
pub(super) struct Reader<'a> {
    document: &'a Document,
    until: Instant,
    /// By where they are in memory: pages share them.
    fonts: BTreeMap<usize, Rc<Font<'a>>>,
    text: String,
    /// Where the last piece ended.
    end: Option<(f64, f64)>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(document: &'a Document, until: Instant) -> Reader<'a> {
        Reader { document, until, fonts: BTreeMap::new(), text: String::new(), end: None }
    }

    /// There is enough, or no more time.
    pub(super) fn is_done(&self) -> bool {
        is_full(&self.text) || Instant::now() >= self.until
    }

    pub(super) fn text(self) -> String {
        self.text
    }

    pub(super) fn read_page(&mut self, page: ObjectId) {
        let document = self.document;
        let Ok(content) = document.get_page_content_with_limit(page, STREAM_BYTES_MAX) else { return };
        let Ok((own, shared)) = document.get_page_resources(page) else { return };
        let shared = shared.into_iter().filter_map(|id| document.get_dictionary(id).ok());
        let resources = own.into_iter().chain(shared).collect();
        self.text.push(' ');
        self.end = None;
        self.draw(&content, resources, Matrix::AS_IT_IS, 0);
    }

    fn draw(&mut self, content: &[u8], resources: Vec<&'a Dictionary>, page: Matrix, depth: usize) {
        let spacing = Spacing { size: 1.0, of_letters: 0.0, of_words: 0.0, stretch: 1.0 };
        let mut drawing = Drawing {
            resources,
            state: State { page, font: None, spacing, leading: 0.0 },
            aside: Vec::new(),
            line: Matrix::AS_IT_IS,
            pen: Matrix::AS_IT_IS,
            depth,
        };
        for operation in Content::<Vec<Operation>>::decode_iter(content) {
            let Ok(operation) = operation else { return };
            if self.is_done() {
                return;
            }
            self.apply(&mut drawing, &operation);
        }
    }

    fn apply(&mut self, drawing: &mut Drawing<'a>, operation: &Operation) {
        let operands = operation.operands.as_slice();
        let number = |place: usize| {
            operands.get(place).and_then(|operand| operand.as_float().ok()).map_or(0.0, f64::from)
        };
        match operation.operator.as_str() {
            "q" if drawing.aside.len() < STATES_MAX => drawing.aside.push(drawing.state.clone()),
            "Q" => drawing.state = drawing.aside.pop().unwrap_or_else(|| drawing.state.clone()),
            "cm" => drawing.state.page = matrix(&number).then(drawing.state.page),
            "BT" => (drawing.line, drawing.pen) = (Matrix::AS_IT_IS, Matrix::AS_IT_IS),
            "Tm" => (drawing.line, drawing.pen) = (matrix(&number), matrix(&number)),
            "Td" => drawing.go(number(0), number(1)),
            "TD" => {
                drawing.state.leading = -number(1);
                drawing.go(number(0), number(1));
            }
            "T*" => drawing.next_line(),
            "TL" => drawing.state.leading = number(0),
            "Tc" => drawing.state.spacing.of_letters = number(0),
            "Tw" => drawing.state.spacing.of_words = number(0),
            "Tz" => drawing.state.spacing.stretch = number(0) / 100.0,
            "Tf" => {
                drawing.state.spacing.size = number(1);
                drawing.state.font = operands.first().and_then(|name| self.font(drawing, name));
            }
            "Tj" | "TJ" => self.write(drawing, operands),
            "'" => {
                drawing.next_line();
                self.write(drawing, operands);
            }
            "\"" => {
                drawing.state.spacing.of_words = number(0);
                drawing.state.spacing.of_letters = number(1);
                drawing.next_line();
                self.write(drawing, operands.get(2..).unwrap_or_default());
            }
            "Do" => {
                if let Some(Object::Name(name)) = operands.first() {
                    self.draw_form(drawing, name);
                }
            }
            _ => {}
        }
    }

    fn font(&mut self, drawing: &Drawing<'a>, name: &Object) -> Option<Rc<Font<'a>>> {
        let font = self.resource(drawing, b"Font", name.as_name().ok()?)?.as_dict().ok()?;
        let document = self.document;
        let place = std::ptr::from_ref(font).addr();
        Some(self.fonts.entry(place).or_insert_with(|| Rc::new(Font::new(document, font))).clone())
    }

    fn resource(&self, drawing: &Drawing<'a>, sort: &[u8], name: &[u8]) -> Option<&'a Object> {
        let document = self.document;
        drawing.resources.iter().copied().find_map(|resources: &'a Dictionary| {
            let all = resources.get_deref(sort, document).and_then(Object::as_dict).ok()?;
            all.get_deref(name, document).ok()
        })
    }

    fn draw_form(&mut self, drawing: &Drawing<'a>, name: &[u8]) {
        let document = self.document;
        let found = self.resource(drawing, b"XObject", name);
        let Some(form) = found.and_then(|found| found.as_stream().ok()) else { return };
        let is_form = form.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|sort| sort == b"Form");
        if !is_form || drawing.depth >= DEPTH_MAX {
            return;
        }
        let Ok(content) = form.get_plain_content_with_limit(STREAM_BYTES_MAX) else { return };
        let resources = match form.dict.get_deref(b"Resources", document).and_then(Object::as_dict) {
            Ok(own) => vec![own],
            Err(_) => drawing.resources.clone(),
        };
        let placed = form.dict.get_deref(b"Matrix", document).and_then(Object::as_array);
        let placed = placed.map_or(Matrix::AS_IT_IS, |numbers| {
            matrix(&|place: usize| {
                numbers.get(place).and_then(|number| number.as_float().ok()).map_or(0.0, f64::from)
            })
        });
        self.draw(&content, resources, placed.then(drawing.state.page), drawing.depth + 1);
    }

    /// Strings, and between them numbers that move the pen.
    fn write(&mut self, drawing: &mut Drawing<'a>, operands: &[Object]) {
        for operand in operands {
            match operand {
                Object::String(codes, _) => self.write_piece(drawing, codes),
                Object::Array(inner) => {
                    for operand in inner {
                        if let Object::String(codes, _) = operand {
                            self.write_piece(drawing, codes);
                        } else if let Ok(back) = operand.as_float() {
                            let Spacing { size, stretch, .. } = drawing.state.spacing;
                            drawing.advance(f64::from(back) * -0.001 * size * stretch);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn write_piece(&mut self, drawing: &mut Drawing<'a>, codes: &[u8]) {
        let Some(font) = drawing.state.font.clone() else { return };
        let spacing = drawing.state.spacing;
        let place = drawing.pen.then(drawing.state.page);
        let advance = font.advance(codes, spacing);
        let (begin, end) = (place.at(0.0), place.at(advance));
        let high = distance(begin, place.at(spacing.size));
        if self.end.is_some_and(|before| is_apart(before, (begin, end), high)) {
            self.text.push(' ');
        }
        self.text.push_str(&font.letters(codes));
        self.end = Some(end);
        drawing.advance(advance);
    }
}

impl Drawing<'_> {
    fn go(&mut self, x: f64, y: f64) {
        self.line = Matrix::by(x, y).then(self.line);
        self.pen = self.line;
    }

    fn next_line(&mut self) {
        self.go(0.0, -self.state.leading);
    }

    fn advance(&mut self, x: f64) {
        self.pen = Matrix::by(x, 0.0).then(self.pen);
    }
}

fn matrix(number: &dyn Fn(usize) -> f64) -> Matrix {
    Matrix([number(0), number(1), number(2), number(3), number(4), number(5)])
}

/// Whether a piece that goes from one place to another stands apart from where the one before it ended.
fn is_apart(before: (f64, f64), (begin, end): ((f64, f64), (f64, f64)), high: f64) -> bool {
    let length = distance(begin, end);
    let (along_x, along_y) =
        if length > 0.0 { ((end.0 - begin.0) / length, (end.1 - begin.1) / length) } else { (1.0, 0.0) };
    let (x, y) = (begin.0 - before.0, begin.1 - before.1);
    let (along, off) = (x * along_x + y * along_y, (x * along_y - y * along_x).abs());
    off > OFF_LINE_MAX * high || along > APART_MAX * high || along < -BACK_MAX * high
}

fn distance(from: (f64, f64), to: (f64, f64)) -> f64 {
    (to.0 - from.0).hypot(to.1 - from.1)
}
