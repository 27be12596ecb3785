//! Plugins are asked about a lead: that of a rule, or those that no rule asks.

use super::weigh::Said;
use super::{Moment, Round, TRIED_MAX, views};
use crate::Ctx;
use crate::leads::ASSIGNMENT_BYTES_MAX;
use crate::plugins::{self, Ready};
use model::{Decision, Lead, Reason, UserId};

/// Words of plugins that are kept with a lead; longer ones are cut.
const REASON_BYTES_MAX: usize = 300;

impl Round {
    /// The plugin of a rule, about those who can get the lead.
    pub(super) fn ask_for(
        &self,
        moment: &Moment<'_>,
        name: Option<&str>,
        lead: &Lead,
        present: &[UserId],
    ) -> Said {
        let absent = |outcome: &str| Said { user: None, outcome: outcome.to_owned(), text: String::new() };
        let name = name.unwrap_or_default();
        if present.is_empty() {
            return absent("skipped");
        }
        let Some(plugin) = self.plugins.iter().find(|plugin| plugin.record.name == name) else {
            return absent(self.absent.get(name).copied().unwrap_or("gone"));
        };
        let candidates = views::candidates(&self.ground, present.iter().copied(), moment.open);
        let Some((user, outcome, text)) = self.ask(moment.ctx, plugin, lead, &candidates) else {
            return absent("paused");
        };
        Said { user: user.filter(|user| present.contains(user)), outcome, text }
    }

    /// The plugins that no rule asks, in their order, until one chooses somebody.
    pub(super) fn ask_others(
        &self,
        moment: &Moment<'_>,
        lead: &Lead,
        excluded: &[UserId],
    ) -> (Option<(UserId, Decision, String)>, Vec<Reason>) {
        let mut passed = Vec::new();
        let present: Vec<UserId> = moment
            .team
            .present
            .iter()
            .map(|(user, _)| *user)
            .filter(|user| !excluded.contains(user))
            .collect();
        let others = || self.plugins.iter().filter(|plugin| !self.ground.is_bound(&plugin.record.name));
        if present.is_empty() || others().next().is_none() {
            return (None, passed);
        }
        let candidates = views::candidates(&self.ground, present.iter().copied(), moment.open);
        for plugin in others() {
            let name = plugin.record.name.clone();
            let reason = |outcome: String, text: String| Reason { asked: name.clone(), outcome, text };
            let Some((user, outcome, text)) = self.ask(moment.ctx, plugin, lead, &candidates) else {
                passed.push(reason("paused".to_owned(), String::new()));
                continue;
            };
            let Some(user) = user.filter(|user| present.contains(user)) else {
                passed.push(reason(outcome, text));
                continue;
            };
            let version = plugin.record.plugin_version.clone();
            passed.truncate(TRIED_MAX);
            return (Some((user, Decision::Plugin { name, version }, text)), passed);
        }
        passed.truncate(TRIED_MAX);
        (None, passed)
    }

    /// What one plugin says: whom it chose, the outcome of the call, its words. Nothing while it has a pause.
    fn ask(
        &self,
        ctx: &Ctx,
        plugin: &Ready,
        lead: &Lead,
        candidates: &[plugin_host::Candidate],
    ) -> Option<(Option<UserId>, String, String)> {
        if self.asked.lock().is_ok_and(|asked| plugins::is_tired(plugin, &asked)) {
            return None;
        }
        let view = views::view(lead, &self.ground.frame);
        let asked = plugin.ask(ctx, self.ground.settings.language, &view, candidates, lead.meta.id);
        let said = (asked.chosen, asked.call.outcome.clone(), cut(&asked.call.text));
        if let Ok(mut all) = self.asked.lock() {
            all.push(asked);
        }
        Some(said)
    }

    pub(super) fn forget_asked(&self, kept: usize) {
        if let Ok(mut asked) = self.asked.lock() {
            let extra = asked.len().saturating_sub(kept);
            asked.drain(..extra);
        }
    }
}

/// Cut so that the assignment fits its room in the record.
fn cut(text: &str) -> String {
    let room = REASON_BYTES_MAX.min(ASSIGNMENT_BYTES_MAX / 4);
    let mut end = text.len().min(room);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}
