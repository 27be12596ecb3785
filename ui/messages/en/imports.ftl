# Imports
imports-title = Imports
imports-notice-started = The import has begun.
imports-new = Import a file
imports-new-title = Import a file
imports-page-title = Import of { $file }
imports-none-title = Nothing has been imported yet
imports-none-text = Upload a spreadsheet with leads, companies, contacts, products, opportunities or activities. Before anything is saved you will see a dry run.
imports-order = If you have several files, import companies first, then contacts, products and leads, then opportunities, and activities last. Contacts are linked to companies, opportunities to companies and contacts, activities to all of them.
imports-file = File
imports-file-hint = CSV, XLSX, ODS, XLS or VCF cards. The names of the columns are usually in the first row; if not, you can say next in which one they are.
imports-limits = Up to { $size }, { $rows } rows and { $columns } columns. The separator and encoding of CSV files are detected.
imports-upload = Upload file
imports-back = Back to imports
imports-next-title = What happens next
imports-next-columns = Choose the field each column goes to; most are chosen already.
imports-next-check = A dry run over all rows saves nothing and shows what fails and why.
imports-next-run = The run creates or updates the records; leads are assigned. You can close the page: it goes on by itself.
imports-next-result = At the end you can download the rows that failed, with the reason. And you can undo the whole import.
imports-step-file = File
imports-step-columns = Columns
imports-step-check = Dry run
imports-step-run = Import
imports-step-result = Result
imports-state = Status
imports-state-uploaded = to review
imports-state-checking = checking
imports-state-checked = simulated
imports-state-running = running
imports-state-done = done
imports-state-done-with-errors = done with errors
imports-state-cancelled = cancelled
imports-state-failed = stopped
imports-rows = Rows
imports-good = Good
imports-bad = With errors
imports-list-in =
    { $count ->
        [0] none went in
        [one] 1 went in
       *[other] { $count } went in
    }
imports-list-undone = taken back: { $count }
imports-list-left = still in: { $count }
imports-by = Uploaded by
imports-when = When
imports-progress = Progress
imports-rows-count =
    { $count ->
        [one] { $count } row
       *[other] { $count } rows
    }
imports-tab = tab
imports-separator = separator { $separator }
imports-columns-title = Columns of the file
imports-columns-matched-first = When the page was opened: { $matched } of { $total } chosen
imports-columns-matched = { $matched } of { $total } chosen
imports-columns-hint = Those left at “Leave out” are not read. Several columns may go to Remarks. Empty cells erase nothing.
imports-column-header = Column
imports-column-samples = Sample values
imports-column-target = Goes to field
imports-column-empty = no values
imports-column-unnamed = Column { $number }, without a name
imports-column-skip = Leave out
imports-check = Start dry run
imports-checking = All rows are being checked
imports-checking-hint = Nothing is saved yet. You can close this page and come back later.
imports-running = The rows are being imported
imports-running-hint = You can close this page: the import goes on. If you stop it, the rows already in stay.
imports-see-result = Show the result
imports-cancel = Cancel import
imports-stop = Stop import
imports-delete = Delete
imports-delete-text = It is deleted with the file and with what you chose and mended. No record was saved.
imports-notice-deleted = The import and its file were deleted.
imports-actions = Actions
imports-checked-text =
    { $count ->
        [0] All rows are good. Nothing has been saved yet.
        [one] Nothing has been saved yet. If you start now, the row with errors stays out; you can download it with the reason.
       *[other] Nothing has been saved yet. If you start now, the { $count } rows with errors stay out; you can download them with the reason.
    }
imports-checked-no-errors = No row has errors. Nothing has been saved yet.
imports-checked-duplicates =
    { $count ->
        [one] { $count } row stays out as a duplicate.
       *[other] { $count } rows stay out as duplicates.
    }
imports-card = Card
imports-none-new = All rows are there already: none goes in.
imports-none-good = No row can go in as it is. Check the columns or mend the file.
imports-none-good-values = No row can go in as it is. Mend the values listed below, check the columns or mend the file.
imports-start =
    { $count ->
        [one] Import { $count } row
       *[other] Import { $count } rows
    }
imports-change-columns = Change columns
imports-failed-rows = Download rows with errors
imports-done =
    { $count ->
        [one] One row went in.
       *[other] All rows went in: { $count }.
    }
imports-done-with-errors =
    { $count ->
        [one] One row stayed out. Download it with the reason, mend it and import it again.
       *[other] { $count } rows stayed out. Download them with the reason, mend them and import them again.
    }
