# Price books, prices, mass changes, files; and bundles
books-title = Price books
books-intro = Each price book has the prices of some clients: a company’s page says which one it has.
books-settings-text = Lists of prices with a currency and the days on which they count.
books-new = New price book
books-edit = Change the price book
books-currency = Currency
books-from = First day
books-until = Last day
books-days-hint = Without days it always counts.
books-see-prices = Show its prices
books-set-up = Set up price books
books-none = There are no price books yet
books-none-text = Without price books everybody pays the price on the product’s page.
books-days = Valid
books-always = Always
books-days-between = { $from } to { $until }
books-days-from = From { $from }
books-days-until = Until { $until }
books-count = Prices
books-count-more = More than { $count }
books-state-not-yet = Not yet in force
books-state-over = No longer in force
prices-back = All price books
prices-column-code = Code
prices-column-name = Name
prices-column-product = Product
prices-column-quantity = From quantity
prices-column-price = Price
prices-column-from = From
prices-column-until = Until
prices-column-currency = Currency
prices-column-list = Product’s price
prices-column-difference = Difference
prices-column-deeds = Actions
prices-none = This price book has no prices yet
prices-none-text = Add them one by one, or import a list. Products without a price here cost what their page says.
prices-none-of-product = This product has no price in this price book
prices-of-product = Only { $product }
prices-shown =
    { $count ->
        [one] { $count } price on this page
       *[other] { $count } prices on this page
    }
prices-add = Add a price
prices-add-text = Without tax, in { $currency }. The price counts from this quantity up to the next one there is.
prices-edit = Change the price
prices-edit-name = Change the price of { $product } from { $quantity }
prices-remove = Remove the price
prices-remove-text = The product no longer has this price in the book. The audit log keeps it.
prices-product-hint = Name or code
prices-quantity = From quantity
prices-unit-price = Unit price
prices-from = From
prices-until = Until
prices-conflict = Somebody changed this price while you were editing it. It is now: { $saved }. If you save, yours stays.
prices-said = { $price } from { $quantity } · { $days }
prices-test = What would they pay?
prices-test-text = Choose a company to use its price book; without one this book is used.
prices-test-company = Company
prices-test-product = Product
prices-test-quantity = Quantity
prices-test-day = Day
prices-test-ask = Show the price
prices-test-from-book = Price of the book { $book }, from { $quantity }.
prices-test-own = The product’s own price.
prices-test-nothing = No price
prices-test-nothing-text = Neither the book nor the product has one.
prices-test-tiers = The prices of this product in the book
prices-why-no-book = This company has no price book.
prices-why-unknown = This company’s price book is not there any more.
prices-why-archived = The book { $book } is archived.
prices-why-not-yet = The book { $book } counts from { $day }.
prices-why-over = The book { $book } counted until { $day }.
prices-why-not-in-book = The book { $book } has no price for this product.
prices-why-below = In the book { $book } prices begin with { $quantity }.
prices-why-that-day = No price of the book { $book } counts on that day.
prices-tier-counts = This one counts
prices-tier-more = For a greater quantity
prices-tier-not-yet = Not yet
prices-tier-over = No longer
prices-tier-beaten = Another one counts
prices-tier-aside = The book does not count
prices-change = Change prices by a percentage
prices-change-intro = Of the book { $book }. First you see what would change; nothing is saved until you say so.
prices-change-percent = Percentage
prices-change-percent-hint = 3 makes them 3% dearer; -5 makes them 5% cheaper.
prices-change-rounding = Round to
prices-rounding-cents = Cents
prices-rounding-five = Five cents
prices-rounding-whole = Whole units
prices-change-kind = Of which kind
prices-change-family = Of which family
prices-change-all = All
prices-change-look = Show what would change
prices-change-count =
    { $count ->
        [one] { $changed } of { $count } price would change.
       *[other] { $changed } of { $count } prices would change.
    }
prices-change-first = The first ones
prices-change-before = Now
prices-change-after = Afterwards
prices-change-do =
    { $count ->
        [one] Change { $count } price
       *[other] Change { $count } prices
    }
prices-change-nothing = No price would change.
prices-changed = Prices changed
prices-changed-count =
    { $count ->
        [one] { $count } price was changed: { $percent }.
       *[other] { $count } prices were changed: { $percent }.
    }
