# Errors
errors-home = Go to the home page
errors-request = Code for support:
errors-forbidden = You are not allowed to do this
errors-forbidden-text = Your role does not allow it. Whoever runs Tracte at your company can give you permission.
errors-forbidden-who = Your role does not allow it. Permission can be given by { $names }.
errors-not-found = This page was not found
errors-not-found-text = The address may be wrong, or what you are looking for was deleted or is not for you. Try the search box.
errors-too-large = What you sent is too large
errors-too-large-text = The maximum is { $maximum }. Nothing was saved. Split the file or remove what is not needed.
errors-unprocessable = The request was not understood
errors-unprocessable-text = Nothing was saved. Go back, check the form and send it again.
errors-too-many = Too many requests
errors-too-many-text =
    { $count ->
        [one] Wait { $count } second and try again.
       *[other] Wait { $count } seconds and try again.
    }
errors-unavailable = Busy right now
errors-unavailable-text = There is a lot of work or the program is starting. Nothing was saved. Try again in a moment.
errors-internal = Something went wrong on our side
errors-internal-text = Your last action may not have been saved: check before you repeat it. If it happens again, give this code to whoever runs Tracte.
errors-conflict = “{ $title }” changed while you were editing it
errors-conflict-text = { $who } saved changes { $when }. Choose the value you want for each field; nothing you typed is lost.
errors-conflict-table = Values that differ
errors-conflict-field = Field
errors-conflict-mine = Yours
errors-conflict-saved = Saved
errors-conflict-save = Save the chosen values
errors-conflict-discard = Discard my changes
# Paper
paper-made = Made with Tracte on { $when }
problem-template = The template for printing has a mistake: { $detail }. Mend the file in the data folder, or take it away to print with the one that comes with Tracte.
errors-again = Try again
errors-unavailable-read = There is too much work at the moment to show this page. Try again in a moment.
