// The main job: a lead by hand, a file of leads, why whose it is, the work on it, finding it, and the report.

import path from 'node:path';

import { root, views } from '../support.mjs';
import {
  ADMINISTRATOR, REFUSED, claim, claimPath, claimProblems, claimText, claimTyped, downloaded, fill, followed,
  found, onFreshServer, send, setUp,
} from '../steps.mjs';

const SAMPLE = path.join(root, 'data/samples/leads-ca.csv');
const ROWS = 25;
// Rows of the table, counted as a spreadsheet does; see data/samples/README.md.
const BROKEN_COMPANIES = ['Sunyer Logística SL', 'Roig Audiovisuals SL', 'Guasch Oli SL'];
const GOOD_ROWS = ROWS - BROKEN_COMPANIES.length;

const WRONG = {
  name: '', company: '', tax_id: 'B65432107', phone: '93 12', email: 'joan@', postcode: '08001', town: 'Vic',
  amount: 'dos mil', source: 'web', description: 'Cal trucar-lo «aviat» & portar <mostres>',
};
const RIGHT = {
  name: 'Joan Capdevila', company: 'Capdevila Fusters SL', tax_id: 'B65432106', phone: '938 72 99 01',
  email: 'joan@capdevila.example.com', amount: '1.234,50',
};

export default async function flow(t) {
  await Promise.all(views.map((view) => onFreshServer(t, (fresh) => mainJob(fresh, view))));
}

async function mainJob(t, view) {
  const page = await t.open(view);
  const step = {
    page,
    check: (title, work) => t.check(`${title} · ${view.name}`, work),
    look: (title, options) => t.checkPage(page, title, options),
  };
  await setUp(page);
  await leadByHand(step);
  await importFile(step);
  await workOnLead(step);
  await findLeads(step);
  await readReport(step);
  await page.context().close();
}

async function leadByHand({ page, check, look }) {
  await check('the form of a lead keeps what was typed and shows all mistakes', async () => {
    await page.goto('/leads/new');
    await fill(page, WRONG);
    await send(page, 'form[action="/leads"]');
    await claimProblems(page, ['name', 'tax_id', 'phone', 'email', 'amount']);
    await claimTyped(page, WRONG);
  });
  await look('lead-mistakes', REFUSED);

  await check('put right, it becomes a lead that is somebody’s', async () => {
    await fill(page, RIGHT);
    await send(page, 'form[action="/leads"]');
    claim(/^\/leads\/[^/]+$/.test(new URL(page.url()).pathname), `at ${page.url()}`);
    await claimText(page.locator('main h1'), RIGHT.company);
    await claimText(page.locator('main'), [
      '1.234,50 €', '938 72 99 01', WRONG.description, `Per què ${ADMINISTRATOR.name}?`, 'Li tocava per torns',
    ]);
  });
  await look('lead-by-hand');
}

