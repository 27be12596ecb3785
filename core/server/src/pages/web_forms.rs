//! Web forms under settings: the list, and one form with its preview and its results.

use super::fields::value_of;
use super::pieces::{self, Deed, Fields, label_of, rows_of};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::{Condition, FieldErrors, Filter, FormField, Language, Operator, WebForm, parse_date};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::{Error, assignment_rules, configuration, mail_settings, web_forms};
use ui::address::Address;
use ui::components::Choice;
use ui::pieces::{Difference, PieceFrame, PieceRow};
use ui::web_forms::{FieldRow, FormCounts, FormEditor, PATH, SavedForm};

mod visitor;

pub(crate) fn entries() -> Vec<Entry> {
    let (see, change) = ("see settings: all", "change settings: all");
    let mut entries = vec![
        page(Method::GET, "/settings/forms", see, list),
        page(Method::GET, "/settings/forms/new", see, new),
        page(Method::POST, "/settings/forms/new", change, create),
        page(Method::GET, "/settings/forms/:key", see, show),
        page(Method::POST, "/settings/forms/:key", change, update),
        page(Method::POST, "/settings/forms/:key/remove", change, remove),
    ];
    entries.extend(visitor::entries());
    entries
}

#[handler]
async fn list(here: Here) -> Result<Response, Fault> {
    let found = here
        .deed(|app, ctx| {
            let forms = configuration::list::<WebForm>(app, ctx)?.into_iter();
            forms
                .map(|form| Ok((web_forms::counts(app, ctx, &form.key)?, form)))
                .collect::<Result<Vec<_>, Error>>()
        })
        .await?;
    let shell = here.shell();
    let l = shell.locale();
    let rows: Vec<PieceRow> = found
        .into_iter()
        .map(|(counts, form)| PieceRow {
            label: form.piece.label.get(l.language).to_owned(),
            detail: ui::web_forms::detail(l, counts.received, form.piece.confirmed),
            archived: form.piece.archived,
            key: form.key,
        })
        .collect();
    Ok(here.page(ui::web_forms::list(&shell, &rows)))
}

#[handler]
async fn new(here: Here) -> Result<Response, Fault> {
    let asked =
        |field: &str, required| FormField { field: field.to_owned(), required, ..FormField::default() };
    let fields =
        vec![asked("name", true), asked("email", true), asked("phone", false), asked("description", false)];
    let form = WebForm { fields, ..WebForm::default() };
    let view = editor(&here, PieceFrame::default(), form).await?;
    Ok(here.page(ui::web_forms::form(&here.shell(), &view)))
}

#[handler]
async fn show(here: Here, Path(key): Path<String>) -> Result<Response, Fault> {
    let (frame, form) = here.deed(move |app, ctx| pieces::frame_of::<WebForm>(app, ctx, &key)).await?;
    let view = editor(&here, frame, form).await?;
    Ok(here.page(ui::web_forms::form(&here.shell(), &view)))
}

#[handler]
async fn create(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    sent(here, None, fields).await
}

#[handler]
async fn update(here: Here, Path(key): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    sent(here, Some(key), fields).await
}

#[handler]
async fn remove(here: Here, Path(key): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let Some(errors) = pieces::remove::<WebForm>(&here, &key, &fields).await? else {
        return Ok(here.go_with_notice(PATH, "saved"));
    };
    let (frame, form) = here.deed(move |app, ctx| pieces::frame_of::<WebForm>(app, ctx, &key)).await?;
    let view = editor(&here, PieceFrame { errors, ..frame }, form).await?;
    Ok(here.unprocessable(ui::web_forms::form(&here.shell(), &view)))
}

async fn sent(here: Here, key: Option<String>, fields: Fields) -> Result<Response, Fault> {
    let frame = pieces::sent_frame::<WebForm>(&here, key.clone(), &fields).await?;
    let mut errors = FieldErrors::default();
    let form = read(&fields, frame.archived, &mut errors);
    let mut view = editor(&here, frame, form.clone()).await?;
    value_of(&fields, "from").clone_into(&mut view.from);
    value_of(&fields, "to").clone_into(&mut view.to);
    let deed = Deed::of(&fields);
    if deed != Deed::Save {
        deed.change(&mut view.rows);
        return Ok(here.page(ui::web_forms::form(&here.shell(), &view)));
    }
    let of = key.map(|key| (key, view.frame.version));
    match pieces::save_checked(&here, of, form.clone(), errors).await? {
        Ok(saved) => Ok(here.go_with_notice(&format!("{PATH}/{}", saved.key), "saved")),
        Err(Error::Invalid(errors)) => {
            view.frame.errors = errors;
            Ok(here.unprocessable(ui::web_forms::form(&here.shell(), &view)))
        }
        Err(Error::Conflict(conflict)) => {
            let key = view.frame.key.clone().unwrap_or_default();
            let stored = here.deed(move |app, ctx| configuration::get::<WebForm>(app, ctx, &key)).await?;
            let shell = here.shell();
            view.frame.version = conflict.version;
            view.frame.conflict = Some(differences(&shell, &form, &stored.piece));
            Ok(here.conflict(ui::web_forms::form(&shell, &view)))
        }
        Err(error) => Err(error.into()),
    }
}

