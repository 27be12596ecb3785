// The main job by keyboard alone: Tab, Shift+Tab, Enter, Space, arrows and typing; the focus is always to be seen.

import path from 'node:path';

import { root, views } from '../support.mjs';
import { ADMINISTRATOR, COMPANY, claim, claimPath, claimText, onFreshServer } from '../steps.mjs';

const SAMPLE = path.join(root, 'data/samples/leads-es-windows1252.csv');
// More stops than any page has up to what is looked for; beyond it the focus goes in circles.
const STOPS_MAX = 120;
const desk = views.find(({ name }) => name === 'desk');

export default async function flow(t) {
  await onFreshServer(t, byKeyboard);
}

async function byKeyboard(t) {
  const page = await t.open(desk);
  // The browser hands over only choosers that open behind the first listener: one that begins beside the key is late now and then.
  page.on('filechooser', () => {});

  await t.check('the company is set up', async () => {
    await page.goto('/setup');
    await typeInto(page, '[name="company_name"]', COMPANY);
    await typeInto(page, '[name="admin_name"]', ADMINISTRATOR.name);
    await typeInto(page, '[name="admin_email"]', ADMINISTRATOR.email);
    await typeInto(page, '[name="admin_password"]', ADMINISTRATOR.password);
    await enter(page);
    claimPath(page, '/');
  });

  await t.check('the first stop of a page skips to what it is about', async () => {
    await page.keyboard.press('Tab');
    const skip = await focused(page);
    claim(skip.href === '#main' && skip.seen, `the first stop is ${skip.what}`);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    claim((await focused(page)).inMain, 'the skip link leads elsewhere');
  });

  await t.check('a lead with a mistake: the focus goes to the problems, and from there to the field', async () => {
    await follow(page, '.top a[href="/leads/new"]');
    await typeInto(page, '[name="company"]', 'Teclat i Fills SL');
    await typeInto(page, '[name="tax_id"]', 'B65432107');
    await typeInto(page, '[name="postcode"]', '08001');
    await enter(page);
    claim((await focused(page)).what.includes('error-summary'), `the focus is at ${(await focused(page)).what}`);
    await tabTo(page, '.error-summary a');
    await page.keyboard.press('Enter');
    const field = await focused(page);
    claim(field.name === 'tax_id' && field.seen, `the problem leads to ${field.what}`);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('B65432106');
    await choose(page, '[name="source"]', 'f', 'fair');
    await follow(page, 'main form button[type="submit"]');
    await claimText(page.locator('main h1'), 'Teclat i Fills SL');
    await claimText(page.locator('main'), 'Fira');
  });

  await t.check('a note, a status and a reason to discard', async () => {
    await typeInto(page, '[name="text"]', 'Escrita sense ratolí');
    await follow(page, 'form[action$="/notes"] button');
    await claimText(page.locator('.timeline'), 'Escrita sense ratolí');
    await follow(page, 'button[value="contacted"]');
    await claimText(page.locator('.key-facts'), 'contactat');
    await tabTo(page, 'details.fold > summary');
    await page.keyboard.press('Enter');
    await typeInto(page, '[name="reason_note"]', 'No respon');
    await enter(page);
    await claimText(page.locator('main'), 'S’ha descartat: No respon');
  });

  await t.check('a menu opens, is walked through and closes with the focus where it was', async () => {
    await tabTo(page, '.top details.menu:not(.bell) > summary');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    claim((await focused(page)).href === '/account', `the menu begins with ${(await focused(page)).what}`);
    await page.keyboard.press('Escape');
    const summary = await focused(page);
    claim(summary.what.startsWith('summary') && summary.seen, `Escape leaves the focus at ${summary.what}`);
    claim(await page.locator('.top details.menu[open]').count() === 0, 'the menu stays open');
  });

  await t.check('a file goes in', async () => {
    await follow(page, '.nav .wide a[href="/imports"]');
    await follow(page, 'main a[href="/imports/new"]');
    await tabTo(page, 'input[type="file"]');
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Space')]);
    await chooser.setFiles(SAMPLE);
    await follow(page, 'main form button[type="submit"]');
    await follow(page, 'main form button[type="submit"]');
    await page.locator('form[action$="/start"]').waitFor();
    await follow(page, 'form[action$="/start"] button');
    await page.locator('main a[href="/leads"].primary').waitFor();
    await claimText(page.locator('main'), 'Ha quedat fora una fila');
  });

  await t.check('the list is filtered, its menu is used, and a lead is opened', async () => {
    await follow(page, 'main a[href="/leads"].primary');
    await tabTo(page, 'details > summary:has-text("Filtres"), form.filters select');
    if ((await focused(page)).what.startsWith('summary')) await page.keyboard.press('Enter');
    await choose(page, 'form.filters [name="status"]', 'd', 'discarded');
    await enterOrButton(page, 'form.filters');
    await claimText(page.locator('main tbody'), 'Teclat i Fills SL');
    claim(await page.locator('main tbody tr').count() === 1, 'the filter lets others through');
    await follow(page, 'main tbody a[href^="/leads/"]');
    await claimText(page.locator('main h1'), 'Teclat i Fills SL');
  });

  await t.check('Ctrl+K leads to the search box, its suggestions and a lead; a single key does nothing', async () => {
    await page.keyboard.press('/');
    claim((await focused(page)).name !== 'q', 'a single key is a shortcut (WCAG 2.1.4)');
    await page.keyboard.press('Control+k');
    claim((await focused(page)).name === 'q', 'Ctrl+K leads elsewhere');
    await page.keyboard.type('teclat');
    await page.locator('.suggestions li a').first().waitFor();
    await tabTo(page, '.suggestions li a');
    await enter(page);
    await claimText(page.locator('main h1'), 'Teclat i Fills SL');
  });

  await t.check('the report and its data are reached', async () => {
    await follow(page, '.nav .wide a[href="/reports"]');
    await tabTo(page, 'figure details > summary');
    await page.keyboard.press('Enter');
    claim(await page.locator('figure details[open] table').count() === 1, 'the data of the chart stay hidden');
    await tabTo(page, '.tabs a[href*="by=owner"]', 'Shift+Tab');
    await enter(page);
    await claimText(page.locator('main'), ADMINISTRATOR.name);
  });

  await t.check('out again', async () => {
    await tabTo(page, '.top details.menu:not(.bell) > summary');
    await page.keyboard.press('Enter');
    await follow(page, 'form[action="/sign-out"] button');
    claimPath(page, '/sign-in');
  });
  await page.context().close();
}

