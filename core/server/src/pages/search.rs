//! Search for people: a page of results, and suggestions as they type.

use crate::errors::Fault;
use crate::here::Here;
use crate::pages::leads::person_of;
use crate::routes::{Entry, page};
use poem::http::Method;
use poem::{Response, handler};
use services::search::{self, Found, RESULTS_MAX, Results};
use services::{App, Ctx, Error, users};
use ui::search::{LeadHit, Piece, SUGGESTIONS_MAX, SearchPage, Snippet, Total};

/// Fewer letters match everything.
const CHARACTERS_MIN: usize = 2;

pub(crate) fn entries() -> Vec<Entry> {
    vec![page(Method::GET, "/search", "see leads: own, team or all", show)]
}

#[handler]
async fn show(here: Here) -> Result<Response, Fault> {
    let query = here.query("q").unwrap_or_default().to_owned();
    let skip: usize = here.query("skip").and_then(|skip| skip.parse().ok()).unwrap_or_default();
    let is_suggestions = here.is_htmx();
    let limit = if is_suggestions { SUGGESTIONS_MAX } else { RESULTS_MAX };
    let view = here.deed(move |app, ctx| search_page(app, ctx, query, skip, limit)).await?;
    let mut shell = here.shell();
    shell.as_of = here.as_of(services::projectors::Reading::Search);
    let markup = if is_suggestions { ui::search::suggestions } else { ui::search::page };
    Ok(here.page(markup(&shell, &view)))
}

fn search_page(app: &App, ctx: &Ctx, query: String, skip: usize, limit: usize) -> Result<SearchPage, Error> {
    let too_short = query.chars().filter(|letter| letter.is_alphanumeric()).count() < CHARACTERS_MIN;
    let results = if too_short { Results::default() } else { search::leads(app, ctx, &query, skip, limit)? };
    let names = users::names(app, ctx)?;
    let hit = |found: &Found| LeadHit {
        id: found.lead.meta.id.to_string(),
        title: found.lead.title().to_owned(),
        person: person_of(&found.lead),
        town: found.lead.town.clone(),
        status: found.lead.status,
        owner: found.lead.owner.and_then(|owner| names.get(&owner).cloned()),
        snippet: found.snippet.as_ref().map(snippet),
    };
    let next = skip + limit;
    Ok(SearchPage {
        query,
        too_short,
        total: match results.total as u64 {
            total if results.total >= search::TOTAL_MAX => Total::MoreThan(total),
            total => Total::Exactly(total),
        },
        hits: results.found.iter().map(hit).collect(),
        skipped: skip as u64,
        next_skip: (results.total > next && next <= search::SKIP_MAX).then_some(next as u64),
    })
}

fn snippet(snippet: &search::Snippet) -> Snippet {
    let piece = |piece: &search::Piece| Piece { text: piece.text.clone(), marked: piece.marked };
    Snippet {
        pieces: snippet.pieces.iter().map(piece).collect(),
        cut_before: snippet.cut_before,
        cut_after: snippet.cut_after,
    }
}
