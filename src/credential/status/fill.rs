//! When a status list is full.

use super::MINIMUM_LENGTH;

/// How full lists may get before they roll over to a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fill {
    capacity: u32,
}

/// How full a list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filled {
    /// How many of its indexes are taken.
    pub allocated: u32,
    /// Whether it takes more.
    pub open: bool,
}

impl Default for Fill {
    fn default() -> Self {
        Self {
            capacity: Self::CAPACITY,
        }
    }
}

impl Fill {
    /// A list takes no more once half of the shortest one is taken, so that a random free index
    /// is found in about two tries.
    pub const CAPACITY: u32 = (MINIMUM_LENGTH / 2) as u32;

    /// Lists that take `capacity` credentials each: at least one, at most [`Self::CAPACITY`].
    #[must_use]
    pub fn of_capacity(capacity: u32) -> Self {
        Self {
            capacity: capacity.clamp(1, Self::CAPACITY),
        }
    }

    /// How full a list is that had `allocated` indexes taken, once one more is.
    #[must_use]
    pub fn after_one_more(self, allocated: u32) -> Filled {
        let allocated = allocated.saturating_add(1);
        Filled {
            allocated,
            open: allocated < self.capacity,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_one_that_fits_closes_the_list() {
        let fill = Fill::of_capacity(3);
        let open: Vec<_> = (0..4).map(|n| fill.after_one_more(n).open).collect();
        assert_eq!(open, [true, true, false, false]);
        assert_eq!(fill.after_one_more(2).allocated, 3);
    }

    #[test]
    fn half_of_a_list_is_always_free() {
        assert_eq!(u64::from(Fill::CAPACITY) * 2, MINIMUM_LENGTH);
        assert_eq!(
            Fill::of_capacity(u32::MAX),
            Fill::of_capacity(Fill::CAPACITY)
        );
        assert!(!Fill::of_capacity(0).after_one_more(0).open);
        assert!(!Fill::of_capacity(u32::MAX).after_one_more(u32::MAX).open);
    }
}
