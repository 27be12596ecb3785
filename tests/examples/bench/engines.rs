//! The engines by themselves, on the data folder of the product: reads of sled, queries of tantivy, a process of both.

use anyhow::{Context as _, Result};
use model::uuid::Uuid;
use model::{IndexKey, Kind, Lead, LeadSort};
use services::Folders;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};
use store::Direction;
use store::engine::{Engine as _, Scan, SledEngine, Tree};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Index, IndexReader, TantivyDocument, Term};

use crate::bench::data;
use crate::bench::report::Timings;

/// What a page of the list shows, and one more to know whether there is a next page.
const PAGE: usize = 51;
/// What a lead's page shows of its timeline.
const TIMELINE: usize = 50;
/// Found leads of one page.
const FOUND: usize = 30;

/// Times of a bare engine, and leads to ask for.
pub(crate) struct Reads {
    pub(crate) record: Timings,
    pub(crate) list: Timings,
    pub(crate) ids: Vec<Uuid>,
}

/// The keys that a record page and a list page need, read from bare sled.
pub(crate) fn reads(data: &Path, times: usize) -> Result<Reads> {
    let folder = Folders::in_data(data).store;
    let sled = SledEngine::open(&folder, store::Options::default().cache_bytes)?;
    let all =
        Scan { prefix: Lead::list_of_all(LeadSort::Name).bytes(), limit: times.max(1), ..Scan::default() };
    let entries = sled.scan(Tree::Index, &all)?;
    let ids: Vec<Uuid> = entries.iter().filter_map(|entry| data::id_of_entry(&entry.key)).collect();
    let record = repeat(times, |number| {
        let id = ids.get(number % ids.len().max(1)).context("the folder has leads")?;
        record(&sled, *id)
    })?;
    let list = repeat(times, |_| list(&sled))?;
    Ok(Reads { record, list, ids })
}

fn record(sled: &SledEngine, id: Uuid) -> Result<()> {
    get_lead(sled, id)?;
    let timeline = Scan {
        prefix: IndexKey::timeline(id).bytes(),
        direction: Direction::Backward,
        limit: TIMELINE,
        after: None,
    };
    for entry in sled.scan(Tree::Index, &timeline)? {
        let seq = entry.key.get(entry.key.len().saturating_sub(8)..).unwrap_or_default();
        sled.get(Tree::Journal, seq)?.context("a change of a timeline")?;
    }
    Ok(())
}

fn list(sled: &SledEngine) -> Result<()> {
    let newest = Scan {
        prefix: Lead::list_of_all(LeadSort::Created).bytes(),
        direction: Direction::Backward,
        limit: PAGE,
        after: None,
    };
    for entry in sled.scan(Tree::Index, &newest)? {
        get_lead(sled, data::id_of_entry(&entry.key).context("a list entry ends with an id")?)?;
    }
    Ok(())
}

fn get_lead(sled: &SledEngine, id: Uuid) -> Result<()> {
    let key = [&[Kind::Lead.tag()], id.as_bytes().as_slice()].concat();
    sled.get(Tree::Records, &key)?.context("a lead of a list")?;
    Ok(())
}

/// One word in two fields, counted, with the stored documents of a page: what any search costs at least.
pub(crate) fn bare_search(data: &Path, words: &[&str], times: usize) -> Result<Timings> {
    let folder = Folders::in_data(data).search;
    let index = std::fs::read_dir(&folder)?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .find(|path| path.join("meta.json").is_file())
        .context("the search index is made")?;
    let index = Index::open_in_dir(index)?;
    let reader = index.reader()?;
    repeat(times, |number| {
        let word = words.get(number % words.len().max(1)).context("a word to look for")?;
        tantivy_query(&index, &reader, word)
    })
}

fn tantivy_query(index: &Index, reader: &IndexReader, word: &str) -> Result<()> {
    let searcher = reader.searcher();
    let mut ways: Vec<Box<dyn Query>> = Vec::new();
    for field in ["names_fold", "text_fold"] {
        let term = Term::from_field_text(index.schema().get_field(field)?, word);
        ways.push(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)));
    }
    let page = TopDocs::with_limit(FOUND).order_by_score();
    let (found, _) = searcher.search(&BooleanQuery::union(ways), &(page, Count))?;
    for (_, address) in found {
        searcher.doc::<TantivyDocument>(address)?;
    }
    Ok(())
}

/// The search room without its page.
pub(crate) fn room_search(data: &Path, words: &[&str], times: usize) -> Result<Timings> {
    let search = search::Search::open(&Folders::in_data(data).search)?;
    repeat(times, |number| {
        let query = search::Query {
            text: (*words.get(number % words.len().max(1)).context("a word to look for")?).to_owned(),
            scopes: vec![(model::Kind::Lead, model::Scope::Everything)],
            limit: FOUND,
            skip: 0,
        };
        search.query(&query)?;
        Ok(())
    })
}

pub(crate) fn repeat(times: usize, mut deed: impl FnMut(usize) -> Result<()>) -> Result<Timings> {
    // The first ones fill caches.
    for number in 0..(times / 10).clamp(1, 50) {
        deed(number)?;
    }
    let mut each: Vec<Duration> = Vec::with_capacity(times);
    let begin = Instant::now();
    for number in 0..times {
        let begin = Instant::now();
        deed(number)?;
        each.push(begin.elapsed());
    }
    Ok(Timings::new(each, begin.elapsed()))
}

/// Opens sled, tantivy and DuckDB on a data folder, says so, and holds them until its standard input ends.
pub(crate) fn hold(data: &Path) -> Result<()> {
    let folders = Folders::in_data(data);
    let _sled = SledEngine::open(&folders.store, store::Options::default().cache_bytes)?;
    let _search = search::Search::open(&folders.search)?;
    let _analytics = analytics::Analytics::open(&folders.analytics, analytics::Limits::default())?;
    println!("open");
    std::io::stdout().flush()?;
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
