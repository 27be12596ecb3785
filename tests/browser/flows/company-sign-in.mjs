// The company's own sign-in: an identity provider is set up and tried, people who were let in enter with it, and those
// who were not are told why; on a phone and a desk, with and without JavaScript.

import { CLIENT, agreeAtProvider, signInAtProvider, startIdentityProvider } from '../identity-provider.mjs';
import {
  ADMINISTRATOR, REFUSED, claim, claimPath, claimProblems, claimText, claimTyped, fill, invite, onFreshServer, send,
  setUp, signOut,
} from '../steps.mjs';
import { views } from '../support.mjs';

const SETTINGS = 'form[action="/settings/identity"]';
const REP = { name: 'Laia Serra', email: 'laia@fusteria.example.com', role: 'rep' };

export default async function flow(t) {
  for (const view of views) await onFreshServer(t, (fresh) => companySignIn(fresh, view));
}

async function companySignIn(t, view) {
  const page = await t.open(view);
  const check = (title, work) => t.check(`${title} · ${view.name}`, work);
  const provider = await startIdentityProvider(`${t.address}/sign-in/provider/back`);
  try {
    await check('the company is set up, with a rep', async () => {
      await setUp(page);
      await invite(page, REP);
    });
    await settings(t, page, check, provider);
    await entering(t, page, check, provider);
    await page.context().close();
  } finally {
    provider.stop();
  }
}

async function settings(t, page, check, provider) {
  await check('mistakes are told all at once, and what was typed stays', async () => {
    await page.goto('/settings');
    await page.locator('main .hub a[href="/settings/identity"]').click();
    const typed = { issuer: 'login.exemple.cat', client_id: '', address: 'crm', label: '', domains: 'fusteria' };
    await fill(page, typed);
    await send(page, SETTINGS);
    await claimProblems(page, ['issuer', 'client_id', 'address', 'label', 'domains']);
    await claimTyped(page, typed);
  });
  await t.checkPage(page, 'company-sign-in-errors', REFUSED);
  await check('with a wrong secret the provider says so in its own words', async () => {
    const { origin } = new URL(page.url());
    await fill(page, {
      issuer: provider.issuer, client_id: CLIENT.id, secret: 'un altre', address: origin, label: 'Fusteria', domains: '',
    });
    await send(page, SETTINGS);
    claimPath(page, '/settings/identity');
    await send(page, 'form[action="/settings/identity/test"]');
    await claimText(page.locator('main .notice'), 'invalid_client');
  });
  await t.checkPage(page, 'company-sign-in-refused');
  await check('with the right one it knows Tracte', async () => {
    await fill(page, { secret: CLIENT.secret, domains: 'fusteria.example.com' });
    await send(page, SETTINGS);
    await send(page, 'form[action="/settings/identity/test"]');
    await claimText(page.locator('main .notice'), ['coneix Tracte', 'invalid_grant']);
  });
  await t.checkPage(page, 'company-sign-in-known');
}

async function entering(t, page, check, provider) {
  await check('somebody who was let in enters with a link, and comes to the page they wanted', async () => {
    await signOut(page);
    await page.goto('/leads');
    await claimText(page.locator('main'), 'Entra amb Fusteria');
  });
  await t.checkPage(page, 'company-sign-in-button');
  await check('after the provider’s own pages they are in', async () => {
    await page.locator('main a[href^="/sign-in/provider"]').click();
    await signInAtProvider(page, REP.email);
    claimPath(page, '/leads');
    await page.goto('/account');
    await claimText(page.locator('main'), REP.name);
  });
  await check('signed in there already, it takes one step', async () => {
    await signOut(page);
    await page.goto('/sign-in/provider');
    await agreeOrArrive(page);
    claimPath(page, '/');
    await signOut(page);
  });
  await check('somebody unknown stays outside, with a page that says why', async () => {
    await page.context().clearCookies();
    await page.goto('/sign-in/provider');
    await signInAtProvider(page, 'ningu@fusteria.example.com');
    claimPath(page, '/sign-in/provider/back');
    await claimText(page.locator('main'), ['No heu entrat', 'ningu@fusteria.example.com']);
  });
  await t.checkPage(page, 'company-sign-in-unknown', {
    // The provider's own pages ask for a font and an icon that are not there.
    expected: ['status of 403', 'fonts.googleapis.com', provider.issuer],
  });
  await check('an address that is not verified opens nothing', async () => {
    provider.verify(false);
    await page.context().clearCookies();
    await page.goto('/sign-in/provider');
    await signInAtProvider(page, ADMINISTRATOR.email);
    await claimText(page.locator('main'), 'no ha verificat');
    provider.verify(true);
  });
  await check('the answer opened again is worth nothing', async () => {
    await page.reload();
    await claimText(page.locator('main'), 'ja no serveix');
    claim(!(await page.context().cookies()).some((cookie) => cookie.name === 'tracte_session'), 'somebody is in');
  });
  await check('a provider that is gone is told, and the password still opens', async () => {
    provider.stop();
    await page.goto('/sign-in/provider');
    await claimText(page.locator('main'), 'no respon');
    await page.locator('main a[href="/sign-in"]').click();
    await fill(page, { email: ADMINISTRATOR.email, password: ADMINISTRATOR.password });
    await send(page, 'form[action="/sign-in"]');
    claimPath(page, '/');
  });
}

/// The provider asks again whether they agree, or does not.
async function agreeOrArrive(page) {
  if (page.url().includes('/interaction/')) await agreeAtProvider(page);
}
