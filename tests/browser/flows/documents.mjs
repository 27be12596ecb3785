// Documents: files are brought to a record from its history, renewed, fetched and deleted; with and without JavaScript.

import { views } from '../support.mjs';
import { REFUSED, claim, claimText, fill, onFreshServer, send, setUp } from '../steps.mjs';

export default async function flow(t) {
  for (const view of views) await onFreshServer(t, (fresh) => ofDocuments(fresh, view));
}

const press = (page, locator) => Promise.all([page.waitForEvent('domcontentloaded'), locator.click()]);
const file = (name, text) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) });

async function ofDocuments(t, view) {
  const page = await t.open(view);
  const check = (title, work) => t.check(`${title} · ${view.name}`, work);
  await setUp(page);
  let lead = '';

  await check('two files are brought to a lead', async () => {
    await page.goto('/leads/new');
    await fill(page, { company: 'Mas Riera', name: 'Núria Riera' });
    await send(page, 'main form[action="/leads"]');
    lead = new URL(page.url()).pathname;
    await press(page, page.locator('#compose nav a', { hasText: 'Fitxer' }));
    await page.locator('#compose input[type="file"]').setInputFiles([
      file('plànol.txt', 'la cuina'),
      file('contracte.pdf', '%PDF-1.7 contracte'),
    ]);
    await press(page, page.locator('#compose form button[type="submit"]'));
    await claimText(page.locator('main'), ['ha afegit el document «plànol»', 'ha afegit el document «contracte»']);
    await t.checkPage(page, `documents-lead-${view.name}`);
  });

  await check('what is no document says why, and the form stays', async () => {
    await page.goto(`${lead}?compose=file`);
    await fill(page, { title: 'Oferta' });
    await page.locator('#compose input[type="file"]').setInputFiles(file('oferta.pdf', '<html></html>'));
    await press(page, page.locator('#compose form button[type="submit"]'));
    await claimText(page.locator('main'), '«oferta.pdf» és una pàgina web');
    claim(await page.locator('#compose [name="title"]').inputValue() === 'Oferta', 'the title is lost');
  });

  await check('the history shows files alone, and leads to the document', async () => {
    await page.goto(`${lead}?show=files`);
    const shown = await page.locator('#history ol.timeline > li').count();
    claim(shown === 2, `${shown} entries instead of two files`);
    await press(page, page.locator('#history ol.timeline a', { hasText: 'contracte' }));
    claim(new URL(page.url()).pathname.startsWith('/documents/'), page.url());
    await claimText(page.locator('main'), ['Versions', 'contracte.pdf', 'Mas Riera']);
  });

  await check('a new version stands above the former one', async () => {
    await page.locator('main details.fold summary', { hasText: 'Versió nova' }).click();
    await page.locator('main input[type="file"]').setInputFiles(file('contracte-2.pdf', '%PDF-1.7 preus nous'));
    await fill(page, { note: 'Preus nous' });
    await press(page, page.locator('main form[action$="/versions"] button'));
    await claimText(page.locator('main'), ['contracte-2.pdf', 'contracte.pdf', 'Preus nous']);
    await t.checkPage(page, `documents-one-${view.name}`, REFUSED);
  });

  await check('the list has them, and one is deleted', async () => {
    const own = new URL(page.url()).pathname;
    await page.goto('/documents');
    await claimText(page.locator('main'), ['Documents', 'plànol', 'contracte']);
    await t.checkPage(page, `documents-list-${view.name}`);
    await page.goto(`${own}/delete`);
    await press(page, page.locator('main form[action$="/delete"] button[type="submit"], main form[action$="/delete"] button').first());
    await page.goto(lead);
    await claimText(page.locator('main'), 'ha suprimit el document «contracte»');
  });
}
