// Rules without code: who gets a lead, tried before it is kept and explained on the lead; what somebody said about the
// use of their data; and how long data are kept. On a phone and a desk, with and without JavaScript.

import { REFUSED, claim, claimText, fill, onFreshServer, send, setUp } from '../steps.mjs';
import { views } from '../support.mjs';

export default async function flow(t) {
  for (const view of views) await onFreshServer(t, (fresh) => ofRules(fresh, view));
}

async function pressed(page, selector) {
  await Promise.all([page.waitForEvent('domcontentloaded'), page.locator(selector).first().click()]);
}

async function ofRules(t, view) {
  const page = await t.open(view);
  const check = (title, work, options) => t.check(`${title} · ${view.name}`, work, options);
  await setUp(page);

  await check('a rule with problems comes back with all of them', async () => {
    await page.goto('/settings/assignment/new');
    await fill(page, { label_ca: 'De Vic' });
    await page.locator('select[name$="-field"]').first().selectOption('town');
    await pressed(page, 'button[value="g0"], main button:has-text("Afegeix una condició")');
    await fill(page, { v0: 'Vic' });
    await pressed(page, 'main .form-actions button[type="submit"]');
    claim(await page.locator('main [aria-invalid="true"], main .error').count() > 0, 'a rule for nobody was kept');
    claim(await page.locator('main [name="v0"]').inputValue() === 'Vic', 'the condition is lost');
  }, REFUSED);
  await t.checkPage(page, 'assignment-rule-problems', REFUSED);

  await check('it is tried, kept, and said as a sentence', async () => {
    await page.locator('main [name="person"]').first().check();
    await fill(page, { most: '25' });
    await pressed(page, 'main button:has-text("Simula")');
    await claimText(page.locator('main'), ['Simulació de les regles', 'No s’ha desat res']);
    claim(await page.locator('main [name="most"]').inputValue() === '25', 'how many leads is lost');
    await pressed(page, 'main button:has-text("Desa la regla")');
    await claimText(page.locator('main'), ['De Vic', 'Vic', 'Roser Planas']);
  });
  await t.checkPage(page, 'assignment-rules');

  await check('a lead that fits it says why it is whose it is', async () => {
    await page.goto('/leads/new');
    await fill(page, { company: 'Forn Soler', town: 'Vic' });
    await send(page, 'main form[action="/leads"]');
    await claimText(page.locator('main'), ['Per què Roser Planas', 'De Vic']);
  });

  await check('what was said about one’s data is written down, then taken back', async () => {
    await page.locator('main summary', { hasText: 'Anota què ha dit' }).click();
    for (const name of ['purpose', 'basis', 'way']) {
      const options = page.locator(`main [name="${name}"] option`);
      await page.locator(`main [name="${name}"]`).selectOption(await options.nth(1).getAttribute('value'));
    }
    await page.locator('main [name="state"][value="given"]').check();
    await send(page, 'main form[action$="/consents"]');
    await page.locator('main a[href*="#consent"]').first().click();
    await page.locator('main [name="state"][value="withdrawn"]').check();
    const ways = page.locator('main [name="way"]');
    await ways.selectOption(await ways.locator('option').nth(1).getAttribute('value'));
    await send(page, 'main form[action$="/consents"]');
    claim(await page.locator('main a[href*="#consent"]').count() === 0, 'what was withdrawn can be withdrawn');
  });
  await t.checkPage(page, 'lead-with-consents');

  await check('how long data are kept: what would go is told before', async () => {
    await page.goto('/settings/retention');
    await fill(page, { months_discarded_leads: 'molts' });
    await send(page, 'main form[action="/settings/retention"]');
    claim(await page.locator('main [name="months_discarded_leads"]').inputValue() === 'molts', 'it is lost');
    await fill(page, { months_discarded_leads: '24' });
    await send(page, 'main form[action="/settings/retention"]');
    await page.goto('/settings/retention');
    claim(await page.locator('main [name="months_discarded_leads"]').inputValue() === '24', 'another period');
  }, REFUSED);
  await t.checkPage(page, 'retention', REFUSED);
  await page.context().close();
}
