//! A plugin that does whatever its setting `deed` says, so that the host's limits can be seen at work.

use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering};

use plugin_sdk::{Assigner, Choice, Decision, Lead, PluginError, User, clock, config, log};

struct Misbehave;

plugin_sdk::export!(Misbehave);

/// Would remember earlier calls if an instance lived longer than one.
static CALLS: AtomicU64 = AtomicU64::new(0);

impl Assigner for Misbehave {
    fn assign(lead: &Lead, candidates: &[User]) -> Result<Decision, PluginError> {
        match config::get("deed").as_deref() {
            Some("loop") => loop {
                black_box(());
            },
            Some("eat") => {
                let mut eaten = Vec::new();
                loop {
                    eaten.push(vec![1_u8; 1 << 20]);
                    black_box(&eaten);
                }
            }
            Some("grow") => {
                black_box(vec![1_u8; 8 << 20]);
            }
            Some("panic") => panic!("deliberately"),
            Some("recurse") => {
                black_box(dive(1));
            }
            Some("flood") => loop {
                log::info("x".repeat(10_000));
            },
            Some("empty-lines") => loop {
                log::info("");
            },
            Some("huge-log") => log::info("x".repeat(3 << 20)),
            Some("stranger") => return Ok(choose("nobody", "because")),
            Some("long-reason") => return Ok(choose(&candidates[0].id, &"why ".repeat(1_000))),
            Some("huge-reason") => return Ok(choose(&candidates[0].id, &"x".repeat(3 << 20))),
            Some("nameless-queue") => return Ok(Decision::Queue(" ".to_owned())),
            Some("error") => return Err(PluginError::passing("busy", "come back\nlater")),
            Some("remember") => return Ok(Decision::Queue(format!("call {}", CALLS.fetch_add(1, Ordering::Relaxed)))),
            Some("chance") => {
                let reason = format!("{} {} {}", clock::now(), clock::random(), clock::random());
                return Ok(choose(&candidates[0].id, &reason));
            }
            Some("echo") => log::debug(format!("{lead:?} {candidates:?}")),
            _ => {}
        }
        Ok(Decision::Skip)
    }
}

fn choose(user_id: &str, reason: &str) -> Decision {
    Decision::Assign(Choice { user_id: user_id.to_owned(), reason: reason.to_owned() })
}

#[expect(unconditional_recursion, reason = "that is the deed")]
fn dive(depth: u64) -> u64 {
    black_box(dive(black_box(depth) + 1)) + 1
}
