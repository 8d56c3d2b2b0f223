//! Framework exports that come with the program, to try it on.

/// A framework export that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The SOC code of its occupation.
    pub soc: &'static str,
    /// The export, of `schemaVersion` 1.0.
    pub bytes: &'static [u8],
}

/// The samples, by SOC code.
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
