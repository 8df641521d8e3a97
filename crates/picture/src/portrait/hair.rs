//! Hair, beards and the scarf: what lies behind the head, and what lies on it.

use super::canvas::{Canvas, Mask, Shape};
use super::palette::Look;

#[derive(Clone, Copy)]
pub(super) enum Style {
    Short,
    Bob,
    Curls,
    Long,
    Bun,
    Shaved,
    Scarf,
}

/// What is seen behind head and shoulders.
pub(super) fn back(canvas: &mut Canvas, look: &Look) {
    let tones = look.hair;
    match look.style {
        Style::Bob => canvas.fill(
            &Shape::symmetric(&[
                (50.0, 15.0),
                (64.0, 19.0),
                (73.0, 34.0),
                (74.5, 54.0),
                (70.5, 68.0),
                (58.0, 70.0),
                (50.0, 68.0),
            ]),
            tones.shade,
        ),
        Style::Long => canvas.fill(
            &Shape::symmetric(&[
                (50.0, 15.0),
                (64.5, 19.0),
                (73.0, 34.0),
                (73.5, 54.0),
                (79.0, 72.0),
                (76.0, 88.0),
                (62.0, 92.0),
                (50.0, 86.0),
            ]),
            tones.shade,
        ),
        Style::Curls => {
            for (x, y, r) in CURLS {
                canvas.fill(&Shape::ellipse(x, y, r, r), tones.base);
                canvas.fill(&Shape::ellipse(100.0 - x, y, r, r), tones.base);
            }
            canvas.fill(&Shape::ellipse(50.0, 34.0, 24.0, 22.0), tones.base);
        }
        Style::Bun => {
            canvas.fill(&Shape::ellipse(50.0, 14.5, 9.0, 8.0), tones.base);
            canvas.fill(&Shape::ellipse(47.5, 12.4, 4.2, 3.0), tones.light);
            canvas.fill(&Shape::ellipse(50.0, 36.0, 19.4, 18.5), tones.shade);
        }
        Style::Scarf => canvas.fill(
            &Shape::symmetric(&[
                (50.0, 15.5),
                (63.0, 18.5),
                (71.5, 31.0),
                (72.0, 50.0),
                (70.0, 66.0),
                (74.0, 80.0),
                (50.0, 88.0),
            ]),
            look.cloth.shade,
        ),
        Style::Short | Style::Shaved => {}
    }
}

const CURLS: [(f32, f32, f32); 7] = [
    (50.0, 16.0, 9.0),
    (39.5, 18.0, 8.6),
    (31.0, 24.5, 8.2),
    (26.5, 34.0, 7.8),
    (26.5, 44.0, 7.0),
    (29.5, 52.0, 5.6),
    (44.0, 15.5, 7.0),
];

/// What lies over the forehead and beside the face.
pub(super) fn front(canvas: &mut Canvas, look: &Look, head: &Mask) {
    match look.style {
        Style::Short => short(canvas, look),
        Style::Bob => bob(canvas, look),
        Style::Long => long(canvas, look),
        Style::Curls => curls(canvas, look),
        Style::Bun => bun(canvas, look),
        Style::Shaved => shaved(canvas, look, head),
        Style::Scarf => scarf(canvas, look),
    }
}

/// Short hair, parted on one side.
fn short(canvas: &mut Canvas, look: &Look) {
    canvas.fill(
        &Shape::smooth(&[
            (32.6, 43.0),
            (31.0, 32.0),
            (35.0, 21.0),
            (46.0, 15.0),
            (60.0, 16.0),
            (68.0, 25.0),
            (69.0, 35.0),
            (67.4, 43.0),
            (65.2, 36.0),
            (62.0, 31.0),
            (52.0, 31.5),
            (42.0, 28.0),
            (36.5, 33.0),
            (34.8, 38.0),
        ]),
        look.hair.base,
    );
    let sweep =
        Shape::smooth(&[(41.0, 24.5), (48.0, 18.5), (59.0, 19.5), (64.0, 25.0), (57.0, 22.8), (48.0, 22.6)]);
    canvas.paint(&sweep.mask(), look.hair.light, 0.9);
}

/// A fringe and straight sides down to the chin.
fn bob(canvas: &mut Canvas, look: &Look) {
    canvas.fill(
        &Shape::symmetric(&[
            (50.0, 16.0),
            (63.0, 19.5),
            (71.5, 33.0),
            (72.5, 52.0),
            (68.5, 62.0),
            (66.0, 50.0),
            (64.5, 39.0),
            (57.0, 36.8),
            (50.0, 37.2),
        ]),
        look.hair.base,
    );
    shine(canvas, look);
}

