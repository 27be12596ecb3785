// A person with several phones and companies, from both ends; cards out and in; with and without JavaScript.

import { views } from '../support.mjs';
import { claim, claimText, downloaded, fill, onFreshServer, send, setUp } from '../steps.mjs';

export default async function flow(t) {
  for (const view of views) await onFreshServer(t, (fresh) => people(fresh, view));
}

async function people(t, view) {
  const page = await t.open(view);
  const check = (title, work) => t.check(`${title} · ${view.name}`, work);
  await setUp(page);
  for (const name of ['Fusteria Puig', 'Hotel Nou']) {
    await page.goto('/companies/new');
    await fill(page, { name });
    await send(page, 'main form[action="/companies"]');
  }
  let marta = '';

  await check('rows are added, kept when something is wrong, and shown', async () => {
    await page.goto('/contacts/new');
    await fill(page, {
      given_name: 'Marta', family_name: 'Puig', company: 'Fusteria Puig', phone: '972 26 26 26',
      'phones.0.label': 'mobile', 'phones.0.number': '600 11 22 33',
    });
    await more(page, 'phones');
    await fill(page, {
      'phones.1.label': 'fax', 'phones.1.number': '12',
      'positions.0.company': 'Hotel Nou', 'positions.0.role': 'Consellera', 'positions.0.active': 'no',
      'emails.0.address': 'marta@casa.example.com',
    });
    await send(page, 'main form[action="/contacts"]');
    await claimText(page.locator('main'), 'Hi ha un problema');
    await t.checkPage(page, 'rows-again', { expected: ['422'] });
    claim(await page.locator('[name="phones.0.number"]').inputValue() === '600 11 22 33', 'the first row is lost');
    await fill(page, { 'phones.1.number': '972 26 26 27' });
    await send(page, 'main form[action="/contacts"]');
    await claimText(page.locator('main'), ['600 11 22 33', '972 26 26 27', 'marta@casa.example.com', 'Abans Consellera', 'Hotel Nou']);
    await t.checkPage(page, 'contact');
    marta = new URL(page.url()).pathname;
  });

  await check('each company lists her, the former one apart', async () => {
    await page.locator('main a', { hasText: 'Hotel Nou' }).first().click();
    await page.waitForURL('**/companies/**');
    await claimText(page.locator('main'), ['Ja no hi són', 'Marta Puig', 'Consellera']);
    await t.checkPage(page, 'company-people');
  });

  await check('her card is hers, and comes in again', async () => {
    await page.goto(marta);
    await page.locator('main .page-head details.menu summary').click();
    const card = await downloaded(page, page.locator(`main a[href="${marta}/card"]`));
    for (const part of ['FN:Marta Puig', 'TEL;TYPE=CELL:+34600112233', 'ORG:Fusteria Puig']) {
      claim(card.toUpperCase().includes(part.toUpperCase()), `«${part}» is missing in ${card}`);
    }
    await page.goto('/imports/new?entity=contact');
    await page.locator('main input[type="file"]').setInputFiles({
      name: 'mobil.vcf', mimeType: 'text/vcard',
      buffer: Buffer.from(`${card.replaceAll('Marta', 'Anna').replace(/UID:.*/, 'UID:anna')}BEGIN:VCARD\r\nFN:Tallada`),
    });
    await send(page, 'main form[action="/imports"]');
    await claimText(page.locator('main'), ['Targeta', 'Altres telèfons']);
    await t.checkPage(page, 'cards-mapping');
  });
}

/// Presses the button for one more row of a list.
async function more(page, list) {
  const count = await page.locator(`#list-${list} .row`).count();
  await page.locator(`#list-${list} button[value="more:${list}"]`).click();
  await page.locator(`#list-${list} .row`).nth(count).waitFor();
}
