// Price books: set up, prices added, what somebody would pay, a change of many after a look, a list in and out, and a bundle;
// with and without JavaScript.

import { views } from '../support.mjs';
import { REFUSED, claim, claimText, fill, onFreshServer, press, send, setUp } from '../steps.mjs';

export default async function flow(t) {
  for (const view of views) await onFreshServer(t, (fresh) => ofPrices(fresh, view));
}

const BOOK = '/price-books/majoristes';
const main = (page) => page.locator('main');

async function product(page, fields) {
  await page.goto('/products/new');
  await fill(page, { tax: 'vat_standard', ...fields });
  await send(page, 'main form[action="/products"]');
}

/// Opens a part of the page that is closed until somebody wants it.
async function unfold(page, id) {
  const details = page.locator(`#${id}`);
  if (!await details.evaluate((element) => element.open)) await details.locator('summary').first().click();
}

async function ofPrices(t, view) {
  const page = await t.open(view);
  const check = (title, work, options) => t.check(`${title} · ${view.name}`, work, options);
  await setUp(page);

  await check('a price book is set up, and the list of products leads to it', async () => {
    await product(page, { code: 'PORTA', name_ca: 'Porta de roure', unit_price: '720' });
    await product(page, { code: 'CARGOL', name_ca: 'Cargols', unit_price: '1,25' });
    await page.goto('/settings/price-books/new');
    await fill(page, { label_ca: 'Majoristes', from: '2030-02-01', until: '2030-01-01' });
    await press(page, 'main .form-actions button[value="save"]');
    await claimText(page.locator('.error-summary'), ['L’últim dia és abans del primer']);
    await fill(page, { from: '', until: '' });
    await press(page, 'main .form-actions button[value="save"]');
    await page.goto('/products');
    await press(page, 'main a[href="/price-books"]');
    await claimText(main(page), ['Majoristes', 'EUR', 'Sempre']);
    await t.checkPage(page, 'books', REFUSED);
  }, REFUSED);

  await check('prices are added; what is wrong is said beside the field', async () => {
    await page.goto(BOOK);
    await t.checkPage(page, 'none');
    await fill(page, { product: 'cap', from_quantity: '0,5x', unit_price: '' });
    await press(page, '#add form button.primary');
    await claimText(page.locator('.error-summary'), ['No s’ha trobat «cap»']);
    await t.checkPage(page, 'refused', REFUSED);
    await fill(page, { product: 'PORTA', from_quantity: '1', unit_price: '680' });
    await press(page, '#add form button.primary');
    await unfold(page, 'add');
    await fill(page, { product: 'PORTA', from_quantity: '10', unit_price: '612,5' });
    await press(page, '#add form button.primary');
    await claimText(main(page), ['Porta de roure', '612,50', '−14,9']);
    await t.checkPage(page, 'prices');
  }, REFUSED);

  await check('the tester says what a company would pay and why', async () => {
    await page.goto('/companies/new');
    await fill(page, { name: 'Hotel Nou', price_book: 'majoristes' });
    await send(page, 'main form[action="/companies"]');
    await page.goto(BOOK);
    await unfold(page, 'test');
    await fill(page, { test_company: 'Hotel Nou', test_product: 'PORTA', test_quantity: '12' });
    await press(page, '#test form button.primary');
    await claimText(page.locator('#test'), ['612,50', 'Preu de la tarifa Majoristes, des de 10.', 'Val aquest']);
    await t.checkPage(page, 'tested');
  });

  await check('many prices change after a look', async () => {
    await page.goto(`${BOOK}/change`);
    await fill(page, { percent: '3', rounding: 'whole' });
    await press(page, 'main form[method="get"] button.primary');
    await claimText(main(page), ['Canviarien 2 preus de 2', '680,00', '700,00']);
    await t.checkPage(page, 'looked');
    await press(page, 'main form[method="post"] button.primary');
    await claimText(main(page), ['S’han canviat 2 preus']);
    await t.checkPage(page, 'changed');
    await page.goto(BOOK);
    await claimText(main(page), ['700,00', '631,00']);
  });

  await check('a list is checked before it goes in', async () => {
    await page.goto(`${BOOK}/import`);
    const text = 'Codi;Nom;Des de quantitat;Preu;Fins al\r\nCARGOL;Cargols;100;0,875;\r\nRES;;1;1;\r\nPORTA;;5;1;1/1/2020\r\n';
    await page.locator('input[type="file"]').setInputFiles({ name: 'preus.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await press(page, 'main form button.primary');
    await claimText(main(page), ['Encara no s’ha desat res', 'No hi ha cap producte amb el codi «RES»', 'aquest dia és passat']);
    await t.checkPage(page, 'checked');
    await press(page, 'main form[method="post"] button.primary');
    await claimText(main(page), ['Importació feta']);
    await page.goto(BOOK);
    await claimText(main(page), ['Cargols', '0,875']);
  });

  await check('a bundle shows its components beside its own price', async () => {
    await page.goto('/products/new');
    await fill(page, {
      name_ca: 'Porta muntada', kind: 'bundle', unit_price: '725', tax: 'vat_standard',
      'components.0.product': 'PORTA', 'components.0.quantity': '1',
    });
    await press(page, '#list-components button[value="more:components"]').catch(() => {});
    await page.locator('[name="components.1.product"]').waitFor();
    await fill(page, { 'components.1.product': 'CARGOL', 'components.1.quantity': '12' });
    await send(page, 'main form[action="/products"]');
    await claimText(main(page), ['Què hi ha al lot', '12 × Cargols', 'Per separat', '735,00', 'Preu del lot', '725,00']);
    await t.checkPage(page, 'bundle');
  });

  await check('a product that has prices is not deleted', async () => {
    await page.goto('/products');
    await press(page, 'main table a:has-text("Cargols")');
    await claimText(main(page), ['Preus a les tarifes', 'Majoristes', 'Des de 100']);
    await t.checkPage(page, 'product');
    await page.goto(`${new URL(page.url()).pathname}/delete`);
    await claimText(main(page), ['No es pot suprimir', 'Preus: 1', 'Arxiva']);
    claim(await page.locator('main button.danger').count() === 0, 'it can be deleted all the same');
  });
}
