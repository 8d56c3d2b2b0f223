//! Settings: flags over environment over file. Nothing else reads any of them.

mod contexts;
mod events;
mod evidence;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, fmt, net::SocketAddr, path::PathBuf};

use clap::Args;
use serde::Deserialize;
use url::Url;
use zeroize::Zeroizing;

use crate::{
    assessment::files::Limits as EvidenceLimits,
    credential::rdf::Contexts,
    graphql::guard::Limits,
    identity::oidc::{Issuer, settings},
    kernel::urls::redact,
    web::graphql::Settings,
};

pub use contexts::{ContextFile, read_contexts};

/// Environment variable with the master key, for installations without a key file.
pub const MASTER_KEY_VARIABLE: &str = "ATTESTRY_MASTER_KEY";

/// Flags that every command takes.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct CommonArgs {
    /// Database: sqlite:PATH or postgres://… [default: a SQLite file in the data directory]
    #[arg(
        long,
        global = true,
        env = "ATTESTRY_DATABASE_URL",
        value_name = "URL",
        hide_env_values = true
    )]
    pub database_url: Option<String>,
    /// Directory of the embedded database and the master key [default: ./attestry-data]
    #[arg(long, global = true, env = "ATTESTRY_DATA_DIR", value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Settings file, in TOML
    #[arg(long, global = true, env = "ATTESTRY_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// What to log, such as info or attestry=debug [default: info when serving, warn otherwise]
    #[arg(long, global = true, env = "ATTESTRY_LOG", value_name = "FILTER")]
    pub log: Option<String>,
    /// How log lines look: text or json [default: text]
    #[arg(
        long,
        global = true,
        env = "ATTESTRY_LOG_FORMAT",
        value_name = "FORMAT"
    )]
    pub log_format: Option<LogFormat>,
}

/// Flags of the commands that listen.
#[derive(Debug, Clone, Default, Args)]
pub struct ServeArgs {
    /// Address to listen on [default: 127.0.0.1:8080]
    #[arg(long, env = "ATTESTRY_LISTEN", value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    /// Address under which others reach the service [default: http:// and the listen address]
    #[arg(long, env = "ATTESTRY_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// Directory where `npm install` put the playground's packages, for places without internet
    #[arg(long, env = "ATTESTRY_PLAYGROUND_ASSETS", value_name = "DIR")]
    pub playground_assets: Option<PathBuf>,
    /// Fetch what verifying others' credentials needs [default: false]
    ///
    /// Then whoever may ask this service to verify makes it fetch from addresses that the
    /// credential names: public https addresses only.
    #[arg(
        long,
        env = "ATTESTRY_VERIFY_ONLINE",
        value_name = "BOOL",
        num_args = 0..=1,
        default_missing_value = "true"
    )]
    pub verify_online: Option<bool>,
    /// Bytes in one uploaded file of evidence at most [default: 20971520]
    #[arg(long, env = "ATTESTRY_EVIDENCE_MAX_BYTES", value_name = "BYTES")]
    pub evidence_max_bytes: Option<u64>,
    /// Media types that evidence may have, separated by commas [default: see docs/operations.md]
    #[arg(
        long,
        env = "ATTESTRY_EVIDENCE_TYPES",
        value_name = "TYPES",
        value_delimiter = ','
    )]
    pub evidence_types: Option<Vec<String>>,
    /// Let webhooks lead to this very machine, over http too: for trying things out [default: false]
    #[arg(
        long,
        env = "ATTESTRY_WEBHOOKS_ALLOW_HTTP_LOOPBACK",
        value_name = "BOOL",
        num_args = 0..=1,
        default_missing_value = "true"
    )]
    pub webhooks_allow_http_loopback: Option<bool>,
    /// Days for which events and their deliveries are kept [default: 90]
    #[arg(long, env = "ATTESTRY_EVENTS_KEEP_DAYS", value_name = "DAYS")]
    pub events_keep_days: Option<u32>,
    /// A further JSON-LD context that records may name; may be given several times
    #[arg(long, value_name = "URL=FILE")]
    pub context: Vec<ContextFile>,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// The settings file. A member that is not known is an error.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct File {
    database_url: Option<String>,
    data_dir: Option<PathBuf>,
    log: Option<String>,
    log_format: Option<LogFormat>,
    listen: Option<SocketAddr>,
    public_url: Option<String>,
    playground_assets: Option<PathBuf>,
    verify_online: Option<bool>,
    evidence_max_bytes: Option<u64>,
    evidence_types: Option<Vec<String>>,
    webhooks_allow_http_loopback: Option<bool>,
    events_keep_days: Option<u32>,
    contexts: BTreeMap<String, PathBuf>,
    master_key: Option<String>,
    oidc: Vec<settings::Table>,
    limits: Option<Limits>,
    http: Option<Settings>,
}

