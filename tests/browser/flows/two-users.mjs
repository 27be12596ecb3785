// Several people at once: each sees what is theirs everywhere, and two who edit the same lead lose nothing.

import { takeFaults, views } from '../support.mjs';
import {
  ADMINISTRATOR, REFUSED, claim, claimPath, claimText, claimTyped, downloaded, fill, found, invite, onFreshServer,
  send, setUp, signIn,
} from '../steps.mjs';

const PASSWORD = 'cada dia surt el sol';
const REP = { name: 'Bru Casals', email: 'bru@fusteria.example.com', role: 'rep', password: PASSWORD };
const MANAGER = { name: 'Aina Serra', email: 'aina@fusteria.example.com', role: 'manager', password: PASSWORD };
const OURS = 'Cellers del Mas SL';
const THEIRS = 'Cellers del Pla SL';

export default async function flow(t) {
  await onFreshServer(t, together);
}

async function together(t) {
  const chief = await t.open(views[2]);
  await setUp(chief);
  await t.check('people are invited, and mistakes are told', () => invitations(chief));
  const leads = await t.check('leads are given to one and to another', async () => ({
    theirs: await leadOf(chief, THEIRS, ADMINISTRATOR.name),
    ours: await leadOf(chief, OURS, REP.name),
  }));

  for (const view of [views[0], views[3]]) await ownLeadsOnly(t, view, leads);
  await wholeTeam(t, leads);
  await sameLeadTwice(t, chief, leads.ours);
}

async function invitations(page) {
  await invite(page, { ...REP, email: 'bru', refused: ['email'] });
  claim(takeFaults(page, REFUSED.expected).length === 0, 'errors in the console');
  await invite(page, REP);
  await invite(page, MANAGER);
  await page.goto('/users');
  await claimText(page.locator('main'), [REP.name, MANAGER.name, ADMINISTRATOR.name]);
}

async function leadOf(page, company, owner) {
  await page.goto('/leads/new');
  await fill(page, { company, town: 'Falset', amount: '1.000' });
  await send(page, 'form[action="/leads"]');
  await page.locator('details.fold summary', { hasText: 'Assigna' }).click();
  await page.locator('select[name="owner"]').selectOption({ label: owner });
  await send(page, 'form[action$="/assign"]');
  await claimText(page.locator('main'), [`Per què ${owner}?`, `feta per ${ADMINISTRATOR.name}`]);
  // What happened last is said in the query.
  return page.url().split('?')[0];
}

async function ownLeadsOnly(t, view, leads) {
  const page = await t.open(view);
  const check = (title, work) => t.check(`${title} · ${view.name}`, work);
  const mineOnly = (text, where) => {
    claim(text.includes(OURS), `${where}: the own lead is missing in\n${text.slice(0, 500)}`);
    claim(!text.includes(THEIRS), `${where}: shows somebody else’s lead`);
  };
  await signIn(page, REP);

  await check('a rep’s list holds own leads alone', async () => {
    await page.goto('/leads');
    mineOnly(await page.locator('main').innerText(), 'list');
  });
  await t.checkPage(page, 'rep-leads');

  await check('search finds own leads alone', async () => {
    await found(page, 'cellers', OURS);
    mineOnly(await page.locator('#search-results').innerText(), 'search');
  });

  await check('the report counts own leads alone', async () => {
    await page.goto('/reports');
    await claimText(page.locator('.kpi .figure').first(), '1');
  });
  await t.checkPage(page, 'rep-report');

  await check('the export holds own leads alone', async () => {
    await page.goto('/leads');
    const menu = page.locator('main details.menu', { has: page.locator('a[href*="csv"]') });
    await menu.locator('summary').click();
    mineOnly(await downloaded(page, menu.locator('a[href*="csv"]')), 'export');
  });

  await check('somebody else’s lead does not exist for them', async () => {
    const answer = await page.goto(leads.theirs);
    claim(answer.status() === 404, `answers ${answer.status()}`);
    const edit = await page.goto(`${leads.theirs}/edit`);
    claim(edit.status() === 404, `its form answers ${edit.status()}`);
  });
  await t.checkPage(page, 'not-theirs', { expected: ['status of 404'] });

  await check('nor do the pages of administrators', async () => {
    for (const place of ['/users', '/plugins', '/api-keys']) {
      const answer = await page.goto(place);
      claim([403, 404].includes(answer.status()), `${place} answers ${answer.status()}`);
      claim(await page.locator(`.nav a[href="${place}"]`).count() === 0, `${place} is in the navigation`);
      claim(await page.locator('.nav a[href="/leads"]').count() > 0, `${place} leads nowhere`);
      await claimText(page.locator('main'), `Us pot donar permís: ${ADMINISTRATOR.name}`);
    }
  });
  await t.checkPage(page, 'not-allowed', { expected: ['status of 40'] });
  await page.context().close();
}