imports-cancelled-before = The import was cancelled before it began. No row was saved.
imports-cancelled-after =
    { $count ->
        [one] The import was stopped. The row that was already in stays.
       *[other] The import was stopped. The { $count } rows that were already in stay.
    }
imports-failed = The import stopped because of a system error ({ $code }). Tell your administrator.
imports-again = Import another file
imports-problems-title = Rows with errors
imports-problems-shown = the first { $shown } of { $total }
imports-row = Row
imports-row-name = Name
imports-done-left-out = { $count } rows stayed out (with errors: { $bad }; duplicates: { $duplicates }). Download those with errors, with the reason, mend them and import them again.
imports-problems = What is wrong
imports-source-unknown = “{ $source }” is not one of the company’s sources
imports-reason = Reason
imports-notice-undoing = The import is being undone.
imports-notice-columns-anew = The file has other columns now: look at the mapping, which has begun anew.
imports-notice-template-saved = The template was saved.
imports-notice-template-deleted = The template was deleted.
imports-entity = What the rows are
imports-entity-lead = Lead
imports-entity-leads = Leads
imports-like = The columns will be matched as for { $file }.
imports-program = The file looks like an export of { $program }: its columns are chosen already. Its keys are kept with the program’s name, so that no record of another program is taken for one of its own.
imports-state-paused = paused
imports-state-undoing = being undone
imports-state-undone = undone
imports-created = New
imports-updated = Updated
imports-unchanged = Unchanged
imports-duplicates = Duplicates
imports-templates-title = Saved templates
imports-template = Template
imports-template-use = Apply the template
imports-template-delete = Delete “{ $name }”
imports-template-delete-text = Nobody will be able to use it any more. Imports that were made with it stay as they are.
imports-template-use-hint = What you have already chosen stays for the columns that the template does not speak of.
imports-template-save-title = Save the mapping as a template
imports-template-name = Name of the template
imports-template-hint = The next file with the same columns will take it by itself.
imports-template-save = Save template
imports-creates = { $entity }: create those that are not there
imports-dates-of = How the dates of { $column } are written
imports-dates-day = Day first: 31/12/2026
imports-dates-month = Month first: 12/31/2026
imports-dates-year = Year first: 2026-12-31
imports-numbers-of = How the numbers of { $column } are written
imports-numbers-comma = Decimal comma: 1.234,5
imports-numbers-point = Decimal point: 1,234.5
imports-known-title = Rows that are there already
imports-match = Recognised by
imports-match-hint = The field that tells which record a row is
imports-match-none = Nothing: every row is new
imports-match-title = The name
imports-mode = What is done
imports-mode-create = Create the new ones; those that are there stay out
imports-mode-update = Update those that are there; new ones stay out
imports-mode-both = Create the new ones and update those that are there
imports-double = New ones that are surely there already
imports-double-hint = A company of the same tax id; a contact or an open lead of the same tax id or e-mail. Within the file, too.
imports-double-skip = They stay out, as duplicates
imports-double-create = They go in; the check says which they are
imports-given-title = Default values
imports-given-hint = For empty cells and fields without a column. The name of a column in braces, such as {"{"}Product{"}"}, stands for its value.
imports-given-field = Field { $number }
imports-given-text = Value { $number }
imports-given-none = None
imports-values-title = Values to mend
imports-values-hint = What you say goes for all rows; the file stays as it is.
imports-values-value = Value in the file
imports-values-missing = (empty)
imports-values-near = Perhaps: { $names }
imports-values-deed = What is done
imports-values-to = Replace with
imports-values-leave = Leave it as an error
imports-values-replace = Replace it
imports-values-empty = Leave the field empty
imports-values-create = Create: { $entity }
imports-values-add = Add it to the options
imports-values-ask = If it should be an option, ask whoever sets up the company: they can add it to the list.
imports-values-choose = Choose one
imports-values-no-options = There are no options yet
imports-people-all = { $field }: all unknown people ({ $count })
imports-people-each = One by one, as said below
imports-owners-nobody = Nobody
imports-owners-rules = Nobody: the assignment rules decide
imports-owners-me = Me ({ $name })
imports-people-hint = Goes for all people of this field of whom nothing is said below.
imports-values-save = Mend and check again
imports-mended =
    { $count ->
        [one] One value mended
       *[other] { $count } values mended
    }
imports-mended-created = created
imports-mended-undo = Leave as in the file
imports-new-records = Also created: { $entity } ({ $count }).
imports-alike =
    { $count ->
        [one] { $count } new row resembles a record that is there or another row
       *[other] { $count } new rows resemble records that are there or other rows
    }
