//! When an answer leaves that must not tell by its time what it was about (`security.md` A7).

use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// Longer than what differs takes, and two of them shorter than what a person notices.
const BEAT: Duration = Duration::from_millis(75);

/// The beats since a question came in.
pub(crate) struct Beats(Instant);

impl Beats {
    /// The question came in.
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// The second full beat from now on. It is set when this is called, before the work that differs, and awaited after
    /// it: as long as that work takes less than a beat, the answer leaves at the same time whatever it was.
    pub(crate) fn second(&self) -> impl Future<Output = ()> + use<> {
        let whole = self.0.elapsed().as_millis() / BEAT.as_millis();
        let beats = u32::try_from(whole).unwrap_or(u32::MAX).saturating_add(2);
        sleep_until(self.0 + BEAT.saturating_mul(beats))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::advance;

    #[tokio::test(start_paused = true)]
    async fn the_work_after_the_question_for_a_beat_does_not_move_it() {
        let ms = Duration::from_millis;
        for (before, after, answered) in
            [(0, 0, 150), (0, 74, 150), (74, 0, 150), (74, 75, 150), (75, 0, 225), (160, 40, 300)]
        {
            let beats = Beats::start();
            advance(ms(before)).await;
            let answer = beats.second();
            advance(ms(after)).await;
            answer.await;
            assert_eq!(beats.0.elapsed(), ms(answered), "{before} ms before and {after} ms after");
        }
    }
}
