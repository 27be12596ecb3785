// The board of opportunities: cards in their order, moved by form, keyboard and dragging, with what a stage asks for and the
// way back; with and without JavaScript.

import { views } from '../support.mjs';
import { DEMO_PASSWORD, KNOWN, REFUSED, claim, claimText, claimTyped, fill, onFreshServer, press, send, setUp, signIn } from '../steps.mjs';

export default async function flow(t) {
  for (const view of views) await onFreshServer(t, (fresh) => ofBoard(fresh, view));
  for (const view of views.filter((one) => one.javaScript)) await onFreshServer(t, (demo) => ofDemo(demo, view), { demo: true });
}

const BOARD = '/opportunities/board';
const card = (page, title) => page.locator('#board .card', { hasText: title });
const column = (page, stage) => page.locator(`#board [data-stage="sales.${stage}"]`);

/// The card is in that column, and the page says so.
async function claimMoved(page, title, stage, words) {
  await column(page, stage).locator('.card', { hasText: title }).waitFor();
  await page.locator('#moved', { hasText: words }).waitFor();
}

/// With JavaScript the focus is on the link of the card, never lost.
async function claimFocus(page, title) {
  if (!page.view.javaScript) return;
  const focused = await page.evaluate(() => document.activeElement.textContent);
  claim(focused === title, `the focus is on «${focused.slice(0, 60)}»`);
}

async function moveByForm(page, title, stage) {
  const one = card(page, title);
  await one.locator('details.move summary').click();
  await one.locator('select[name="stage"]').selectOption(`sales.${stage}`);
  await one.locator('form[data-move-card] button').click();
}

