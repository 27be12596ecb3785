# The second factor
second-title = Second factor
second-intro = Besides the password, a code from an app on your phone is asked for when you sign in. Whoever found out your password could not get in.
second-open = Manage the second factor
second-on = on
second-off = off
second-off-text = You need an authenticator app: Aegis, 2FAS, Google Authenticator, your password manager…
second-begin = Set it up
second-missing = Your company asks for a second factor. Set it up to go on.
second-scan = Connect the app
second-scan-text = Scan this code with the app.
second-qr = QR code for the authenticator app
second-type-text = If you cannot scan it, type this key into the app:
second-first-code-hint = The six digits that the app shows now.
second-confirm = Check and switch on
second-recovery-left =
    { $count ->
        [0] You have no recovery codes left. If you lose your phone, ask whoever runs Tracte to take the second factor away.
        [one] You have { $count } recovery code left.
       *[other] You have { $count } recovery codes left.
    }
second-off-hint = For new codes or another phone, switch it off and set it up again.
second-off-submit = Switch off
second-recovery-title = Recovery codes
second-recovery-once = The codes are shown only now.
second-recovery-text = Keep them away from your phone. If you lose it, each is good for signing in once.
second-recovery-kept = I have them
second-code-title = Code of the second factor
second-code-text = Open your authenticator app and type the code it shows.
second-code = Code
second-code-hint = Six digits, or a recovery code.
second-code-back = Start again
second-rule-title = Signing in
second-rule-intro = What people of the company are asked for when they sign in.
second-rule-settings-text = Who has to have a second factor.
second-rule = Second factor required
second-rule-hint = Whoever has none sets it up the next time they open a page.
second-rule-nobody = For nobody: whoever wants to
second-rule-administrators = For administrators
second-rule-everybody = For everybody
second-remove = Take the second factor away
second-remove-hint = If they lost their phone and their recovery codes. Their sessions end.
second-notice-over = Type your password again: there were too many wrong codes, or it took too long
second-notice-off = The second factor is off
second-notice-removed = They have no second factor any more
problem-code-wrong = The code is wrong or was used already. Wait until the app shows a new one.
problem-code-blocked = There were too many wrong codes. Try again in { $detail } min.
