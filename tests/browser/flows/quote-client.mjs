// A quote as its client meets it: opened from the link, chosen from, asked about, accepted with the name alone, with a
// drawing, with the keyboard alone; rejected; read after it was answered. On a phone and a desk, with and without
// JavaScript.

import { REFUSED, claim, claimText, claimTyped, fill, onFreshServer, press, send, setUp } from '../steps.mjs';
import { views } from '../support.mjs';

/// Who answers too late is told with 409.
const LATE = { expected: ['status of 409'] };
const GONE = { expected: ['status of 404'] };

export default async function flow(t) {
  for (const view of views) await onFreshServer(t, (fresh) => ofClients(fresh, view));
}

async function ofClients(t, view) {
  const seller = await t.open(view);
  await setUp(seller);
  await asksAndAccepts(t, view, await quoteOf(seller, 'Cuina'));
  await rejects(t, view, await quoteOf(seller, 'Bany'));
  await withTheKeyboard(t, view, await quoteOf(seller, 'Porta'));
  if (view.javaScript) await draws(t, view, await quoteOf(seller, 'Finestres'));
}

/// A quote through the seller's forms, with an option and two alternatives; the address that the client gets.
async function quoteOf(seller, subject) {
  await seller.goto('/companies/new');
  await fill(seller, { name: `Casa ${subject}` });
  await send(seller, 'main form[action="/companies"]');
  await Promise.all([seller.waitForURL('**/quotes/new**'), seller.locator('main a[href^="/quotes/new"]').click()]);
  await fill(seller, { subject, conditions: 'Garantia de dos anys.' });
  await send(seller, 'main form[action="/quotes"]');
  await seller.waitForURL('**/lines**');
  const quote = new URL(seller.url()).pathname.replace(/\/lines$/, '');
  const lines = [
    { text: 'Moble', quantity: '2', unit_price: '500' },
    { text: 'Calaixos', quantity: '1', unit_price: '200', optional: true },
    { text: 'Roure', quantity: '1', unit_price: '500', alternative: 'A' },
    { text: 'Pi', quantity: '1', unit_price: '300', alternative: 'B' },
  ];
  for (const [place, { optional, ...texts }] of lines.entries()) {
    const name = (field) => `lines.${place}.${field}`;
    if (await seller.locator(`main [name="${name('text')}"]`).count() === 0) await press(seller, 'main button[value="add-product"]');
    if (optional || texts.alternative) {
      await seller.locator('main fieldset.panel').nth(place).locator('details.fold > summary').click();
    }
    await fill(seller, Object.fromEntries(Object.entries(texts).map(([field, text]) => [name(field), text])));
    if (optional) await seller.locator(`main [name="${name('optional')}"]`).check();
  }
  await press(seller, 'main button[value="save"]');
  await seller.goto(`${quote}/send`);
  await press(seller, 'main .form-actions button.primary');
  await seller.goto(quote);
  const link = await seller.locator('main a[href*="/q/"]').first().getAttribute('href');
  return new URL(link, seller.url()).pathname;
}

async function asksAndAccepts(t, view, link) {
  const page = await t.open(view);
  const check = (title, work, options) => t.check(`${title} · ${view.name}`, work, options);

  await check('the client reads what is offered, and the conditions before the button', async () => {
    await page.goto(link);
    await claimText(page.locator('main'), ['Pressupost', 'Moble', 'Calaixos', 'Opció A', '1.815,00', '1.573,00']);
    const order = await page.locator('main').evaluate((main) => {
      const text = main.textContent;
      return text.lastIndexOf('Garantia de dos anys.') < text.lastIndexOf('Accepteu el pressupost');
    });
    claim(order, 'the button stands before the conditions');
  });
  await t.checkPage(page, 'quote');

  await check('the sums follow the choices', async () => {
    await page.locator('[name="alternative"][value="B"]').check();
    await page.locator('[name="ticked"]').first().check();
    if (!view.javaScript) await press(page, 'button:has-text("Recalcula")');
    await claimText(page.locator('#offer-sums'), ['opció B', '1.815,00']);
    await claimText(page.locator('#offer-sums-A'), ['2.057,00']);
    claim(await page.locator('[name="alternative"][value="B"]').isChecked(), 'the choice is lost');
    claim(await page.locator('[name="ticked"]').first().isChecked(), 'the option is lost');
  });

  await check('a question reaches the seller', async () => {
    await page.locator('summary', { hasText: 'Pregunteu' }).click();
    await fill(page, { question: 'Quan podeu començar?' });
    await press(page, 'form[action*="/ask"] button[type="submit"]');
    await claimTyped(page, { question: 'Quan podeu començar?' });
    await claimText(page.locator('.error-summary'), ['El vostre nom']);
    await fill(page, { asker: 'Marta Soler' });
    await press(page, 'form[action*="/ask"] button[type="submit"]');
    await claimText(page.locator('main'), ['Hem rebut la pregunta']);
  });
  await t.checkPage(page, 'quote-asked', REFUSED);

  await check('what lacks is said at once, and nothing typed is lost', async () => {
    await page.locator('[name="alternative"][value="B"]').check();
    await page.locator('[name="ticked"]').first().check();
    await press(page, '#offer-accept .btn.primary');
    await claimText(page.locator('.error-summary'), ['El vostre nom', 'Marqueu que accepteu']);
    claim(await page.locator('[name="alternative"][value="B"]').isChecked(), 'the choice is lost');
    claim(await page.locator('[name="ticked"]').first().isChecked(), 'the option is lost');
  });
  await t.checkPage(page, 'quote-problems', REFUSED);

  const late = await t.open(view);
  await late.goto(link);
  await check('who accepts is thanked with the evidence', async () => {
    await fill(page, { name: 'Marta Soler' });
    await page.locator('[name="agrees"]').check();
    await press(page, '#offer-accept .btn.primary');
    await claimText(page.locator('main'), ['Gràcies!', 'Acceptat per Marta Soler', 'Opció B', 'Calaixos', 'Nom escrit', 'Baixa el PDF']);
    claim(await page.locator('main form').count() === 0, 'there is still a form');
  });
  await t.checkPage(page, 'quote-accepted');

  await check('who comes second is told who was quicker', async () => {
    await fill(late, { name: 'Pol Vila' });
    await late.locator('[name="agrees"]').check();
    await press(late, '#offer-accept .btn.primary');
    await claimText(late.locator('main'), ['Acceptat per Marta Soler']);
  });
  await t.checkPage(late, 'quote-too-late', LATE);

  await check('a link that opens nothing tells nothing', async () => {
    await page.goto(`${link.slice(0, -1)}x`);
    await claimText(page.locator('main'), ['Aquest enllaç no obre res']);
  });
  await t.checkPage(page, 'quote-gone', GONE);
}

