// A quote from the first line to the client's yes, as whoever sells meets it; with and without JavaScript.

import { startMailServer } from '../mail-server.mjs';
import { views } from '../support.mjs';
import { REFUSED, claim, claimText, claimTyped, fill, onFreshServer, press, send, setUp } from '../steps.mjs';

export default async function flow(t) {
  for (const view of views) await onFreshServer(t, (fresh) => ofQuote(fresh, view));
}

async function ofQuote(t, view) {
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

  await check('what quotes begin with is set up', async () => {
    await page.goto('/settings/quotes');
    await fill(page, { valid_days: '0', payment_terms: '50 % a la comanda, 50 % a l’entrega', 'plan.0.subject': 'Demanar la bestreta', 'plan.0.days': 'dos' });
    await press(page, 'main .form-actions button.primary');
    await claimText(page.locator('.error-summary'), ['problem']);
    await t.checkPage(page, 'settings', REFUSED);
    await fill(page, { valid_days: '45', 'plan.0.days': '2' });
    await press(page, 'main .form-actions button.primary');
    await claimText(page.locator('main'), ['S’han desat els canvis']);
  });

  await page.goto('/products/new');
  await fill(page, { name_ca: 'Manteniment', code: 'MANT', kind: 'service', unit_price: '50', cost: '20', billing: 'monthly', tax: 'vat_standard' });
  await send(page, 'main form[action="/products"]');
  await page.goto('/companies/new');
  await fill(page, { name: 'Fusteria Puig', town: 'Olot' });
  await send(page, 'main form[action="/companies"]');
  const company = new URL(page.url()).pathname;

  await check('a quote begins from its client, with the usual terms', async () => {
    await Promise.all([page.waitForURL('**/quotes/new**'), page.locator('main a[href^="/quotes/new"]').click()]);
    claim((await page.locator('[name="payment_terms"]').inputValue()).includes('50 %'), 'the terms are there');
    claim((await page.locator('[name="company"]').inputValue()) === 'Fusteria Puig', 'the client is there');
    await fill(page, { subject: 'Cuina nova' });
    await send(page, 'main form[action="/quotes"]');
    await page.waitForURL('**/lines**');
    await t.checkPage(page, 'blank');
  });

  await check('lines are typed, put in order and worked out', async () => {
    await fill(page, { 'lines.0.text': 'Cuina de roure', 'lines.0.unit_price': '10.000', 'lines.1.product': 'MANT' });
    await press(page, 'main button[name="deed"][value="again"]:not(.sr)');
    await claimText(page.locator('#quote-sums'), ['Primer pagament', '12.160,50', 'Cada mes', '60,50']);
    await press(page, 'main button[value="add-section"]');
    await fill(page, { 'lines.2.text': 'Serveis' });
    await press(page, 'main button[value="up-2"]');
    claim((await page.locator('[name="lines.1.text"]').inputValue()) === 'Serveis', 'the section went up');
    await t.checkPage(page, 'lines');
  });

  if (view.javaScript) {
    await check('the sums follow what is typed', async () => {
      await fill(page, { 'lines.0.discount': '10' });
      await claimText(page.locator('#quote-sums'), ['10.950,50']);
      await fill(page, { 'lines.0.discount': '' });
    });
  }

  await check('mistakes are said beside their fields, and nothing typed is lost', async () => {
    await fill(page, { 'lines.0.quantity': 'dues' });
    await press(page, 'main button[value="save"]');
    await claimText(page.locator('.error-summary'), ['dues']);
    claim((await page.locator('[name="lines.0.text"]').inputValue()) === 'Cuina de roure', 'the text is lost');
    await t.checkPage(page, 'mistake', REFUSED);
    await fill(page, { 'lines.0.quantity': '1' });
    await press(page, 'main button[value="save"]');
    await claimText(page.locator('main'), ['Les línies s’han desat', 'P2026-0001', '10.000,00', 'Esborrany']);
    await t.checkPage(page, 'draft');
  });

  await check('it is sent, and has a link', async () => {
    await Promise.all([page.waitForURL('**/send'), page.locator('main a[href$="/send"]').click()]);
    await claimText(page.locator('main'), ['Fusteria Puig', 'Vàlid fins al', 'cap servidor de correu']);
    await t.checkPage(page, 'send');
    await press(page, 'main .form-actions button.primary');
    await claimText(page.locator('main'), ['El pressupost s’ha enviat', '/q/']);
    await t.checkPage(page, 'sent');
  });

  await check('another version says what has changed', async () => {
    await press(page, 'main form[action$="/new-version"] button');
    await claimText(page.locator('main'), ['P2026-0001 v2', 'Esborrany']);
    await Promise.all([page.waitForURL('**/lines'), page.locator('main a[href$="/lines"]').first().click()]);
    await fill(page, { 'lines.0.unit_price': '9.500' });
    await press(page, 'main button[value="save"]');
    await Promise.all([page.waitForURL('**/differences'), page.locator('main a[href$="/differences"]').click()]);
    await claimText(page.locator('main'), ['Cuina de roure', '10.000,00', '9.500,00']);
    await t.checkPage(page, 'differences');
    await page.goBack();
    await Promise.all([page.waitForURL('**/send'), page.locator('main a[href$="/send"]').click()]);
    await press(page, 'main .form-actions button.primary');
  });

  await check('a yes by phone is written down, once', async () => {
    await page.locator('main details.fold summary', { hasText: 'El client ha respost' }).click();
    await fill(page, { name: '' });
    await press(page, 'main button[name="answer"][value="yes"]');
    await claimText(page.locator('.error-summary'), ['problem']);
    await fill(page, { name: 'Marta Puig' });
    await press(page, 'main button[name="answer"][value="yes"]');
    await claimText(page.locator('main'), ['Acceptat', 'Signat per', 'Marta Puig']);
    await t.checkPage(page, 'accepted', REFUSED);
    await page.goto(company);
    await claimText(page.locator('main'), ['P2026-0001 v2', 'Demanar la bestreta']);
  });

  await check('a purchase is tried out before any quote, side by side', async () => {
    await page.goto(company);
    await press(page, 'main form[action="/simulations"] button');
    await page.waitForURL('**/lines');
    await fill(page, { 'lines.0.text': 'Porta de pi', 'lines.0.unit_price': '400', 'lines.1.text': 'Muntatge', 'lines.1.unit_price': '60' });
    await page.locator('main fieldset.panel').first().locator('details.fold > summary').click();
    await fill(page, { 'lines.0.alternative': 'A' });
    await press(page, 'main button[name="deed"][value="again"]:not(.sr)');
    await press(page, 'main button[value="copy-A-B"]');
    await fill(page, { 'lines.2.text': 'Porta de roure', 'lines.2.unit_price': '900' });
    await press(page, 'main button[value="save"]');
    await claimText(page.locator('main'), ['Simulació', 'Opció A', 'Opció B', '556,60', '1.161,60']);
    await t.checkPage(page, 'simulation', REFUSED);
    await press(page, 'main form[action$="/share"] button');
    const link = await page.locator('#quote-link').innerText();
    const visitor = await t.open(view);
    await visitor.goto(new URL(link).pathname);
    await claimText(visitor.locator('main'), ['Simulació', 'No és cap oferta', 'Porta de roure', '1.161,60']);
    claim(await visitor.locator('main form').count() === 0, 'a simulation cannot be accepted');
    await t.checkPage(visitor, 'shared');
    await visitor.context().close();
    await press(page, 'main form[action$="/quote"] button >> nth=1');
    await claimText(page.locator('main'), ['S’ha fet el pressupost', 'Esborrany', 'Porta de roure', '1.161,60']);
    claim(await page.locator('main', { hasText: 'Porta de pi' }).count() === 0, 'the other scenario is not part of it');
  });

  await check('a letter goes out with a message and a copy, and a yes by phone says to which option', async () => {
    const { origin } = new URL(page.url());
    await page.goto('/settings/mail');
    await fill(page, { host: 'localhost', port: String(mail.port), from_email: 'crm@exemple.cat', link_address: origin });
    await page.locator('[name="security"][value="none"]').check();
    await send(page, 'main form[action="/settings/mail"]');
    await page.goto(`/quotes/new?company=${company.split('/').pop()}`);
    await fill(page, { subject: 'Portes' });
    await send(page, 'main form[action="/quotes"]');
    await page.waitForURL('**/lines**');
    await fill(page, { 'lines.0.text': 'De pi', 'lines.0.unit_price': '400', 'lines.1.text': 'De roure', 'lines.1.unit_price': '900' });
    for (const [place, name] of [[0, 'A'], [1, 'B']]) {
      await page.locator('main fieldset.panel').nth(place).locator('details.fold > summary').click();
      await fill(page, { [`lines.${place}.alternative`]: name });
    }
    await press(page, 'main button[value="save"]');
    await Promise.all([page.waitForURL('**/send'), page.locator('main a[href$="/send"]').click()]);
    await fill(page, { email: 'marta@puig.cat', copies: 'soci', message: 'Com vam dir per telèfon.' });
    await press(page, 'main .form-actions button.primary');
    await claimText(page.locator('.error-summary'), ['soci']);
    await claimTyped(page, { email: 'marta@puig.cat', message: 'Com vam dir per telèfon.' });
    await t.checkPage(page, 'letter', REFUSED);
    await fill(page, { copies: 'soci@puig.cat' });
    await press(page, 'main .form-actions button.primary');
    const letter = await mail.next();
    claim(['Com vam dir per tel', 'Cc: soci@puig.cat', '/q/', '.pdf'].every((part) => letter.includes(part)), letter.slice(0, 2_000));
    await page.locator('main details.fold summary', { hasText: 'El client ha respost' }).click();
    await fill(page, { name: 'Marta Puig' });
    await page.locator('[name="alternative"][value="B"]').check();
    await t.checkPage(page, 'by-phone');
    await press(page, 'main button[name="answer"][value="yes"]');
    await claimText(page.locator('main'), ['Acceptat', 'Opció triada', '1.089,00']);
    claim((await mail.next()).includes('.pdf'), 'nobody is told');
  });
}
