//! Leads from a file: upload, columns, dry run, run, result. The runs themselves are in `import_runs.rs`.

use crate::error::none_of;
use crate::{App, Ctx, Error, import_runs, permissions};
use model::uuid::Uuid;
use model::{
    Action, FieldErrors, Frame, Import, ImportCounts, ImportId, ImportState, ImportTarget, IndexKey, Kind,
    Language, Meta, Problem, RowProblems, SheetFacts, fold,
};
use sheets::{Format, Limits, Separator, Sheet};
use std::collections::BTreeMap;

pub use import_runs::run_worker;

/// The mapping is part of the import's record; sheets of people have fewer columns than this.
pub const COLUMNS_MAX: usize = 150;
/// Uploads are held in memory while they are looked at.
pub const FILE_BYTES_MAX: usize = sheets::FILE_BYTES_MAX;
pub use sheets::ROWS_MAX;
/// What the list of imports shows.
const IMPORTS_MAX: usize = 200;
/// Values shown beside each column.
const SAMPLES: usize = 3;
const SAMPLE_CHARACTERS_MAX: usize = 60;
/// Rows with problems shown on the page; all of them are in the file of failed rows.
pub const PROBLEM_ROWS_SHOWN: usize = 100;
const FILE_NAME_CHARACTERS_MAX: usize = 150;

/// A column of the file, for the page that matches columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub header: String,
    pub samples: Vec<String>,
    pub target: Option<ImportTarget>,
}

/// A file for somebody to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub content_type: &'static str,
    pub bytes: Vec<u8>,
}

pub const CSV_TYPE: &str = "text/csv; charset=utf-8";
pub const XLSX_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Takes a file in, if it is a sheet with rows, and matches its columns by their headers.
pub fn upload(app: &App, ctx: &Ctx, file_name: &str, bytes: &[u8]) -> Result<Import, Error> {
    permissions::require(ctx, Kind::Import, Action::Create)?;
    permissions::require(ctx, Kind::Lead, Action::Create)?;
    let caller = ctx.caller()?;
    let limits = Limits { columns: COLUMNS_MAX, ..Limits::default() };
    let frame = app.frame();
    let sheet = sheets::open(bytes, file_name, &limits)
        .map_err(|error| Error::invalid("file", &format!("file-{}", error.code()), error.to_string()))?;
    let stored = app.documents.put(bytes, FILE_BYTES_MAX as u64).map_err(Error::internal)?;
    let import = Import {
        meta: Meta::new(ctx.new_id(), ctx.at, ctx.actor()),
        owner: caller.user.id(),
        team: caller.user.teams.first().copied(),
        file_name: file_name.chars().take(FILE_NAME_CHARACTERS_MAX).collect(),
        file_sha256: stored.sha256,
        file_bytes: stored.size_bytes,
        sheet: SheetFacts {
            format: sheet.format.code().to_owned(),
            encoding: sheet.encoding.unwrap_or_default().to_owned(),
            separator: sheet.separator.map(String::from).unwrap_or_default(),
            rows: sheet.rows as u64,
        },
        mapping: match_headers(&sheet.headers, &frame),
        state: ImportState::Uploaded,
        checked: ImportCounts::default(),
        imported: ImportCounts::default(),
        started_at: None,
        finished_at: None,
        failure: None,
    };
    let mut write = ctx.write();
    write.create(import.clone());
    app.commit(write)?;
    Ok(import)
}

/// Imports the caller may see, newest first.
pub fn list(app: &App, ctx: &Ctx) -> Result<Vec<Import>, Error> {
    let scope = permissions::require(ctx, Kind::Import, Action::See)?;
    let mut imports: Vec<Import> = app.store.members(Uuid::nil(), IMPORTS_MAX)?;
    imports.retain(|import| scope.contains(Some(import.owner), None));
    imports.sort_by_key(|import| std::cmp::Reverse(import.meta.created_at));
    Ok(imports)
}

pub fn get(app: &App, ctx: &Ctx, id: ImportId) -> Result<Import, Error> {
    let scope = permissions::require(ctx, Kind::Import, Action::See)?;
    let import = app.store.get::<Import>(id.0)?.ok_or(Error::NotFound)?;
    if scope.contains(Some(import.owner), None) { Ok(import) } else { Err(Error::NotFound) }
}

