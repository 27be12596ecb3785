#![doc = include_str!("../README.md")]

mod territories;

use plugin_sdk::{Assigner, Decision, Lead, PluginError, User, config, log};
use territories::Territories;

/// The plugin.
pub struct AssignByTerritory;

plugin_sdk::export!(AssignByTerritory);

impl Assigner for AssignByTerritory {
    fn assign(lead: &Lead, candidates: &[User]) -> Result<Decision, PluginError> {
        let text = config::get("territories").unwrap_or_default();
        let territories = Territories::parse(&text).map_err(|problems| {
            problems.iter().for_each(log::error);
            PluginError::lasting("bad-territories", problems.join("; "))
        })?;
        let Some(postcode) = lead.postcode.as_deref() else {
            log::info("the lead has no postcode");
            return Ok(Decision::Skip);
        };
        let Some((prefix, person)) = territories.find(postcode) else {
            log::info(format!("no territory begins like postcode {postcode}"));
            return Ok(Decision::Skip);
        };
        match find_candidate(person, candidates) {
            Ok(user) => Ok(Decision::assign(user, reason(postcode, prefix))),
            Err(problem) => {
                log::warn(format!("postcode {postcode} begins with {prefix}, but {problem}"));
                Ok(Decision::Skip)
            }
        }
    }
}

/// One sentence in the company's language.
fn reason(postcode: &str, prefix: &str) -> String {
    match config::get("tracte.language").as_deref() {
        Some("ca") => format!("el codi postal {postcode} comença per {prefix}"),
        Some("es") => format!("el código postal {postcode} empieza por {prefix}"),
        _ => format!("postcode {postcode} begins with {prefix}"),
    }
}

/// The candidate with this id, else with this e-mail address, else the only one of this name.
fn find_candidate<'a>(person: &str, candidates: &'a [User]) -> Result<&'a User, String> {
    let by_id = candidates.iter().find(|user| user.id == person);
    let by_email = || candidates.iter().find(|user| user.email.to_lowercase() == person.to_lowercase());
    let user = match by_id.or_else(by_email) {
        Some(user) => user,
        None => {
            let mut namesakes = candidates.iter().filter(|user| user.name == person);
            let first = namesakes.next().ok_or_else(|| format!("{person} is not among the candidates"))?;
            if namesakes.next().is_some() {
                return Err(format!("more than one candidate is called {person}: write the e-mail address"));
            }
            first
        }
    };
    if user.available { Ok(user) } else { Err(format!("{person} is not available")) }
}