/// The form that was typed; what could not be read is said.
fn read(fields: &Fields, archived: bool, errors: &mut FieldErrors) -> WebForm {
    let text = |name: &str| value_of(fields, name).trim().to_owned();
    let some = |name: &str| Some(text(name)).filter(|text| !text.is_empty());
    let is_set = |name: &str| value_of(fields, name) == "true";
    let asked = (0..rows_of(fields, "fields")).map(|place| FormField {
        field: text(&format!("fields.{place}.field")),
        required: is_set(&format!("fields.{place}.required")),
        label: label_of(fields, &format!("fields.{place}.label")),
        hint: label_of(fields, &format!("fields.{place}.hint")),
    });
    let mut day = |name: &str| {
        let typed = some(name)?;
        parse_date(&typed).map_err(|code| errors.add(name, code, &typed)).ok()
    };
    WebForm {
        from: day("from"),
        to: day("to"),
        label: label_of(fields, "label"),
        title: label_of(fields, "title"),
        intro: label_of(fields, "intro"),
        button: label_of(fields, "button"),
        thanks: label_of(fields, "thanks"),
        fields: asked.collect(),
        purpose: some("purpose"),
        consent: label_of(fields, "consent"),
        consent_required: is_set("consent_required"),
        source: some("source"),
        campaign: text("campaign"),
        told: fields.iter().filter(|(name, _)| name == "told").map(|(_, id)| id.clone()).collect(),
        confirmed: is_set("confirmed"),
        sites: text("sites").split_whitespace().map(|site| site.trim_end_matches('/').to_owned()).collect(),
        archived,
    }
}

/// Everything that can be chosen, and what is.
async fn editor(here: &Here, frame: PieceFrame, form: WebForm) -> Result<FormEditor, Fault> {
    let shared = here.facts.words.clone();
    let origin = here.origin();
    here.deed(move |app, ctx| {
        let l = shared.locale(ctx.language);
        let named = |field: &services::fields::Field| {
            let own = field.label.as_ref().map(|label| label.get(l.language).to_owned());
            Choice::new(field.key.as_str(), own.unwrap_or_else(|| ui::leads::field_label(l, &field.key)))
        };
        let askable = web_forms::askable(&app.frame()).iter().map(named).collect();
        let people = assignment_rules::people(app, ctx)?;
        let saved = frame
            .key
            .as_deref()
            .filter(|_| frame.version > 0)
            .map(|key| {
                let counts = web_forms::counts(app, ctx, key)?;
                let opened = web_forms::open(app, ctx, key)?;
                let of_it = Condition::new("campaign", Operator::Is, [opened.form.campaign.as_str()]);
                let campaign = Address::new("/leads").with("filter", &Filter::one(of_it).to_string());
                Ok::<_, Error>(SavedForm {
                    address: format!("{origin}/f/{key}"),
                    counts: FormCounts {
                        received: counts.received,
                        confirmed: counts.confirmed,
                        refused: counts.refused,
                    },
                    preview: visitor::view_of(&app.frame(), &opened, ctx.language),
                    leads: campaign.to_string(),
                })
            })
            .transpose()?;
        let rows = form.fields.iter();
        Ok(FormEditor {
            saved,
            askable,
            rows: rows
                .map(|asked| FieldRow {
                    field: asked.field.clone(),
                    required: asked.required,
                    label: asked.label.clone(),
                    hint: asked.hint.clone(),
                })
                .collect(),
            people: people.into_iter().map(|user| Choice::new(user.id().to_string(), user.name)).collect(),
            can_mail: mail_settings::is_set_up(app),
            label: form.label,
            title: form.title,
            intro: form.intro,
            button: form.button,
            thanks: form.thanks,
            purpose: form.purpose.unwrap_or_default(),
            consent: form.consent,
            consent_required: form.consent_required,
            source: form.source.or_else(|| web_forms::usual_source(&app.frame())).unwrap_or_default(),
            campaign: form.campaign,
            from: form.from.map(|day| day.to_string()).unwrap_or_default(),
            to: form.to.map(|day| day.to_string()).unwrap_or_default(),
            told: form.told,
            confirmed: form.confirmed,
            sites: form.sites.join("\n"),
            frame,
        })
    })
    .await
}

fn differences(shell: &ui::Shell, mine: &WebForm, saved: &WebForm) -> Vec<Difference> {
    let l = shell.locale();
    let text =
        |label: &model::Label| Language::ALL.map(|language| label.own(language).to_owned()).join(" / ");
    let fields = |form: &WebForm| {
        let asked = form.fields.iter().map(|asked| {
            let words = [&asked.label, &asked.hint].into_iter().filter(|words| !words.is_empty());
            let name = ui::leads::field_label(l, &asked.field);
            std::iter::once(name).chain(words.map(text)).collect::<Vec<_>>().join(": ")
        });
        asked.collect::<Vec<_>>().join(", ")
    };
    let facts = |form: &WebForm| {
        [
            (ui::pieces::field_name(l, "label"), text(&form.label)),
            (ui::web_forms::field_name(l, "title"), text(&form.title)),
            (ui::web_forms::field_name(l, "intro"), text(&form.intro)),
            (ui::web_forms::field_name(l, "fields"), fields(form)),
            (ui::web_forms::field_name(l, "consent"), text(&form.consent)),
            (ui::leads::field_label(l, "campaign"), form.campaign.clone()),
            (ui::web_forms::field_name(l, "sites"), form.sites.join(", ")),
        ]
    };
    pieces::differences(facts(mine), facts(saved))
}
