//! Search for people: a page of results, and suggestions as they type.

use crate::errors::Fault;
use crate::here::Here;
use crate::pages::leads::person_of;
use crate::routes::{Entry, page};
use model::FieldValue;
use poem::http::Method;
use poem::{Response, handler};
use services::search::{self, Everything, FoundRecord, RESULTS_MAX};
use services::{App, Ctx, Error, users};
use ui::search::{Hit, Piece, SUGGESTIONS_MAX, SearchPage, Snippet, Total};

/// Fewer letters match everything.
const CHARACTERS_MIN: usize = 2;

pub(crate) fn entries() -> Vec<Entry> {
    vec![page(Method::GET, "/search", "see records of any entity: own, team or all", show)]
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
    let results = if too_short {
        Everything::default()
    } else {
        search::everything(app, ctx, &query, &search::KINDS, skip, limit)?
    };
    let (names, frame) = (users::names(app, ctx)?, app.frame());
    let hit = |found: &FoundRecord| {
        let record = found.record.as_ref();
        let text = |key: &str| match record.built_in(key) {
            FieldValue::Text(text) => Some(text),
            _ => None,
        };
        let person = found.lead.as_ref().and_then(person_of);
        let stage = match record.built_in("stage") {
            FieldValue::Codes(codes) => {
                codes.first().map(|code| ui::records::stage_label(&frame, ctx.language, code))
            }
            _ => None,
        };
        Hit {
            kind: record.entity(),
            id: record.about().id.to_string(),
            title: record.name(),
            below: [person, text("job_title"), text("code"), text("town")].into_iter().flatten().collect(),
            status: found.lead.as_ref().map(|lead| lead.status),
            stage,
            owner: record.responsible().0.and_then(|owner| names.get(&owner).cloned()),
            snippet: found.snippet.as_ref().map(snippet),
        }
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
