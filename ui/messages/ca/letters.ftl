# El que diuen els correus
letters-hello = Hola, { $name }:
letters-test-subject = Prova de correu del Tracte de { $company }
letters-test-text = Els correus del Tracte de { $company } arriben: aquest n’és un. No cal que feu res.
letters-invitation-subject = El vostre accés al Tracte de { $company }
letters-invitation-text = Us han donat accés al Tracte de { $company }. Trieu una contrasenya aquí i ja hi sereu:
letters-password-subject = Contrasenya nova per al Tracte de { $company }
letters-new-link-text = Qui administra el Tracte de { $company } us envia un enllaç per triar una contrasenya nova:
letters-reset-text = Algú, segurament vós, ha dit al Tracte de { $company } que no recorda la contrasenya. Trieu-ne una de nova aquí:
letters-until = L’enllaç serveix una sola vegada, fins al { $moment }.
letters-unexpected = Si no esperàveu aquest correu, no obriu l’enllaç i aviseu qui administra Tracte a { $company }.
letters-not-you = Si no heu estat vós, no cal que feu res: la contrasenya no canvia.
letters-form-subject = Confirmeu el que heu enviat a { $company }
letters-form-text = Heu omplert un formulari de { $company }. Obriu aquest enllaç i premeu el botó perquè ens arribi:
letters-form-not-you = Si no heu estat vós, no cal fer res: { $company } no en desarà res.
letters-form-lead-subject = Client potencial nou: { $campaign }
letters-form-lead-text = Ha entrat un client potencial pel formulari web de la campanya «{ $campaign }»:
