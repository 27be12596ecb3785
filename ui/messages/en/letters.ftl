# What letters say
letters-hello = Hello, { $name },
letters-test-subject = Test letter from { $company }’s Tracte
letters-test-text = Letters from { $company }’s Tracte arrive: this is one of them. There is nothing to do.
letters-invitation-subject = Your access to { $company }’s Tracte
letters-invitation-text = You were given access to { $company }’s Tracte. Choose a password here and you are in:
letters-password-subject = A new password for { $company }’s Tracte
letters-new-link-text = Whoever runs { $company }’s Tracte sends you a link for choosing a new password:
letters-reset-text = Somebody, probably you, said at { $company }’s Tracte that they had forgotten the password. Choose a new one here:
letters-until = The link is good for once, until { $moment }.
letters-unexpected = If you did not expect this letter, do not open the link and tell whoever runs Tracte at { $company }.
letters-not-you = If it was not you, there is nothing to do: your password stays as it is.
letters-form-subject = Confirm what you sent to { $company }
letters-form-text = You filled in a form of { $company }. Open this link and press the button so that it reaches us:
letters-form-not-you = If it was not you, there is nothing to do: { $company } keeps nothing of it.
letters-form-lead-subject = New lead: { $campaign }
letters-form-lead-text = A lead came in by the web form of the campaign “{ $campaign }”:
