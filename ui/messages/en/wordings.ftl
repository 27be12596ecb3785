words-title = Own words
words-intro = What things are called in your company. What you do not change stays as it is.
words-settings-text = Say the texts of the pages your own way, in three languages.
words-search = Search all texts
words-changed = Changed
words-names = Screens and titles
words-statuses = Statuses of leads
words-fields = Fields
words-lists = Sources, industries and reasons are changed in the choice lists
words-none = No text was found
words-none-text = Try fewer words, or a single one.
words-all = Back to the words most changed
words-more = { $count } are shown: narrow the search.
words-product = The product’s text
words-own = Own text
words-as-product = as the product
words-also-in = also in: { $languages }
words-word-title = A text in your words
words-arguments = Where { $names } stands, the page puts a value. You can move it or leave it out.
words-text-ca = Own text in Catalan
words-text-es = Own text in Spanish
words-text-en = Own text in English
words-save = Save
words-cancel = Cancel
words-reset-title = Back to the product’s text
words-reset-text = The own text goes away in all languages.
words-reset = Back to the product’s text
words-notice-reset = It is said as the product does again.
problem-wording-key = There is no text called “{ $detail }”
problem-wording-form = This text cannot be said so: braces { "{" } and { "}" } come in pairs and only surround values of the page
problem-wording-argument = The page does not give this value. It gives: { $detail }
words-found = { $count ->
    [one] { $count } text
   *[other] { $count } texts
}
