//! Randomness, as a parameter.

/// A source of unpredictable bytes. The one ambient source is [`SystemRng`].
pub trait Rng: Send + Sync {
    /// Fills `bytes` with random bytes.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's randomness.
#[derive(Debug, Clone, Copy)]
pub struct SystemRng;

impl Rng for SystemRng {
    #[expect(
        clippy::disallowed_methods,
        clippy::expect_used,
        reason = "the one place that asks the system; without randomness nothing may go on"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system gives random bytes");
    }
}

/// `N` random bytes.
#[must_use]
pub fn bytes<const N: usize>(rng: &dyn Rng) -> [u8; N] {
    let mut out = [0; N];
    rng.fill(&mut out);
    out
}

/// A number below `bound`, each equally likely. `bound` of 0 gives 0.
#[must_use]
pub fn below(rng: &dyn Rng, bound: u32) -> u32 {
    if bound == 0 {
        return 0;
    }
    // Numbers past the last whole multiple of `bound` would favour small results.
    let limit = u32::MAX - u32::MAX % bound;
    loop {
        let n = u32::from_be_bytes(bytes(rng));
        if n < limit {
            return n % bound;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn below_stays_below_and_reaches_every_number() {
        let mut seen = [false; 7];
        for _ in 0..1_000 {
            seen[below(&SystemRng, 7) as usize] = true;
        }
        assert_eq!(seen, [true; 7]);
        assert_eq!(below(&SystemRng, 0), 0);
        assert_eq!(below(&SystemRng, 1), 0);
    }
}
