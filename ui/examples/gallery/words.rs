//! Choice lists and own words with plausible data.

use super::fixtures::Named;
use model::{Actor, Configured, FieldErrors, Frame, Label, Meta, Wording, lists};
use tracte_ui::Shell;
use tracte_ui::choices::{self, ChoiceForm, ListPage, ListRow, ValuePage, ValueRow};
use tracte_ui::components::Choice;
use tracte_ui::wordings::{self, WordPage, WordsPage};

pub(crate) fn pages(shell: &Shell) -> Vec<Named> {
    let list = list(shell);
    let mut refused = FieldErrors::default();
    refused.add("label_ca", "taken", "Fira");
    refused.add("key", "key-form", "No val");
    let form =
        ChoiceForm { label: Label::new("Fira", "", ""), key: "No val".into(), ..ChoiceForm::default() };
    let words = words();
    let mut wrong = FieldErrors::default();
    wrong.add("text_ca", "wording-argument", "{ $count }");
    let word = WordPage {
        key: "common-results".into(),
        version: 2,
        text: Label::new("{ $nombre } obres", "", "{ $count } jobs"),
        errors: FieldErrors::default(),
    };
    vec![
        ("settings-lists", choices::lists_page(shell, &all(shell))),
        ("settings-list", choices::list_page(shell, &list)),
        ("settings-list-refused", choices::list_page(shell, &ListPage { form, errors: refused, ..list })),
        ("settings-list-value", choices::value_page(shell, &value())),
        (
            "settings-list-value-archived",
            choices::value_page(shell, &ValuePage { archived: true, leads: 0, ..value() }),
        ),
        (
            "settings-words",
            wordings::words_page(shell, &WordsPage { own: words.clone(), ..WordsPage::default() }),
        ),
        (
            "settings-words-found",
            wordings::words_page(shell, &WordsPage { query: "result".into(), own: words }),
        ),
        ("settings-word", wordings::word_page(shell, &word)),
        ("settings-word-refused", wordings::word_page(shell, &WordPage { errors: wrong, ..word })),
    ]
}

fn all(shell: &Shell) -> Vec<ListRow> {
    let frame = shell.locale().frame();
    let built_in = lists::ALL.map(|key| ListRow {
        key: key.to_owned(),
        field: None,
        offered: frame.choices_of(key).map(|(_, choice)| choice.label.clone()).collect(),
        archived: u64::from(key == lists::SOURCES),
    });
    let own = ListRow {
        key: "lead_roof".into(),
        field: Some(Label::new("Tipus de coberta", "Tipo de cubierta", "Type of roof")),
        offered: vec![Label::new("Teula", "Teja", "Tiles"), Label::new("Plana", "Plana", "Flat")],
        archived: 0,
    };
    built_in.into_iter().chain([own]).collect()
}

fn list(shell: &Shell) -> ListPage {
    let frame: &Frame = shell.locale().frame();
    let values = (0..).zip(frame.choices_of(lists::SOURCES)).map(|(place, (key, choice))| ValueRow {
        key: key.to_owned(),
        version: 0,
        label: choice.label.clone(),
        color: place % model::COLORS,
        archived: key == "partner",
        postcodes: Vec::new(),
    });
    ListPage {
        key: lists::SOURCES.into(),
        field: None,
        values: values.collect(),
        form: ChoiceForm::default(),
        errors: FieldErrors::default(),
    }
}

fn value() -> ValuePage {
    let label = Label::new("Garrotxa i Pla de l’Estany", "Garrotxa y Pla de l’Estany", "");
    ValuePage {
        list: lists::ZONES.into(),
        field: None,
        key: "garrotxa".into(),
        version: 3,
        label: label.clone(),
        archived: false,
        is_ready: false,
        is_changed: true,
        leads: 42,
        fields: Vec::new(),
        others: vec![Choice::new("osona", "Osona"), Choice::new("ripolles", "Ripollès")],
        form: ChoiceForm { label, key: "garrotxa".into(), color: "5".into(), postcodes: "178, 17820".into() },
        errors: FieldErrors::default(),
    }
}

fn words() -> Vec<Configured<Wording>> {
    let word = |key: &str, text: Label| Configured {
        meta: Meta::new(model::uuid::Uuid::nil(), Default::default(), Actor::SYSTEM),
        key: key.to_owned(),
        order: 0,
        piece: Wording { text },
    };
    vec![
        word("common-nav-leads", Label::new("Peticions d’obra", "Peticiones de obra", "")),
        word("common-results", Label::new("", "", "{ $count } jobs")),
    ]
}
