# Web forms
forms-title = Web forms
forms-intro = Each campaign has its form: a public page that makes leads, with the fields you choose.
forms-settings-text = Public pages that make leads, with consent and confirmation.
forms-new = New form
forms-received = { $count ->
    [one] Sent once
   *[other] Sent { $count } times
}
forms-confirmed-count = { $count ->
    [one] 1 confirmed
   *[other] { $count } confirmed
}
forms-refused = { $count ->
    [one] 1 refused: with mistakes, repeated or from a robot
   *[other] { $count } refused: with mistakes, repeated or from robots
}
forms-with-confirmation = confirmed by e-mail
forms-results = Address and results
forms-leads = The leads of this campaign
forms-texts = Texts
forms-texts-text = Visitors read it in their language; where that is missing, in the first that is there.
forms-heading = Title
forms-intro-field = Introduction
forms-button = Button
forms-thanks = Thank-you
forms-fields = Fields
forms-fields-text = In the order in which they are asked. The name or the company is needed. Own fields without repeated values and links cannot be asked of strangers.
forms-add-field = Add a field
forms-choose-field = Choose a field
forms-field-number = Field { $number }
forms-field = Field
forms-required = Required
forms-field-words = Words for visitors
forms-field-words-text = Empty, they read what the field is called and the help it has.
forms-field-label = Label
forms-field-hint = Help below the label
forms-consent = Consent and confirmation
forms-consent-text = With a purpose, the form has a box that is never ticked beforehand. The words, the moment and from where are written down.
forms-no-consent = No consent is asked for
forms-purpose = Purpose
forms-consent-required = Cannot be sent without consent
forms-consent-words = Words of the consent
forms-confirmation = Confirmation by e-mail
forms-confirmation-hint = The lead is only made once whoever sent it opens the link in a letter and confirms. What nobody confirms is deleted after 7 days.
forms-confirmation-no-mail = To ask for confirmation by e-mail, a mail server is needed.
forms-writes = What comes of it
forms-campaign-hint = By this name its leads are found.
forms-from = Open from the day
forms-to = Open until the day
forms-told = Who gets a letter for each lead
forms-told-hint = The letter names the campaign and links the lead; it holds no personal data.
forms-embed = On another site
forms-sites = Sites that may show it in a frame
forms-sites-hint = One a line, like https://www.example.com. With none, it only has its own page.
forms-snippet = Code to paste into the site
forms-preview = How it looks
forms-preview-text = As it is saved. Open the address above to try it.
form-send = Send
form-trap = Leave this field empty
form-closed = This form is closed.
form-thanks = Thank you: we have received it.
form-check-mail = We have sent you a letter: open the link in it and confirm. If it does not arrive, look among the junk mail.
form-confirm-text = Press the button and { $company } receives what you wrote.
form-confirm = Confirm
form-gone-title = The link is no longer good
form-gone = It was used already or has expired. If you still need it, fill in the form again.
problem-form-fields = Add at least one field
problem-form-field = The field “{ $detail }” cannot be asked for in a public form
problem-form-field-twice = This field is there already
problem-form-name = Ask for the name or the company
problem-form-mail-field = For confirmation by e-mail, the e-mail must be a required field
problem-form-no-mail = There is no mail server: set one up under mail and try again
problem-form-site = “{ $detail }” is not the address of a site: write it like https://www.example.com
problem-form-closed = This form is closed: it cannot be sent any more
problem-form-quick = That was very quick: check it and send it again
problem-form-expired = The page was open for too long. What you wrote is still here: send it again
problem-form-busy = It cannot be sent right now. What you wrote is still here: try again in a while
problem-form-often = It was sent too often. What you wrote is still here: try again in { $detail } minutes.
problem-form-often-minute = It was sent too often. What you wrote is still here: try again in a minute.
problem-form-consent = To send it, you need to agree
forms-open = Open the form
