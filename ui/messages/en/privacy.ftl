# Data protection
privacy-title = Data protection
privacy-settings-text = Everything kept about a person, to hand it over or to erase it.
privacy-intro = Find a person to hand over what is kept about them, or to erase who they are without losing the books.
privacy-q = E-mail, phone, tax id or name
privacy-q-hint = The whole e-mail, phone or tax id; or the name
privacy-find = Find
privacy-none-title = Nothing is kept
privacy-none-text = No lead, contact or company has this e-mail, phone, tax id or name. What was saved just now may take some seconds to appear.
privacy-download = Download everything (JSON)
privacy-results = What is kept about this person
privacy-record = Record
privacy-since = Since
privacy-notes = Notes
privacy-file = Imported file
privacy-actions = Actions
privacy-erase = Erase
privacy-erase-title = Erase “{ $name }”
privacy-erase-intro = This cannot be undone. Read what will happen.
privacy-goes = What goes
privacy-goes-fields = The name, company, tax id, e-mail, phones, addresses, website, birthday, texts and all own fields. In place of names it will say «[esborrat]».
privacy-goes-journal = The same in the audit log: the values before and after each change.
privacy-goes-file = The imported file “{ $file }”, whole; its failed rows can no longer be downloaded.
privacy-stays = What stays
privacy-stays-books = Status, dates, amount, source, town and whose it was, so that reports still add up.
privacy-stays-log = That somebody erased it and when, without saying who it was.
privacy-stays-backups = Backups made before, and remains in the database files until it is exported and imported into a new folder.
privacy-typed = To confirm, type “{ $name }”
privacy-erase-now = Erase for good
privacy-cancel = Cancel
privacy-erasures = What was erased
privacy-erasures-none = Nobody has been erased yet.
privacy-erasure = { $who } erased a person on { $when }
privacy-erasure-pending = The audit log is being cleaned in the background; a restart does not stop it.
privacy-notice-erased = Who it was has been erased; the audit log follows in the background. The books are as they were.
privacy-erasure-of = With { $notes } notes and { $files } files
privacy-found =
    { $count ->
        [one] { $count } record was found
       *[other] { $count } records were found
    }
privacy-goes-notes =
    { $count ->
        [one] The text of { $count } note.
       *[other] The text of { $count } notes.
    }
problem-person-form = Write a whole e-mail address, phone number or tax id, or the name.
problem-erase-name = Type exactly “{ $detail }”.
privacy-download-pdf = Download everything (PDF)
privacy-download-zip = Download with the documents (ZIP)
privacy-paper-title = What is kept about you
privacy-paper-asked = For whoever has “{ $asked }”.
privacy-paper-holds =
    { $count ->
        [one] { $company } keeps { $count } record about this person. Here is all that it holds, and every change to it.
       *[other] { $company } keeps { $count } records about this person. Here is all that they hold, and every change to them.
    }
privacy-paper-import = Came with the file
privacy-paper-changes = What happened
privacy-look-deleted = Look among deleted records, too
privacy-deleted = Deleted records
privacy-deleted-none = No deleted record has it.
privacy-deleted-at = Deleted on { $when }; the audit log still says who it was
privacy-stays-search = In the search index, the words until it is next tidied, which it does by itself; nobody can find them.
privacy-same-name = They may not be the same person: download or erase each record by itself, after checking who it is.
problem-person-only-name = More than one person may have a name: download each record by itself.
privacy-goes-opportunities =
    { $count ->
        [one] The name and description of { $count } opportunity that is theirs alone.
       *[other] The names and descriptions of { $count } opportunities that are theirs alone.
    }
privacy-goes-documents =
    { $count ->
        [one] { $count } document, with its files, if it belongs to nobody else.
       *[other] { $count } documents, with their files, if they belong to nobody else.
    }
privacy-goes-quotes =
    { $count ->
        [one] Whom { $count } quote went to, what was written and answered; and what it is called, if that is their name.
       *[other] Whom { $count } quotes went to, what was written and answered; and what those are called that have their name.
    }
privacy-unconfirmed = Sent by a web form, not confirmed
privacy-unconfirmed-text = It is no lead yet, and goes by itself seven days after it was sent.
privacy-unconfirmed-forget = Forget now
privacy-notice-unconfirmed = What was sent has been forgotten; the link in its letter no longer works.
privacy-quotes = Quotes they received or accepted
privacy-quotes-text = They went to this address, or somebody of this name accepted them. Erasing takes the drawn signature, too; what was offered, and that it was accepted, stays.
privacy-questions = Questions they asked
privacy-questions-text = Somebody of this name asked about a quote on its page, or the question says this address, phone or tax id. That somebody asked, and when, stays when it is erased.
privacy-goes-question = The name of whoever asked, and the question.
