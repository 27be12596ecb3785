// A new Tracte: the set-up page with mistakes and without, the first steps, out and in again.

import { views } from '../support.mjs';
import {
  ADMINISTRATOR, COMPANY, REFUSED, claim, claimPath, claimProblems, claimText, claimTyped, fill, onFreshServer, send,
  setUp, signIn, signOut,
} from '../steps.mjs';

export default async function flow(t) {
  await Promise.all(views.map((view) => onFreshServer(t, (fresh) => begin(fresh, view))));
}

async function begin(t, view) {
  const page = await t.open(view);
  const check = (title, work) => t.check(`${title} · ${view.name}`, work);

  await check('an empty data folder leads to the set-up page', async () => {
    const answer = await page.goto('/leads');
    claimPath(page, '/setup');
    const policy = answer.headers()['content-security-policy'] ?? '';
    claim(policy.includes("default-src 'none'") || policy.includes("default-src 'self'"), `policy: ${policy}`);
    claim(!policy.includes('unsafe'), `policy: ${policy}`);
  });
  await t.checkPage(page, 'empty');

  await check('mistakes come back all at once, and nothing typed is lost', async () => {
    const typed = { company_name: '', admin_name: 'Roser', admin_email: 'roser@', fiscal_year_start_month: '9' };
    await fill(page, { ...typed, admin_password: 'curta' });
    await send(page, 'form[action="/setup"]');
    await claimProblems(page, ['company_name', 'admin_email', 'admin_password']);
    await claimTyped(page, typed);
  });
  await t.checkPage(page, 'mistakes', REFUSED);

  await check('the company is made and its administrator is inside', async () => {
    await setUp(page);
    await claimText(page.locator('main h1'), 'Inici');
    claim(await page.locator('ul.checklist li').count() === 4, 'the first steps are not four');
    claim(await page.locator('ul.checklist li.done').count() === 1, 'not exactly one step is done');
    await claimText(page.locator('header.top .brand'), COMPANY);
  });
  await t.checkPage(page, 'first-steps');

  await check('the set-up page is gone', async () => {
    await page.goto('/setup');
    claim(new URL(page.url()).pathname !== '/setup', 'a second company could be set up');
    await page.goto('/');
  });

  await check('signed out, every page asks to sign in', async () => {
    await signOut(page);
    await page.goto('/leads');
    claimPath(page, '/sign-in');
  });
  await t.checkPage(page, 'sign-in');

  await check('a wrong password is refused without saying what was wrong, and the address stays', async () => {
    await fill(page, { email: ADMINISTRATOR.email, password: 'una altra cosa' });
    await send(page, 'form[action="/sign-in"]');
    claim(await page.locator('.error-summary').count() === 1, 'nothing is said');
    await claimTyped(page, { email: ADMINISTRATOR.email, password: '' });
  });
  await t.checkPage(page, 'wrong-password', { expected: ['status of 4'] });

  await check('the right one leads to the page that was asked for', async () => {
    await fill(page, { email: ADMINISTRATOR.email, password: ADMINISTRATOR.password });
    await send(page, 'form[action="/sign-in"]');
    claimPath(page, '/leads');
    await signOut(page);
    await signIn(page, ADMINISTRATOR);
  });
  await page.context().close();
}
