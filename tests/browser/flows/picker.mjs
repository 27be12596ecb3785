// Fields that lead to a record: searched while typing, by keyboard and by pointer; and without JavaScript by its name.

import { views } from '../support.mjs';
import { REFUSED, claim, claimText, fill, onFreshServer, send, setUp } from '../steps.mjs';

export default async function flow(t) {
  for (const view of views) await onFreshServer(t, (fresh) => picking(fresh, view));
}

async function picking(t, view) {
  const page = await t.open(view);
  const check = (title, work, options) => t.check(`${title} · ${view.name}`, work, options);
  await setUp(page);
  for (const [name, town] of [['Fusteria Puig', 'Olot'], ['Fusteria Puig', 'Vic'], ['Òptica Nord', 'Girona']]) {
    await page.goto('/companies/new');
    await fill(page, { name, town });
    await send(page, 'main form[action="/companies"]');
  }
  if (view.javaScript) await byKeyboard(t, page, check); else await byName(t, page, check);
  await check('a filter names its company', async () => {
    await page.goto('/contacts/filter');
    await fill(page, { 'add-field': 'company' });
    await page.locator('main button[name="do"][value="add"]').first().click();
    await page.waitForLoadState('domcontentloaded');
    await fill(page, { o0: 'any' });
    if (view.javaScript) await page.waitForResponse((answer) => answer.url().includes('/contacts/filter'));
    else {
      // The other operator asks for values: the page comes back with them.
      await page.locator('main button[name="do"][value="apply"]').last().click();
      await page.waitForLoadState('domcontentloaded');
    }
    await page.locator('main input[name="v0"]').fill('Òptica Nord');
    await page.locator('main .form-actions button[value="apply"]').click();
    await page.waitForURL((url) => url.pathname === '/contacts');
    await claimText(page.locator('main'), 'Òptica Nord');
  }, REFUSED);
}

async function byKeyboard(t, page, check) {
  const input = page.locator('main input[name="company"]');
  const options = page.locator('main [role="option"]');

  await check('typing offers companies; the arrows choose one, Enter takes it', async () => {
    await page.goto('/contacts/new');
    await fill(page, { given_name: 'Marta' });
    await input.focus();
    await page.keyboard.type('fust');
    await options.first().waitFor();
    claim(await input.getAttribute('aria-expanded') === 'true', 'the list is not said to be open');
    claim(await options.count() === 3, `${await options.count()} options`);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const active = await input.getAttribute('aria-activedescendant');
    claim(await page.locator(`#${active}`).getAttribute('aria-selected') === 'true', 'nothing is marked');
    await t.checkPage(page, 'picker-open');
    const town = await page.locator(`#${active} .sub`).innerText();
    await page.keyboard.press('Enter');
    claim(await input.inputValue() === 'Fusteria Puig', 'the name is not in the field');
    claim(await options.count() === 0, 'the list stays open');
    await send(page, 'main form[action="/contacts"]');
    await page.locator('main a', { hasText: 'Fusteria Puig' }).first().click();
    await page.waitForURL('**/companies/**');
    await claimText(page.locator('main'), town);
  });

  await check('Escape leaves the text; what nobody knows is made along', async () => {
    await page.goto('/contacts/new');
    await fill(page, { given_name: 'Pau' });
    await input.focus();
    await page.keyboard.type('Hotel Nou');
    await page.locator('main [role="option"]', { hasText: 'Crea «Hotel Nou»' }).waitFor();
    await page.keyboard.press('Escape');
    claim(await options.count() === 0 && await input.inputValue() === 'Hotel Nou', 'Escape takes more than the list');
    await page.keyboard.press('ArrowDown');
    await options.first().waitFor();
    await options.first().click();
    await send(page, 'main form[action="/contacts"]');
    await claimText(page.locator('main'), ['Pau', 'Hotel Nou']);
    await page.goto('/companies');
    await claimText(page.locator('main'), 'Hotel Nou');
  });
}

async function byName(t, page, check) {
  await check('a name that several have is a question; the answer counts', async () => {
    await page.goto('/contacts/new');
    await fill(page, { given_name: 'Marta', company: 'fusteria puig' });
    await send(page, 'main form[action="/contacts"]');
    await claimText(page.locator('main'), ['Quina voleu dir?', 'Olot', 'Vic']);
    await t.checkPage(page, 'picker-question', { expected: ['422'] });
    await page.locator('main label', { hasText: 'Vic' }).locator('input').check();
    await send(page, 'main form[action="/contacts"]');
    await page.locator('main a', { hasText: 'Fusteria Puig' }).first().click();
    await page.waitForURL('**/companies/**');
    await claimText(page.locator('main'), 'Vic');
  }, REFUSED);

  await check('a name that nobody has can be made along', async () => {
    await page.goto('/contacts/new');
    await fill(page, { given_name: 'Pau', company: 'Hotel Nou' });
    await send(page, 'main form[action="/contacts"]');
    await page.locator('main label', { hasText: 'Crea «Hotel Nou»' }).locator('input').check();
    await send(page, 'main form[action="/contacts"]');
    await claimText(page.locator('main'), ['Pau', 'Hotel Nou']);
  }, REFUSED);
}
