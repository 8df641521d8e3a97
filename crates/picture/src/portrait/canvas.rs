//! A small painter: closed shapes with soft edges on a square of pixels. Coordinates are hundredths of the side, seen
//! a little closer ([`ZOOM`]) so that a face is still a face at 96 pixels.

/// A colour in red, green and blue, 0 to 255.
pub(super) type Colour = [u8; 3];
type Point = (f32, f32);

/// Side of the picture in pixels.
pub(super) const SIDE: u16 = 512;
/// How much larger everything is painted, around [`CENTRE`].
const ZOOM: f32 = 1.1;
const CENTRE: Point = (50.0, 66.0);
/// Lines that each row of pixels is cut into: what makes slanted edges soft.
const SUBROWS: u16 = 4;
/// Pieces that each curve is cut into.
const PIECES: u8 = 16;

/// A closed outline.
pub(super) struct Shape(Vec<Point>);

impl Shape {
    pub(super) fn ellipse(x: f32, y: f32, rx: f32, ry: f32) -> Self {
        // How far the handles of a quarter circle reach.
        let (kx, ky) = (rx * 0.5523, ry * 0.5523);
        let mut outline = vec![(x + rx, y)];
        bend(&mut outline, (x + rx, y + ky), (x + kx, y + ry), (x, y + ry));
        bend(&mut outline, (x - kx, y + ry), (x - rx, y + ky), (x - rx, y));
        bend(&mut outline, (x - rx, y - ky), (x - kx, y - ry), (x, y - ry));
        bend(&mut outline, (x + kx, y - ry), (x + rx, y - ky), (x + rx, y));
        Self(outline)
    }

    /// A smooth closed curve through these points (Catmull and Rom).
    pub(super) fn smooth(points: &[Point]) -> Self {
        let around = |at: usize| points.get(at % points.len()).copied().unwrap_or_default();
        let mut outline = vec![around(0)];
        for at in 0..points.len() {
            let (before, from, to, after) =
                (around(at + points.len() - 1), around(at), around(at + 1), around(at + 2));
            let leave = (from.0 + (to.0 - before.0) / 6.0, from.1 + (to.1 - before.1) / 6.0);
            let arrive = (to.0 - (after.0 - from.0) / 6.0, to.1 - (after.1 - from.1) / 6.0);
            bend(&mut outline, leave, arrive, to);
        }
        Self(outline)
    }

    /// Like [`Shape::smooth`], from the right half of the points, top to bottom; the left half mirrors them.
    pub(super) fn symmetric(right: &[Point]) -> Self {
        let left = right.iter().rev().filter(|point| (point.0 - 50.0).abs() > 0.01);
        let all: Vec<Point> = right.iter().copied().chain(left.map(|(x, y)| (100.0 - x, *y))).collect();
        Self::smooth(&all)
    }

    pub(super) fn polygon(points: &[Point]) -> Self {
        Self(points.to_vec())
    }

    /// How much of each pixel the shape covers.
    pub(super) fn mask(&self) -> Mask {
        let unit = f32::from(SIDE) / 100.0;
        let to_pixel = |x: f32| ((x - CENTRE.0) * ZOOM + CENTRE.0) * unit;
        let mut cover = Vec::with_capacity(usize::from(SIDE) * usize::from(SIDE));
        for row in 0..SIDE {
            let mut line = vec![0.0_f32; usize::from(SIDE)];
            for subrow in 0..SUBROWS {
                let y = f32::from(row) + (f32::from(subrow) + 0.5) / f32::from(SUBROWS);
                let mut crossings = self.crossings((y / unit - CENTRE.1) / ZOOM + CENTRE.1);
                crossings.sort_by(f32::total_cmp);
                for pair in crossings.chunks_exact(2) {
                    if let [from, to] = pair {
                        add_span(&mut line, to_pixel(*from), to_pixel(*to));
                    }
                }
            }
            cover.extend(line.iter().map(|value| value / f32::from(SUBROWS)));
        }
        Mask(cover)
    }

    fn crossings(&self, y: f32) -> Vec<f32> {
        let ends = self.0.iter().skip(1).chain(self.0.first());
        self.0
            .iter()
            .zip(ends)
            .filter(|(a, b)| (a.1 <= y) != (b.1 <= y))
            .map(|(a, b)| a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0))
            .collect()
    }
}

/// Adds a cubic Bézier curve to an outline.
fn bend(outline: &mut Vec<Point>, leave: Point, arrive: Point, to: Point) {
    let from = outline.last().copied().unwrap_or_default();
    for piece in 1..=PIECES {
        let t = f32::from(piece) / f32::from(PIECES);
        let u = 1.0 - t;
        let mix = |a: f32, b: f32, c: f32, d: f32| {
            u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
        };
        outline.push((mix(from.0, leave.0, arrive.0, to.0), mix(from.1, leave.1, arrive.1, to.1)));
    }
}

/// Adds the part of each pixel of a line that lies between two places.
fn add_span(line: &mut [f32], from: f32, to: f32) {
    let mut left = 0.0_f32;
    for value in line {
        let right = left + 1.0;
        *value += (right.min(to) - left.max(from)).max(0.0);
        left = right;
    }
}

/// How much of each pixel is covered, 0 to 1.
pub(super) struct Mask(Vec<f32>);

impl Mask {
    /// Only what both cover.
    pub(super) fn within(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own *= other);
        self
    }

    /// Only what the other does not cover.
    pub(super) fn without(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own *= 1.0 - other);
        self
    }
}

/// The picture being painted.
pub(super) struct Canvas(Vec<[f32; 3]>);

impl Canvas {
    /// A background that passes from one colour at the top to another at the bottom.
    pub(super) fn new(top: Colour, bottom: Colour) -> Self {
        let mut pixels = Vec::with_capacity(usize::from(SIDE) * usize::from(SIDE));
        for row in 0..SIDE {
            let part = f32::from(row) / f32::from(SIDE);
            let [a, b] = [top, bottom].map(|colour| colour.map(f32::from));
            let mut pixel = [0.0; 3];
            for (value, (a, b)) in pixel.iter_mut().zip(a.iter().zip(b)) {
                *value = a + (b - a) * part;
            }
            pixels.extend(std::iter::repeat_n(pixel, usize::from(SIDE)));
        }
        Self(pixels)
    }

    /// Paints a shape.
    pub(super) fn fill(&mut self, shape: &Shape, colour: Colour) {
        self.paint(&shape.mask(), colour, 1.0);
    }

    /// Paints what a mask covers, with `strength` 0 to 1.
    pub(super) fn paint(&mut self, mask: &Mask, colour: Colour, strength: f32) {
        let colour = colour.map(f32::from);
        for (pixel, cover) in self.0.iter_mut().zip(&mask.0) {
            for (value, paint) in pixel.iter_mut().zip(colour) {
                *value += (paint - *value) * cover.min(1.0) * strength;
            }
        }
    }

    /// The pixels, row by row, three bytes each.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "mixed from colours of 0 to 255, and the cast saturates"
        )]
        self.0.into_iter().flatten().map(|value| value.round() as u8).collect()
    }
}