prices-changed-same =
    { $count ->
        [one] { $count } stayed the same after rounding.
       *[other] { $count } stayed the same after rounding.
    }
prices-changed-left =
    { $count ->
        [one] { $count } was left as it was, because somebody else was working on it.
       *[other] { $count } were left as they were, because somebody else was working on them.
    }
prices-to-book = Back to the price book
prices-export = Export
prices-import = Import a list
prices-import-title = Import prices into { $book }
prices-import-intro = A CSV or spreadsheet file with these columns in any order: code, name, from quantity, price, from, until, currency. Code and price are needed.
prices-import-file = File
prices-import-check = Check the file
prices-import-checked = Check of { $file }
prices-import-checked-text = Nothing has been saved yet.
prices-import-done = Import done
prices-import-rows = Rows
prices-import-new = New prices
prices-import-changed = Changed prices
prices-import-same = As they were
prices-import-bad = Rows with problems
prices-import-bad-text = These rows stay out. Correct them in the file and import it again: those that are in will not be repeated.
prices-import-bad-more = And { $count } more rows with problems.
prices-import-row = Row
prices-import-problem = What is wrong
prices-import-do =
    { $count ->
        [one] Save { $count } price
       *[other] Save { $count } prices
    }
prices-import-other = Choose another file
prices-import-nothing = There is nothing to save.
prices-card = Prices in price books
prices-card-none = No price book has a price for this product.
prices-card-from = From { $quantity }
bundles-title = What is in the bundle
bundles-part = { $quantity } × { $name }
bundles-apart = Bought apart
bundles-own = Price of the bundle
bundles-difference = Difference
bundles-cost = Cost of the components
bundles-unknown = Not known: a component has none
records-delete-used-product = It cannot be deleted: prices, bundles or other records name it. Archive it: it leaves the lists and everything is kept.
records-group-bundle = Bundle
notices-price-removed = The price was removed.
problem-price-dates = The last day is before the first one
problem-price-past = It would be over already: this day is past
problem-price-twice = There is a price for this product from this quantity and day already: change that one
problem-price-twice-in-file = The same price is in row { $detail }, too
problem-price-tax-missing = A tax rate is needed: set it on the product’s page
problem-price-code-unknown = No product has the code “{ $detail }”
problem-price-currency = The currency is not that of the price book: { $detail }
problem-price-no-code-column = The column with the product’s code is missing: “Code”
problem-price-no-price-column = The column with the price is missing: “Price”
problem-price-too-many = These are too many at once: { $detail } at most
problem-price-percent = Write a percentage between -99 and 1000 that is not 0, with three decimals at most
problem-price-changed = There were changes meanwhile: now there are { $detail }. Look again
problem-book-currency-used = The price book has prices in { $detail }: its currency cannot change. Make another one
problem-product-in-use = It cannot be deleted: prices, bundles or other records name it. Archive it
problem-components-of-bundle = Only bundles have components: change the kind to “Bundle” or remove them
problem-component-self = A bundle cannot contain itself
problem-component-twice = This product is in it already: change its quantity
problem-component-bundle = A bundle cannot contain another bundle: put its components in
problem-component-quantity = The quantity must be greater than 0
problem-bundle-in-bundle = It is a component of a bundle: it cannot be a bundle
entity-price-title = Prices
entity-price-one = Price
entity-field-price-book = Price book
entity-field-components = Components
entity-list-components = Components of the bundle
entity-list-components-product = Component
entity-list-components-quantity = Quantity
audit-kind-price-book = Price book
audit-kind-price = Price
audit-field-price-book-from = First day
audit-field-price-book-until = Last day
audit-field-price-book = Price book
audit-field-price-product = Product
audit-field-price-from-quantity = From quantity
audit-field-price-unit-price = Unit price
audit-field-price-from = From
audit-field-price-until = Until
prices-event-created =
    { $by ->
        [nobody] New price in { $book }: { $price }
       *[person] { $who } set a price in { $book }: { $price }
    }
prices-event-changed =
    { $by ->
        [nobody] A price in { $book } changed: { $price }
       *[person] { $who } changed a price in { $book }: { $price }
    }
prices-event-removed =
    { $by ->
        [nobody] Price removed from { $book }
       *[person] { $who } removed a price from { $book }
    }
