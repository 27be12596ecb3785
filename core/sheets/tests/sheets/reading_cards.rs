//! Cards in: versions 2.1, 3.0 and 4.0 as phones and mail programs write them, and broken ones.

use crate::files::sheet;
use proptest::prelude::*;
use tracte_sheets::{Card, CardAddress, CardOf, Format, write_cards};

/// Each card as its number and the cells that have text, by their headers.
fn cards(bytes: &[u8]) -> Vec<String> {
    let sheet = sheet(bytes);
    assert_eq!(sheet.format, Format::Vcard);
    let shown = |row: tracte_sheets::Row| {
        let cells = sheet.headers.iter().zip(&row.cells).skip(1);
        let mut said: Vec<String> = cells
            .filter(|(_, cell)| !cell.is_empty())
            .map(|(header, cell)| format!("{header}={cell}"))
            .collect();
        said.extend(row.problems.iter().map(|problem| format!("!{}", problem.code.code())));
        format!("{}: {}", row.number, said.join("|"))
    };
    sheet.rows().map(shown).collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(cards(text.as_bytes()), expected, "{text}");
    // The ends of lines do not matter.
    assert_eq!(cards(text.replace('\n', "\r\n").as_bytes()), expected, "{text}");
}

#[test]
fn a_card_of_a_phone_of_2008() {
    check(
        "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Puig=20i=20G=C3=BCell;N=C3=BAria\n\
         TEL;CELL:600112233\nTEL;WORK;VOICE:972 26 26 26\nTEL;HOME:972272727\nEMAIL;INTERNET:nuria@puig.cat\nEND:VCARD\n",
        &["1: First name=Núria|Last name=Puig i Güell|Phone=972 26 26 26|Mobile=600112233|\
           Other phones=home:972272727|Email=nuria@puig.cat"],
    );
}

#[test]
fn a_card_of_an_iphone_with_a_picture_and_folded_lines() {
    check(
        "BEGIN:VCARD\nVERSION:3.0\nN:Riu;Ona;;;\nFN:Ona Riu\nORG:Hotel Nou\\, SL;Recepció\nTITLE:Direct\n ora\n\
         EMAIL;type=INTERNET;type=HOME:ona@casa.cat\nEMAIL;type=INTERNET;type=WORK;type=pref:ona@hotel.cat\n\
         item1.TEL;type=CELL;type=VOICE;type=pref:+34 600 11 22 33\nTEL;type=WORK;type=FAX:972 26 26 27\n\
         ADR;type=WORK:;;Carrer Major\\, 1;Olot;Girona;17800;Espanya\nBDAY:1980-05-21\nURL:https://hotel.cat\n\
         PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYE\n BAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQ\n\
         NOTE:Una nota\\namb dues línies\nEND:VCARD\n",
        &[
            "1: First name=Ona|Last name=Riu|Company=Hotel Nou, SL|Job title=Directora|Mobile=+34 600 11 22 33|\
           Other phones=fax:972 26 26 27|Email=ona@hotel.cat|Other emails=home:ona@casa.cat|\
           Address=Carrer Major, 1|Postal code=17800|City=Olot|Country=Espanya|Website=https://hotel.cat|\
           Birthday=1980-05-21|Description=Una nota\namb dues línies",
        ],
    );
}

#[test]
fn a_birthday_without_a_year_is_none() {
    check(
        "BEGIN:VCARD\nVERSION:3.0\nN:Riu;Ona;;;\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-05-21\nEND:VCARD\n\
         BEGIN:VCARD\nVERSION:3.0\nN:Riu;Pau;;;\nBDAY;value=date;x-apple-omit-year=1604:1604-05-21\nEND:VCARD\n\
         BEGIN:VCARD\nVERSION:3.0\nN:Riu;Pia;;;\nBDAY;value=date:1980-05-21\nEND:VCARD\n",
        &[
            "1: First name=Ona|Last name=Riu",
            "2: First name=Pau|Last name=Riu",
            "3: First name=Pia|Last name=Riu|Birthday=1980-05-21",
        ],
    );
}

#[test]
fn a_card_of_version_four_and_one_of_a_company() {
    check(
        "BEGIN:VCARD\nVERSION:4.0\nFN:Pau Mas Vila\nTEL;VALUE=uri;TYPE=\"voice,work\":tel:+34-972-262626\n\
         BDAY:19800521\nUID:urn:uuid:01932f6e-0000-7000-8000-000000000001\nEND:VCARD\n\
         BEGIN:VCARD\nVERSION:4.0\nKIND:org\nFN:Fusteria Puig\nORG:Fusteria Puig\nEND:VCARD\n",
        &[
            "1: First name=Pau|Last name=Mas Vila|Phone=+34-972-262626|Birthday=1980-05-21|\
             External key=01932f6e-0000-7000-8000-000000000001",
            "2: Company=Fusteria Puig",
        ],
    );
}

#[test]
fn broken_cards_are_told_by_their_number_and_the_others_are_read() {
    check(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Sense final\nBEGIN:VCARD\nVERSION:3.0\nFN:Anna Pi\nEND:VCARD\nescombraries\n\
         begin:vcard\nversion:3.0\nTEL:600112233\nend:vcard\nBEGIN:VCARD\nFN:Tallada",
        &["1: !broken-card", "2: First name=Anna|Last name=Pi", "3: !broken-card", "4: !broken-card"],
    );
}

#[test]
fn old_encodings_are_told_by_content() {
    let bytes = b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:N\xFA\xF1ez;\xC0ngel\r\nEND:VCARD\r\n";
    assert_eq!(cards(bytes), ["1: First name=Àngel|Last name=Núñez"]);
}

proptest! {
    /// What is written is read again, whatever signs are in it.
    #[test]
    fn written_cards_come_back(
        given in "[A-Za-zà-üÀ-Ü;,\\\\]{1,12}",
        family in "[A-Za-zà-ü ;,:]{0,70}[a-z]",
        street in "[A-Za-z0-9 ,;]{0,40}[0-9]",
    ) {
        let card = Card {
            of: CardOf::Person,
            name: format!("{given} {family}"),
            given_name: given.clone(),
            family_name: family.clone(),
            phones: vec![("mobile".to_owned(), "+34600112233".to_owned())],
            addresses: vec![CardAddress { label: "work".to_owned(), street: street.clone(), ..CardAddress::default() }],
            ..Card::default()
        };
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let expected = format!(
            "1: First name={}|Last name={}|Mobile=+34600112233|Address={}",
            one_line(&given), one_line(&family), one_line(&street),
        );
        prop_assert_eq!(cards(&write_cards(&[card])), [expected]);
    }

    /// Rubbish after a beginning breaks nothing.
    #[test]
    fn rubbish_is_read_without_a_panic(text in "BEGIN:VCARD\n(\\PC|\n|:|;|=|\\.){0,200}") {
        let _ = tracte_sheets::open(text.as_bytes(), "x.vcf", &tracte_sheets::Limits::default());
    }
}
