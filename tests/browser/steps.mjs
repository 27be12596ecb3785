// Steps that several flows begin with, and what they claim.

import { readFileSync } from 'node:fs';

import { startServer } from './server.mjs';
import { Flow } from './support.mjs';

export const ADMINISTRATOR = {
  name: 'Roser Planas i Vidal', email: 'roser@fusteria.example.com', password: 'un gat sobre la teulada',
};
export const COMPANY = 'Fusteria del Vallès, SL';
export const DEMO_PASSWORD = 'tracte-demo';
/// A refused form is answered with 422; the browser tells that in its console.
export const REFUSED = { expected: ['status of 422'] };
/// A form whose record is there already is answered with 409.
export const KNOWN = { expected: ['status of 409'] };

/// The same flow on a server of its own, with an empty data folder.
export async function onFreshServer(t, work, { demo = false, settings = {} } = {}) {
  const server = await startServer({ demo, settings });
  try {
    return await work(new Flow({ name: t.name, server, browser: t.browser, results: t.results }));
  } finally {
    const complaint = await server.stop();
    if (complaint) t.results.push({ title: 'the server stops cleanly', error: new Error(complaint) });
  }
}

/// The set-up page filled in properly; the administrator is signed in afterwards.
export async function setUp(page) {
  await page.goto('/setup');
  await fill(page, {
    company_name: COMPANY,
    admin_name: ADMINISTRATOR.name,
    admin_email: ADMINISTRATOR.email,
    admin_password: ADMINISTRATOR.password,
  });
  await send(page, 'form[action="/setup"]');
  claimPath(page, '/');
}

export async function signIn(page, { email, password }) {
  await page.goto('/sign-in');
  await fill(page, { email, password });
  await send(page, 'form[action="/sign-in"]');
  claimPath(page, '/');
}

export async function signOut(page) {
  await page.locator('.top details.menu:not(.bell) summary').click();
  await page.locator('form[action="/sign-out"] button').click();
  await page.waitForURL('**/sign-in**');
}

/// Types into the fields of these names; selects are set by their value.
export async function fill(page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const control = page.locator(`main [name="${name}"]`);
    if (await control.evaluate((element) => element.tagName === 'SELECT')) await control.selectOption(value);
    else await control.fill(value);
  }
}

/// Presses the button of a form and waits for the page that answers: that at its foot, where lists add rows with others.
export async function send(page, form) {
  const foot = `${form} .form-actions button[type="submit"]`;
  await press(page, await page.locator(foot).count() > 0 ? foot : `${form} button[type="submit"]:not(.sr)`);
}

/// The same with this button.
export async function press(page, button) {
  await Promise.all([page.waitForEvent('domcontentloaded'), page.locator(button).first().click()]);
}

const FINISHED_MS = 120_000;

/// Until the page shows what is awaited. With JavaScript it goes on by itself; without, whoever waits asks it to.
export async function followed(page, awaited) {
  const refresh = page.locator('main a', { hasText: 'Actualitza' });
  const giveUp = Date.now() + FINISHED_MS;
  while (!page.view.javaScript && Date.now() < giveUp) {
    await awaited.or(refresh).first().waitFor();
    if (await awaited.count() > 0) return;
    await refresh.click();
  }
  await awaited.waitFor({ timeout: FINISHED_MS });
}

export function claim(holds, otherwise) {
  if (!holds) throw new Error(otherwise);
}

// What a page shows may come a moment after what made it come: the next page, an answer to htmx.
const SHOWN_MS = 10_000;

export function claimPath(page, wanted) {
  const { pathname } = new URL(page.url());
  claim(pathname === wanted, `at ${page.url()} instead of ${wanted}`);
}

export async function claimText(locator, wanted) {
  const giveUp = Date.now() + SHOWN_MS;
  for (;;) {
    const text = (await locator.allInnerTexts()).join('\n').replace(/\s+/g, ' ');
    const missing = [wanted].flat().filter((part) => !text.includes(part));
    if (missing.length === 0) return;
    claim(Date.now() < giveUp, `«${missing.join('», «')}» is missing in «${text.slice(0, 600)}»`);
    await locator.page().waitForTimeout(100);
  }
}

/// The fields of a form that has come back still hold what was typed.
export async function claimTyped(page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const kept = await page.locator(`main [name="${name}"]`).inputValue();
    claim(kept === value, `${name} was «${value}» and has become «${kept}»`);
  }
}

/// Exactly these fields have an error beside them, each named in the summary too.
export async function claimProblems(page, names) {
  const marked = await page.locator('main [aria-invalid="true"]').evaluateAll((list) => list.map((one) => one.name));
  claim(marked.join() === names.join(), `problems at ${marked.join()} instead of ${names.join()}`);
  for (const name of names) {
    const control = page.locator(`main [name="${name}"]`);
    const id = await control.getAttribute('id');
    claim(await page.locator(`.error-summary a[href="#${id}"]`).count() === 1, `${name} is not in the summary`);
    const described = await control.getAttribute('aria-describedby') ?? '';
    claim(described.split(' ').includes(`${id}-error`), `the error of ${name} is not tied to it`);
  }
}

/// The text of what a link downloads.
export async function downloaded(page, link) {
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return readFileSync(await download.path(), 'utf8');
}

// Search follows the records within moments; more than this says that it does not.
const SEARCH_LIMIT_MS = 10_000;
const AGAIN_MS = 150;

/// Searches until the title is among the results.
export async function found(page, query, title) {
  const giveUp = Date.now() + SEARCH_LIMIT_MS;
  for (;;) {
    await page.goto(`/search?q=${encodeURIComponent(query)}`);
    const text = (await page.locator('#search-results').innerText()).replace(/\s+/g, ' ');
    if (text.includes(title)) return;
    claim(Date.now() < giveUp, `«${query}» finds «${text.slice(0, 300)}» instead of «${title}»`);
    await page.waitForTimeout(AGAIN_MS);
  }
}

/// The form of a new person; `refused` names the fields whose values are mistakes.
export async function invite(page, { name, email, role, password = 'una frase prou llarga', refused }) {
  await page.goto('/users/new');
  await fill(page, { name, email, password });
  await page.locator(`[name="role"][value="${role}"]`).check();
  const teams = page.locator('[name="teams"]');
  if (await teams.count() > 0) await teams.first().check();
  await page.locator('[name="takes_leads"]').check();
  await send(page, 'main form.form');
  if (refused) {
    await claimProblems(page, refused);
    await claimTyped(page, { name, email });
    claim(await page.locator(`[name="role"][value="${role}"]`).isChecked(), 'the role is lost');
  } else {
    await claimText(page.locator('main'), name);
    claimPath(page, '/users');
  }
}
