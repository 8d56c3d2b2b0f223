//! Numbers that look random and are the same each time.

/// A generator (SplitMix64).
pub(super) struct Dice(u64);

impl Dice {
    /// One that begins with `seed`, and differs for each `name`.
    pub(super) fn new(seed: u64, name: &str) -> Self {
        let fold = |all: u64, byte: u8| all.wrapping_mul(31).wrapping_add(byte.into());
        Self(name.bytes().fold(seed, fold))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut out = self.0;
        out = (out ^ (out >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        out = (out ^ (out >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        out ^ (out >> 31)
    }

    /// A number below `bound`, which is not 0.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).expect("a small number");
        usize::try_from(self.next() % bound).expect("it is smaller than a usize")
    }

    /// A place in something of this length, its end included.
    pub(super) fn place(&mut self, length: usize) -> usize {
        self.below(length + 1)
    }

    pub(super) fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }

    /// One of `items`, of which there are some.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// `true` once in `times`.
    pub(super) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}