/// What has the focus, and whether it can be seen.
function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return { what: 'body', seen: false };
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
    const y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    const uncovered = top && (element.contains(top) || top.contains(element) || element.closest('label')?.contains(top));
    // The button inside a date field has the focus of its own, which the browser itself draws.
    const inner = element.type === 'date' && !element.matches(':focus-visible');
    const outlined = inner || style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
    return {
      what: element.outerHTML.slice(1, 120),
      name: element.getAttribute('name'),
      href: element.getAttribute('href'),
      inMain: Boolean(element.closest('main')),
      seen: Boolean(uncovered && outlined),
      why: `${outlined ? '' : 'no outline '}${uncovered ? '' : `covered by ${top?.outerHTML.slice(0, 80)}`}`,
    };
  });
}

/// Goes on to the next stop that fits, however often that takes; each stop on the way must be visible.
async function tabTo(page, selector, key = 'Tab') {
  const fits = () => page.locator(selector).evaluateAll((list) => list.includes(document.activeElement));
  for (let stops = 0; stops < STOPS_MAX; stops += 1) {
    if (await fits()) return;
    await page.keyboard.press(key);
    const at = await focused(page);
    // Between the last stop and the first the browser's own controls have the focus.
    if (at.what !== 'body') claim(at.seen, `the focus cannot be seen at <${at.what} (${at.why})`);
  }
  throw new Error(`${selector} is not reached in ${STOPS_MAX} stops`);
}

async function typeInto(page, selector, text) {
  await tabTo(page, selector);
  await page.keyboard.type(text);
}

/// Selects are set by typing the beginning of a choice.
async function choose(page, selector, letters, value) {
  await tabTo(page, selector);
  await page.keyboard.type(letters);
  const chosen = await page.locator(selector).inputValue();
  claim(chosen === value, `«${letters}» chooses ${chosen} instead of ${value}`);
}

async function enter(page) {
  await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')]);
}

/// A form that sends itself when a choice changes needs nothing more; others have a button.
async function enterOrButton(page, form) {
  const button = page.locator(`${form} button[type="submit"]`);
  if (await button.isVisible()) await follow(page, `${form} button[type="submit"]`);
  else await page.waitForURL('**status=**');
}

async function follow(page, selector) {
  await tabTo(page, selector);
  await enter(page);
}
