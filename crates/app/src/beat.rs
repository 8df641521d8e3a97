//! When an answer leaves that must not tell by its time what it was about (`security.md` A7).

use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// Longer than a check of a password takes, shorter than what a person notices.
const BEAT: Duration = Duration::from_millis(100);

/// The beats since a question came in.
pub(crate) struct Beats(Instant);

impl Beats {
    /// The question came in.
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// Waits for the next full beat: work that differs by less than one beat is answered at the same time.
    pub(crate) async fn next(&self) {
        let whole = self.0.elapsed().as_millis() / BEAT.as_millis();
        let beats = u32::try_from(whole).unwrap_or(u32::MAX).saturating_add(1);
        sleep_until(self.0 + BEAT.saturating_mul(beats)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::advance;

    #[tokio::test(start_paused = true)]
    async fn an_answer_leaves_at_the_next_full_beat() {
        for (work, answered) in [(0, 100), (1, 100), (99, 100), (100, 200), (250, 300)] {
            let beats = Beats::start();
            advance(Duration::from_millis(work)).await;
            beats.next().await;
            assert_eq!(beats.0.elapsed(), Duration::from_millis(answered), "after {work} ms of work");
        }
    }
}