/// Settings, validated.
#[derive(Clone)]
pub struct Config {
    /// Database URL.
    pub database_url: String,
    /// Directory of the embedded database and the master key.
    pub data_dir: PathBuf,
    /// Log filter, where one was given.
    pub log: Option<String>,
    /// How log lines look.
    pub log_format: LogFormat,
    /// Address to listen on.
    pub listen: SocketAddr,
    /// Address under which others reach the service, without a slash at the end.
    pub public_url: String,
    /// Whether the public URL was given rather than derived.
    pub public_url_given: bool,
    /// Where the playground's packages are.
    pub playground_assets: Option<PathBuf>,
    /// Whether what verifying others' credentials needs is fetched.
    pub verify_online: bool,
    /// What may be uploaded as evidence.
    pub evidence: EvidenceLimits,
    /// Whether webhooks may lead to this very machine, over http too.
    pub webhooks_allow_http_loopback: bool,
    /// For how many days events, and deliveries that came to their end, are kept.
    pub events_keep_days: u32,
    /// The JSON-LD contexts that are understood.
    pub contexts: Contexts,
    /// The master key's text, where it comes from environment or file.
    pub master_key: Option<Zeroizing<String>>,
    /// The issuers whose tokens sign people in.
    pub oidc: Vec<Issuer>,
    /// How many credentials share a status list before the next one is opened, where that is
    /// fewer than a list may hold.
    pub status_list_capacity: Option<u32>,
    /// What a GraphQL document may ask for.
    pub limits: Limits,
    /// How large a request may be, and how long it may take.
    pub http: Settings,
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("database_url", &redact(&self.database_url))
            .field("data_dir", &self.data_dir)
            .field("listen", &self.listen)
            .field("public_url", &self.public_url)
            .field("playground_assets", &self.playground_assets)
            .field("oidc", &self.oidc)
            .field("master_key", &self.master_key.as_ref().map(|_| "redacted"))
            .finish_non_exhaustive()
    }
}

/// A setting that cannot be used, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[error("{setting}: {problem}")]
pub struct ConfigError {
    setting: String,
    problem: String,
}

fn wrong(setting: &str, problem: impl fmt::Display) -> ConfigError {
    ConfigError {
        setting: setting.to_owned(),
        problem: problem.to_string(),
    }
}

impl Config {
    /// Where uploaded evidence is kept: a folder in the data directory.
    #[must_use]
    pub fn evidence_dir(&self) -> PathBuf {
        self.data_dir.join("evidence")
    }

    /// Puts the settings together: flags and environment (which the command
    /// line parser has merged already) over the settings file over defaults.
    pub fn load(common: &CommonArgs, serve: &ServeArgs) -> Result<Self, ConfigError> {
        let file = match &common.config {
            None => File::default(),
            Some(path) => read_file(path)?,
        };
        let secret = read_secret_variable()?;
        Self::merge(common, serve, file, secret)
    }

    /// The same settings with the address that was taken, which may differ in its port.
    #[must_use]
    pub fn listening_on(self, address: SocketAddr) -> Self {
        let public_url = if self.public_url_given {
            self.public_url
        } else {
            derived_public_url(address)
        };
        Self {
            listen: address,
            public_url,
            ..self
        }
    }

    /// The same settings over an embedded database in `directory`, with a key of its own.
    #[must_use]
    pub fn throw_away(self, directory: &std::path::Path) -> Self {
        Self {
            database_url: format!("sqlite:{}", directory.join("attestry.db").display()),
            data_dir: directory.to_owned(),
            master_key: None,
            ..self
        }
    }