async function importFile({ page, check, look }) {
  await check('a form without a file says so', async () => {
    await page.goto('/imports/new');
    await send(page, 'form[action="/imports"]');
    await claimProblems(page, ['file']);
  });
  await look('import-no-file', REFUSED);

  await check('the columns of a file find their fields', async () => {
    await page.locator('input[type="file"]').setInputFiles(SAMPLE);
    await send(page, 'form[action="/imports"]');
    const targets = await page.locator('main [name^="column-"]').evaluateAll((list) => list.map((select) => select.value));
    const wanted = 'name,company,tax_id,email,phone,postcode,town,amount,source,description';
    claim(targets.join() === wanted, `columns go to ${targets}`);
    await claimText(page.locator('main'), ['25 files', 'separador ;']);
  });

  await check('how many columns are chosen is true, whether it is counted or not', async () => {
    const said = page.locator('main [data-counted]');
    await page.locator('[name="column-9"]').selectOption('');
    await claimText(said, page.view.javaScript ? '9 de 10 triades' : 'En obrir la pàgina: 10 de 10 triades');
    await page.locator('[name="column-9"]').selectOption('description');
    if (page.view.javaScript) await claimText(said, '10 de 10 triades');
  });

  await check('what a field with options gets is chosen', async () => {
    await page.locator('[name="given-field-0"]').selectOption('source');
    if (page.view.javaScript) await page.locator('select[name="given-text-0"] option[value="fair"]').waitFor({ state: 'attached' });
    await page.locator('[name="given-field-0"]').selectOption('');
    if (page.view.javaScript) await page.locator('input[name="given-text-0"]').waitFor();
  });
  await look('import-columns');

  await check('two columns for one field are refused with both still chosen', async () => {
    await page.locator('[name="column-1"]').selectOption('email');
    await send(page, 'form[action$="/mapping"]');
    await claimText(page.locator('main .notice'), 'Dues columnes');
    claim(await page.locator('[name="column-1"]').inputValue() === 'email', 'the choice is lost');
    await page.locator('[name="column-1"]').selectOption('company');
  });
  await look('import-columns-twice', REFUSED);

  await check('the dry run finds the three bad rows and saves nothing', async () => {
    // One row has the address of the lead by hand: here all of them are wanted.
    await page.locator('[name="on_double"][value="create"]').check();
    await send(page, 'form[action$="/mapping"]');
    await followed(page, page.locator('form[action$="/start"]'));
    await claimText(page.locator('main .kpis, main'), [`${GOOD_ROWS}`, 'Encara no s’ha desat res']);
    claim(await page.locator('.problems').count() === BROKEN_COMPANIES.length, 'not three rows with problems');
  });
  await look('import-checked');

  await check('the run comes to its result by itself', async () => {
    await page.locator('form[action$="/start"] button').click();
    await followed(page, page.locator('main a[href="/leads"].primary'));
    await claimText(page.locator('main'), ['Han quedat fora 3 files', '88 %']);
  });
  await look('import-result');

  await check('the failed rows come back as a file with the reason', async () => {
    const text = await downloaded(page, page.locator('a[href$="/failed-rows"]').first());
    const lines = text.replace(/^\uFEFF/, '').trim().split(/\r?\n/);
    claim(lines.length === BROKEN_COMPANIES.length + 1, `${lines.length} lines:\n${text}`);
    claim(lines[0].startsWith('Nom;Empresa;NIF;'), `the headers are ${lines[0]}`);
    BROKEN_COMPANIES.forEach((company, place) => claim(lines[place + 1].includes(company), `${company} is missing`));
    const reasons = lines.slice(1).map((line) => line.split(';').at(-1));
    const named = ['adreça de correu', 'xifra de control', 'dotze mil'];
    reasons.forEach((reason, place) => claim(reason.includes(named[place]), `${named[place]}: «${reason}»`));
  });

  await check('all good rows are leads now, the newest first', async () => {
    await page.goto('/leads');
    const count = await page.locator('main tbody tr').count();
    claim(count === GOOD_ROWS + 1, `${count} leads in the list`);
  });
  await look('leads');
}

async function workOnLead({ page, check, look }) {
  await check('a lead of the file says why it is whose it is', async () => {
    await page.getByRole('link', { name: 'Òrrius Instal·lacions SL' }).click();
    await claimText(page.locator('main'), [
      'Li tocava per torns', '3.200,00 €', '972 20 10 02', 'Va passar per l\'estand', 'en una importació',
    ]);
  });

  await check('an empty note is refused beside its field', async () => {
    await send(page, 'form[action$="/notes"]');
    await claimProblems(page, ['text']);
  });
  await look('note-mistake', REFUSED);

  await check('a note stands in the history', async () => {
    await fill(page, { text: 'Hi he parlat: vol «dues» visites <dilluns>' });
    await send(page, 'form[action$="/notes"]');
    await claimText(page.locator('.timeline'), 'Hi he parlat: vol «dues» visites <dilluns>');
  });

  await check('the next status is one press away', async () => {
    await send(page, 'form[action$="/status"]:has([value="contacted"])');
    await claimText(page.locator('.key-facts'), 'contactat');
    await claimText(page.locator('.notice'), 'S’ha canviat l’estat');
    if (page.view.javaScript) claim(!page.url().includes('notice='), 'a reload would say it again');
    await claimText(page.locator('.timeline'), 'contactat');
  });

  await check('discarding asks why', async () => {
    await page.locator('details.fold summary', { hasText: 'Descarta' }).click();
    const form = 'details.fold form:has([name="reason"])';
    await send(page, form);
    await claimProblems(page, ['reason']);
    await fill(page, { reason_note: 'Ja té proveïdor' });
    await send(page, form);
    await claimText(page.locator('main'), ['S’ha descartat: Ja té proveïdor', 'Reobre’l com a']);
  });
  await look('lead-discarded', REFUSED);

  await check('a lead is edited, and the page says what has changed', async () => {
    await page.locator('main a[href$="/edit"]').click();
    await fill(page, { amount: '3.500,25', town: 'Salt' });
    await send(page, 'main form.form');
    await claimText(page.locator('.key-facts'), '3.500,25 €');
    await claimText(page.locator('.timeline'), ['3.200,00 €', '3.500,25 €', 'Salt']);
  });
  await look('lead-edited');
}

