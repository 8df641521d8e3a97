//! Portraits for agents of the demonstration: drawn, friendly, and the same for the same seed.

mod canvas;
mod hair;
mod palette;

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};

use canvas::{Canvas, Colour, Mask, SIDE, Shape};
use palette::Look;

/// A drawn portrait as a PNG of 512 pixels a side, ready for [`crate::process`]. Consecutive seeds differ in
/// background, skin, hair, clothes and style.
#[must_use]
pub fn generated_portrait(seed: u64) -> Vec<u8> {
    let look = Look::of(seed);
    let mut canvas = Canvas::new(look.background.light, look.background.base);
    canvas.paint(&Shape::ellipse(50.0, 53.0, 39.0, 39.0).mask(), look.background.halo, 0.55);

    hair::back(&mut canvas, &look);
    let body = body(&mut canvas, &look);
    let head = head(&mut canvas, &look);
    collar(&mut canvas, &look, &body);
    face(&mut canvas, &look, &head);
    hair::front(&mut canvas, &look, &head);
    if look.glasses {
        glasses(&mut canvas, look.line);
    }

    let mut file = Vec::new();
    let side = u32::from(SIDE);
    // Writing to memory, with a buffer of just that size, does not fail.
    let _ = PngEncoder::new(&mut file).write_image(&canvas.into_bytes(), side, side, ExtendedColorType::Rgb8);
    file
}

/// Shoulders and neck. Gives what the clothes cover.
fn body(canvas: &mut Canvas, look: &Look) -> Mask {
    let shoulders =
        Shape::symmetric(&[(50.0, 72.0), (60.0, 72.5), (75.0, 77.0), (85.0, 88.0), (88.0, 112.0)]).mask();
    canvas.paint(&shoulders, look.cloth.base, 1.0);
    let neck =
        Shape::symmetric(&[(50.0, 52.0), (57.5, 54.0), (58.0, 66.0), (62.0, 74.0), (50.0, 81.0)]).mask();
    canvas.paint(&neck, look.skin.base, 1.0);
    let shade = Shape::ellipse(50.0, 58.0, 15.0, 12.5).mask().within(&neck);
    canvas.paint(&shade, look.skin.shade, 1.0);
    shoulders
}

/// The edge of the clothes at the neck: a round neck, a shirt, or a jacket over one.
fn collar(canvas: &mut Canvas, look: &Look, body: &Mask) {
    let left_right = |points: &[(f32, f32)]| {
        let mirrored: Vec<_> = points.iter().map(|(x, y)| (100.0 - x, *y)).collect();
        [Shape::polygon(points), Shape::polygon(&mirrored)]
    };
    match look.clothes {
        palette::Clothes::RoundNeck => {
            let ring = Shape::symmetric(&[
                (50.0, 80.0),
                (60.0, 76.5),
                (63.5, 71.0),
                (66.5, 73.5),
                (62.0, 80.5),
                (50.0, 84.5),
            ]);
            canvas.paint(&ring.mask().within(body), look.cloth.light, 1.0);
        }
        palette::Clothes::Shirt => {
            for wing in left_right(&[(61.0, 70.5), (66.0, 74.5), (61.5, 86.0), (50.0, 80.5)]) {
                canvas.fill(&wing, look.cloth.light);
            }
            let line = Shape::polygon(&[(49.6, 81.0), (50.4, 81.0), (50.4, 101.0), (49.6, 101.0)]);
            canvas.paint(&line.mask(), look.cloth.shade, 0.8);
        }
        palette::Clothes::Jacket => {
            let shirt = Shape::polygon(&[
                (40.0, 76.0),
                (50.0, 80.5),
                (60.0, 76.0),
                (63.0, 73.0),
                (50.0, 104.0),
                (37.0, 73.0),
            ]);
            canvas.paint(&shirt.mask().within(body), [250, 247, 240], 1.0);
            for lapel in left_right(&[
                (61.5, 70.5),
                (67.0, 73.5),
                (71.5, 83.0),
                (65.5, 84.5),
                (67.5, 88.5),
                (51.0, 103.0),
            ]) {
                canvas.fill(&lapel, look.cloth.light);
            }
            for wing in left_right(&[(60.5, 70.5), (63.5, 73.5), (57.5, 85.0), (50.0, 80.5)]) {
                canvas.fill(&wing, [255, 255, 255]);
            }
        }
    }
}

