//! The picture as PNG, for where SVG cannot go: the same SVG, light, drawn here (resvg) at twice its size.
//!
//! In: a [`Picture`]. Out: an image. Text is drawn with the fonts that the system has, so that the bytes are the same on one
//! machine, not on all of them. resvg drops text whose font it does not find, so the last resort is set to one that is
//! there, and without any font there is no picture.

use super::svg::{Paper, Picture, svg};
use crate::error::Error;
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};
use std::io::Write;
use std::sync::Arc;

/// How many pixels of the image one of the SVG's is, where the picture is not too large for that.
const SCALE: f32 = 2.0;
/// How many pixels an image has at most: 100 million take 400 MB while it is drawn.
const LARGEST: f32 = 100e6;

/// Faces that people find readable, first the one that the SVG asks for first.
const PREFERRED: [&str; 6] = ["Pretendard", "Noto Sans KR", "Noto Sans CJK KR", "Noto Sans", "DejaVu Sans", "Liberation Sans"];

/// Draws the picture.
///
/// # Errors
/// [`Error::Png`] if no font is installed; when `out` cannot be written.
pub fn write(picture: &Picture, out: &mut dyn Write) -> Result<(), Error> {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    let families = || fonts.faces().flat_map(|face| face.families.iter().map(|(name, _)| name.as_str()));
    let preferred = PREFERRED.into_iter().find(|name| families().any(|family| family == *name));
    let family = preferred.or_else(|| families().min()).map(str::to_owned);
    let family = family.ok_or_else(|| Error::Png("no font is installed to write labels with; write SVG instead".into()))?;
    fonts.set_sans_serif_family(family.clone());
    let options = Options { fontdb: Arc::new(fonts), font_family: family, ..Options::default() };
    let tree = Tree::from_str(&svg(picture, Paper::Light), &options).map_err(|e| Error::Png(e.to_string()))?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let scale = SCALE.min((LARGEST / (width * height)).sqrt());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size in pixels, limited above")]
    let pixels = |length: f32| (length * scale).ceil().max(1.0) as u32;
    let mut image = Pixmap::new(pixels(width), pixels(height)).ok_or_else(|| Error::Png("the picture is too large".into()))?;
    image.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut image.as_mut());
    out.write_all(&image.encode_png().map_err(|e| Error::Png(e.to_string()))?)?;
    Ok(())
}
