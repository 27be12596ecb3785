// Every page that the navigation leads to, as each role of the demo company, on a phone and a desk, light and dark.

import { COLOUR_RULES, overflow, views } from '../support.mjs';
import { DEMO_PASSWORD, claim, claimText, signIn } from '../steps.mjs';

export const demo = true;

const ROLES = [
  { role: 'administrator', email: 'nuria@demo.tracte.cat', also: ['/reminders', '/users/new', '/imports/new', '/leads/new', '/settings/taxes/vat_standard', '/settings/number-series/quotes', '/settings/pipelines/sales'] },
  { role: 'manager', email: 'jordi@demo.tracte.cat', also: ['/reminders', '/imports/new', '/leads/new'] },
  { role: 'rep', email: 'laia@demo.tracte.cat', also: ['/reminders', '/leads/new'] },
];
// Administrators’ pages hold those of the others: these are walked once a size and once a scheme.
const WALKS = {
  administrator: ['phone-light', 'phone-dark', 'desk-light', 'desk-dark'],
  manager: ['phone-dark', 'desk-light'],
  rep: ['phone-light', 'desk-dark'],
};
// Pages of one record, reached by the first link of a list.
const FIRST_OF = [
  ['/leads', 'tbody a[href^="/leads/"]', 'lead'],
  ['/activities', 'tbody a[href^="/activities/"]', 'activity'],
  ['/opportunities', 'tbody a[href^="/opportunities/"]', 'opportunity'],
  ['/users', 'a[href^="/users/"]:not([href="/users/new"])', 'user'],
  ['/plugins', 'a[href^="/plugins/"]', 'plugin'],
];
const REPORTS = ['owner', 'source', 'status'].map((by) => `/reports/leads-by-month?by=${by}`);
const REFLOW_PX = 320;
const SCHEMES = ['light', 'dark'];

export default async function flow(t) {
  for (const person of ROLES) {
    const state = await enter(t, person);
    const walks = views.filter((view) => view.javaScript).flatMap((view) => SCHEMES.map((scheme) => ({ view, scheme })));
    await Promise.all(walks
      .filter(({ view, scheme }) => WALKS[person.role].includes(`${view.name}-${scheme}`))
      .map(({ view, scheme }) => walk(t, person, view, scheme, state)));
  }
  await languages(t);
}

async function enter(t, { role, email }) {
  const page = await t.open();
  await t.check(`${role} signs in`, () => signIn(page, { email, password: DEMO_PASSWORD }));
  const state = await page.context().storageState();
  await page.context().close();
  return state;
}

async function walk(t, { role, also }, view, scheme, state) {
  const page = await t.open({ ...view, name: `${view.name}-${scheme}` }, { state });
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  const rules = scheme === 'dark' && role === 'administrator' ? { rules: COLOUR_RULES } : {};
  const look = (title, options) => t.checkPage(page, `${role}-${title}`, { ...rules, ...options });

  await page.goto('/');
  const hrefs = (selector) => page.locator(selector).evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const places = await hrefs('.nav ul.wide a');
  await page.goto('/settings');
  places.push(...await hrefs('main .hub a'));
  for (const place of [...places, ...also, '/account', '/search?q=serveis', ...REPORTS]) {
    const answer = await page.goto(place);
    await t.check(`${role} opens ${place} · ${page.view.name}`, () => {
      claim(answer.status() === 200, `${place} answers ${answer.status()}`);
    });
    await look(place === '/' ? 'home' : place.slice(1));
    if (view.width < 600 && scheme === 'light') await atLeastWidth(t, page, `${role} · ${place} · ${page.view.name}`);
  }
  for (const [list, link, title] of FIRST_OF.filter(([place]) => places.includes(place))) {
    await page.goto(list);
    const first = page.locator(`main ${link}`).first();
    if (await first.count() === 0) continue;
    await page.goto(await first.getAttribute('href'));
    await look(title);
    if (title === 'lead') await partsOfLead(page, look);
  }
  await t.check(`${role} reads a lead of the inbox · ${page.view.name}`, async () => {
    await page.goto('/leads/inbox');
    const lead = await page.locator('.triage-rows a').first().getAttribute('href', { timeout: 1_000 }).catch(() => null);
    if (!lead) return;
    await page.goto(lead);
    claim(await page.locator('.triage .decisions button').first().isVisible(), 'nothing can be decided');
  });
  await opened(page, look, view);
  await t.check(`${role} finds that a page does not exist · ${page.view.name}`, async () => {
    const answer = await page.goto('/no-such-page');
    claim(answer.status() === 404, `answers ${answer.status()}`);
    claim(await page.locator('main a[href="/"]').count() > 0, 'no way on');
    claim(await page.locator('#search-box').count() === 1, 'no search');
    claim(await page.locator('.nav a[href="/leads"]').count() > 0, 'no navigation');
  });
  await look('not-found', { expected: ['status of 404'] });
  await page.context().close();
}

/// Text at four times its size on a desk is a page of this width (WCAG 1.4.10).
async function atLeastWidth(t, page, title) {
  const { width, height } = page.view;
  await page.setViewportSize({ width: REFLOW_PX, height });
  await t.check(`${title}: fits ${REFLOW_PX} px`, async () => {
    const wrong = await overflow(page);
    claim(wrong.length === 0, wrong.join('\n'));
  });
  await page.setViewportSize({ width, height });
}

async function partsOfLead(page, look) {
  const edit = page.locator('main a[href$="/edit"]').first();
  const lead = page.url();
  if (await edit.count() > 0) {
    await page.goto(await edit.getAttribute('href'));
    await look('lead-edit');
    await page.goto(lead);
  }
  const remove = page.locator('main a[href$="/delete"]').first();
  if (await remove.count() > 0) {
    await page.goto(await remove.getAttribute('href'));
    await look('lead-delete');
  }
}

/// What is folded away on arrival.
async function opened(page, look, view) {
  if (view.width < 600) {
    await page.goto('/leads');
    await page.locator('main summary', { hasText: 'Filtres' }).click();
    await look('leads-filters');
  }
  // Where it lies over nothing that can be pressed.
  await page.goto('/account');
  await page.locator('.top details.menu:not(.bell) summary').click();
  await look('menu-of-user');
  await page.locator('.top details.bell summary').click();
  await page.locator('#reminders-latest > *').first().waitFor();
  await look('bell');
  if (view.width < 600) {
    await page.goto('/');
    await page.locator('details.more summary').click();
    await look('menu-more');
  }
}

/// Whoever has no account reads the sign-in page in three languages.
async function languages(t) {
  const titles = { ca: 'Inicia la sessió', es: 'Inicia', en: 'Sign in' };
  const page = await t.open(views[0]);
  for (const [language, title] of Object.entries(titles)) {
    await t.check(`the sign-in page in ${language}`, async () => {
      await page.goto(`/sign-in?language=${language}`);
      claim(await page.locator('html').getAttribute('lang') === language, 'the page says another language');
      await claimText(page.locator('main h1'), title);
    });
    await t.checkPage(page, `sign-in-${language}`);
  }
  await page.context().close();
}
