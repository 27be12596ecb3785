// A web form from its making to the lead it makes: the editor, the public page with mistakes and without, and the lead
// with its consent. On a phone and a desk, with and without JavaScript.

import { startMailServer } from '../mail-server.mjs';
import { REFUSED, claim, claimText, fill, onFreshServer, send, setUp } from '../steps.mjs';
import { views } from '../support.mjs';

export default async function flow(t) {
  for (const view of views) await onFreshServer(t, (fresh) => ofForms(fresh, view));
}

async function pressed(page, selector) {
  await Promise.all([page.waitForEvent('domcontentloaded'), page.locator(selector).first().click()]);
}

async function ofForms(t, view) {
  const mail = await startMailServer();
  try {
    await withMail(t, view, mail);
  } finally {
    mail.stop();
  }
}

async function withMail(t, view, mail) {
  const page = await t.open(view);
  const check = (title, work, options) => t.check(`${title} · ${view.name}`, work, options);
  await setUp(page);

  await check('a form that lacks something comes back with all of it', async () => {
    await page.goto('/settings/forms/new');
    await fill(page, { label_ca: 'Fira', title_ca: 'Visiteu-nos', intro_ca: 'Us trucarem.', purpose: 'marketing_email' });
    await pressed(page, 'main .form-actions button[type="submit"]');
    claim(await page.locator('main [aria-invalid="true"]').count() > 0, 'a form without a campaign was kept');
    claim(await page.locator('main [name="label_ca"]').inputValue() === 'Fira', 'the name is lost');
  }, REFUSED);
  await t.checkPage(page, 'web-form-problems', REFUSED);

  await check('there is room for the words that visitors read', async () => {
    await page.locator('main details.full > summary').first().click();
    const { width } = await page.locator('[name="fields.0.hint_ca"]').boundingBox();
    claim(width > 200, `${width} px for a hint`);
  });

  await check('it is kept and has its own page', async () => {
    await fill(page, { campaign: 'Fira 2026', consent_ca: 'Vull rebre novetats per correu.' });
    await pressed(page, 'main .form-actions button[type="submit"]');
    await claimText(page.locator('main'), ['/f/fira', 'Com es veu']);
  });
  await t.checkPage(page, 'web-form');

  const visitor = await t.open(view);
  await check('a visitor’s mistakes are said at once, and nothing typed is lost', async () => {
    await visitor.goto('/f/fira');
    await fill(visitor, { email: 'marta', phone: '12' });
    await visitor.waitForTimeout(2_500);
    await send(visitor, 'main form');
    claim(await visitor.locator('main [aria-invalid="true"]').count() === 3, 'not every mistake is said');
    claim(await visitor.locator('main [name="email"]').inputValue() === 'marta', 'what was typed is lost');
  }, REFUSED);
  await t.checkPage(visitor, 'visitor-form-problems', REFUSED);

  await check('what a visitor sends becomes a lead with its consent', async () => {
    await fill(visitor, { name: 'Marta Soler', email: 'marta@exemple.cat', phone: '' });
    await visitor.locator('main [name="consent"]').check();
    await send(visitor, 'main form');
    await claimText(visitor.locator('main'), ['ho hem rebut']);
  });
  await t.checkPage(visitor, 'visitor-form-thanks');

  await check('a form that asks for confirmation makes its lead only after the letter', async () => {
    await page.goto('/settings/mail');
    const { origin } = new URL(page.url());
    await fill(page, { host: 'localhost', port: String(mail.port), from_email: 'crm@exemple.cat', link_address: origin });
    await page.locator('[name="security"][value="none"]').check();
    await send(page, 'form[action="/settings/mail"]');
    await page.goto('/settings/forms/fira');
    await page.locator('main [name="confirmed"]').check();
    await pressed(page, 'main .form-actions button[type="submit"]');
    await visitor.goto('/f/fira');
    await fill(visitor, { name: 'Pol Vila', email: 'pol@exemple.cat' });
    await visitor.waitForTimeout(2_500);
    await send(visitor, 'main form');
    await claimText(visitor.locator('main'), ['Us hem enviat un correu']);
  });
  await t.checkPage(visitor, 'visitor-form-check-mail');

  await check('what waits is found by data protection, and the link makes the lead once', async () => {
    const link = /https?:\/\/\S+\/form-confirmation\/\S+/.exec(await mail.next())[0];
    await page.goto('/privacy?q=pol@exemple.cat');
    await claimText(page.locator('main'), ['Pol Vila', 'no confirmat']);
    await visitor.goto(link);
    await t.checkPage(visitor, 'visitor-form-confirm');
    await send(visitor, 'main form');
    await claimText(visitor.locator('main'), ['ho hem rebut']);
    await page.goto('/leads?q=');
    await claimText(page.locator('main'), ['Pol Vila']);
    await page.goto('/privacy?q=pol@exemple.cat');
    claim(await page.locator('form[action^="/privacy/unconfirmed/"]').count() === 0, 'it waits still');
  });
  await t.checkPage(page, 'privacy-confirmed');

  await check('its leads are found from its page', async () => {
    await page.goto('/settings/forms/fira');
    await pressed(page, 'main a[href^="/leads?filter="]');
    await pressed(page, 'main a:has-text("Marta Soler")');
    await claimText(page.locator('main'), ['Fira 2026', 'Vull rebre novetats per correu.', 'formulari web']);
  });
}
