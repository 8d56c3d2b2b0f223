//! Strict readers against bytes that nobody wrote: changed again and again from good ones.
//!
//! Each target reads what it is given and tells in a word what came of it; whatever gives a new
//! word is kept, and changed further. So the search goes where the reader takes other turns,
//! without any instrumentation. A panic, or a property that fails, is the end of the test, and the
//! bytes are kept in a file.
//!
//! A run is the same each time. How long it is can be said in the environment, for each target:
//! - `ATTESTRY_FUZZ_ITERATIONS`: so many inputs (1,000 if nothing is said)
//! - `ATTESTRY_FUZZ_SECONDS`: as many inputs as that time allows
//! - `ATTESTRY_FUZZ_SEED`: where the search starts; another number, another search

mod canonize;
mod credentials;
mod dice;
mod images;
mod json;
mod mutate;
mod samples;
mod texts;

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::support::say;
use dice::Dice;

/// The most inputs that are kept to be changed further.
const MOST_KEPT: usize = 1_000;
/// The longest input, in bytes.
const LONGEST: usize = 1 << 16;

/// Makes another input of one that was kept.
type Change<'a> = &'a dyn Fn(&mut Dice, &[Vec<u8>]) -> Vec<u8>;

/// One reader, and what to feed it.
struct Target<'a> {
    name: &'a str,
    /// Good inputs, to begin with.
    seeds: Vec<Vec<u8>>,
    /// How an input is changed.
    change: Change<'a>,
    /// Reads an input and tells in a word what came of it. Panics if a property fails.
    read: &'a dyn Fn(&[u8]) -> String,
}

impl Target<'_> {
    /// Runs the search; how often each word was told.
    fn run(&self) -> BTreeMap<String, u64> {
        let plan = Plan::from_environment();
        let mut dice = Dice::new(plan.seed, self.name);
        let mut kept = self.seeds.clone();
        let mut words = BTreeMap::new();
        for seed in &self.seeds {
            *words.entry(self.tell(seed)).or_insert(0) += 1;
        }
        let mut count = 0;
        while plan.goes_on(count) {
            let mut input = (self.change)(&mut dice, &kept);
            input.truncate(LONGEST);
            let told = words.entry(self.tell(&input)).or_insert(0);
            *told += 1;
            if *told == 1 && kept.len() < MOST_KEPT {
                kept.push(input);
            }
            count += 1;
        }
        let found = words.len();
        say(&format!(
            "fuzz {}: {count} inputs, {found} different ends",
            self.name
        ));
        words
    }

    fn tell(&self, input: &[u8]) -> String {
        catch_unwind(AssertUnwindSafe(|| (self.read)(input))).unwrap_or_else(|panic| {
            let path = self.file();
            let kept = match fs::write(&path, input) {
                Ok(()) => format!("the input is in {}", path.display()),
                Err(error) => format!("the input could not be kept: {error}; it is {input:?}"),
            };
            say(&format!("fuzz {}: {kept}", self.name));
            resume_unwind(panic)
        })
    }

    /// Where an input is kept that fails.
    fn file(&self) -> PathBuf {
        let name = self.name.replace(' ', "-");
        std::env::temp_dir().join(format!("attestry-fuzz-{name}-{}", std::process::id()))
    }
}

/// What an error says, without what it quotes from the input.
fn gist(error: &impl ToString) -> String {
    let message = error.to_string().replace("\\\"", "");
    let own = message.split(['"', '`']).step_by(2);
    let words = own.flat_map(|text| text.split(' '));
    let plain = words.filter(|word| word.bytes().all(|byte| byte.is_ascii_lowercase()));
    plain.take(8).collect::<Vec<_>>().join(" ")
}

/// How long a search is.
struct Plan {
    seed: u64,
    iterations: u64,
    until: Option<Instant>,
}

impl Plan {
    fn from_environment() -> Self {
        let number = |name: &str| {
            let text = std::env::var(name).ok()?;
            let number = text.parse::<u64>();
            Some(number.unwrap_or_else(|error| panic!("{name} is {text:?}: {error}")))
        };
        let seconds = number("ATTESTRY_FUZZ_SECONDS").map(Duration::from_secs);
        Self {
            seed: number("ATTESTRY_FUZZ_SEED").unwrap_or(1),
            iterations: number("ATTESTRY_FUZZ_ITERATIONS").unwrap_or(1_000),
            until: seconds.map(|seconds| Instant::now() + seconds),
        }
    }

    fn goes_on(&self, count: u64) -> bool {
        match self.until {
            Some(until) => Instant::now() < until,
            None => count < self.iterations,
        }
    }
}

#[test]
fn a_search_finds_what_is_hidden_and_is_the_same_each_time() {
    let read = |input: &[u8]| {
        let digits = b"key".iter().zip(input).take_while(|(a, b)| a == b);
        digits.count().to_string()
    };
    let target = Target {
        name: "a hidden word",
        seeds: vec![b"lock".to_vec()],
        change: &|dice, kept| mutate::bytes(dice, kept, &["k", "e", "y"]),
        read: &read,
    };
    let words = target.run();
    assert!(words.contains_key("2"), "{words:?}");
    if std::env::var_os("ATTESTRY_FUZZ_SECONDS").is_none() {
        assert_eq!(words, target.run());
    }
}

#[test]
fn a_search_ends_where_a_property_fails_and_keeps_the_input() {
    let target = Target {
        name: "a length",
        seeds: vec![b"1234".to_vec()],
        change: &|dice, kept| mutate::bytes(dice, kept, &[]),
        read: &|input| {
            assert_ne!(input.len(), 7, "this length is made to fail");
            input.len().to_string()
        },
    };
    let failed = catch_unwind(AssertUnwindSafe(|| target.run()));
    assert!(failed.is_err());
    let input = fs::read(target.file()).expect("the input was kept");
    assert_eq!(input.len(), 7);
    fs::remove_file(target.file()).expect("it was there");
}
