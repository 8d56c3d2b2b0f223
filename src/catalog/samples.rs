//! Framework exports that come with the program, to try it on.

/// A framework export that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The SOC code of its occupation.
    pub soc: &'static str,
    /// The export.
    pub bytes: &'static [u8],
}

/// A sample of `schemaVersion` 2.0: three families, and the occupation's profile.
pub const WIDE_SAMPLE: Sample = Sample {
    soc: "35-3023.01",
    bytes: include_bytes!("samples/35-3023.01.json"),
};

/// The samples of `schemaVersion` 1.0, by SOC code.
pub const SAMPLES: [Sample; 3] = [
    Sample {
        soc: "43-4121.00",
        bytes: include_bytes!("samples/43-4121.00.json"),
    },
    Sample {
        soc: "49-3091.00",
        bytes: include_bytes!("samples/49-3091.00.json"),
    },
    Sample {
        soc: "51-3011.00",
        bytes: include_bytes!("samples/51-3011.00.json"),
    },
];
