// Bulk actions: rows ticked, what would happen told, done, and undone; by mouse and keyboard, with and without JavaScript.

import { views } from '../support.mjs';
import { claim, claimText, fill, followed, onFreshServer, send, setUp } from '../steps.mjs';

const COMPANIES = ['Forn de la Plaça', 'Cellers del Mas', 'Hotel Ultònia', 'Mas Riera'];

export default async function flow(t) {
  for (const view of views) await onFreshServer(t, (fresh) => inBulk(fresh, view));
}

async function inBulk(t, view) {
  const page = await t.open(view);
  const check = (title, work) => t.check(`${title} · ${view.name}`, work);
  await setUp(page);
  for (const company of COMPANIES) {
    await page.goto('/leads/new');
    await fill(page, { company });
    await send(page, 'form[action="/leads"]');
  }

  await check('every button is in sight', async () => {
    await page.goto('/leads');
    const room = page.viewportSize().width;
    for (const button of await page.locator('#bulk > *').all()) {
      const { x, width } = await button.boundingBox();
      claim(x >= 0 && x + width <= room, `${await button.textContent()} ends at ${x + width} of ${room}`);
    }
  });

  await check('nothing ticked is told, not done', async () => {
    await page.goto('/leads');
    await pressed(page, 'button[name="which"][value="ticked"]');
    await claimText(page.locator('main'), 'torneu a la llista');
  });

  await check('two are ticked with the keyboard, and a tag is put on them', async () => {
    await page.goto('/leads');
    for (const company of COMPANIES.slice(0, 2)) {
      const tick = page.getByLabel(`Marca «${company}»`);
      await tick.focus();
      await page.keyboard.press('Space');
      claim(await tick.isChecked(), `${company} has no tick`);
    }
    await pressed(page, 'button[name="which"][value="ticked"]');
    await claimText(page.locator('main'), '2 triats');
    await page.locator('input[value="add_tag"]').check();
    await page.locator('select[name="tag"]').selectOption('vip');
    await send(page, 'main form[action^="/leads/bulk"]');
    await claimText(page.locator('main'), ['Què passarà', 'VIP', 'Canvien', '2']);
    await started(page);
    await claimText(page.locator('main'), 'Se n’han canviat 2.');
  });

  await check('all of a filter get another source, and get the former one back', async () => {
    await page.goto('/leads?filter=tags:any:vip');
    await claimText(page.locator('main'), COMPANIES.slice(0, 2));
    await pressed(page, 'button[name="which"][value="all"]');
    await page.locator('input[value="set_field"]').check();
    await page.locator('select[name="field"]').selectOption('source');
    await send(page, 'main form[action^="/leads/bulk"]');
    await page.locator('select[name="value"]').selectOption('referral');
    await send(page, 'main form[action^="/leads/bulk"]');
    await started(page);
    await page.goto('/leads?source=referral');
    await claimText(page.locator('main'), COMPANIES.slice(0, 2));
    await page.goto('/bulk');
    await page.locator('main tbody th a').first().click();
    await page.waitForURL('**/bulk/*');
    await pressed(page, 'form[action$="/undo"] button');
    await followed(page, page.locator('main .notice', { hasText: 'S’ha desfet' }));
    await page.goto('/leads?source=referral');
    await claimText(page.locator('main'), 'Cap resultat');
  });

  await check('archived ones leave the list and come back', async () => {
    await page.goto('/leads');
    await page.getByLabel(`Marca «${COMPANIES[3]}»`).check();
    await pressed(page, 'button[name="which"][value="ticked"]');
    await page.locator('input[value="archive"]').check();
    await send(page, 'main form[action^="/leads/bulk"]');
    await started(page);
    await page.goto('/leads');
    claim(!(await page.locator('main').innerText()).includes(COMPANIES[3]), 'the archived one is in the list');
    await page.goto('/leads?filter=archived:yes');
    await page.locator('main tbody th a', { hasText: COMPANIES[3] }).click();
    await claimText(page.locator('main'), 'és a l’arxiu');
    await pressed(page, 'form[action$="/archived"] button');
    await page.goto('/leads');
    await claimText(page.locator('main'), COMPANIES[3]);
  });
}

/// Presses a button and waits for the page that answers.
async function pressed(page, button) {
  await Promise.all([page.waitForEvent('domcontentloaded'), page.locator(button).first().click()]);
}

/// Says yes to what would happen, and waits for the result.
async function started(page) {
  await send(page, 'form[action^="/leads/bulk/start"]');
  claim(new URL(page.url()).pathname.startsWith('/bulk/'), `at ${page.url()}`);
  await followed(page, page.locator('main .notice').filter({ hasText: 'canviat' }).first());
}