imports-alike-title = Rows that resemble records that are there or other rows
imports-alike-text = They go in. If they are the same, merge them afterwards under “Duplicates”, or take them out of the file.
imports-alike-record = Resembles
imports-alike-why = Why
imports-template-applied = The template “{ $name }” was applied.
imports-template-without = Do not use it
imports-read-as = The file was read as follows: { $how }. Change
imports-read-of-sheet = sheet “{ $sheet }”, one of { $count }: { $names }
imports-columns-beyond =
    { $count ->
        [one] The data has { $count } column without a header, to the right of the last one that has one: it does not go in. If the headers are in another row, say in which.
       *[other] The data has { $count } columns without a header, to the right of the last one that has one: they do not go in. If the headers are in another row, say in which.
    }
imports-read-of-row = headers in row { $row }
imports-read-hint = If letters look wrong, if the data is in another sheet or if there are titles above the headers, choose it here. If the columns turn out to be different, the mapping begins anew; what you chose about rows that are there already stays.
imports-read-encoding = Encoding
imports-read-sheet = Sheet
imports-read-header-row = Row of the headers
imports-read-again = Read the file again
imports-taken-apart =
    { $count ->
        [one] { $count } row has more than one phone or e-mail address in a cell, or words in it: the first one is the record’s, the others go into its list or, with the words, into the notes. The first: “{ $first }”.
       *[other] { $count } rows have more than one phone or e-mail address in a cell, or words in it: the first one is the record’s, the others go into its list or, with the words, into the notes. The first: “{ $first }”.
    }
imports-postcodes =
    { $count ->
        [one] One postcode had lost its leading zero and is mended.
       *[other] { $count } postcodes had lost their leading zero and are mended.
    }
imports-postcodes-first = The first: { $postcode } → 0{ $postcode }.
imports-way = in an import
imports-converted =
    { $count ->
        [one] One lead goes in as converted: it leads to no company, contact or opportunity, as the file does not say which they are.
       *[other] { $count } leads go in as converted: they lead to no company, contact or opportunity, as the file does not say which they are.
    }
imports-without-owner =
    { $count ->
        [one] One new row does not say whose it is, or is nobody’s: nobody will be responsible for it.
       *[other] { $count } new rows do not say whose they are, or are nobody’s: nobody will be responsible for them.
    }
imports-handed-out =
    { $count ->
        [one] One new lead has nobody responsible: the assignment rules decide whose it is.
       *[other] { $count } new leads have nobody responsible: the assignment rules decide whose they are.
    }
imports-passed-over =
    { $count ->
        [one] The owner in the file does not count in one row (“{ $first }”): you may not give leads to other people.
       *[other] The owner in the file does not count in { $count } rows (the first says “{ $first }”): you may not give leads to other people.
    }
imports-are-importers = The file does not say whose the new records are: they will be those of whoever imports.
imports-left-out =
    { $count ->
        [one] One column with data does not go in: { $columns }.
       *[other] { $count } columns with data do not go in: { $columns }.
    }
imports-doubles =
    { $count ->
        [one] { $count } row stays out as a duplicate
       *[other] { $count } rows stay out as duplicates
    }
imports-doubles-title = Duplicate rows
imports-doubles-text = They do not go in. If you want them all, go back to the columns and let them in.
imports-doubles-of = The same as
imports-same-as-row = row { $row } of the file
imports-changes =
    { $count ->
        [one] { $count } row changes a record that is there
       *[other] { $count } rows change records that are there
    }
imports-changes-title = Records that will change
imports-changes-fields = What changes
imports-changes-empty = empty
imports-also-made =
    { $count ->
        [one] One record that rows lead to was created too.
       *[other] { $count } records that rows lead to were created too.
    }
imports-by-field = Errors by field
imports-whole-row = The whole row
imports-pause = Pause
imports-resume = Resume
imports-paused = The import is paused
imports-paused-hint = The rows that went in are there. It goes on where it stopped.
imports-waits-for-room = The server’s disk is nearly full: the import waits and goes on by itself once there is room. Tell your administrator.
imports-undoing = The import is being undone
imports-undoing-hint = You can close this page: it goes on by itself.
imports-undone-count = Undone
imports-not-undone = To look at
imports-undone =
    { $count ->
        [one] The import was undone: one record is as it was before.
       *[other] The import was undone: { $count } records are as they were before.
    }
imports-undone-deleted =
    { $count ->
        [one] The import was undone: one record was deleted.
       *[other] The import was undone: { $count } records were deleted.
    }
