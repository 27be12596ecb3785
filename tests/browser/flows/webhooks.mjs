// A webhook from its making to its end: a form with mistakes, the secret shown once, a test, an event with its delivery, one
// that fails and is sent again, another secret. On a phone and a desk, with and without JavaScript.

import { REFUSED, claim, claimText, fill, onFreshServer, press, send, setUp } from '../steps.mjs';
import { views } from '../support.mjs';
import { signedWith, startReceiver } from '../webhook-receiver.mjs';

export default async function flow(t) {
  for (const view of views) {
    const receiver = await startReceiver();
    try {
      await onFreshServer(t, (fresh) => ofWebhooks(fresh, view, receiver), { settings: { TRACTE_WEBHOOKS_ALLOW_PRIVATE: 'true' } });
    } finally {
      receiver.stop();
    }
  }
}

async function ofWebhooks(t, view, receiver) {
  const page = await t.open(view);
  const check = (title, work, options) => t.check(`${title} · ${view.name}`, work, options);
  await setUp(page);

  await check('the settings lead there, and nobody is told yet', async () => {
    await page.goto('/settings');
    await press(page, 'main .hub a[href="/settings/webhooks"]');
    await claimText(page.locator('main'), 'Encara no s’avisa ningú');
  });
  await t.checkPage(page, 'none');

  await check('a form with mistakes comes back whole', async () => {
    await press(page, 'main a[href="/settings/webhooks/new"]');
    await fill(page, { name: '', url: 'comptes' });
    await send(page, 'main form.form');
    await claimText(page.locator('.error-summary'), ['3 problemes']);
    claim(await page.locator('main [name="url"]').inputValue() === 'comptes', 'the address is lost');
  }, REFUSED);
  await t.checkPage(page, 'problems', REFUSED);

  let secret = await check('it is made, and its secret is shown once', async () => {
    await fill(page, { name: 'Comptabilitat', url: receiver.url });
    await page.locator('main [value="lead.created"]').check();
    await page.locator('main [value="quote.*"]').check();
    await send(page, 'main form.form');
    await claimText(page.locator('main'), 'Copieu-lo ara.');
    return page.locator('#webhook-secret').innerText();
  });
  await t.checkPage(page, 'secret');

  await check('a test arrives, signed, and the answer is shown', async () => {
    await press(page, 'main a:has-text("Ja l’he desat")');
    claim(!(await page.content()).includes(secret), 'the secret is shown again');
    await press(page, 'form[action$="/test"] button');
    const post = await receiver.next();
    claim(signedWith(post, secret).join() === 'true', 'the signature is wrong');
    await claimText(page.locator('main'), ['Ha arribat', 'HTTP 200', 'D’acord', 'webhook.test']);
  });
  await t.checkPage(page, 'test');

  await check('a lead that is made is told of; a refusal waits for its next attempt', async () => {
    receiver.answer(503, 'Estem de còpies');
    await page.goto('/leads/new');
    await fill(page, { company: 'Fusteria Puig' });
    await send(page, 'main form.form');
    const post = await receiver.next();
    claim(JSON.parse(post.body).data.record.company === 'Fusteria Puig', post.body);
    await until(page, '/settings/webhooks', ['falla des del']);
    await press(page, 'main th a');
    await claimText(page.locator('main'), ['pendent', 'HTTP 503', '2 lliuraments']);
  });
  await t.checkPage(page, 'log');

  await check('it is sent again by hand', async () => {
    await press(page, 'main tbody th a');
    await claimText(page.locator('main'), ['lead.created', 'Estem de còpies', 'És el que es va enviar']);
    receiver.answer(200, 'Rebut');
    await press(page, 'form[action$="/resend"] button');
    await receiver.next();
    await claimText(page.locator('main'), ['Ha arribat', 'lliurat', 'Rebut', '2 intents']);
  });
  await t.checkPage(page, 'delivery');

  await check('another secret, and for a day both are good', async () => {
    await press(page, 'main p > a.btn.quiet');
    await page.locator('main summary', { hasText: 'Fes un secret nou' }).click();
    await press(page, 'form[action$="/rotate"] button');
    const former = secret;
    secret = await page.locator('#webhook-secret').innerText();
    await press(page, 'main a:has-text("Ja l’he desat")');
    await claimText(page.locator('main'), 'El secret d’abans també signa');
    await press(page, 'form[action$="/test"] button');
    const post = await receiver.next();
    claim(signedWith(post, secret).join() === 'true,false', 'the new secret signs first');
    claim(signedWith(post, former).join() === 'false,true', 'the old secret signs, too');
  });

  await check('it is changed, switched off and deleted', async () => {
    await press(page, 'main p > a.btn.quiet');
    await press(page, 'main a:has-text("Edita")');
    await fill(page, { name: 'Factures' });
    await send(page, 'main form.form');
    await claimText(page.locator('main h1'), 'Factures');
    await press(page, 'form[action$="/switch"] button');
    await claimText(page.locator('main'), ['apagat', 'Engega']);
    await page.goto('/settings/webhooks');
    await t.checkPage(page, 'list');
    await press(page, 'main th a');
    await page.locator('main summary', { hasText: 'Suprimeix' }).click();
    await press(page, 'form[action$="/delete"] button');
    await claimText(page.locator('main'), ['Webhook suprimit', 'Encara no s’avisa ningú']);
  });
  await check('the audit log tells it without secrets', async () => {
    await page.goto('/audit?kind=webhook');
    await claimText(page.locator('main'), ['Webhook', 'Factures', 's’ha canviat; el valor no es mostra']);
    claim(!(await page.content()).includes('whsec_'), 'a secret is in the log');
  });
  await page.context().close();
}

const SHOWN_MS = 10_000;

/// Opens a page again until it says all of this: deliveries go by themselves.
async function until(page, path, parts) {
  const giveUp = Date.now() + SHOWN_MS;
  for (;;) {
    await page.goto(path);
    const text = (await page.locator('main').innerText()).replace(/\s+/g, ' ');
    if (parts.every((part) => text.includes(part))) return;
    claim(Date.now() < giveUp, `«${parts.join('», «')}» is missing in «${text.slice(0, 400)}»`);
    await page.waitForTimeout(100);
  }
}
