//! The stand-in host gives what a test put in and keeps what the plugin logged.

use tracte_plugin_sdk::{Level, clock, config, log, testing::Host};

#[test]
fn a_test_host_answers_only_inside_its_run() {
    let read = || (config::get("region"), clock::now());
    let host = Host::new().config("region", "eu").now_ms(42);
    let (seen, logs) = host.run(|| {
        log::warn("looked");
        read()
    });
    assert_eq!(seen, (Some("eu".to_owned()), 42));
    assert_eq!(logs, [(Level::Warn, "looked".to_owned())]);
    assert_eq!(read(), (None, 0));
}

#[test]
fn chance_follows_the_seed() {
    let draw = |seed| Host::new().seed(seed).run(|| [clock::random(), clock::random()]).0;
    assert_eq!(draw(7), draw(7));
    assert_ne!(draw(7), draw(8));
    // The first value of SplitMix64 for the seed 0, as published with the algorithm.
    assert_eq!(draw(0)[0], 0xe220_a839_7b1d_cdaf);
}
