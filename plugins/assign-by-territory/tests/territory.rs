//! The plugin run natively: one table of territories, postcodes and answers.

use assign_by_territory::AssignByTerritory;
use plugin_sdk::{Assigner, Decision, Level, testing};

const TERRITORIES: &str = "
# Girona, Barcelona
17, 08: ana@example.cat
170: Pere Vila

AD5: u3
25:Away
43: Joan Soler
";

/// Runs the plugin on one postcode; returns who it is and why, or what was logged instead.
fn decide(territories: &str, postcode: Option<&str>) -> String {
    let mut lead = testing::lead();
    lead.postcode = postcode.map(str::to_owned);
    let named = |id: &str, name: &str, email: &str| {
        let mut user = testing::user(id);
        user.name = name.to_owned();
        user.email = email.to_owned();
        user
    };
    let mut away = named("u4", "Away", "away@example.cat");
    away.available = false;
    let candidates = [
        named("u1", "Ana Puig", "ana@example.cat"),
        named("u2", "Pere Vila", "pere@example.cat"),
        named("u3", "Laia Roca", "laia@example.cat"),
        away,
        named("u5", "Joan Soler", "joan.1@example.cat"),
        named("u6", "Joan Soler", "joan.2@example.cat"),
    ];
    let host = testing::Host::new().config("territories", territories);
    let (answer, logs) = host.run(|| AssignByTerritory::assign(&lead, &candidates));
    let logged: Vec<_> = logs.into_iter().map(|(_, message)| message).collect();
    match answer {
        Ok(Decision::Assign(choice)) => format!("{}: {}", choice.user_id, choice.reason),
        Ok(Decision::Queue(name)) => format!("queue {name}"),
        Ok(Decision::Skip) => format!("skip: {}", logged.join("; ")),
        Err(error) => format!("{}: {}", error.code, error.message),
    }
}

#[test]
fn the_longest_prefix_wins() {
    let check = |postcode, expected: &str| assert_eq!(decide(TERRITORIES, Some(postcode)), expected);
    check("17500", "u1: postcode 17500 begins with 17");
    check("17001", "u2: postcode 17001 begins with 170");
    check("08001", "u1: postcode 08001 begins with 08");
    check("ad 500", "u3: postcode ad 500 begins with AD5");
    check("1", "skip: no territory begins like postcode 1");
    check("28001", "skip: no territory begins like postcode 28001");
    check("«é»", "skip: no territory begins like postcode «é»");
}

#[test]
fn whoever_cannot_receive_it_is_skipped_with_a_word() {
    let check = |text, postcode, expected: &str| assert_eq!(decide(text, postcode), expected);
    check(TERRITORIES, None, "skip: the lead has no postcode");
    check(TERRITORIES, Some("25001"), "skip: postcode 25001 begins with 25, but Away is not available");
    check(
        "17: gone@example.cat",
        Some("17001"),
        "skip: postcode 17001 begins with 17, but gone@example.cat is not among the candidates",
    );
    check(
        TERRITORIES,
        Some("43001"),
        "skip: postcode 43001 begins with 43, but more than one candidate is called Joan Soler: write the e-mail address",
    );
}

#[test]
fn all_bad_lines_are_named_at_once() {
    let check = |text, expected: &str| {
        assert_eq!(decide(text, Some("17001")), format!("bad-territories: {expected}"))
    };
    check("", "there is no territory yet");
    check(
        "17 ana\n08:\n,25: ana\n17: ana\n17: pere\n1_7: ana\n43: ana",
        "line 1: «17 ana» has no colon between the prefixes and the person; line 2: «08:» names nobody after the colon; \
         line 3: «,25: ana» has an empty prefix; line 5: 17 is given to pere, and before to ana; \
         line 6: «1_7» is not the beginning of a postcode: «_»",
    );
    let shown = decide(&"x\n".repeat(3_000), Some("17001"));
    assert!(shown.ends_with("and 1981 more"), "{shown}");
}

#[test]
fn bad_lines_are_logged_as_errors() {
    let host = testing::Host::new().config("territories", "17");
    let (answer, logs) = host.run(|| AssignByTerritory::assign(&testing::lead(), &[]));
    assert!(answer.is_err());
    assert_eq!(
        logs,
        [(Level::Error, "line 1: «17» has no colon between the prefixes and the person".to_owned())]
    );
}
