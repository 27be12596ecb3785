// A consultant's first hour beside the settings: somebody is let in by a link and chooses a password; an own field is
// made and is in the form, the list and the filter; conditions with «and» and «or», and views that keep them. On a phone
// and a desk, with and without JavaScript.

import {
  ADMINISTRATOR, REFUSED, claim, claimPath, claimText, fill, onFreshServer, send, signIn, signOut, setUp,
} from '../steps.mjs';
import { takeFaults, views } from '../support.mjs';

const MANAGER = { name: 'Laia Serra', email: 'laia@fusteria.example.com' };
const PASSWORD = 'una gata sota la taula';
const FILTER = '#filter-form';
const LEADS = [
  { company: 'Forn Soler', own: 'fusta', town: 'Vic' },
  { company: 'Hotel Miramar', own: 'alumini', town: 'Roses' },
  { company: 'Taller Puig', own: 'alumini', town: 'Vic' },
];

export default async function flow(t) {
  for (const view of views) await onFreshServer(t, (fresh) => firstHour(fresh, view));
}

async function firstHour(t, view) {
  const page = await t.open(view);
  const check = (title, work) => t.check(`${title} · ${view.name}`, work);
  await check('the company is set up', () => setUp(page));
  await invitation(t, page, check);
  await ownField(t, page, check);
  await filters(t, page, check);
  await savedViews(t, page, check);
  await page.context().close();
}

async function invitation(t, page, check) {
  let link;
  await check('somebody is let in without a password: the link is shown once', async () => {
    await page.goto('/users/new');
    await fill(page, MANAGER);
    await page.locator('[name="role"][value="manager"]').check();
    await page.locator('[name="teams"]').first().check();
    await send(page, 'main form.form');
    link = (await page.locator('#sign-in-link').innerText()).trim();
    claim(/\/welcome\/\w{64}$/.test(link), `no link: ${link}`);
  });
  await t.checkPage(page, 'invitation-link');
  await check('a password that is too short is refused, the link stays good', async () => {
    await signOut(page);
    await page.goto(link);
    await claimText(page.locator('main'), MANAGER.name);
    await fill(page, { new_password: 'curta' });
    await send(page, 'form[action^="/welcome/"]');
    claim(await page.locator('#f-new_password-error').count() === 1, 'no problem at the password');
  });
  await t.checkPage(page, 'invitation-password', REFUSED);
  await check('with a good one they are in', async () => {
    await fill(page, { new_password: PASSWORD });
    await send(page, 'form[action^="/welcome/"]');
    claimPath(page, '/');
  });
  await check('the next day they sign in with it; the link is worth nothing', async () => {
    await signOut(page);
    await page.goto(link);
    claim(await page.locator('[name="new_password"]').count() === 0, 'the link is good twice');
    takeFaults(page, ['status of 410']);
    await signIn(page, { email: MANAGER.email, password: PASSWORD });
    await page.goto('/account');
    await claimText(page.locator('main'), MANAGER.name);
    await signOut(page);
    await signIn(page, ADMINISTRATOR);
  });
}

async function ownField(t, page, check) {
  await check('an own field without a label is refused', async () => {
    await page.goto('/settings/fields');
    await page.locator('main a[href^="/settings/fields/new"]').first().click();
    await page.locator('[name="kind"]').selectOption('choice');
    await page.locator('[name="choices"]').fill('Fusta\nAlumini');
    await send(page, 'form.field-form');
    claim(await page.locator('.error-summary').count() === 1, 'nothing is said');
    claim((await page.locator('[name="choices"]').inputValue()).includes('Alumini'), 'what was typed is lost');
  });
  await t.checkPage(page, 'own-field-refused', REFUSED);
  await check('with one it is made', async () => {
    await fill(page, { label_ca: 'Material', name: 'material' });
    await send(page, 'form.field-form');
    claimPath(page, '/settings/fields');
    await claimText(page.locator('main'), 'Material');
  });
  await check('it is in the form of a lead and in the list', async () => {
    for (const { company, own, town } of LEADS) {
      await page.goto('/leads/new');
      await fill(page, { company, town, 'custom.material': own });
      await send(page, 'form[action="/leads"]');
      await claimText(page.locator('main'), company);
    }
    await page.goto('/leads');
    await claimText(page.locator('main table'), ['Material', 'Fusta', 'Alumini']);
  });
  await t.checkPage(page, 'own-field-list');
}

async function filters(t, page, check) {
  await check('a condition on it: only those are left', async () => {
    await page.goto('/leads/filter');
    await add(page, 'add', 'custom.material');
    await page.locator(`${FILTER} [name="v0"][value="alumini"]`).check();
    await apply(page);
    await listed(page, ['Hotel Miramar', 'Taller Puig']);
  });
  await check('«or» widens, «and» narrows', async () => {
    await page.goto(withPath(page, '/leads/filter'));
    await page.locator(`${FILTER} details summary`).first().click();
    await add(page, 'or0', 'company');
    await page.locator(`${FILTER} [name="v1"]`).fill('Forn');
    await add(page, 'add', 'town');
    await page.locator(`${FILTER} [name="v2"]`).fill('Vic');
  });
  await t.checkPage(page, 'filter-editor');
  await check('the list holds what both groups say', async () => {
    await apply(page);
    await listed(page, ['Forn Soler', 'Taller Puig']);
  });
  await t.checkPage(page, 'filter-list');
}

async function savedViews(t, page, check) {
  await check('what the list shows is kept as a view for everybody', async () => {
    await page.locator('main .view-actions a').last().click();
    await fill(page, { view_name: 'Fusta o alumini a Vic' });
    await page.locator('[name="share"][value="everybody"]').check();
    await send(page, 'main form.stack-m[action^="/views"]');
    await claimText(page.locator('main'), 'Fusta o alumini a Vic');
    await listed(page, ['Forn Soler', 'Taller Puig']);
  });
  await t.checkPage(page, 'saved-view');
  await check('a colleague finds it', async () => {
    await signOut(page);
    await signIn(page, { email: MANAGER.email, password: PASSWORD });
    await page.goto('/leads');
    await page.locator('main a', { hasText: 'Fusta o alumini a Vic' }).click();
    await listed(page, ['Forn Soler', 'Taller Puig']);
  });
}

/// A condition about a field, by the select and button of this name.
async function add(page, name, field) {
  await page.locator(`${FILTER} [name="${name}-field"]`).selectOption(field);
  await Promise.all([
    page.waitForEvent('domcontentloaded'),
    page.locator(`${FILTER} button[name="do"][value="${name}"]`).click(),
  ]);
}

async function apply(page) {
  await Promise.all([
    page.waitForEvent('domcontentloaded'),
    page.locator(`${FILTER} .form-actions button[value="apply"]`).click(),
  ]);
  claimPath(page, '/leads');
}

/// The same query at another path.
function withPath(page, path) {
  return path + new URL(page.url()).search;
}

/// Exactly these companies are in the list.
async function listed(page, wanted) {
  const rows = await page.locator('main table tbody tr').allInnerTexts();
  const found = LEADS.map((lead) => lead.company).filter((name) => rows.some((row) => row.includes(name)));
  claim(found.join() === wanted.join() && rows.length === wanted.length, `${found.join()} in ${rows.length} rows`);
}