/// Ears and head. Gives what the head covers.
fn head(canvas: &mut Canvas, look: &Look) -> Mask {
    for x in [32.8, 67.2] {
        canvas.fill(&Shape::ellipse(x, 46.0, 3.4, 4.6), look.skin.base);
        canvas.fill(&Shape::ellipse(x, 46.2, 1.7, 2.6), look.skin.shade);
    }
    let head = Shape::symmetric(&[
        (50.0, 22.0),
        (61.0, 25.5),
        (67.0, 36.0),
        (66.6, 48.0),
        (62.0, 58.5),
        (55.5, 64.2),
        (50.0, 65.4),
    ])
    .mask();
    canvas.paint(&head, look.skin.base, 1.0);
    head
}

fn face(canvas: &mut Canvas, look: &Look, head: &Mask) {
    for x in [40.0, 60.0] {
        canvas.paint(&Shape::ellipse(x, 53.2, 3.9, 2.9).mask().within(head), look.skin.blush, 0.55);
    }
    if look.beard {
        hair::beard(canvas, look, head);
    }
    for (x, side) in [(42.6, -1.0), (57.4, 1.0)] {
        canvas.fill(&Shape::ellipse(x, 46.2, 1.75, 2.1), look.line);
        canvas.fill(&Shape::ellipse(x + 0.55, 45.4, 0.55, 0.6), [255, 255, 255]);
        let brow = Shape::smooth(&[
            (x - 3.4 * side, 41.7),
            (x + 0.4 * side, 40.2),
            (x + 3.9 * side, 41.6),
            (x + 0.5 * side, 41.6),
        ]);
        canvas.fill(&brow, look.brow);
    }
    let nose =
        Shape::smooth(&[(49.0, 46.8), (47.7, 52.0), (50.2, 53.4), (52.0, 52.5), (50.0, 52.2), (49.0, 51.2)]);
    canvas.paint(&nose.mask(), look.skin.shade, 0.9);
    let smile =
        Shape::smooth(&[(44.6, 56.4), (50.0, 58.0), (55.4, 56.4), (54.0, 59.2), (50.0, 60.5), (46.0, 59.2)]);
    canvas.fill(&smile, look.mouth);
    let teeth =
        Shape::smooth(&[(45.9, 57.1), (50.0, 58.2), (54.1, 57.1), (52.6, 58.5), (50.0, 59.0), (47.4, 58.5)]);
    canvas.fill(&teeth, [255, 252, 246]);
}

fn glasses(canvas: &mut Canvas, line: Colour) {
    for x in [42.2, 57.8] {
        let frame = Shape::ellipse(x, 46.4, 6.2, 5.7).mask();
        let glass = Shape::ellipse(x, 46.4, 5.2, 4.7);
        let mut rim = frame;
        rim = rim.without(&glass.mask());
        canvas.paint(&rim, line, 1.0);
        canvas.paint(&glass.mask(), [255, 255, 255], 0.12);
    }
    let bridge = Shape::smooth(&[(48.0, 45.2), (50.0, 44.4), (52.0, 45.2), (50.0, 45.5)]);
    canvas.fill(&bridge, line);
    for (from, to) in [(33.2, 36.6), (63.4, 66.8)] {
        canvas.fill(&Shape::polygon(&[(from, 44.8), (to, 44.8), (to, 45.8), (from, 45.8)]), line);
    }
}
