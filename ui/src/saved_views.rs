//! Saved views: the tabs above a list, what can be done with the view that is open, and the form of one.

use crate::components::{
    Choice, Field, Tab, error_summary, form_actions, icon, page_head, post_button, tabs,
};
use crate::messages::t;
use crate::{Locale, Nav, Page, Shell, records};
use maud::{Markup, html};
use model::{FieldErrors, Kind, Problem};

/// A view that the reader finds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ViewTab {
    pub name: String,
    pub href: String,
    pub is_current: bool,
}

/// What stands above a list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ViewBar {
    /// The list without a view.
    pub all_href: String,
    pub tabs: Vec<ViewTab>,
    /// The form of a new view with what the list shows now; where it shows something of its own.
    pub save_href: Option<String>,
    /// For whoever may change the view that is open.
    pub open: Option<OpenViewBar>,
}

/// The open view for somebody who may change it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenViewBar {
    pub id: String,
    pub version: u64,
    /// What the list shows now, where that is not what the view shows.
    pub changed: Option<Vec<(&'static str, String)>>,
}

/// The views as tabs and what can be done with them.
pub fn view_bar(l: Locale<'_>, bar: &ViewBar) -> Markup {
    let is_all = bar.tabs.iter().all(|tab| !tab.is_current);
    let mut entries = vec![Tab { label: t!(l, "views-all"), href: bar.all_href.clone(), current: is_all }];
    entries.extend(bar.tabs.iter().map(|tab| Tab {
        label: tab.name.clone(),
        href: tab.href.clone(),
        current: tab.is_current,
    }));
    html! {
        @if !bar.tabs.is_empty() { (tabs(&t!(l, "views-label"), &entries)) }
        @if bar.save_href.is_some() || bar.open.is_some() {
            div.view-actions {
                @if let Some(open) = &bar.open {
                    @if let Some(state) = &open.changed { (update_form(l, open, state)) }
                    a.btn.quiet href=(format!("/views/{}", open.id)) { (icon("pencil")) (t!(l, "views-edit")) }
                }
                @if let Some(href) = &bar.save_href {
                    a.btn.quiet href=(href) { (icon("plus")) (t!(l, "views-save-new")) }
                }
            }
        }
    }
}

fn update_form(l: Locale<'_>, open: &OpenViewBar, state: &[(&'static str, String)]) -> Markup {
    html! {
        form method="post" action=(format!("/views/{}/state", open.id)) {
            input type="hidden" name="version" value=(open.version);
            @for (name, value) in state { input type="hidden" name=(name) value=(value); }
            button.btn type="submit" { (icon("check")) (t!(l, "views-update")) }
        }
    }
}

/// `GET /views/new` and `GET /views/{id}`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ViewPage {
    /// What the list shows.
    pub kind: Kind,
    /// None for a new one.
    pub id: Option<String>,
    pub version: u64,
    pub name: String,
    /// `private`, `everybody` or the id of a team.
    pub share: String,
    /// The teams that the reader may share with.
    pub teams: Vec<Choice>,
    pub may_share_with_everybody: bool,
    /// The roles of the company, for those who may share with everybody.
    pub roles: Vec<Choice>,
    pub default_for: Vec<String>,
    /// What a new view shows.
    pub state: Vec<(&'static str, String)>,
    /// The same in words.
    pub sentence: String,
    pub back_href: String,
    pub errors: FieldErrors,
}

pub fn view_page(shell: &Shell, view: &ViewPage) -> Markup {
    let l = shell.locale();
    let title = match &view.id {
        None => t!(l, "views-new-title"),
        Some(_) => t!(l, "views-edit-title"),
    };
    let action = view.id.as_ref().map_or_else(|| "/views".to_owned(), |id| format!("/views/{id}"));
    let page = Page::new(title.as_str(), Nav::of(view.kind)).errors(&view.errors);
    let shares = share_choices(l, view);
    shell.page(
        &page,
        html! {
            a.crumb href=(view.back_href) { (icon("chevron-left")) (records::list_title(l, view.kind)) }
            (error_summary(l, &view.errors))
            (page_head(&title, Some(&view.sentence), html! {}))
            div.panel { div.body {
                form.stack-m method="post" action=(action) {
                    input type="hidden" name="version" value=(view.version);
                    @for (name, value) in &view.state { input type="hidden" name=(name) value=(value); }
                    (Field::text("view_name", t!(l, "views-name")).value(&view.name).required().maximum_characters(60).problems(l, &view.errors))
                    (Field::radios("share", t!(l, "views-share"), &shares).value(&view.share).problems(l, &view.errors))
                    @if view.may_share_with_everybody {
                        (Field::checkboxes("default_for", t!(l, "views-default"), &view.roles, &view.default_for)
                            .hint(t!(l, "views-default-hint")).problems(l, &view.errors))
                    }
                    (form_actions(&t!(l, "views-save"), &view.back_href, &t!(l, "views-cancel")))
                }
            } }
            @if let Some(id) = &view.id {
                section.panel {
                    header { h2 { (t!(l, "views-delete-title")) } }
                    div.body.stack-s {
                        p { (t!(l, "views-delete-text")) }
                        (post_button(&format!("/views/{id}/delete"), &[("version", &view.version.to_string())], "danger", html! { (icon("trash-2")) (t!(l, "views-delete")) }))
                    }
                }
            }
        },
    )
}

/// Problems of views with the names of the fields that they are about.
pub fn in_words(l: Locale<'_>, kind: Kind, errors: FieldErrors) -> FieldErrors {
    let named = |problem: Problem| match problem.code.as_str() {
        "view-hidden" | "view-not-applied" => {
            Problem { detail: records::field_label(l, kind, &problem.detail), ..problem }
        }
        _ => problem,
    };
    FieldErrors(errors.0.into_iter().map(named).collect())
}

/// What a view without conditions shows.
pub fn everything(l: Locale<'_>) -> String {
    t!(l, "views-everything")
}

fn share_choices(l: Locale<'_>, view: &ViewPage) -> Vec<Choice> {
    let mut choices = vec![Choice::new("private", t!(l, "views-share-private"))];
    choices.extend(
        view.teams.iter().map(|team| {
            Choice::new(team.value.as_str(), t!(l, "views-share-team", team = team.label.as_str()))
        }),
    );
    if view.may_share_with_everybody || view.share == "everybody" {
        choices.push(Choice::new("everybody", t!(l, "views-share-everybody")));
    }
    choices
}
