//! What is told of keys: their public halves, and never more.

use jiff::Timestamp;

use super::stop;
use crate::{
    cli::Stop,
    credential::{
        did::document::whole_seconds,
        ops::keys::{SigningKey, compromise::Compromised, read::public_text},
    },
    kernel::{clock, text::plain},
};

/// A table of keys, oldest first.
pub(super) fn table(keys: &[SigningKey]) -> Result<String, Stop> {
    let mut text = format!("{:48} {:11} {:20} {}\n", "KEY", "STATE", "CREATED", "ENDED");
    for key in keys {
        let public = public_text(key).map_err(stop)?;
        let created = moment(key.created_at);
        let mut ended = match key.compromised_at.or(key.retired_at) {
            Some(at) => moment(at),
            None => String::new(),
        };
        if let Some(reason) = &key.compromise_reason {
            ended.push_str(&format!(": {}", plain(reason)));
        }
        let line = format!("{public:48} {:11} {created:20} {ended}", key.state);
        text.push_str(line.trim_end());
        text.push('\n');
    }
    Ok(text)
}

fn moment(millis: i64) -> String {
    let at: Timestamp = clock::from_millis(millis);
    whole_seconds(at)
}

/// A key that was added.
pub(super) fn added(verb: &str, key: &SigningKey, slug: &str) -> Result<String, Stop> {
    Ok(format!(
        "{verb}: {}\nIt stands by: it is published, and signs once you rotate:\n  attestry keys rotate --provider {slug}\n",
        public_text(key).map_err(stop)?
    ))
}

/// A key that took over.
pub(super) fn rotated(key: &SigningKey) -> Result<String, Stop> {
    Ok(format!(
        "Signing from now on: {}\nThe key before is retired. What it signed stays valid.\n",
        public_text(key).map_err(stop)?
    ))
}

/// A key that was put away.
pub(super) fn retired(key: &SigningKey) -> Result<String, Stop> {
    Ok(format!("Retired: {}\n", public_text(key).map_err(stop)?))
}

/// A key that is in other hands, and what to do next.
pub(super) fn compromised(done: &Compromised, slug: &str) -> Result<String, Stop> {
    let public = public_text(&done.key).map_err(stop)?;
    let mut text = format!("Compromised: {public}\nNothing that it signed is believed any more.\n");
    match &done.successor {
        Some(next) => {
            let next = public_text(next).map_err(stop)?;
            text.push_str(&format!("Signing from now on: {next}\n"));
        }
        None if !done.can_sign => text.push_str(
            "Under did:key the key is the name: nothing more can be signed under it. Create another provider, and issue its records anew.\n",
        ),
        None => {}
    }
    if done.records > 0 && done.can_sign {
        text.push_str(&format!(
            "{} of its records can be signed anew:\n  attestry keys reissue --provider {slug} {public}\n",
            done.records
        ));
    }
    Ok(text)
}
