# Imports
imports-title = Imports
imports-notice-started = The import has begun.
imports-new = Import a file
imports-new-title = Import leads
imports-page-title = Import of { $file }
imports-none-title = Nothing has been imported yet
imports-none-text = Upload a spreadsheet with leads. Before anything is saved you will see a dry run.
imports-file = File
imports-file-hint = CSV, XLSX, ODS or XLS, with the names of the columns in the first row
imports-limits = Up to { $size }, { $rows } rows and { $columns } columns. The separator and encoding of CSV files are detected.
imports-upload = Upload file
imports-back = Back to imports
imports-next-title = What happens next
imports-next-columns = Choose the field each column goes to; most are chosen already.
imports-next-check = A dry run over all rows saves nothing and shows what fails and why.
imports-next-run = The run creates the leads and assigns them. You can close the page: it goes on by itself.
imports-next-result = At the end you can download the rows that failed, with the reason, mend them and import them again.
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
imports-columns-matched = { $matched } of { $total } chosen
imports-columns-hint = Those left at “Leave out” are not read. Several columns may go to Remarks.
imports-column-header = Column
imports-column-samples = Sample values
imports-column-target = Goes to field
imports-column-empty = no values
imports-column-skip = Leave out
imports-check = Start dry run
imports-checking = All rows are being checked
imports-checking-hint = Nothing is saved yet. You can close this page and come back later.
imports-running = The rows are being imported
imports-running-hint = You can close this page: the import goes on. If you stop it, the rows already in stay.
imports-see-result = Show the result
imports-cancel = Cancel import
imports-stop = Stop import
imports-checked-text =
    { $count ->
        [0] All rows are good. Nothing has been saved yet.
        [one] Nothing has been saved yet. If you start now, the row with errors stays out; you can download it with the reason.
       *[other] Nothing has been saved yet. If you start now, the { $count } rows with errors stay out; you can download them with the reason.
    }
imports-none-good = No row can go in as it is. Check the columns or mend the file.
imports-start =
    { $count ->
        [one] Import { $count } row
       *[other] Import { $count } rows
    }
imports-change-columns = Change columns
imports-failed-rows = Download rows with errors
imports-done =
    { $count ->
        [one] One row went in and was assigned.
       *[other] All rows went in: { $count } new leads.
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
imports-to-leads = Show leads
imports-again = Import another file
imports-problems-title = Rows with errors
imports-problems-shown = the first { $shown } of { $total }
imports-row = Row
imports-problems = What is wrong
imports-reason = Reason

problem-twice-in-file = The key “{ $detail }” is in another row of the file too: leave only one
problem-mapping-length = The file has { $detail } columns: open the page again and choose them anew
problem-mapping-twice = Two columns go to the field “{ $detail }”: leave only one
problem-import-failed = The import stopped because of a system error. The rows already in stay. Tell your administrator.
problem-file-empty = The file has no cell with text in it: choose another one
problem-file-no-header = The first row looks like data: add the names of the columns above it
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
problem-row-header-empty = The column has no name: give it one
problem-row-header-repeated = The name of this column is repeated: change it
