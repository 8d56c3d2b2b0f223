use super::*;

const GOOD: &str = "issuer = 'https://login.example/realms/north'
audience = 'attestry'
provider = 'north'
roles = { teacher = 'ASSESSOR' }";

fn table(text: &str) -> Table {
    toml::from_str(text).unwrap()
}

/// The good table with one line in another's place.
fn changed(member: &str, line: &str) -> Table {
    let is_it = |l: &&str| l.starts_with(&format!("{member} "));
    let others: Vec<_> = GOOD.lines().filter(|l| !is_it(l)).collect();
    table(&format!("{}\n{line}", others.join("\n")))
}

fn wrong(member: &str, line: &str) -> String {
    let wrong = read(vec![table(GOOD), changed(member, line)]).unwrap_err();
    format!("{}: {}", wrong.setting, wrong.problem)
}

#[test]
fn the_usual_claims_and_algorithms_go_without_saying() {
    let issuer = read(vec![table(GOOD)]).unwrap().remove(0);
    assert_eq!(issuer.algorithms, Algorithm::DEFAULT);
    assert_eq!(issuer.provider, Some(Tenant::Slug("north".to_owned())));
    let path = |text: &str| ClaimPath::new(text.to_owned()).unwrap();
    assert_eq!(issuer.role_claim, path("roles"));
    assert_eq!(issuer.name_claim, path("name"));
    assert_eq!(issuer.email_claim, path("email"));
    assert_eq!(issuer.learner_claim, path("sub"));
    assert!(!issuer.is_local);
}

#[test]
fn what_cannot_be_used_is_named_with_its_place_and_remedy() {
    let elsewhere = "issuer = 'https://other.example'\n";
    let of = |member: &str, line: &str| {
        let line = if member == "issuer" {
            line.to_owned()
        } else {
            format!("{elsewhere}{line}")
        };
        let text: Vec<_> = GOOD
            .lines()
            .filter(|l| !l.starts_with("issuer ") && !l.starts_with(&format!("{member} ")))
            .collect();
        let read = read(vec![
            table(GOOD),
            table(&format!("{}\n{line}", text.join("\n"))),
        ]);
        let wrong = read.unwrap_err();
        format!("{}: {}", wrong.setting, wrong.problem)
    };
    for (member, line, told) in [
        (
            "issuer",
            "issuer = 'login'",
            "oidc[1].issuer: give the issuer's own identifier",
        ),
        (
            "issuer",
            "issuer = 'ftp://a.example'",
            "oidc[1].issuer: give the issuer's",
        ),
        (
            "issuer",
            "issuer = 'https://a.example?b'",
            "oidc[1].issuer: give the issuer's",
        ),
        (
            "issuer",
            "issuer = 'https://a:b@c.example'",
            "oidc[1].issuer: give the issuer's",
        ),
        (
            "issuer",
            "issuer = 'http://a.example'",
            "oidc[1].issuer: give an https address; for",
        ),
        (
            "issuer",
            "issuer = 'http://127.0.0.1:1'",
            "set allow-insecure-http = true",
        ),
        (
            "issuer",
            "issuer = 'http://10.0.0.1'\nallow-insecure-http = true",
            "oidc[1].issuer: allow-insecure-http is for an issuer on this machine",
        ),
        ("audience", "audience = ' '", "oidc[1].audience: give what"),
        (
            "algorithms",
            "algorithms = ['none']",
            "oidc[1].algorithms: give some of RS256, PS256",
        ),
        (
            "algorithms",
            "algorithms = ['HS256']",
            "oidc[1].algorithms: give some of",
        ),
        (
            "algorithms",
            "algorithms = []",
            "oidc[1].algorithms: give some of",
        ),
        (
            "provider",
            "provider = 'No Slug'",
            "oidc[1].provider: give a provider's slug",
        ),
        (
            "provider",
            "",
            "oidc[1].provider: give the slug of the provider to which",
        ),
        (
            "x",
            "provider-claim = 'tenant'",
            "oidc[1].provider-claim: give this or provider",
        ),
        (
            "x",
            "role-claim = 'a..b'",
            "oidc[1].role-claim: give a claim",
        ),
        (
            "x",
            "learner-claim = ''",
            "oidc[1].learner-claim: give a claim",
        ),
        ("roles", "", "oidc[1].roles: say what each"),
        (
            "roles",
            "roles = { 'a b' = 'ROOT' }",
            "oidc[1].roles.\"a b\": give one of PLATFORM_ADMIN",
        ),
    ] {
        let said = of(member, line);
        assert!(said.contains(told), "{line}: {said}");
    }
    assert!(wrong("x", "").starts_with("oidc[1].issuer: this issuer has a table already"));
}

#[test]
fn http_will_do_on_this_machine_where_the_settings_say_so() {
    for host in ["127.0.0.1:8081", "127.1.2.3", "[::1]:80", "localhost:3000"] {
        let line = format!("issuer = 'http://{host}'\nallow-insecure-http = true");
        let issuer = read(vec![changed("issuer", &line)]).unwrap().remove(0);
        assert!(issuer.is_local, "{host}");
    }
    // An https issuer is reached as any other, whatever is allowed.
    let issuer = read(vec![changed("x", "allow-insecure-http = true")])
        .unwrap()
        .remove(0);
    assert!(!issuer.is_local);
}

#[test]
fn an_issuer_of_platform_roles_alone_needs_no_provider() {
    let text = "issuer = 'https://login.example'\naudience = 'a'\nroles = { root = 'CURATOR' }";
    assert_eq!(read(vec![table(text)]).unwrap()[0].provider, None);
}

#[test]
fn members_that_are_not_known_are_refused() {
    for line in [
        "audiences = 'a'",
        "client-secret = 'x'",
        "provider_claim = 'x'",
    ] {
        assert!(
            toml::from_str::<Table>(&format!("{line}\n{GOOD}")).is_err(),
            "{line}"
        );
    }
}

#[test]
fn what_roles_are_called_is_not_shown() {
    let shown = format!("{:?}", read(vec![table(GOOD)]).unwrap());
    assert!(
        shown.contains("login.example") && !shown.contains("teacher"),
        "{shown}"
    );
}