    fn merge(
        common: &CommonArgs,
        serve: &ServeArgs,
        file: File,
        secret: Option<String>,
    ) -> Result<Self, ConfigError> {
        let data_dir = common
            .data_dir
            .clone()
            .or(file.data_dir)
            .unwrap_or_else(|| PathBuf::from("attestry-data"));
        let embedded = || format!("sqlite:{}", data_dir.join("attestry.db").display());
        let database_url = common
            .database_url
            .clone()
            .or(file.database_url)
            .unwrap_or_else(embedded);
        check_database_url(&database_url)?;
        let listen = serve
            .listen
            .or(file.listen)
            .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080)));
        let given = serve.public_url.clone().or(file.public_url);
        let public_url = match &given {
            Some(url) => check_public_url(url)?,
            None => derived_public_url(listen),
        };
        let in_file = file
            .contexts
            .into_iter()
            .map(|(url, file)| ContextFile { url, file });
        let context_files: Vec<_> = in_file.chain(serve.context.iter().cloned()).collect();
        let contexts = read_contexts(&context_files).map_err(|e| wrong("context", e))?;
        let evidence = evidence::limits(
            serve.evidence_max_bytes.or(file.evidence_max_bytes),
            serve.evidence_types.clone().or(file.evidence_types),
        )?;
        Ok(Self {
            database_url,
            data_dir,
            evidence,
            log: common.log.clone().or(file.log),
            log_format: common.log_format.or(file.log_format).unwrap_or_default(),
            listen,
            public_url,
            public_url_given: given.is_some(),
            playground_assets: serve.playground_assets.clone().or(file.playground_assets),
            verify_online: serve.verify_online.or(file.verify_online).unwrap_or(false),
            webhooks_allow_http_loopback: serve
                .webhooks_allow_http_loopback
                .or(file.webhooks_allow_http_loopback)
                .unwrap_or(false),
            events_keep_days: events::keep_days(serve.events_keep_days.or(file.events_keep_days))?,
            contexts,
            master_key: secret.or(file.master_key).map(Zeroizing::new),
            oidc: settings::read(file.oidc).map_err(|w| wrong(&w.setting, w.problem))?,
            status_list_capacity: None,
            limits: file.limits.unwrap_or_default(),
            http: file.http.unwrap_or_default(),
        })
    }
}

fn read_file(path: &std::path::Path) -> Result<File, ConfigError> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|e| wrong(&name, e))?;
    // Its Display would quote the line, which may hold a key or a password.
    toml::from_str(&text).map_err(|e: toml::de::Error| {
        let before = e.span().and_then(|span| text.get(..span.start));
        let line = before.map_or(1, |before| before.matches('\n').count() + 1);
        wrong(&name, format!("line {line}: {}", e.message()))
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the environment; a flag would show the key to every process"
)]
fn read_secret_variable() -> Result<Option<String>, ConfigError> {
    match std::env::var(MASTER_KEY_VARIABLE) {
        Ok(text) => Ok(Some(text)),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(e) => Err(wrong(MASTER_KEY_VARIABLE, e)),
    }
}

fn check_database_url(url: &str) -> Result<(), ConfigError> {
    if ["sqlite:", "postgres:", "postgresql:"]
        .iter()
        .any(|s| url.starts_with(s))
    {
        return Ok(());
    }
    Err(wrong(
        "database-url",
        "give sqlite:PATH or postgres://USER@HOST/NAME",
    ))
}

fn check_public_url(text: &str) -> Result<String, ConfigError> {
    let remedy = "give an address such as https://skills.example, without query or fragment";
    let url = Url::parse(text).map_err(|e| wrong("public-url", format!("{e}: {remedy}")))?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.host().is_some()
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    if !plain {
        return Err(wrong("public-url", remedy));
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

fn derived_public_url(listen: SocketAddr) -> String {
    if listen.ip().is_unspecified() {
        format!("http://localhost:{}", listen.port())
    } else {
        format!("http://{listen}")
    }
}