async function rejects(t, view, link) {
  const page = await t.open(view);
  await t.check(`the client rejects it and says why · ${view.name}`, async () => {
    await page.goto(`${link}?lang=es`);
    await page.locator('summary', { hasText: 'Rechácelo' }).click();
    await fill(page, { reason: 'Demasiado caro' });
    await press(page, 'form[action*="/reject"] button[type="submit"]');
    await claimText(page.locator('main'), ['Ha rechazado el presupuesto', 'Rechazado el']);
  });
  await t.checkPage(page, 'quote-rejected');
}

/// Tab, arrows, space and return, from the first link to the answer.
async function withTheKeyboard(t, view, link) {
  const page = await t.open(view);
  const reach = async (selector) => {
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press('Tab');
      if (await page.locator(`${selector}:focus`).count() > 0) return;
    }
    throw new Error(`${selector} cannot be reached with the keyboard`);
  };
  await t.check(`the keyboard alone is enough · ${view.name}`, async () => {
    await page.goto(link);
    await reach('[name="ticked"]');
    await page.keyboard.press('Space');
    await reach('[name="alternative"]');
    await page.keyboard.press('ArrowDown');
    if (view.javaScript) await claimText(page.locator('#offer-sums'), ['opció B', '1.815,00']);
    await reach('[name="name"]');
    await page.keyboard.type('Marta Soler');
    await reach('[name="agrees"]');
    await page.keyboard.press('Space');
    await reach('#offer-accept .btn.primary');
    const [outline] = await page.locator('#offer-accept .btn.primary').evaluateAll((list) => list.map((one) => getComputedStyle(one).outlineStyle));
    claim(outline !== 'none', 'where the focus is cannot be seen');
    await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')]);
    await claimText(page.locator('main'), ['Acceptat per Marta Soler', 'Opció B', 'Calaixos']);
  });
}

async function draws(t, view, link) {
  const page = await t.open(view);
  const check = (title, work, options) => t.check(`${title} · ${view.name}`, work, options);
  const stroke = async () => {
    const canvas = page.locator('[data-signature] canvas');
    await canvas.scrollIntoViewIfNeeded();
    const box = await canvas.boundingBox();
    await page.mouse.move(box.x + 30, box.y + 40);
    await page.mouse.down();
    for (let step = 1; step <= 12; step += 1) await page.mouse.move(box.x + 30 + step * 15, box.y + 40 + (step % 3) * 20);
    await page.mouse.up();
  };
  const drawn = () => page.locator('[name="signature"]').inputValue();

  await check('a drawing can be taken back and done again', async () => {
    await page.goto(link);
    await stroke();
    claim((await drawn()).startsWith('data:image/png;base64,'), 'nothing was drawn');
    await page.locator('[data-clear]').click();
    claim(await drawn() === '', 'the drawing is still there');
    await stroke();
  });
  await t.checkPage(page, 'quote-drawn');

  await check('a form that comes back still has the drawing, and it counts', async () => {
    const before = await drawn();
    await page.locator('[name="agrees"]').check();
    // Return in a field accepts; it does not only count again.
    await Promise.all([page.waitForEvent('domcontentloaded'), page.locator('[name="name"]').press('Enter')]);
    await claimText(page.locator('.error-summary'), ['El vostre nom']);
    claim(await drawn() === before, 'the drawing is lost');
    const ink = () => page.locator('[data-signature] canvas').evaluate((canvas) => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value, place) => place % 4 === 0 && value < 128).length;
    });
    claim(await ink() > 100, 'the drawing is not shown');
    await fill(page, { name: 'Marta Soler' });
    await press(page, '#offer-accept .btn.primary');
    await claimText(page.locator('main'), ['Acceptat per Marta Soler', 'signatura dibuixada']);
  });
  await t.checkPage(page, 'quote-signed', REFUSED);
}
