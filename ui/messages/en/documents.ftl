entity-document-title = Documents
entity-document-one = Document
entity-document-new = New link to a document
entity-document-none-title = There are no documents yet
entity-document-none-text = Upload files on the page of a company, contact, opportunity or lead, or add the link of a document that lies elsewhere.
entity-document-field-title = Title
entity-document-field-category = Category
entity-document-field-valid-until = Valid until
entity-document-field-company = Company
entity-document-field-contact = Contact
entity-document-field-opportunity = Opportunity
entity-document-field-lead = Lead
entity-document-field-url = Link
entity-document-field-origin = Origin
entity-document-field-revision = Version
entity-document-field-file-name = File
entity-document-field-media-type = File type
entity-document-field-size-bytes = Size in bytes
entity-document-field-change-note = What it changes
entity-document-origin-inserted = Uploaded file
entity-document-origin-linked = Link
audit-kind-document = Document
audit-kind-document-version = Version of a document
activities-compose-file = File
activities-show-files = Files
documents-view-expiring = Expired or expiring
documents-title = Documents
documents-none = There are no documents yet.
documents-add = Upload files
documents-add-link = Add a link
documents-add-do = Upload
documents-version = version { $number }
documents-open = Open
documents-download = Download
documents-expired = Expired { $day }
documents-expiring = Expires { $day }
documents-list-expired = { $day } · expired
documents-list-expiring = { $day } · expires soon
documents-where = Where it is
documents-versions = Versions
documents-new-version = New version
documents-new-version-do = Upload the version
documents-file = File
documents-file-hint = Up to 25 MB. Earlier versions are kept.
documents-files = Files
documents-files-hint = Up to ten files at once, 25 MB each.
documents-field-title = Title
documents-field-title-hint = With more than one file, each is called after its file.
documents-change-note = What it changes
documents-notice-added = Files saved.
documents-notice-renewed = New version saved.
problem-document-empty = The file “{ $detail }” is empty
problem-document-program = “{ $detail }” is a program or opens like one: it cannot be kept
problem-document-page = “{ $detail }” is a web page or a drawing that can run things: save it as PDF
problem-document-other = What is in “{ $detail }” is not what its name says
problem-document-linked = This document is a link and has no versions
problem-document-file = This document is a file and has no link
problem-document-versions = It has { $detail } versions already: upload it as a new document
problem-document-same = This is the same file as version { $detail }: nothing changed
problem-document-stale = Somebody changed this document or brought a version while you had it open. You now see it as it stands: if yours is still needed, choose the file again
problem-document-about = Say what it belongs to: a company, contact, opportunity or lead
problem-document-denied = You cannot add documents to this record
documents-event-added =
    { $by ->
        [person] { $who } added the document “{ $title }”
       *[nobody] The document “{ $title }” was added
    }
documents-event-renewed =
    { $by ->
        [person] { $who } brought a new version of “{ $title }”
       *[nobody] There is a new version of “{ $title }”
    }
documents-event-changed =
    { $by ->
        [person] { $who } changed the document “{ $title }”
       *[nobody] The document “{ $title }” was changed
    }
documents-event-deleted =
    { $by ->
        [person] { $who } deleted the document “{ $title }”
       *[nobody] The document “{ $title }” was deleted
    }
documents-type-calendar = Calendar
documents-type-email = E-mail
documents-type-other = Another type of file
documents-type-image = Image
documents-type-text = Text
