// The plugin that assigns by territory: installed, configured with a mistake first, switched on, and at work.
// Needs a folder of built plugins (TRACTE_PLUGINS_AVAILABLE_DIR), as `cargo xtask test` prepares.

import { views } from '../support.mjs';
import {
  ADMINISTRATOR, REFUSED, claim, claimText, claimTyped, fill, invite, onFreshServer, send, setUp,
} from '../steps.mjs';

const GIRONA = { name: 'Marta Güell', email: 'marta@fusteria.example.com', role: 'rep' };
const WRONG = '17001 sense dos punts';
const TERRITORIES = `# Girona\n17, 080: ${GIRONA.email}\n08: ${ADMINISTRATOR.email}`;

export default async function flow(t) {
  if (!process.env.TRACTE_PLUGINS_AVAILABLE_DIR) throw new Error('TRACTE_PLUGINS_AVAILABLE_DIR is not set');
  const shown = views.filter(({ name }) => name === 'phone' || name === 'desk-no-js');
  await Promise.all(shown.map((view) => onFreshServer(t, (fresh) => assign(fresh, view))));
}

async function assign(t, view) {
  const page = await t.open(view);
  const check = (title, work) => t.check(`${title} · ${view.name}`, work);
  const look = (title, options) => t.checkPage(page, title, options);
  await setUp(page);
  await invite(page, GIRONA);
  await look('users');

  await check('the plugin that is there can be installed', async () => {
    await page.goto('/plugins');
    await look('available');
    await send(page, 'form[action="/plugins/install"]');
    if (!/\/plugins\/.+/.test(page.url())) await page.locator('main a[href^="/plugins/"]').first().click();
    await claimText(page.locator('main h1'), 'Assigna per territori');
  });
  await look('installed');

  const form = 'form:has([name="config.territories"])';
  await check('without its required setting it is refused beside the field', async () => {
    await send(page, form);
    await page.locator('[name="config.territories"][aria-invalid="true"]').waitFor();
  });
  await look('setting-missing', REFUSED);

  await check('without it, it cannot be switched on either', async () => {
    await page.reload();
    await send(page, 'form[action$="/enable"]');
    await page.locator('[name="config.territories"][aria-invalid="true"]').waitFor();
    claim(await page.locator('form[action$="/enable"]').count() === 1, 'it is switched on');
  });
  await look('not-switched-on', REFUSED);

  await check('a line that it cannot read is refused in its own words, and kept', async () => {
    await fill(page, { 'config.territories': WRONG });
    await send(page, form);
    await page.locator('[name="config.territories"][aria-invalid="true"]').waitFor();
    await claimText(page.locator('main .error').first(), WRONG);
    await claimTyped(page, { 'config.territories': WRONG });
  });
  await look('setting-wrong', REFUSED);

  await check('put right, it sends the postcode to the person of its territory and says why', async () => {
    await fill(page, { 'config.territories': TERRITORIES });
    await send(page, form);
    await send(page, 'form[action$="/enable"]');
    await newLead(page, { company: 'Segona SL', postcode: '17001' });
    await claimText(page.locator('main'), [
      `Per què ${GIRONA.name}?`, 'Ho ha decidit l’extensió Assigna per territori', 'el codi postal 17001 comença per 17',
    ]);
    await newLead(page, { company: 'Tercera SL', postcode: '08010' });
    await claimText(page.locator('main'), `Per què ${GIRONA.name}?`);
    await newLead(page, { company: 'Quarta SL', postcode: '08201' });
    await claimText(page.locator('main'), `Per què ${ADMINISTRATOR.name}?`);
  });
  await look('lead-by-territory');

  await check('a postcode of nobody goes round by turns', async () => {
    await newLead(page, { company: 'Cinquena SL', postcode: '43001' });
    await claimText(page.locator('main'), ['Li tocava per torns', 'no hi tenia res a dir']);
  });

  await check('its page lists the calls with what came of each', async () => {
    await page.goto('/plugins');
    await page.locator('main a[href^="/plugins/"]').first().click();
    const calls = page.locator('main tbody tr');
    claim(await calls.count() === 4, `${await calls.count()} calls are listed`);
  });
  await look('calls');

  await check('switched off, it is not asked', async () => {
    await send(page, 'form[action$="/disable"]');
    await newLead(page, { company: 'Sisena SL', postcode: '17001' });
    await claimText(page.locator('main'), 'Li tocava per torns');
    const text = await page.locator('main').innerText();
    claim(!text.includes('Què s’havia provat abans'), 'it was asked');
  });
  await page.context().close();
}

async function newLead(page, fields) {
  await page.goto('/leads/new');
  await fill(page, fields);
  await send(page, 'form[action="/leads"]');
  await claimText(page.locator('main h1'), fields.company);
}
