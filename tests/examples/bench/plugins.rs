//! One plugin call in a fresh instance beside bare wasmtime, and the assignment of many leads beside bare calls.

use crate::bench::data;
use crate::bench::engines::repeat;
use crate::bench::report::{self, Table, Timings};
use crate::{Place, Sizes};
use anyhow::{Context as _, Result, ensure};
use plugin_host::{Candidate, Capabilities, Decision, Host, LeadView, Limits, Plugin};
use services::assignment::Round;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use wasmtime::component::{Component, Linker};
use wasmtime::{Config, Engine, InstanceAllocationStrategy, PoolingAllocationConfig, Store};

const COMPONENT: &str = "assign-by-territory.wasm";

pub(crate) fn measure(place: &Place, sizes: &Sizes, table: &mut Table) -> Result<()> {
    let bytes =
        std::fs::read(place.plugins.join(COMPONENT)).with_context(|| format!("{COMPONENT} is built"))?;
    let bare = bare_instances(&bytes, sizes.plugin_calls)?;
    let host = Host::open(&place.folder.join("compiled"), Limits::default(), Some(place.tracte.clone()))?;
    let plugin = host.install(&bytes)?;
    let calls = calls(&plugin, sizes.plugin_calls)?;
    table.times(
        "plugin call, fresh instance",
        &calls,
        ("wasmtime: make and drop the instance", &bare),
        "`plugin_host::Plugin::assign`, territory plugin",
    );
    let whole = assignment(place, sizes.assigned)?;
    let limit: Duration = calls.p50() * u32::try_from(sizes.assigned)?;
    table.whole(
        &format!("assignment of {} leads", sizes.assigned),
        whole,
        ("as many bare plugin calls", limit),
        "`services::assignment::Round`, decisions without the commit",
    );
    Ok(())
}

/// What wasmtime takes for an instance with the same pool, without limits, contract and call.
fn bare_instances(component: &[u8], times: usize) -> Result<Timings> {
    let mut pool = PoolingAllocationConfig::new();
    pool.total_component_instances(8).total_core_instances(64).total_memories(8).total_tables(32);
    pool.max_core_instances_per_component(8).max_tables_per_component(4);
    pool.max_memory_size(Limits::default().memory_bytes).table_elements(65_536);
    let mut config = Config::new();
    config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
    let engine = Engine::new(&config).map_err(explain)?;
    let component = Component::new(&engine, component).map_err(explain)?;
    let mut linker: Linker<()> = Linker::new(&engine);
    linker.define_unknown_imports_as_traps(&component).map_err(explain)?;
    let ready = linker.instantiate_pre(&component).map_err(explain)?;
    repeat(times, |_| {
        let mut store = Store::new(&engine, ());
        ready.instantiate(&mut store).map_err(explain)?;
        Ok(())
    })
}

fn explain(error: wasmtime::Error) -> anyhow::Error {
    anyhow::anyhow!("wasmtime: {error:#}")
}

fn calls(plugin: &Plugin, times: usize) -> Result<Timings> {
    let candidates: Vec<Candidate> = (0..4).map(candidate).collect();
    let territories = "17: rep0@exemple.cat\n08: rep1@exemple.cat\n25,43: rep2@exemple.cat".to_owned();
    let config: BTreeMap<String, String> = [("territories".to_owned(), territories)].into();
    let lead = LeadView {
        id: "0192f0c1-2d3e-7000-8000-000000000001".to_owned(),
        source: "web".to_owned(),
        postcode: Some("17001".to_owned()),
        town: Some("Girona".to_owned()),
        company: Some("Forn Ferrer".to_owned()),
        ..LeadView::default()
    };
    repeat(times, |_| {
        let call = plugin.assign(&lead, &candidates, &config, &Fixed);
        ensure!(matches!(call.outcome, Ok(Decision::Assign { .. })), "it answered {:?}", call.outcome);
        Ok(())
    })
}

fn candidate(number: usize) -> Candidate {
    Candidate {
        id: format!("0192f0c1-2d3e-7000-8000-00000000001{number}"),
        name: format!("Comercial {number}"),
        email: format!("rep{number}@exemple.cat"),
        teams: vec!["0192f0c1-2d3e-7000-8000-000000000020".to_owned()],
        skills: Vec::new(),
        open_leads: 12,
        capacity: None,
        available: true,
        custom: Vec::new(),
    }
}

struct Fixed;

impl Capabilities for Fixed {
    fn now_ms(&self) -> i64 {
        1_795_428_000_000
    }

    fn random_u64(&self) -> u64 {
        7
    }
}

/// As an import assigns: people, loads and plugins looked up once, then lead by lead.
fn assignment(place: &Place, leads: usize) -> Result<Duration> {
    let app = data::open(place, &place.folder.join("assignment"))?;
    let company = data::set_up(&app, leads)?;
    let leads: Vec<_> = (0..leads).map(|number| data::lead(&company, number)).collect();
    let settings = services::settings::get(&app, &company.ctx)?;
    report::best(|| {
        let begin = Instant::now();
        let round = Round::prepare(&app, &company.ctx, settings.clone())?;
        let mut decided = 0;
        for lead in &leads {
            decided += usize::from(round.choose(&app, &company.ctx, lead)?.by_plugin().is_some());
        }
        round.settle(&app, &company.ctx);
        let whole = begin.elapsed();
        ensure!(decided * 2 > leads.len(), "the plugin decided {decided} of {}", leads.len());
        Ok(whole)
    })
}
