//! Clients who accept quotes while the program is killed at the store's named points.

use super::jobs::{is_child, kill_until};
use crate::quotes_client::{accept_all, accepted_whole, sent};
use crate::test_app::TestApp;
use std::path::Path;

/// One a transaction.
const QUOTES: usize = 7;

/// Each acceptance is there with the won opportunity and the client, or nothing of it is.
#[test]
fn an_acceptance_is_killed_before_its_answer() {
    if is_child() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data: &Path = &folder.path().join("data");
    let test = TestApp::company_for_real(data);
    for _ in 0..QUOTES {
        sent(&test.app, &test.admin());
    }
    test.leave();
    let examine = |test: &TestApp| {
        accepted_whole(test);
    };
    let kills = kill_until(data, "accept", &examine, &|test| accepted_whole(test) == QUOTES);
    assert!(kills >= 5, "{kills} kills");
    println!("acceptances: {kills} kills, {QUOTES} quotes, lost 0, doubled 0");
}

/// What the child does.
pub(super) fn work(test: &TestApp) {
    accept_all(test);
}