/// Two long halves from a parting in the middle.
fn long(canvas: &mut Canvas, look: &Look) {
    for side in [0.0, 100.0] {
        let at = |x: f32, y: f32| ((side - x).abs(), y);
        canvas.fill(
            &Shape::smooth(&[
                at(51.0, 16.0),
                at(63.0, 19.0),
                at(71.5, 32.0),
                at(71.5, 52.0),
                at(75.5, 72.0),
                at(71.0, 84.0),
                at(66.0, 74.0),
                at(67.2, 56.0),
                at(66.0, 42.0),
                at(60.0, 31.0),
                at(50.0, 24.5),
            ]),
            look.hair.base,
        );
    }
    shine(canvas, look);
}

/// Curls over the forehead.
fn curls(canvas: &mut Canvas, look: &Look) {
    let hairline = Shape::symmetric(&[(50.0, 15.0), (63.0, 19.0), (67.8, 33.0), (60.0, 29.0), (50.0, 27.0)]);
    canvas.fill(&hairline, look.hair.base);
    for x in [36.5, 43.0, 50.0, 57.0, 63.5] {
        let y = 25.5 + (x - 50.0_f32).abs() * 0.22;
        canvas.fill(&Shape::ellipse(x, y, 5.6, 4.6), look.hair.base);
    }
    for (x, y) in [(38.0, 19.0), (47.0, 15.5), (57.0, 16.5), (64.0, 23.0), (31.5, 28.0)] {
        canvas.paint(&Shape::ellipse(x, y, 3.0, 2.2).mask(), look.hair.light, 0.55);
    }
}

/// Hair combed back to the bun.
fn bun(canvas: &mut Canvas, look: &Look) {
    canvas.fill(
        &Shape::symmetric(&[
            (50.0, 17.5),
            (62.0, 20.5),
            (69.4, 32.0),
            (68.6, 44.0),
            (66.0, 37.0),
            (60.0, 29.5),
            (50.0, 27.5),
        ]),
        look.hair.base,
    );
    shine(canvas, look);
}

/// A shadow where hair would grow.
fn shaved(canvas: &mut Canvas, look: &Look, head: &Mask) {
    let cap = Shape::symmetric(&[
        (50.0, 20.5),
        (62.0, 23.5),
        (68.0, 34.0),
        (67.6, 42.0),
        (65.0, 35.0),
        (60.0, 30.0),
        (50.0, 29.0),
    ])
    .mask();
    canvas.paint(&cap.within(head), look.hair.base, 0.55);
}

/// A headscarf, folded below the chin.
fn scarf(canvas: &mut Canvas, look: &Look) {
    let rim = Shape::symmetric(&[
        (50.0, 16.5),
        (62.5, 19.5),
        (70.5, 32.0),
        (70.5, 50.0),
        (65.0, 63.0),
        (56.0, 71.0),
        (50.0, 72.0),
    ])
    .mask();
    let opening = Shape::symmetric(&[
        (50.0, 27.0),
        (58.5, 29.5),
        (64.2, 38.0),
        (63.8, 49.0),
        (59.5, 58.5),
        (50.0, 64.6),
    ])
    .mask();
    canvas.paint(&rim.without(&opening), look.cloth.base, 1.0);
    let fold =
        Shape::smooth(&[(34.0, 62.0), (48.0, 71.0), (66.0, 66.0), (71.0, 76.0), (54.0, 84.0), (36.0, 78.0)]);
    canvas.fill(&fold, look.cloth.base);
    let crease = Shape::smooth(&[(36.0, 68.0), (50.0, 75.5), (67.0, 69.5), (51.0, 77.0)]);
    canvas.paint(&crease.mask(), look.cloth.shade, 0.8);
    let light = Shape::smooth(&[(36.0, 33.0), (41.5, 23.0), (52.0, 19.0), (43.5, 25.0), (38.5, 34.0)]);
    canvas.paint(&light.mask(), look.cloth.light, 0.8);
}

/// A soft light on the upper left of the hair.
fn shine(canvas: &mut Canvas, look: &Look) {
    let shine = Shape::smooth(&[(35.0, 31.0), (39.5, 23.5), (48.0, 20.0), (42.0, 25.0), (37.5, 32.0)]);
    canvas.paint(&shine.mask(), look.hair.light, 0.9);
}

/// A short full beard, below where the mouth is drawn.
pub(super) fn beard(canvas: &mut Canvas, look: &Look, head: &Mask) {
    let beard = Shape::symmetric(&[
        (50.0, 54.6),
        (56.0, 54.4),
        (60.5, 56.0),
        (64.5, 50.0),
        (66.8, 44.0),
        (67.5, 54.0),
        (62.0, 64.0),
        (50.0, 68.0),
    ])
    .mask();
    canvas.paint(&beard.within(head), look.hair.base, 0.92);
}