async function findLeads({ page, check, look }) {
  const searches = [
    ['orrius instal', 'Òrrius Instal·lacions SL', 'accents left out'],
    ['installacions', 'Òrrius Instal·lacions SL', 'l·l as ll'],
    ['gualla', 'Gual·la Disseny SCP', 'another l·l'],
    ['972 201 002', 'Òrrius Instal·lacions SL', 'a phone in other groups'],
    ['montse.vila@example.com', 'Fusteria Vilà SL', 'an e-mail'],
    ['A17004565', 'Hotel Pujol SA', 'a NIF'],
    ['estand', 'Òrrius Instal·lacions SL', 'a word of the notes'],
  ];
  for (const [query, company, what] of searches) {
    await check(`search finds ${what}`, async () => {
      await found(page, query, company);
    });
  }
  await look('search');

  await check('the box of the page searches too', async () => {
    await page.locator('#search-box').fill('bellmunt');
    if (page.view.javaScript) await page.locator('.suggestions li', { hasText: 'Cellers Bellmunt SA' }).waitFor();
    await page.locator('#search-box').press('Enter');
    await page.waitForURL('**/search?q=bellmunt');
    await claimText(page.locator('#search-results'), 'Cellers Bellmunt SA');
  });

  await check('nothing found is said, with a way on', async () => {
    await page.goto('/search?q=zzyzx');
    claim(await page.locator('#search-results a[href="/leads"]').count() === 1, 'no way on');
  });
  await look('search-nothing');
}

async function readReport({ page, check, look }) {
  await check('the report counts every lead of the month', async () => {
    await page.goto('/reports');
    claimPath(page, '/reports/leads-by-month');
    await claimText(page.locator('main'), `${GOOD_ROWS + 1}`);
    claim(await page.locator('main svg[role="img"], main figure svg').count() > 0, 'no chart');
  });
  await look('report');

  await check('the report by owner names the owner', async () => {
    await page.goto('/reports/leads-by-month?by=owner');
    await claimText(page.locator('main'), ADMINISTRATOR.name);
  });
  await look('report-by-owner');

  await check('the export holds the same figures', async () => {
    const menu = page.locator('main details.menu', { has: page.locator('a[href*="csv"]') });
    await menu.locator('summary').click();
    const text = await downloaded(page, menu.locator('a[href*="csv"]'));
    claim(text.includes(ADMINISTRATOR.name), `no owner in\n${text}`);
    claim(text.split(/\r?\n/).some((line) => line.split(/[;,]/).includes(String(GOOD_ROWS + 1))), `no total in\n${text}`);
  });

  await check('the list of leads is exported with every lead', async () => {
    await page.goto('/leads');
    const menu = page.locator('main details.menu', { has: page.locator('a[href*="csv"]') });
    await menu.locator('summary').click();
    const text = await downloaded(page, menu.locator('a[href*="csv"]'));
    claim(text.includes('Òrrius Instal·lacions SL') && text.includes('3500,25'), `not in\n${text.slice(0, 900)}`);
  });
}

