//! What a provider, a member, an API key and a learner are told by.

use uuid::Uuid;

use super::policy::{Role, Scope};

/// A provider to create.
#[derive(Debug, Clone)]
pub struct NewProvider {
    /// Name in URLs.
    pub slug: String,
    /// Display name.
    pub name: String,
    /// The provider's own web page.
    pub url: String,
}

/// A member to create.
#[derive(Debug, Clone)]
pub struct NewMember {
    /// The provider; may be left out by its own members.
    pub provider: Option<Uuid>,
    /// Display name.
    pub name: String,
    /// E-mail address.
    pub email: Option<String>,
    /// The roles they hold.
    pub roles: Vec<Role>,
}

/// An API key to create.
#[derive(Debug, Clone)]
pub struct NewApiKey {
    /// The member it acts as; `None` for a key of the platform.
    pub member: Option<Uuid>,
    /// What a key of the platform is for: [`Role::PlatformAdmin`] unless it says otherwise.
    pub role: Option<Role>,
    /// What it is for.
    pub name: String,
    /// What it may be used for; when empty, all that the member's roles allow and that need not
    /// be asked for by name.
    pub scopes: Vec<Scope>,
    /// After how many days it stops working, 1 to 400.
    pub days: i32,
}

/// A learner to create.
#[derive(Debug, Clone)]
pub struct NewLearner {
    /// The provider's own identifier.
    pub external_id: String,
    /// Display name.
    pub name: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Decentralized identifier.
    pub did: Option<String>,
    /// The member who is this same person.
    pub member: Option<Uuid>,
}

/// Which learners to list.
#[derive(Debug, Clone, Default)]
pub struct LearnerFilter {
    /// The one with this identifier of the provider's own.
    pub external_id: Option<String>,
    /// Those who asked to be erased, and are not.
    pub to_erase: bool,
}

/// A member with their roles.
#[derive(Debug, Clone)]
pub struct Member {
    /// The member.
    pub id: Uuid,
    /// The tenant.
    pub provider: Uuid,
    /// Display name.
    pub name: String,
    /// E-mail address, in lower case.
    pub email: Option<String>,
    /// When they were added, Unix milliseconds.
    pub created_at: i64,
    /// The roles they hold.
    pub roles: Vec<Role>,
}