async function ofBoard(t, view) {
  const page = await t.open(view);
  const check = (title, work, options) => t.check(`${title} · ${view.name}`, work, options);
  await setUp(page);

  await check('without any opportunity the board says what to do', async () => {
    await page.goto(BOARD);
    await claimText(page.locator('main'), ['Tauler', 'Encara no hi ha cap oportunitat']);
    await t.checkPage(page, 'none');
  });

  await check('cards come in the order in which they want somebody', async () => {
    for (const [name, amount] of [['Cuina nova', '12.500'], ['Escala de roure', '3.200,50'], ['Pèrgola', '']]) {
      await page.goto('/opportunities/new');
      await fill(page, { name, amount, expected_close: '2030-01-31' });
      await send(page, 'main form[action="/opportunities"]');
    }
    await page.goto(`${new URL(page.url()).pathname}?compose=call`);
    await page.locator('#compose details.fold summary').click();
    await fill(page, { subject: 'Trucar per les mides', due: '2020-01-15' });
    await press(page, '#compose button[name="how"][value="todo"]');
    await page.goto(BOARD);
    const titles = await column(page, 'new').locator('.card h3').allInnerTexts();
    claim(titles[0] === 'Pèrgola' && titles.length === 3, titles.join());
    await claimText(column(page, 'new'), ['15.701 €', 'Vençuda', 'Trucar per les mides', 'Sense pròxima acció']);
    await t.checkPage(page, 'cards');
  });

  await check('a card is moved by its form, and back', async () => {
    await moveByForm(page, 'Cuina nova', 'offer');
    await claimMoved(page, 'Cuina nova', 'offer', 'ara és a «Oferta presentada»');
    await claimFocus(page, 'Cuina nova');
    await t.checkPage(page, 'moved');
    await page.locator('#moved form button').click();
    await claimMoved(page, 'Cuina nova', 'new', 'Desfet');
    await claimFocus(page, 'Cuina nova');
  });

  await check('a lost one asks why; nothing that was typed is lost', async () => {
    await moveByForm(page, 'Escala de roure', 'lost');
    await page.waitForURL('**/move?**');
    await claimText(page.locator('main'), ['Mou «Escala de roure» a «Perduda»', 'Motiu de la pèrdua']);
    await fill(page, { competitor: 'Fusteria Pi', closed_on: '2030-01-01' });
    await press(page, 'main form button.primary');
    await claimText(page.locator('.error-summary'), ['Motiu de la pèrdua']);
    await claimTyped(page, { competitor: 'Fusteria Pi', closed_on: '2030-01-01' });
    await t.checkPage(page, 'question', REFUSED);
    await fill(page, { lost_reason: 'price', closed_on: '' });
    await press(page, 'main form button.primary');
    await claimMoved(page, 'Escala de roure', 'lost', 'ara és a «Perduda»');
  });

  await check('who comes too late is told who was quicker, and may move it all the same', async () => {
    const other = await page.context().newPage();
    await page.goto(BOARD);
    await other.goto(BOARD);
    await moveByForm(other, 'Cuina nova', 'analysis');
    await claimMoved(other, 'Cuina nova', 'analysis', 'En anàlisi');
    await other.close();
    await moveByForm(page, 'Cuina nova', 'offer');
    await page.locator('h1', { hasText: 'Mou «Cuina nova»' }).waitFor();
    await claimText(page.locator('main'), ['Algú altre l’ha canviat', 'Roser Planas i Vidal', 'En anàlisi']);
    await t.checkPage(page, 'conflict', KNOWN);
    await press(page, 'main form button.primary');
    await claimMoved(page, 'Cuina nova', 'offer', 'ara és a «Oferta presentada»');
  });

  if (view.javaScript) {
    await check('the keyboard alone moves a card', async () => {
      await card(page, 'Pèrgola').locator('summary').focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await page.keyboard.press('ArrowDown');
      const wanted = await card(page, 'Pèrgola').locator('select').inputValue();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await claimMoved(page, 'Pèrgola', wanted.replace('sales.', ''), 'Pèrgola');
      await claimFocus(page, 'Pèrgola');
    });
  }

  if (view.name === 'desk') {
    await check('dragging sends the same form', async () => {
      await card(page, 'Pèrgola').dragTo(column(page, 'new'), { sourcePosition: { x: 60, y: 60 } });
      await claimMoved(page, 'Pèrgola', 'new', 'ara és a «Nova»');
      await claimFocus(page, 'Pèrgola');
    });
  }

  await check('its page says where it was, and moves it too', async () => {
    await page.goto(BOARD);
    await Promise.all([page.waitForURL('**/opportunities/0*'), card(page, 'Cuina nova').locator('h3 a').click()]);
    await claimText(page.locator('main'), ['Etapes per on ha passat', 'En anàlisi', 'menys d’un dia']);
    await press(page, 'button[name="stage"][value="sales.won"]');
    await claimText(page.locator('main'), ['per quin import s’ha tancat']);
    await t.checkPage(page, 'won');
    await fill(page, { amount: '12.000' });
    await press(page, 'main form button.primary');
    await claimText(page.locator('main'), ['ara és a «Guanyada»', 'Desfés', '12.000,00']);
    await t.checkPage(page, 'page');
  });

  await check('the forecast says what is won and what is open', async () => {
    await page.goto(BOARD);
    await Promise.all([page.waitForURL('**/forecast**'), page.locator('main a[href^="/opportunities/forecast"]').click()]);
    await claimText(page.locator('main'), ['Previsió', 'Guanyat', '12.000', 'Més enllà d’un any']);
    await t.checkPage(page, 'forecast');
  });

  await check('the calendar has each on its day, and goes from month to month', async () => {
    await Promise.all([page.waitForURL('**/calendar**'), page.locator('main a[href^="/opportunities/calendar"]').click()]);
    await claimText(page.locator('main .calendar'), ['Cuina nova']);
    await t.checkPage(page, 'calendar');
    await Promise.all([page.waitForURL('**month=**'), page.locator('main .month-bar a[rel="next"]').click()]);
    claim(await page.locator('main .calendar', { hasText: 'Cuina nova' }).count() === 0, 'it was won this month');
    await Promise.all([page.waitForURL('**month=**'), page.locator('main .month-bar a', { hasText: 'Aquest mes' }).click()]);
    await claimText(page.locator('main .calendar'), ['Cuina nova']);
  });

  await check('an opportunity says what it is about and who decides', async () => {
    await page.goto('/products/new');
    await fill(page, { name_ca: 'Marbre', code: 'MARBRE', kind: 'product', unit_price: '300', billing: 'once' });
    await send(page, 'main form[action="/products"]');
    await page.goto('/contacts/new');
    await fill(page, { given_name: 'Marta', family_name: 'Puig' });
    await send(page, 'main form[action="/contacts"]');
    await page.goto(BOARD);
    await Promise.all([page.waitForURL('**/opportunities/0*'), card(page, 'Pèrgola').locator('h3 a').click()]);
    await Promise.all([page.waitForURL('**/edit'), page.locator('main .page-head a[href$="/edit"]').click()]);
    await fill(page, { 'products.0.product': 'MARBRE', 'products.0.quantity': '0', 'contacts.0.contact': 'Marta Puig' });
    await page.locator('[name="contacts.0.role"]').selectOption('decision_maker');
    await press(page, 'main form button.primary');
    await claimText(page.locator('.error-summary'), ['més gran que 0']);
    await t.checkPage(page, 'wanted', REFUSED);
    await fill(page, { 'products.0.quantity': '2' });
    await press(page, 'main form button.primary');
    await claimText(page.locator('main'), ['Marbre', 'Decideix', 'Marta Puig']);
    await t.checkPage(page, 'about');
    await Promise.all([page.waitForURL('**/quotes/new**'), page.locator('main a[href^="/quotes/new"]').click()]);
    await send(page, 'main form[action="/quotes"]');
    await page.waitForURL('**/lines**');
    claim(await page.locator('[name="lines.0.text"]').inputValue() === 'Marbre', 'the quote begins with it');
    await claimText(page.locator('#quote-sums'), ['600,00']);
  });

  await check('filters, whose and the list keep to each other', async () => {
    await page.goto(`${BOARD}?filter=name:contains:cuina`);
    await claimText(page.locator('main'), ['Cuina nova', 'Guanyada']);
    claim(await card(page, 'Pèrgola').count() === 0, 'the filter does not hold');
    await Promise.all([page.waitForURL('**owner**'), page.locator('nav.tabs a', { hasText: 'Les meves' }).click()]);
    claim(await card(page, 'Cuina nova').count() === 1, 'it is one’s own');
    await Promise.all([page.waitForURL('**/opportunities?**'), page.locator('main .page-head a', { hasText: 'Llista' }).click()]);
    claim(await page.locator('main tbody tr').count() === 1, 'the list has the same filter');
    await Promise.all([page.waitForURL(`**${BOARD}?**`), page.locator('main .page-head a', { hasText: 'Tauler' }).click()]);
    claim(await card(page, 'Cuina nova').count() === 1, 'and back');
  });
}

/// A company with much to do.
async function ofDemo(t, view) {
  const page = await t.open(view);
  const check = (title, work, options) => t.check(`${title} · demo ${view.name}`, work, options);
  await signIn(page, { email: 'nuria@demo.tracte.cat', password: DEMO_PASSWORD });

  await check('a full column goes on', async () => {
    await page.goto(BOARD);
    await t.checkPage(page, 'demo');
    const more = page.locator('#board .more a').first();
    if (await more.count() === 0) return;
    const list = page.locator('#board .stage', { has: more });
    const before = await list.locator('.card').count();
    await more.click();
    await page.waitForFunction((count) => document.querySelectorAll('#board .stage .card').length > count, before);
    const focused = await page.evaluate(() => document.activeElement.closest('.card') !== null);
    claim(focused, 'the focus is on the first new card');
  });
}
