//! What SQL must not reach.

use tracte_analytics::{Analytics, FORBIDDEN_STATEMENTS, Limits};

/// Opening checks that each of them fails; here that each would succeed on a database that is not sealed.
#[test]
fn the_forbidden_statements_are_possible_elsewhere() {
    for statement in FORBIDDEN_STATEMENTS {
        let connection = duckdb::Connection::open_in_memory().unwrap();
        connection.execute_batch(statement).unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
}

#[test]
fn the_forbidden_statements_fail_on_every_connection() {
    let folder = tempfile::tempdir().unwrap();
    let analytics = Analytics::open(folder.path(), Limits::default()).unwrap();
    assert_eq!(analytics.unsealed_statements().unwrap(), Vec::<&str>::new());
}
