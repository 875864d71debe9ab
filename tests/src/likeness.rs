// SPDX-License-Identifier: EUPL-1.2
//! How alike two pictures are to the eye: structural similarity (Wang, Bovik, Sheikh, Simoncelli 2004).
//!
//! Measured on brightness alone, in windows of 8 × 8, and averaged. Two pictures that are the same have 1;
//! letters that are blurred, smeared or covered with blocks have less, whatever colour the paper is.

/// The brightness of a picture, row by row.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Luma {
    width: usize,
    samples: Vec<u8>,
}

impl Luma {
    /// A picture of that many columns; `None` unless its rows are whole.
    pub fn new(width: usize, samples: Vec<u8>) -> Option<Self> {
        (width > 0 && samples.len().is_multiple_of(width)).then_some(Self { width, samples })
    }

    /// Columns and rows.
    pub const fn size(&self) -> (usize, usize) {
        (self.width, self.samples.len() / self.width)
    }

    /// How much of the picture is drawn on: the share of windows that are not plain.
    pub fn drawn(&self) -> f64 {
        mean(self.windows().map(|window| {
            let statistics = Statistics::of(&window, &window);
            if statistics.spread > PLAIN { 1.0 } else { 0.0 }
        }))
    }

    /// How alike it is to another one of the same size; 1 when they are the same.
    pub fn likeness(&self, other: &Self) -> f64 {
        assert_eq!(self.size(), other.size(), "pictures of one size are compared");
        mean(self.windows().zip(other.windows()).map(|(here, there)| likeness(&here, &there)))
    }

    /// Windows that overlap by half, so that no edge of one hides what happens at it.
    fn windows(&self) -> impl Iterator<Item = Vec<f64>> {
        let (width, height) = self.size();
        let rows = (0..=height.saturating_sub(WINDOW)).step_by(WINDOW / 2);
        let columns = (0..=width.saturating_sub(WINDOW)).step_by(WINDOW / 2);
        rows.flat_map(move |row| columns.clone().map(move |column| (row, column)))
            .map(|(row, column)| self.window(row, column))
    }

    fn window(&self, row: usize, column: usize) -> Vec<f64> {
        let rows = self.samples.chunks_exact(self.width).skip(row).take(WINDOW);
        rows.flat_map(|row| row.iter().skip(column).take(WINDOW)).map(|it| f64::from(*it)).collect()
    }
}

/// What a pair of windows has in common.
struct Statistics {
    means: (f64, f64),
    /// The sum of both variances.
    spread: f64,
    covariance: f64,
}

impl Statistics {
    fn of(here: &[f64], there: &[f64]) -> Self {
        let means = (mean(here.iter().copied()), mean(there.iter().copied()));
        let apart = || here.iter().zip(there).map(|(x, y)| (x - means.0, y - means.1));
        Self {
            means,
            spread: mean(apart().map(|(x, y)| x.mul_add(x, y * y))),
            covariance: mean(apart().map(|(x, y)| x * y)),
        }
    }
}

fn likeness(here: &[f64], there: &[f64]) -> f64 {
    let Statistics { means: (x, y), spread, covariance } = Statistics::of(here, there);
    let brightness = (2.0 * x * y + C1) / (x * x + y * y + C1);
    let structure = (2.0 * covariance + C2) / (spread + C2);
    brightness * structure
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}

/// As usual. Larger, a smeared letter is lost in the paper around it; smaller, a window holds no letter.
const WINDOW: usize = 8;
/// The constants of the paper, for 8 bits: they keep plain windows from dividing by nothing.
const C1: f64 = (0.01 * 255.0) * (0.01 * 255.0);
const C2: f64 = (0.03 * 255.0) * (0.03 * 255.0);
/// Twice the variance of what a coder leaves of a plain window.
const PLAIN: f64 = 50.0;

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: usize = 64;

    #[test]
    fn a_picture_is_like_itself() {
        let page = page();
        assert!((page.likeness(&page) - 1.0).abs() < 1e-9);
        assert!(page.drawn() > 0.9, "{}", page.drawn());
    }

    #[test]
    fn a_blurred_picture_is_less_alike() {
        let page = page();
        let blurred = changed(&page, |at| {
            let near = [at.wrapping_sub(1), at, at + 1, at.wrapping_sub(WIDTH), at + WIDTH];
            let found: Vec<_> = near.iter().filter_map(|at| page.samples.get(*at)).collect();
            u8::try_from(found.iter().map(|it| usize::from(**it)).sum::<usize>() / found.len())
                .unwrap()
        });
        assert!(page.likeness(&blurred) < 0.8, "{}", page.likeness(&blurred));
    }

    #[test]
    fn a_noisy_picture_is_less_alike_the_noisier_it_is() {
        let page = page();
        let noisy = |strength: u8| {
            let mut chance = 1_u32;
            changed(&page, |at| {
                chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let noise = u8::try_from(chance >> 24).unwrap() % strength;
                page.samples[at].saturating_add(noise).saturating_sub(strength / 2)
            })
        };
        let [little, much] = [page.likeness(&noisy(8)), page.likeness(&noisy(120))];
        assert!(little > 0.95 && much < 0.95 && much < little, "{little} {much}");
    }

    #[test]
    fn paper_that_is_a_little_darker_is_still_alike() {
        let page = page();
        let darker = changed(&page, |at| page.samples[at].saturating_sub(4));
        assert!(page.likeness(&darker) > 0.98, "{}", page.likeness(&darker));
    }

    #[test]
    fn another_page_is_not_alike() {
        let page = page();
        let turned = changed(&page, |at| page.samples[page.samples.len() - 1 - at]);
        assert!(page.likeness(&turned) < 0.5, "{}", page.likeness(&turned));
    }

    /// Strokes one to three samples wide on paper.
    fn page() -> Luma {
        let dark = |at: usize| (at % WIDTH * 7 / 5 + at / WIDTH * 3) % 11 < 4;
        let samples = (0..WIDTH * 48).map(|at| if dark(at) { 30 } else { 240 }).collect();
        Luma::new(WIDTH, samples).unwrap()
    }

    fn changed(page: &Luma, sample: impl FnMut(usize) -> u8) -> Luma {
        Luma::new(WIDTH, (0..page.samples.len()).map(sample).collect()).unwrap()
    }
}
