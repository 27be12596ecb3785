# Search
search-title = Search
search-title-of = Results for “{ $query }”
search-suggestions = Results as you type
search-all = { $total }: show them all
search-more-than = More than { $count } results
search-empty-title = What are you looking for?
search-empty-text = Type a name, a company, an e-mail, a phone number or a tax ID. The beginning of each word is enough, with or without accents.
search-too-short-title = Type at least two characters
search-nothing-title = Nothing found for “{ $query }”
search-nothing-text = Try fewer words or only their beginning. E-mails, phone numbers and tax IDs are looked up whole.
search-to-leads = Go to the list of leads
