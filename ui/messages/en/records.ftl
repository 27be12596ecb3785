entity-company-title = Companies
entity-company-one = Company
entity-company-new = New company
entity-company-none-title = No companies yet
entity-company-none-text = Add the first one, or convert a lead into it.
entity-contact-title = Contacts
entity-contact-one = Contact
entity-contact-new = New contact
entity-contact-none-title = No contacts yet
entity-contact-none-text = Add the people you talk to at each company.
entity-opportunity-title = Opportunities
entity-opportunity-one = Opportunity
entity-opportunity-new = New opportunity
entity-opportunity-none-title = No opportunities yet
entity-opportunity-none-text = Add one when somebody wants to buy: you follow it until it is won or lost.
entity-product-title = Products and services
entity-product-one = Product
entity-product-new = New product or service
entity-product-none-title = No products yet
entity-product-none-text = Add what you sell, with price and tax: simulations and quotes use it later.
entity-field-name = Name
entity-field-legal-name = Legal name
entity-field-kind = Type
entity-field-employees = Employees
entity-field-delivery-address = Delivery address
entity-field-tax-regime = VAT regime
entity-field-withholding = Withholds income tax (IRPF)
entity-field-language = Language
entity-field-parent = Parent company
entity-field-client-since = Client since
entity-field-given-name = First name
entity-field-family-name = Last name
entity-field-job-title = Job title
entity-field-mobile = Mobile
entity-field-birthday = Birthday
entity-field-contact = Contact
entity-field-stage = Stage
entity-field-probability = Probability (%)
entity-field-expected-close = Expected close
entity-field-lost-reason = Lost reason
entity-field-competitor = Competitor
entity-field-lead = Lead
entity-field-stage-since = In this stage since
entity-field-closed-at = Closed on
entity-contact-field-full-name = Full name
entity-field-code = Code
entity-field-name-ca = Name in Catalan
entity-field-name-es = Name in Spanish
entity-field-name-en = Name in English
entity-field-family = Family
entity-field-unit = Unit
entity-field-unit-price = Unit price, without tax
entity-field-cost = Unit cost
entity-field-tax = Tax
entity-field-billing = Billing
entity-field-minimum-term = Minimum term (months)
entity-field-archived = Archived
entity-field-created-at = Created
entity-field-updated-at = Last changed
entity-field-positions = Other companies
entity-contact-field-company = Company
entity-company-kind-prospect = Prospect
entity-company-kind-client = Client
entity-company-kind-partner = Partner
entity-company-kind-supplier = Supplier
entity-company-tax-regime-normal = Normal
entity-company-tax-regime-equivalence-surcharge = Equivalence surcharge
entity-company-tax-regime-exempt = Exempt
entity-company-tax-regime-intra-community = Intra-community
entity-product-kind-product = Product
entity-product-kind-service = Service
entity-product-kind-bundle = Bundle
entity-product-billing-once = Once
entity-product-billing-monthly = Monthly
entity-product-billing-quarterly = Quarterly
entity-product-billing-yearly = Yearly
records-archived = Archived
records-archive = Archive
records-restore = Back to the list
records-delete-text =
    { $count ->
        [0] It will be deleted. This cannot be undone.
        [one] It will be deleted with its note. This cannot be undone.
       *[other] It will be deleted with its { $count } notes. This cannot be undone.
    }
records-delete-used = It cannot be deleted: other records belong to it. Move or delete them first, or archive it.
records-delete-instead = If you only want it out of the lists, archive it: everything is kept and it can come back.
records-none-filtered-text = Remove a filter or clear them all to see more.
records-group-business = Relationship
records-group-sale = Sale
records-group-names = Name and type
records-group-price = Price and terms
records-hint-link = Its name, or the address of its page
records-hint-external-key = Its code in another program
records-hint-probability = Empty: that of the stage
records-stages = Stages
records-next = Next action
records-stage-since = In this stage { $when }
records-all = Show all
records-event-created =
    { $by ->
        [person] { $who } created it
       *[nobody] It was created
    }
records-event-changed =
    { $by ->
        [person] { $who } changed it
       *[nobody] It was changed
    }
records-event-related-created =
    { $by ->
        [person] { $who } created { $what }
       *[nobody] { $what } was created
    }