/// The columns of the file with sample values and where they go.
pub fn columns(app: &App, ctx: &Ctx, id: ImportId) -> Result<Vec<Column>, Error> {
    let import = get(app, ctx, id)?;
    let sheet = sheet_of(app, &import)?;
    let mut samples = vec![Vec::new(); sheet.headers.len()];
    // Many columns are empty at first: look a little further.
    for row in sheet.rows().take(50) {
        for (cell, samples) in row.cells.iter().zip(&mut samples) {
            let cell = cell.trim();
            if !cell.is_empty() && samples.len() < SAMPLES {
                samples.push(cell.chars().take(SAMPLE_CHARACTERS_MAX).collect());
            }
        }
    }
    let targets = import.mapping.iter().cloned().chain(std::iter::repeat(None));
    Ok(sheet
        .headers
        .iter()
        .zip(samples)
        .zip(targets)
        .map(|((header, samples), target)| Column { header: header.clone(), samples, target })
        .collect())
}

/// Sets where the columns go and begins the dry run.
pub fn set_mapping(
    app: &App,
    ctx: &Ctx,
    id: ImportId,
    version: u64,
    mapping: Vec<Option<ImportTarget>>,
) -> Result<Import, Error> {
    let before = get(app, ctx, id)?;
    none_of(mapping_errors(&mapping, before.mapping.len(), &app.frame()))?;
    let may = matches!(before.state, ImportState::Uploaded | ImportState::Checking | ImportState::Checked);
    if !may || before.meta.version != version {
        return Err(app.conflict(&before, &Import { mapping, ..before.clone() }));
    }
    let after = Import {
        mapping,
        state: ImportState::Checking,
        checked: ImportCounts::default(),
        failure: None,
        ..before.clone()
    };
    save(app, ctx, &before, after)
}

fn mapping_errors(mapping: &[Option<ImportTarget>], columns: usize, frame: &Frame) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if mapping.len() != columns {
        errors.add("mapping", "mapping-length", columns.to_string());
    }
    let goes_to = |target| mapping.contains(&Some(target));
    if !goes_to(ImportTarget::Name) && !goes_to(ImportTarget::Company) {
        errors.add("mapping", "name-or-company", "");
    }
    let mut several = BTreeMap::<String, usize>::new();
    for target in mapping.iter().flatten().filter(|target| **target != ImportTarget::Description) {
        *several.entry(target.code()).or_default() += 1;
        if let ImportTarget::Own(name) = target
            && frame.field(Kind::Lead, name).is_none_or(|field| field.archived)
        {
            errors.add("mapping", "field-unknown", name);
        }
    }
    for (name, _) in several.into_iter().filter(|(_, columns)| *columns > 1) {
        errors.add("mapping", "mapping-twice", name);
    }
    errors
}

/// Begins the run, after the dry run.
pub fn start(app: &App, ctx: &Ctx, id: ImportId, version: u64) -> Result<Import, Error> {
    let before = get(app, ctx, id)?;
    permissions::require(ctx, Kind::Lead, Action::Create)?;
    let after = Import { state: ImportState::Running, started_at: Some(ctx.at), ..before.clone() };
    if before.state != ImportState::Checked || before.meta.version != version {
        return Err(app.conflict(&before, &after));
    }
    save(app, ctx, &before, after)
}

/// Stops an import where it stands; what went in stays. Stopping what has ended is no error.
pub fn cancel(app: &App, ctx: &Ctx, id: ImportId) -> Result<Import, Error> {
    loop {
        let before = get(app, ctx, id)?;
        if matches!(before.state, ImportState::Done | ImportState::Cancelled | ImportState::Failed) {
            return Ok(before);
        }
        let after = Import { state: ImportState::Cancelled, finished_at: Some(ctx.at), ..before.clone() };
        match save(app, ctx, &before, after) {
            // The worker counted on; the next look has its new version.
            Err(Error::Conflict(_)) => {}
            outcome => return outcome,
        }
    }
}

/// The first rows that have problems, in order.
pub fn problem_rows(app: &App, ctx: &Ctx, id: ImportId) -> Result<Vec<RowProblems>, Error> {
    let import = get(app, ctx, id)?;
    let mut rows = import_runs::all_problems(app, import.id())?;
    rows.truncate(PROBLEM_ROWS_SHOWN);
    Ok(rows)
}