imports-undone-but = The import was undone. Undone: { $undone }. To look at, because they changed since: { $kept }.
imports-undone-overruled = The import was undone: { $count } records. Somebody had changed { $changed } of them, and they were deleted all the same.
imports-done-duplicates = { $count } rows went in. Left out because they were there already: { $duplicates }.
imports-to-records = { $entity }: open the list
imports-again-same = Another file with the same mapping
imports-tabs = Rows by result
imports-records-title = Records
imports-records-first =
    { $count ->
        [one] one
       *[other] the first { $count }
    }
imports-records-none = There are none.
imports-record = Record
imports-record-gone = not there any more
imports-record-unseen = not there any more, or not for you to open
imports-record-given = it is for { $owner }; you may not open it
imports-record-nobodys = it is nobody’s; you may not open it
imports-record-others = there already, with somebody else; you may not open it
imports-undo-title = Undo the import
imports-undo-text = What it created is deleted and what it changed is as before.
imports-undo-changed-since = New records that somebody changed since
imports-undo-keep = They stay, and you will be told which
imports-undo-take-back = They are deleted too
imports-file-kept = The file, with what was found wrong and mended in it, is kept for { $days } days after the last work on it.
imports-file-forgotten = The file and the rows with errors have been deleted, because their time was over. What went in can still be undone.
imports-undo = Undo all of it
imports-undo-why = What happened
imports-undo-changed = Somebody changed it since: it stays
imports-undo-changed-gone = Somebody had changed it since: it was deleted all the same
imports-undo-gone = It had been deleted already
imports-undo-unknown = Nobody knows how it was before: it stays
imports-undo-in-use = Other records belong to it: it stays
imports-undo-partly = As before, but for what somebody changed since: { $fields }
imports-undo-fields = Left as it is, because somebody changed it since: { $fields }

problem-amount-currency = The amount is in another currency ({ $detail }) than the company’s: convert it, or change the currency if it is not
problem-twice-in-file = The key “{ $detail }” is in another row of the file too: leave only one
problem-mapping-length = The file has { $detail } columns: open the page again and choose them anew
problem-mapping-twice = Two columns go to the field “{ $detail }”: leave only one
problem-import-failed = The import stopped because of a system error. The rows already in stay. Tell your administrator.
problem-file-empty = The file has no cell with text in it: choose another one
problem-header-row = The row of the headers is a number from 1 to { $detail }, and has data below it
problem-file-no-header = The first row looks like data: add the names of the columns above it
problem-file-no-rows = The file has only the names of the columns (row { $detail }) and no rows below them: choose another one
problem-file-too-big = The file has too much text: split it in two or more
problem-file-too-many-columns = The file has too many columns: delete those you need not import
problem-file-too-many-rows = The file has too many rows: split it in two or more
problem-file-not-a-spreadsheet = The file is not a spreadsheet: save it as XLSX or CSV and upload it again
problem-file-damaged = The file is damaged and cannot be opened: save it again with your program
problem-file-password = The file has a password: remove it and upload the file again
problem-file-zip-bomb = The content of the file is out of proportion and was not opened: save it as CSV
problem-file-no-such-sheet = The file does not have the sheet that was looked for: upload it again
problem-row-too-many-cells = The row has more cells than there are columns: check its separators and quotes
problem-row-error-cell = The cell holds a formula error ({ $detail }): write the value
problem-row-lost-characters = Characters were lost: save the file again as UTF-8
problem-row-cell-too-long = The cell is too long: perhaps a quote is not closed
problem-row-broken-quote = There are quotes that are not closed, or with text after them: { $detail }. Close or remove them and upload the row again
problem-row-header-empty = The column has no name: give it one
problem-row-header-repeated = The name of this column is repeated: change it
problem-disk-full = The server’s disk is full: nothing was saved. Tell your administrator
problem-mapping-empty = No column goes to a field: choose one at least
problem-match-not-mapped = Rows are to be recognised by “{ $detail }”, but no column goes there: choose one or another field
problem-match-needed = To update, say by which field rows are recognised
problem-match-nothing = It is not there: only rows that are there are updated
problem-match-several = More than one is called “{ $detail }”: recognise rows by a key
problem-match-denied = You may not change “{ $detail }”: ask whoever is responsible
problem-link-not-made = “{ $detail }” cannot be created by its name alone: create it first or choose another
problem-replace-by = Say what “{ $detail }” is replaced with, or choose something else
problem-import-begun = The import has begun: it cannot be deleted, but it can be undone
problem-option-not-added = “{ $detail }” could not be added to the options: the name is too long, or that of an archived option. Look at it in the settings
problem-row-broken-card = Card { $detail } is damaged or does not say whose it is
