// Activities: what was done is written above a history, what is next is planned and done; with and without JavaScript.

import { views } from '../support.mjs';
import { REFUSED, claim, claimText, fill, onFreshServer, send, setUp } from '../steps.mjs';

export default async function flow(t) {
  for (const view of views) await onFreshServer(t, (fresh) => ofActivities(fresh, view));
}

const press = (page, locator) => Promise.all([page.waitForEvent('domcontentloaded'), locator.click()]);

async function ofActivities(t, view) {
  const page = await t.open(view);
  const check = (title, work, options) => t.check(`${title} · ${view.name}`, work, options);
  await setUp(page);
  let lead = '';

  await check('a call that was made is the first answer to its lead', async () => {
    await page.goto('/leads/new');
    await fill(page, { company: 'Mas Riera', name: 'Núria Riera' });
    await send(page, 'main form[action="/leads"]');
    lead = new URL(page.url()).pathname;
    await press(page, page.locator('#compose nav a', { hasText: 'Trucada' }));
    await fill(page, { subject: 'Primera trucada', text: 'Vol pressupost de la porta' });
    await press(page, page.locator('#compose button[name="how"][value="done"]'));
    await claimText(page.locator('main'), ['ha fet una trucada: Primera trucada', 'Vol pressupost de la porta', 'contactat']);
    await t.checkPage(page, `activities-lead-${view.name}`);
  });

  await check('what is planned without a day comes back as it was typed', async () => {
    await page.goto(`${lead}?compose=meeting`);
    await page.locator('#compose details.fold summary').click();
    await fill(page, { kind: 'visit', subject: 'Prendre mides', due_time: 'a les nou' });
    await press(page, page.locator('#compose button[name="how"][value="todo"]'));
    await claimText(page.locator('main'), ['Hi ha 2 problemes', 'Digueu de quin dia', 'Escriviu l’hora']);
    claim(await page.locator('[name="subject"]').inputValue() === 'Prendre mides', 'the subject is lost');
    await fill(page, { due: '2020-01-15', due_time: '9h30' });
    await press(page, page.locator('#compose button[name="how"][value="todo"]'));
    await claimText(page.locator('main'), ['Què queda per fer', 'Prendre mides', '15/01/2020 09:30', 'Vençuda']);
  }, REFUSED);

  await check('the list begins with one’s own, put together by day, and the navigation counts', async () => {
    await page.goto('/activities');
    await claimText(page.locator('main'), ['Accions', 'Vençudes', 'Prendre mides', 'Mas Riera']);
    const words = await page.locator('.nav a[href="/activities"] .sr').first().textContent();
    claim(words.includes('una acció vençuda'), `the navigation says «${words}»`);
    await t.checkPage(page, `activities-list-${view.name}`, REFUSED);
  });

  await check('the first page shows what one is to do, with whom it is about', async () => {
    await page.goto('/');
    const line = page.locator('main ul.rows li', { hasText: 'Prendre mides' });
    await claimText(line, ['Mas Riera', '15/01/2020 09:30', 'Vençuda']);
    await t.checkPage(page, `activities-home-${view.name}`);
    const activity = await line.locator('a').first().getAttribute('href');
    await line.locator('details.fold summary').click();
    await press(page, line.locator('form[action$="/done"] button'));
    claim(new URL(page.url()).pathname === '/', `it went to ${page.url()}`);
    claim(await page.locator('main ul.rows li', { hasText: 'Prendre mides' }).count() === 0, 'it is still to be done');
    await page.goto(activity);
    await press(page, page.locator('main form[action$="/reopen"] button'));
  });

  await check('it is done from the lead’s page with its outcome, and opened again', async () => {
    await page.goto(lead);
    await page.locator('main ul.rows details.fold summary').first().click();
    await page.locator('main ul.rows textarea[name="outcome"]').first().fill('Preses, falta el marc');
    await press(page, page.locator('main ul.rows form[action$="/done"] button'));
    claim(new URL(page.url()).pathname === lead, `it went to ${page.url()}`);
    await claimText(page.locator('main'), ['ha fet una visita: Prendre mides', 'Preses, falta el marc']);
    await press(page, page.locator('main ol.timeline a', { hasText: 'ha fet una visita' }).first());
    await claimText(page.locator('main'), ['Feta', 'Preses, falta el marc']);
    await t.checkPage(page, `activities-one-${view.name}`);
    await press(page, page.locator('main form[action$="/reopen"] button'));
    await claimText(page.locator('main'), ['Pendent', 'Vençuda']);
    await press(page, page.locator('main form[action$="/cancel"] button'));
    await claimText(page.locator('main'), 'Cancel·lada');
  });

  await check('a history shows one sort, and keeps its place', async () => {
    await page.goto(lead);
    await press(page, page.locator('#history nav.tabs a', { hasText: 'Trucades' }));
    const shown = await page.locator('#history ol.timeline > li').count();
    claim(shown === 1, `${shown} entries instead of the one call`);
    claim(new URL(page.url()).searchParams.get('show') === 'calls', page.url());
    await press(page, page.locator('#history nav.tabs a', { hasText: 'Correus' }));
    await claimText(page.locator('#history'), 'No n’hi ha cap d’aquest tipus');
  });
}
