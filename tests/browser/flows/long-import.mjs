// A file that takes a while: the page follows the work, by itself or when asked without JavaScript, and can stop it.

import { views } from '../support.mjs';
import { claim, claimText, followed, onFreshServer, send, setUp } from '../steps.mjs';

const ROWS = 4_000;

export default async function flow(t) {
  const shown = views.filter(({ name }) => name === 'phone-no-js' || name === 'desk');
  await Promise.all(shown.map((view) => onFreshServer(t, (fresh) => follow(fresh, view))));
}

async function follow(t, view) {
  const page = await t.open(view);
  const check = (title, work) => t.check(`${title} · ${view.name}`, work);
  // `location` would be told of a reload as well; what is counted is how often the page asked.
  let asked = 0;
  page.on('request', (request) => { if (/\/imports\/[^/]+(\/progress)?$/.test(new URL(request.url()).pathname)) asked += 1; });
  await setUp(page);

  await check('the dry run is followed to its end', async () => {
    await upload(page, 'llarg.csv');
    await send(page, 'form[action$="/mapping"]');
    await followed(page, page.locator('form[action$="/start"]'));
    await claimText(page.locator('main'), ['4.000', 'Totes les files són correctes']);
  });

  await check('the run shows how far it is, and its result at the end', async () => {
    asked = 0;
    await page.locator('form[action$="/start"] button').click();
    const bar = page.locator('#import-progress progress');
    const result = page.locator('main a[href="/leads"].primary');
    await bar.or(result).first().waitFor();
    if (await bar.count() > 0) await t.checkPage(page, 'running');
    await followed(page, result);
    claim(asked > 1, 'the page was never asked for again');
    await claimText(page.locator('main'), 'Han entrat totes les files');
  });
  await t.checkPage(page, 'done');

  await check('a run that is stopped keeps what has gone in and says so', async () => {
    await upload(page, 'aturat.csv');
    await send(page, 'form[action$="/mapping"]');
    await followed(page, page.locator('form[action$="/start"]'));
    await page.locator('form[action$="/start"] button').click();
    await page.locator('form[action$="/cancel"] button').click();
    await followed(page, page.locator('main a[href="/imports/new"]'));
    await claimText(page.locator('main .notice'), 'La importació s’ha');
    claim(await page.locator('main .notice').count() === 1, 'it is said more than once');
  });
  await t.checkPage(page, 'stopped');

  await check('the list of imports holds both with their counts', async () => {
    await page.goto('/imports');
    await claimText(page.locator('main tbody'), ['llarg.csv', 'aturat.csv', 'cancel·lada', '4.000']);
  });
  await t.checkPage(page, 'list');
  await page.context().close();
}

async function upload(page, name) {
  const lines = Array.from({ length: ROWS }, (_, row) => `Client ${row};client${row}@${name}.example.com;08${String(row % 999).padStart(3, '0')}`);
  await page.goto('/imports/new');
  await page.locator('input[type="file"]').setInputFiles({
    name, mimeType: 'text/csv', buffer: Buffer.from(['Empresa;Correu electrònic;Codi postal', ...lines].join('\n')),
  });
  await send(page, 'form[action="/imports"]');
}