async function wholeTeam(t, leads) {
  const page = await t.open(views[2]);
  await signIn(page, MANAGER);
  await t.check('a manager sees what the team has', async () => {
    await page.goto('/leads');
    await claimText(page.locator('main'), [OURS, THEIRS]);
    const answer = await page.goto(leads.ours);
    claim(answer.status() === 200, `the lead answers ${answer.status()}`);
    await page.goto('/reports');
    await claimText(page.locator('.kpi .figure').first(), '2');
  });
  await page.context().close();
}

async function sameLeadTwice(t, chief, lead) {
  const rep = await t.open(views[0]);
  await signIn(rep, REP);
  await Promise.all([chief.goto(`${lead}/edit`), rep.goto(`${lead}/edit`)]);

  await t.check('the second of two who edit a lead sees both values of what both have changed', async () => {
    await fill(chief, { amount: '2.500', town: 'Gratallops' });
    await send(chief, 'main form.form');
    await fill(rep, { amount: '1.800', interest: 'vi negre' });
    await send(rep, 'main form.form');
    await claimText(rep.locator('main'), 'Valors que no coincideixen');
    await claimText(rep.locator('main table tbody'), ['2.500,00 €', '1.800,00 €']);
    claim(await rep.locator('main table tbody tr').count() === 1, 'more than the amount is asked about');
  });
  await t.checkPage(rep, 'conflict', { expected: ['status of 409'] });
  await t.checkPage(chief, 'after-saving');

  await t.check('what was typed is kept, and what only the other changed stays changed', async () => {
    await claimTyped(rep, { amount: '1.800,00', interest: 'vi negre', town: 'Gratallops' });
    await send(rep, 'main form.form');
    claimPath(rep, new URL(lead).pathname);
    await claimText(rep.locator('.key-facts'), '1.800,00 €');
    await claimText(rep.locator('.timeline'), [`${ADMINISTRATOR.name} n’ha canviat`, 'Gratallops', 'vi negre']);
    await claimText(rep.locator('main'), 'Gratallops');
  });

  await t.check('two who change different fields are not asked anything', async () => {
    await Promise.all([chief.goto(`${lead}/edit`), rep.goto(`${lead}/edit`)]);
    await fill(chief, { industry: 'Vins' });
    await send(chief, 'main form.form');
    await fill(rep, { campaign: 'Fira del vi' });
    await send(rep, 'main form.form');
    claimPath(rep, new URL(lead).pathname);
    await claimText(rep.locator('main'), ['Vins', 'Fira del vi']);
  });

  await t.check('a button of a page that is old changes nothing by itself', async () => {
    await send(chief, 'form[action$="/status"]');
    const text = await chief.locator('main').innerText();
    claim(!/S’ha canviat l’estat/.test(text), 'the old page has changed the status');
    claim(text.includes('Algú ha canviat aquesta fitxa'), `it does not say why: ${text.slice(0, 200)}`);
  });
  await t.checkPage(chief, 'old-page', { expected: ['status of 409'] });
  await rep.context().close();
}