/// The rows that did not go in, as they were, with a column that says why. `explain` knows the reader's language.
pub fn failed_rows(
    app: &App,
    ctx: &Ctx,
    id: ImportId,
    reason_title: &str,
    explain: &dyn Fn(&Problem) -> String,
) -> Result<File, Error> {
    let import = get(app, ctx, id)?;
    let problems = import_runs::all_problems(app, import.id())?;
    let reasons: BTreeMap<u64, String> = problems
        .iter()
        .map(|row| {
            let texts: Vec<String> = row.problems.iter().map(explain).collect();
            (row.row, texts.join(" · "))
        })
        .collect();
    let sheet = sheet_of(app, &import)?;
    let headers: Vec<String> = sheet.headers.iter().cloned().chain([reason_title.to_owned()]).collect();
    let rows = sheet.rows().filter_map(|row| {
        let reason = reasons.get(&(row.number as u64))?;
        Some(row.cells.into_iter().chain([reason.clone()]).collect::<Vec<String>>())
    });
    let stem = import.file_name.rsplit_once('.').map_or(import.file_name.as_str(), |(stem, _)| stem);
    match sheet.format {
        Format::Csv => Ok(File {
            name: format!("{stem}-errors.csv"),
            content_type: CSV_TYPE,
            bytes: sheets::write_csv(&headers, rows, separator(sheet.separator, ctx.language)),
        }),
        Format::Xlsx | Format::Ods | Format::Xls => {
            let columns: Vec<sheets::Column> = headers
                .into_iter()
                .map(|title| sheets::Column { title, kind: sheets::Kind::Text, width: 20 })
                .collect();
            let rows = rows.map(|row| row.into_iter().map(sheets::Cell::Text).collect());
            Ok(File {
                name: format!("{stem}-errors.xlsx"),
                content_type: XLSX_TYPE,
                bytes: sheets::write_xlsx("Errors", &columns, rows).map_err(Error::internal)?,
            })
        }
    }
}

fn separator(of_file: Option<char>, language: Language) -> Separator {
    match of_file {
        Some(',') => Separator::Comma,
        Some(_) => Separator::Semicolon,
        None => Separator::for_language(language),
    }
}

pub(crate) fn sheet_of(app: &App, import: &Import) -> Result<Sheet, Error> {
    let bytes = app.documents.get(&import.file_sha256).map_err(|error| match error {
        // Erased together with somebody who was in it.
        documents::Error::NotFound { .. } => Error::NotFound,
        error => Error::internal(error),
    })?;
    let limits = Limits { columns: COLUMNS_MAX, ..Limits::default() };
    sheets::open(&bytes, &import.file_name, &limits).map_err(Error::internal)
}

fn save(app: &App, ctx: &Ctx, before: &Import, after: Import) -> Result<Import, Error> {
    let mut write = ctx.write();
    write.update(before, after);
    app.commit(write)?;
    app.store.get::<Import>(before.meta.id)?.ok_or(Error::NotFound)
}

/// The group of an import's problem records.
pub(crate) fn problems_prefix(id: ImportId) -> Vec<u8> {
    IndexKey::members(Kind::ImportProblems, id.0).bytes()
}

