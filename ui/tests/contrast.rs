//! The colours of `app.css` can be read by everybody: WCAG contrast of every pair in use, light and dark.

use std::collections::BTreeMap;

const CSS: &str = include_str!("../assets/app.css");
/// WCAG 2.2, 1.4.3: text.
const TEXT: f64 = 4.5;
/// WCAG 2.2, 1.4.11: borders of controls, focus, marks of charts.
const CONTROL: f64 = 3.0;

type Rgb = [f64; 3];

/// Tokens with their light and dark colour.
fn tokens() -> BTreeMap<&'static str, [Rgb; 2]> {
    let mut found = BTreeMap::new();
    for piece in CSS.split("--").skip(1) {
        let Some((name, rest)) = piece.split_once(": light-dark(") else { continue };
        let Some(both) = rest.split_once(");").map(|(both, _)| both) else { continue };
        let Some(cut) = comma_outside_parentheses(both) else { continue };
        if let (Some(light), Some(dark)) = (colour(&both[..cut]), colour(&both[cut + 1..])) {
            found.entry(name).or_insert([light, dark]);
        }
    }
    found
}

fn comma_outside_parentheses(text: &str) -> Option<usize> {
    let mut depth = 0;
    text.char_indices()
        .find(|(_, character)| {
            match character {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            *character == ',' && depth == 0
        })
        .map(|(at, _)| at)
}

/// `#fff`, `#1762b6` or `oklch(50% .15 255)` as sRGB from 0 to 1, in 256 steps as screens show it.
fn colour(text: &str) -> Option<Rgb> {
    let text = text.trim();
    if let Some(hex) = text.strip_prefix('#') {
        let wide: String =
            if hex.len() == 3 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex.to_owned() };
        let channel = |at: usize| u8::from_str_radix(wide.get(at..at + 2)?, 16).ok();
        return Some([channel(0)?, channel(2)?, channel(4)?].map(|value| f64::from(value) / 255.0));
    }
    let inner = text.strip_prefix("oklch(")?.strip_suffix(')')?;
    let mut parts = inner.split_whitespace();
    let lightness: f64 = parts.next()?.strip_suffix('%')?.parse().ok()?;
    let chroma: f64 = parts.next()?.parse().ok()?;
    let hue: f64 = parts.next()?.parse().ok()?;
    Some(oklch(lightness / 100.0, chroma, hue))
}

/// Björn Ottosson's matrices, <https://bottosson.github.io/posts/oklab/>.
fn oklch(lightness: f64, chroma: f64, hue: f64) -> Rgb {
    let (a, b) = (chroma * hue.to_radians().cos(), chroma * hue.to_radians().sin());
    let long = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let medium = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let short = (lightness - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
    [
        4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short,
        -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short,
        -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701 * short,
    ]
    .map(|linear| {
        let linear = linear.clamp(0.0, 1.0);
        let encoded =
            if linear <= 0.003_130_8 { 12.92 * linear } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 };
        (encoded * 255.0).round() / 255.0
    })
}

fn luminance(colour: Rgb) -> f64 {
    let [red, green, blue] =
        colour.map(
            |channel| {
                if channel <= 0.040_45 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
            },
        );
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn check(minimum: f64, fronts: &[&str], backs: &[&str]) {
    let tokens = tokens();
    for (scheme, name) in ["light", "dark"].into_iter().enumerate() {
        for front in fronts {
            for back in backs {
                let ratio = contrast(tokens[front][scheme], tokens[back][scheme]);
                assert!(ratio >= minimum, "{name}: {front} on {back} has {ratio:.2}, needs {minimum}");
            }
        }
    }
}

#[test]
fn text_can_be_read_on_every_surface() {
    let surfaces = ["canvas", "surface", "surface-2"];
    check(TEXT, &["ink", "ink-2", "ink-3", "accent", "accent-strong"], &surfaces);
    check(TEXT, &["ok", "warn", "danger", "info", "violet"], &surfaces);
    check(TEXT, &["on-accent"], &["accent", "accent-strong"]);
}

#[test]
fn states_can_be_read_on_their_soft_colours() {
    for state in ["accent", "ok", "warn", "danger", "info", "violet"] {
        let soft = format!("{state}-soft");
        check(TEXT, &[state, "ink"], &[soft.as_str()]);
    }
}

#[test]
fn tags_of_choices_can_be_read_in_each_colour() {
    for color in 0..model::COLORS {
        check(TEXT, &[format!("tag-{color}").as_str()], &[format!("tag-{color}-soft").as_str()]);
    }
}

#[test]
fn controls_focus_and_charts_can_be_seen() {
    check(CONTROL, &["line-strong", "focus"], &["canvas", "surface"]);
    check(CONTROL, &["c1", "c2", "c3", "c4", "c5", "c6"], &["surface"]);
}