records-event-related-changed =
    { $by ->
        [person] { $who } changed { $what }
       *[nobody] { $what } was changed
    }
records-event-related-deleted =
    { $by ->
        [person] { $who } deleted { $what }
       *[nobody] { $what } was deleted
    }
records-notice-deleted = Deleted.
records-notice-archived = Archived.
records-notice-restored = Back in the list.
problem-name-of-contact = Write the first or the last name
problem-name-in-a-language = Write the name in one language at least
problem-parent-circle = A company cannot belong to itself
problem-required-at-stage = Needed to come to this stage
problem-number-between = Write a number in { $detail }
problem-number-whole = Write a whole number
problem-owner-denied = You may not choose who is responsible
choices-list-product-families = Product families
choices-text-product-families = How what you sell is grouped, also in reports.
problem-stage-in-use = Opportunities are at a stage that you took away or made another kind: say where they go
pipelines-move-title = Where the opportunities go
pipelines-move-text = These stages have opportunities. Choose the stage they move to and save again: the change stays in their history.
pipelines-move-choose = Choose a stage
pipelines-move-stage = { $stage } ({ $count })
search-group-records = Records
entity-list-phones = Other phones
entity-list-phones-label = Type
entity-list-phones-number = Phone
entity-list-phones-label-work = Work
entity-list-phones-label-mobile = Mobile
entity-list-phones-label-home = Home
entity-list-phones-label-fax = Fax
entity-list-phones-label-other = Other
entity-list-emails = Other e-mail addresses
entity-list-emails-label = Type
entity-list-emails-address = E-mail
entity-list-emails-label-work = Work
entity-list-emails-label-home = Home
entity-list-emails-label-billing = Billing
entity-list-emails-label-other = Other
entity-list-addresses = Other addresses
entity-list-addresses-label = Type
entity-list-addresses-street = Street
entity-list-addresses-postcode = Postcode
entity-list-addresses-town = Town
entity-list-addresses-country = Country
entity-list-addresses-label-delivery = Delivery
entity-list-addresses-label-office = Office
entity-list-addresses-label-warehouse = Warehouse
entity-list-addresses-label-other = Other
entity-list-positions = Other companies
entity-list-positions-company = Company
entity-list-positions-role = What they do there
entity-list-positions-active = Still there
entity-field-phones = Other phones
entity-field-emails = Other e-mail addresses
entity-field-addresses = Other addresses
entity-field-any-phone = Any phone
entity-field-any-email = Any e-mail address
entity-field-any-company = Any of their companies
records-row-more = Add
records-position =
    { $has ->
        [yes] Also { $role }
       *[no] Also at
    }
records-position-former =
    { $has ->
        [yes] Formerly { $role }
       *[no] Formerly at
    }
records-people-former = Not there any more
records-reach-more = Other phones and e-mail addresses
records-reach-call = Call { $what }
records-reach-write = Write to { $what }
records-card = Card for the phone (vCard)
records-cards = Cards (vCard)
problem-cards-too-many = A file can hold { $detail } cards at most: filter the list
records-chain = From lead to client
records-group = Group of companies
records-group-more = There are more: open one to see those below it.
records-group-contacts =
    { $count ->
        [one] 1 contact
       *[other] { $count } contacts
    }
records-group-opportunities =
    { $count ->
        [one] 1 opportunity
       *[other] { $count } opportunities
    }
records-group-counts-more = at least
entity-list-contacts = Who decides
entity-list-contacts-contact = Contact
entity-list-contacts-role = Part in the decision
entity-list-contacts-label-participant = Takes part
entity-list-contacts-label-decision-maker = Decides
entity-list-contacts-label-evaluator = Evaluates
entity-list-contacts-label-influencer = Influences
entity-list-contacts-label-user = Will use it
entity-list-products = Products and services
entity-list-products-product = Product or service
entity-list-products-quantity = Quantity
entity-field-contacts = Who decides
entity-field-products = Products and services
entity-field-any-contact = Any of its contacts
entity-field-any-product = Product
records-group-wanted = Products and services
records-group-deciding = Who decides
problem-contact-twice = This contact is in it already: change the part
