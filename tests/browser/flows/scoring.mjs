// Points and probability of leads: a rule written, tried and kept; the lead that says why; the list in the order of points;
// and what was learned. On a phone and a desk, with and without JavaScript, on the demo company.

import { DEMO_PASSWORD, REFUSED, claim, claimText, fill, signIn } from '../steps.mjs';
import { views } from '../support.mjs';

export const demo = true;

export default async function flow(t) {
  for (const view of views) await scoring(t, view);
}

async function pressed(page, selector) {
  await Promise.all([page.waitForEvent('domcontentloaded'), page.locator(selector).first().click()]);
}

async function scoring(t, view) {
  const page = await t.open(view);
  const check = (title, work, options) => t.check(`${title} · ${view.name}`, work, options);
  const name = `De Girona ${view.name}`;
  await signIn(page, { email: 'nuria@demo.tracte.cat', password: DEMO_PASSWORD });

  await check('the rules of the company are told as sentences', async () => {
    await page.goto('/settings/scoring');
    await claimText(page.locator('main'), ['Obra gran', '+30', 'Fa més de 30 dies que hi és', '−20']);
  });
  await t.checkPage(page, 'scoring-rules');

  await check('a rule with problems comes back with all of them and what was typed', async () => {
    await page.goto('/settings/scoring/new');
    await fill(page, { label_ca: name, points: '500' });
    await page.locator('select[name$="-field"]').first().selectOption('postcode');
    await pressed(page, 'main button:has-text("Afegeix una condició")');
    await pressed(page, 'main .form-actions button[type="submit"]');
    claim(await page.locator('main [name="points"]').inputValue() === '500', 'the points are lost');
    claim(await page.locator('main [aria-invalid="true"]').count() >= 2, 'not all problems are told');
  }, REFUSED);
  await t.checkPage(page, 'scoring-rule-problems', REFUSED);

  await check('it is tried before it is kept', async () => {
    await fill(page, { points: '60', v0: '17' });
    const operator = page.locator('main [name="o0"]');
    await operator.selectOption(await operator.locator('option', { hasText: 'comença per' }).getAttribute('value'));
    if (view.javaScript) await page.locator('main [name="v0"]').waitFor();
    await fill(page, { v0: '17' });
    await pressed(page, 'main button[value="preview"]');
    await claimText(page.locator('main'), ['Prova de la regla', 'No s’ha desat res', 'Mitjana:']);
  });
  await t.checkPage(page, 'scoring-preview');

  await check('it is kept, and goes up a place', async () => {
    await pressed(page, 'main button:has-text("Desa la regla")');
    const rows = page.locator('main tbody tr');
    const before = await rows.filter({ hasText: name }).count();
    claim(before === 1, 'the rule is not in the list');
    await Promise.all([
      page.waitForEvent('domcontentloaded'),
      rows.filter({ hasText: name }).locator('button[value="up"]').click(),
    ]);
    const names = await page.locator('main tbody tr th').allInnerTexts();
    claim(names.indexOf(name) === names.length - 2, `it is at ${names.indexOf(name)} of ${names.length}`);
  });

  await check('the list shows, sorts and filters by points', async () => {
    await page.goto('/leads?sort=score&columns=score,postcode,probability&filter=status%3Anone%3Aconverted%2Cdiscarded');
    const cells = await page.locator('main tbody td[data-l="Puntuació"]').allInnerTexts();
    const points = cells.map(Number);
    claim(points.length > 5 && points.every((one) => one >= 0 && one <= 100), `points: ${cells.join()}`);
    claim(points.every((one, place) => place === 0 || points[place - 1] >= one), `not in order: ${points.join()}`);
    await page.goto('/leads?filter=score%3Aat-least%3A60');
    const kept = (await page.locator('main tbody td[data-l="Puntuació"]').allInnerTexts()).map(Number);
    claim(kept.length > 0 && kept.every((one) => one >= 60), `filtered: ${kept.join()}`);
  });
  await t.checkPage(page, 'leads-by-points');

  await check('the page of a lead says what its points are for and how probable it is', async () => {
    await page.goto('/leads?sort=score&filter=status%3Anone%3Aconverted%2Cdiscarded');
    await pressed(page, 'main tbody th a');
    await claimText(page.locator('main'), ['Puntuació i probabilitat', 'de 100', name, '+60']);
    await claimText(page.locator('main'), ['Probabilitat que sigui client:', 'guanyats de']);
  });
  await t.checkPage(page, 'lead-with-points');

  await check('what was learned is told with how good it is', async () => {
    await pressed(page, 'main a[href="/reports/lead-probability"]');
    await claimText(page.locator('main'), ['Tancats', 'Brier', 'El que pesa més', 'Què vol dir']);
  });
  await t.checkPage(page, 'learned');

  await check('the rule is taken away', async () => {
    await page.goto('/settings/scoring');
    await pressed(page, `main th a:has-text("${name}")`);
    await page.locator('main details.confirm summary').click();
    await pressed(page, 'main details.confirm form button');
    claim(await page.locator('main th a', { hasText: name }).count() === 0, 'it is still there');
  });
  await page.context().close();
}
