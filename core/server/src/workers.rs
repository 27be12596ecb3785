//! The threads beside the requests: they follow the journal, run imports, and stop when told to.

use crate::api::ApiShapes;
use crate::clock::Clock;
use crate::letters::Texts;
use crate::state::Shared;
use model::{BulkJob, EvidencePack, Import, Language, Via};
use services::projectors::{self, Reading};
use services::webhooks::Courier;
use services::{
    App, Ctx, Error, backups, bulk, evidence, hand_overs, imports, outbox, privacy, quotes, retention,
    scoring, unanswered, web_forms,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

/// Running workers. They are joined when the server stops.
pub struct Workers {
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Workers {
    /// One thread a reading of the journal, one for imports, one for the leads of those who left, one for letters, one
    /// for backups, one for bulk jobs, one for evidence packs, one for what is erased or forgotten, one for retention periods, one for
    /// web forms that nobody confirmed, one for quotes that expire, one for the readings of leads in memory, one for that
    /// of boards, one for leads that nobody answers in time, one for webhooks with another for each that has something to do, and a short one that makes assets smaller.
    pub fn start(state: &Shared) -> std::io::Result<Workers> {
        let mut workers = Workers { stop: Arc::default(), threads: Vec::new() };
        for reading in Reading::ALL {
            let app = state.app.clone();
            workers.spawn(reading.as_str(), move |stop| {
                projectors::run(&app, reading, stop, &|error| report(reading.as_str(), error));
            })?;
        }
        let (app, clock) = (state.app.clone(), state.clock.clone());
        workers.spawn("imports", move |stop| {
            let ctx_for = |import: &Import| ctx_of(&app, &clock, import);
            imports::run_worker(&app, &ctx_for, stop, &|error| report("imports", error));
        })?;
        let (app, clock) = (state.app.clone(), state.clock.clone());
        workers.spawn("hand-overs", move |stop| {
            hand_overs::run_worker(&app, &|| clock.now(), stop, &|error| report("hand-overs", error));
        })?;
        let (app, clock, texts) = (state.app.clone(), state.clock.clone(), Texts(state.clone()));
        workers.spawn("letters", move |stop| {
            let ctx_now = || clock.ctx(clock.now(), "letters", Language::default());
            outbox::run_worker(&app, &ctx_now, &texts, stop, &|error| report("letters", error));
        })?;
        let (app, clock) = (state.app.clone(), state.clock.clone());
        workers.spawn("bulk-jobs", move |stop| {
            let ctx_for =
                |job: &BulkJob| clock.ctx(clock.now(), &job.meta.id.to_string(), Language::default());
            bulk::run_worker(&app, &ctx_for, stop, &|error| report("bulk-jobs", error));
        })?;
        let (app, clock) = (state.app.clone(), state.clock.clone());
        workers.spawn("privacy", move |stop| {
            privacy::run_worker(&app, &|| clock.now(), stop, &|error| report("privacy", error));
        })?;
        let (app, clock) = (state.app.clone(), state.clock.clone());
        workers.spawn("retention", move |stop| {
            let ctx_now = || clock.ctx(clock.now(), "retention", Language::default());
            retention::run_worker(&app, &ctx_now, stop, &|error| report("retention", error));
        })?;
        let (app, clock) = (state.app.clone(), state.clock.clone());
        workers.spawn("unanswered", move |stop| {
            let ctx_now = || clock.ctx(clock.now(), "unanswered", Language::default());
            unanswered::run_worker(&app, &ctx_now, stop, &|error| report("unanswered", error));
        })?;
        let (app, clock) = (state.app.clone(), state.clock.clone());
        workers.spawn("web-forms", move |stop| {
            let ctx_now = || clock.ctx(clock.now(), "web-forms", Language::default());
            web_forms::run_worker(&app, &ctx_now, stop, &|error| report("web-forms", error));
        })?;
        let (app, clock) = (state.app.clone(), state.clock.clone());
        workers.spawn("quotes", move |stop| {
            let ctx_now = || clock.ctx(clock.now(), "quotes", Language::default());
            quotes::run_worker(&app, &ctx_now, stop, &|error| report("quotes", error));
        })?;
        let (app, clock) = (state.app.clone(), state.clock.clone());
        workers.spawn("webhooks", move |stop| {
            let ctx_now = || clock.ctx(clock.now(), "webhooks", Language::default());
            Courier::new(&app, &ApiShapes, &ctx_now).run(stop, &|error| report("webhooks", error));
        })?;
        let (app, clock) = (state.app.clone(), state.clock.clone());
        workers.spawn("scoring", move |stop| {
            let ctx_now = || clock.ctx(clock.now(), "scoring", Language::default());
            scoring::run_worker(&app, &ctx_now, stop, &|error| report("scoring", error));
        })?;
        let app = state.app.clone();
        workers.spawn("boards", move |stop| {
            services::board::run_worker(&app, stop, &|error| report("boards", error));
        })?;
        let (app, clock) = (state.app.clone(), state.clock.clone());
        workers.spawn("evidence", move |stop| {
            let ctx_for = |pack: &EvidencePack| ctx_of_pack(&app, &clock, pack);
            let now = || clock.now();
            evidence::run_worker(&app, &ctx_for, &crate::evidence::compose, &now, stop, &|error| {
                report("evidence", error);
            });
        })?;
        let (app, clock) = (state.app.clone(), state.clock.clone());
        workers.spawn("backups", move |stop| {
            backups::run_worker(&app, &|| clock.now(), stop, &|error| report("backups", error));
        })?;
        let shared = state.clone();
        workers.spawn("assets", move |_| shared.assets.compress())?;
        Ok(workers)
    }

    fn spawn(&mut self, name: &str, work: impl FnOnce(&AtomicBool) + Send + 'static) -> std::io::Result<()> {
        let stop = self.stop.clone();
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || work(&stop))?;
        self.threads.push(thread);
        Ok(())
    }

    /// Tells all of them to stop and waits: each ends within its current portion of work.
    pub fn stop(self) {
        self.stop.store(true, Ordering::Release);
        for thread in self.threads {
            let name = thread.thread().name().unwrap_or_default().to_owned();
            if thread.join().is_err() {
                tracing::error!(worker = name, "ended in a panic");
            }
        }
    }
}

fn report(worker: &str, error: &Error) {
    tracing::error!(worker, %error, "failed; it tries again");
}

/// An import works in the name of whoever uploaded it, as they are now.
fn ctx_of(app: &App, clock: &Clock, import: &Import) -> Result<Ctx, Error> {
    let ctx = clock.ctx(clock.now(), &format!("import-{}", import.meta.id), Language::default());
    let caller = services::users::caller(app, import.owner)?;
    let language = caller.user.language;
    let mut ctx = ctx.with_caller(caller, Via::Import(import.id()));
    ctx.language = language;
    Ok(ctx)
}

/// A pack is made in the name of whoever ordered it, as they are now, in the language they chose.
fn ctx_of_pack(app: &App, clock: &Clock, pack: &EvidencePack) -> Result<Ctx, Error> {
    let ctx = clock.ctx(clock.now(), &format!("evidence-{}", pack.meta.id), pack.language);
    let caller = services::users::caller(app, pack.owner)?;
    Ok(ctx.with_caller(caller, Via::System))
}