/// Headers as people write them in the three languages, folded, without anything but letters and digits.
const HEADERS: [(ImportTarget, &[&str]); 19] = [
    (
        ImportTarget::Name,
        &[
            "nom",
            "nomicognoms",
            "nombre",
            "nombreyapellidos",
            "name",
            "fullname",
            "contacte",
            "contacto",
            "contact",
            "contactname",
            "persona",
            "person",
            "personadecontacte",
            "personadecontacto",
        ],
    ),
    (
        ImportTarget::Company,
        &[
            "empresa",
            "companyia",
            "company",
            "companyname",
            "account",
            "accountname",
            "compte",
            "cuenta",
            "raosocial",
            "razonsocial",
            "nomempresa",
            "nombreempresa",
            "organitzacio",
            "organizacion",
            "organization",
            "client",
            "cliente",
        ],
    ),
    (
        ImportTarget::TaxId,
        &[
            "nif",
            "cif",
            "nie",
            "nifcif",
            "cifnif",
            "nrt",
            "dni",
            "taxid",
            "vat",
            "vatnumber",
            "vatid",
            "identificadorfiscal",
        ],
    ),
    (
        ImportTarget::Email,
        &[
            "email",
            "emailaddress",
            "mail",
            "correu",
            "correuelectronic",
            "correo",
            "correoelectronico",
            "adrecaelectronica",
        ],
    ),
    (
        ImportTarget::Phone,
        &[
            "telefon",
            "telefono",
            "phone",
            "phonenumber",
            "tel",
            "mobil",
            "movil",
            "mobile",
            "telefonmobil",
            "telefonomovil",
            "telephone",
        ],
    ),
    (
        ImportTarget::Address,
        &["adreca", "direccion", "address", "street", "carrer", "calle", "domicili", "domicilio"],
    ),
    (
        ImportTarget::Postcode,
        &["cp", "codipostal", "codigopostal", "postcode", "postalcode", "zip", "zipcode", "cpostal"],
    ),
    (
        ImportTarget::Town,
        &[
            "poblacio",
            "poblacion",
            "ciutat",
            "ciudad",
            "city",
            "town",
            "municipi",
            "municipio",
            "localitat",
            "localidad",
        ],
    ),
    (
        ImportTarget::Zone,
        &[
            "zona",
            "zone",
            "area",
            "comarca",
            "provincia",
            "region",
            "regio",
            "territori",
            "territorio",
            "territory",
            "officelocation",
            "location",
            "state",
        ],
    ),
    (ImportTarget::Country, &["pais", "country", "countrycode"]),
    (ImportTarget::Website, &["web", "website", "paginaweb", "url", "llocweb", "sitioweb"]),
    (ImportTarget::Industry, &["sector", "industry", "industria", "activitat", "actividad", "ram", "ramo"]),
    (
        ImportTarget::Source,
        &["origen", "font", "fuente", "source", "leadsource", "canal", "channel", "procedencia"],
    ),
    (ImportTarget::Campaign, &["campanya", "campan~a", "campaign"]),
    (
        ImportTarget::Interest,
        &[
            "interes",
            "interest",
            "producte",
            "producto",
            "product",
            "servei",
            "servicio",
            "service",
            "interessaten",
            "productedinteres",
        ],
    ),
    (
        ImportTarget::Amount,
        &[
            "import",
            "importe",
            "amount",
            "importprevist",
            "importeprevisto",
            "importestimat",
            "importeestimado",
            "valor",
            "value",
            "expectedrevenue",
            "estimatedamount",
            "pressupost",
            "presupuesto",
        ],
    ),
    (
        ImportTarget::Description,
        &[
            "notes",
            "nota",
            "notas",
            "note",
            "description",
            "descripcio",
            "descripcion",
            "observacions",
            "observaciones",
            "comentaris",
            "comentarios",
            "comments",
            "remarks",
        ],
    ),
    (ImportTarget::Tags, &["etiquetes", "etiqueta", "etiquetas", "tags", "tag", "labels"]),
    (
        ImportTarget::ExternalKey,
        &[
            "id",
            "codi",
            "codigo",
            "code",
            "referencia",
            "reference",
            "externalkey",
            "externalid",
            "idextern",
            "clauexterna",
            "claveexterna",
        ],
    ),
];

/// Each column to the field whose names its header has; every field but the description once. What the company calls a
/// field of its own comes first.
fn match_headers(headers: &[String], frame: &Frame) -> Vec<Option<ImportTarget>> {
    let own = own_headers(frame);
    let mut taken: Vec<ImportTarget> = Vec::new();
    headers
        .iter()
        .map(|header| {
            let bare = bare(header);
            let own = own.iter().find(|(name, _)| *name == bare).map(|(_, target)| target.clone());
            let built_in = || {
                let found = HEADERS.into_iter().find(|(_, names)| names.contains(&bare.as_str()));
                found.map(|(target, _)| target)
            };
            let target = own
                .or_else(built_in)
                .filter(|target| *target == ImportTarget::Description || !taken.contains(target))?;
            taken.push(target.clone());
            Some(target)
        })
        .collect()
}

/// A header without anything but letters and digits, folded.
fn bare(header: &str) -> String {
    fold(header).chars().filter(|character| character.is_alphanumeric() || *character == '~').collect()
}

/// The company's own fields by their names and labels.
fn own_headers(frame: &Frame) -> Vec<(String, ImportTarget)> {
    let mut headers = Vec::new();
    for (name, field) in frame.fields_of(Kind::Lead).filter(|(_, field)| !field.piece.archived) {
        let labels = Language::ALL.into_iter().map(|language| field.piece.label.own(language));
        for header in std::iter::once(name).chain(labels).map(bare).filter(|header| !header.is_empty()) {
            headers.push((header, ImportTarget::Own(name.to_owned())));
        }
    }
    headers
}
