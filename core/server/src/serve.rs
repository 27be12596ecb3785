//! Starts the server on a data folder and stops it in order.

use crate::clock::Clock;
use crate::config::{self, Config};
use crate::router;
use crate::state::{Shared, State};
use crate::workers::Workers;
use anyhow::{Context as _, Result};
use model::Language;
use poem::Server;
use poem::listener::{Acceptor, Listener, TcpListener};
use services::{App, Options};
use std::path::PathBuf;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};

/// Opens the data folder, listens, and returns once everything has stopped.
pub(crate) fn run(config: Config) -> Result<()> {
    let app = open(&config)?;
    let state = State::new(app, config, Clock::system());
    load_demo(&state)?;
    let workers = Workers::start(&state).context("the background workers do not start")?;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().context("no async runtime")?;
    let served = runtime.block_on(listen(&state));
    // Requests that were cut off may still hold the rooms for an instant.
    runtime.shutdown_timeout(Duration::from_secs(1));
    workers.stop();
    served?;
    tracing::info!("stopped; everything acknowledged is on disk");
    Ok(())
}

/// Opens the rooms as the settings say.
pub(crate) fn open(config: &Config) -> Result<App> {
    std::fs::create_dir_all(&config.data)
        .with_context(|| format!("the data folder {} cannot be made", config.data.display()))?;
    App::open(&config.data, options(config))
        .with_context(|| format!("the data folder {} cannot be used", config.data.display()))
}

/// The settings in the rooms' words.
pub fn options(config: &Config) -> Options {
    const MEGABYTE: u64 = 1024 * 1024;
    let mut options = Options::default();
    options.store.cache_bytes = u64::from(config.cache.records_mb) * MEGABYTE;
    options.analytics.memory_mb = config.cache.reports_mb;
    options.plugins.fuel = u64::from(config.plugins.fuel_millions) * 1_000_000;
    options.plugins.wall_ms = u64::from(config.plugins.wall_ms);
    options.plugins.memory_bytes = usize::try_from(u64::from(config.plugins.memory_mb) * MEGABYTE)
        .unwrap_or(options.plugins.memory_bytes);
    options.plugin_compiler = std::env::current_exe().ok();
    options.pdf_reader = options.plugin_compiler.clone();
    options.available_plugins = available_plugins(config);
    options.check_wording = Some(ui::check_wording);
    options.private_webhooks = config.webhooks.allow_private;
    options.backups = Some(&config.backups).filter(|path| !path.as_os_str().is_empty()).cloned();
    // Only what is no text at all cannot be printed.
    options.settings_text = config::print(config).unwrap_or_default();
    options.free_disk_bytes = u64::from(config.limits.free_disk_mb) * MEGABYTE;
    options
}

/// The folder of plugins to offer: the configured one, else `plugins` beside the program, as in a release.
fn available_plugins(config: &Config) -> Option<PathBuf> {
    if !config.plugins.available_dir.as_os_str().is_empty() {
        return Some(config.plugins.available_dir.clone());
    }
    let beside = std::env::current_exe().ok()?.parent()?.join("plugins");
    beside.is_dir().then_some(beside)
}

fn load_demo(state: &Shared) -> Result<()> {
    if !state.config.demo || services::setup::is_done(&state.app).context("the data folder cannot be read")? {
        return Ok(());
    }
    tracing::info!("making the demonstration company");
    let ctx = state.clock.ctx(state.clock.now(), "demo", Language::Ca);
    services::demo::load(&state.app, &ctx).context("the demonstration company could not be made")?;
    Ok(())
}

async fn listen(state: &Shared) -> Result<()> {
    let config = &state.config;
    let acceptor = TcpListener::bind(config.address)
        .into_acceptor()
        .await
        .with_context(|| format!("cannot listen on {}; is another server using it?", config.address))?;
    for address in acceptor.local_addr() {
        let socket = address.as_socket_addr().map(ToString::to_string).unwrap_or_default();
        let url =
            if config.public_url.is_empty() { format!("http://{socket}") } else { config.public_url.clone() };
        tracing::info!(%url, data = %config.data.display(), "ready");
    }
    let seconds = |seconds: u32| Duration::from_secs(u64::from(seconds));
    Server::new_with_acceptor(acceptor)
        .idle_timeout(seconds(config.limits.idle_seconds))
        .run_with_graceful_shutdown(
            router::build(state),
            told_to_stop(),
            Some(seconds(config.limits.stop_seconds)),
        )
        .await
        .context("the server stopped listening")
}

/// SIGTERM from the system, SIGINT from a keyboard.
async fn told_to_stop() {
    let (Ok(mut terminate), Ok(mut interrupt)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        tracing::error!(
            "signals cannot be received; stop the process by force, acknowledged changes are safe"
        );
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("told to stop; finishing what is running");
}
