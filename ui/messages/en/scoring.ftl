# Points and probability of leads: the rules, one rule, trying it, the card, and what was learned
scoring-title = Scoring rules
scoring-intro = Each rule that fits a lead gives it points or takes some away. The sum is cut to between 0 and 100.
scoring-settings-text = How many points each lead has, and why.
scoring-new = New rule
scoring-none = There is no scoring rule yet
scoring-none-text = With rules, each lead has 0 to 100 points on its page and in the list, with the reasons.
scoring-how = Points are worked out whenever they are shown: a change of the rules counts at once for all leads and leaves nothing in anybody’s history.
scoring-what = For which
scoring-points = Points
scoring-points-hint = From −{ $maximum } to +{ $maximum }, whole numbers; not 0.
scoring-days-text = With conditions on days (“created more than 30 days ago”) points change by themselves with time.
scoring-try = Try it
scoring-try-text = Compares the points of the latest leads before and after this change. Nothing is saved.
scoring-preview = Trying the rule
scoring-preview-none-text = Once there are some, you will see their points before and after here.
scoring-preview-sum =
    { $count ->
        [one] { $count } lead tried; the rule fits { $fitting }; with another score: { $changed }.
       *[other] { $count } leads tried; the rule fits { $fitting }; with another score: { $changed }.
    }
scoring-preview-mean = Mean: { $before } points before, { $after } after.
scoring-preview-how = The newest leads that are not archived are tried. The days on which the rule is in force do not count.
scoring-before = Before
scoring-after = After
scoring-bands = Leads by score
scoring-examples = Examples: { $count }
scoring-why = Why
scoring-card = Score and probability
scoring-rules-link = Rules
scoring-learned-link = What was learned
scoring-no-rules = No scoring rule is in force yet.
scoring-score = Score:
scoring-field-score = Score
scoring-field-probability = Probability (%)
scoring-of-hundred = { $points } of 100
scoring-nothing-fits = No rule fits it.
scoring-cut = The sum is { $sum }; it is cut to between 0 and 100.
scoring-probability = Probability of becoming a client:
scoring-unreliable = Do not rely on it yet: it is no better than always telling the mean.
scoring-not-yet = Closed leads are being learned from.
scoring-not-yet-text = After Tracte starts, all of them are gone through, for some seconds.
scoring-look-again = Look again
scoring-too-few = Too few data to tell the probability: { $closed } closed leads of the { $needed } that are needed.
scoring-too-few-of-each = Too few data to tell the probability: won leads, { $won }; lost ones, { $lost }. At least { $each } of each are needed.
scoring-by-company = Learned from { $closed } closed leads of the company, { $base } of them won.
scoring-by-team = Learned from { $closed } closed leads of the team “{ $name }”, { $base } of them won.
scoring-more-factors =
    { $count ->
        [one] { $count } more reason
       *[other] { $count } more reasons
    }
scoring-of-these = { $won } won of { $all }
scoring-making = The order by score is being made anew: { $done } of { $expected }. Meanwhile you see the one of before.
scoring-making-first = The order by score is being made: { $done } so far.
scoring-learned-title = Probability of leads
scoring-learned-intro = What was learned from closed leads, and how good it is.
scoring-learned-company = The whole company
scoring-learned-team = Team “{ $name }”
scoring-closed = Closed
scoring-won = Won
scoring-lost = Lost
scoring-too-few-each = Too few data: { $closed } closed leads. { $needed } closed ones are needed, at least { $each } of them won and { $each } lost.
scoring-too-few-team = Too few data of this team ({ $closed } closed of the { $needed } that are needed): for its leads counts what was learned from the whole company.
scoring-too-few-team-of-each = Too few data of this team (won: { $won }; lost: { $lost }; at least { $each } of each are needed): for its leads counts what was learned from the whole company.
scoring-quality = How good it is
scoring-quality-text =
    { $count ->
        [one] With { $count } closed lead, judged as if it had not been learned from.
       *[other] With the last { $count } closed leads, each judged as if it had not been learned from.
    }
scoring-beside = { $figure } (always telling the mean: { $base })
scoring-brier = Mean squared error (Brier): the lower the better
scoring-log-loss = Mean surprise (log loss): the lower the better
scoring-auc = How often a won lead had a higher probability than a lost one (0.5 is chance; the figure errs on the low side)
scoring-not-better = It is no better than always telling the mean: do not rely on it yet.
scoring-told = Was told
scoring-told-mean = Mean told
scoring-really-won = Really won
scoring-told-caption = What was told and what happened · { $whose }
scoring-factor = Reason
scoring-times = Multiplies by
scoring-strongest = What weighs most · { $whose }
scoring-means = What it means
scoring-means-won = Won: converted, and the opportunity it became, if any, was won. Lost: discarded, or with its opportunity lost.
scoring-means-left-out = Not learned from: leads that are open, archived, erased or discarded as duplicates, and those whose opportunity is still open, was cancelled or is deleted.
scoring-means-fields = Learned from: source, industry, territory, country, campaign, the amount in bands, the time until the first response in bands, whether there is a phone, an e-mail, a tax id and a website, and custom fields of one choice or of yes and no. Nothing else.
scoring-means-method = Naive Bayes with Laplace smoothing, by team and, where a team has fewer than { $needed } closed leads or fewer than { $each } won or lost, of the whole company. A value that fewer than { $minimum } leads have does not count. “×1.8” means that it multiplies the ratio of won to lost by 1.8.
scoring-means-data = Only counts are kept, in memory: no name, no address. Which fields may lawfully be used to profile people is for the company to decide.
scoring-band-amount-to-1000 = less than 1,000
scoring-band-amount-to-5000 = 1,000 to 5,000
scoring-band-amount-to-20000 = 5,000 to 20,000
scoring-band-amount-above = 20,000 or more
scoring-band-response-hour = within an hour
scoring-band-response-four-hours = within four hours
scoring-band-response-day = within a day
scoring-band-response-three-days = within three days
scoring-band-response-later = later
problem-rule-points = Write the points: a whole number from −{ $detail } to { $detail } other than 0
problem-rule-score = A scoring rule cannot depend on the score or the probability
