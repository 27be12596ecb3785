// Companies that are the same one: told while somebody types, merged side by side, undone; pairs that are not the same.

import { views } from '../support.mjs';
import { KNOWN, claim, claimText, fill, onFreshServer, press, send, setUp } from '../steps.mjs';

export default async function flow(t) {
  for (const view of views) await onFreshServer(t, (fresh) => merging(fresh, view));
}

async function made(page, fields) {
  await page.goto('/companies/new');
  await fill(page, fields);
  await send(page, 'main form[action="/companies"]');
  return new URL(page.url()).pathname;
}

async function merging(t, view) {
  const page = await t.open(view);
  const check = (title, work, options) => t.check(`${title} · ${view.name}`, work, options);
  await setUp(page);
  const first = await made(page, { name: 'Fusteria Puig', email: 'info@puig.example.com', town: 'Olot' });

  if (view.javaScript) {
    await check('the form names what it may be, while it is typed', async () => {
      await page.goto('/companies/new');
      await page.locator('[name="name"]').pressSequentially('Fusteria Puig', { delay: 5 });
      await page.locator('#resembling a', { hasText: 'Fusteria Puig' }).waitFor();
      await claimText(page.locator('#resembling'), ['Potser és la mateixa fitxa', 'el mateix nom']);
      await t.checkPage(page, 'resembling');
    });
  }

  await check('one that is surely there comes back with everything typed', async () => {
    await page.goto('/companies/new');
    await fill(page, { name: 'Fusteria Puig, SL', email: 'info@puig.example.com', town: 'Girona', phone: '972 26 26 26' });
    await send(page, 'main form[action="/companies"]');
    await claimText(page.locator('main'), ['Ja n’hi ha una', 'Fusteria Puig', 'el mateix correu', 'No s’ha desat res']);
    claim((await page.locator('[name="town"]').inputValue()) === 'Girona', 'what was typed is lost');
    await t.checkPage(page, 'known', KNOWN);
    await press(page, 'main button[name="duplicates"]');
    await claimText(page.locator('main'), ['Fusteria Puig, SL', 'Potser és la mateixa fitxa']);
  });
  const second = new URL(page.url()).pathname;

  await check('the two are merged side by side, by keyboard', async () => {
    await page.locator('main a', { hasText: 'Fusiona' }).first().focus();
    await Promise.all([page.waitForURL('**/merge?with=**'), page.keyboard.press('Enter')]);
    await claimText(page.locator('main'), ['Quina es queda', 'Quin valor es queda', 'Girona', 'Olot']);
    await t.checkPage(page, 'merge');
    const town = page.locator(`input[name="take.address"][value="${first.split('/')[2]}"]`);
    await town.focus();
    await page.keyboard.press('Space');
    claim(await town.isChecked(), 'the value is not chosen by keyboard');
    await page.locator('main .form-actions button[type="submit"]').focus();
    await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')]);
    await claimText(page.locator('body'), ['Les fitxes s’han fusionat', 'Olot', '972 26 26 26', 'hi ha fusionat']);
    await t.checkPage(page, 'merged');
  });
  const survivor = new URL(page.url()).pathname;
  const gone = survivor === first ? second : first;

  await check('the address of the other leads to the one that stayed', async () => {
    await page.goto(gone);
    claim(new URL(page.url()).pathname === survivor, 'it leads elsewhere');
    await claimText(page.locator('body'), 'Aquesta fitxa s’ha fusionat amb la que veieu');
    await page.goto('/companies');
    claim(await page.locator('main tbody tr').count() === 1, 'the other is still in the list');
  });

  await check('the merge is undone, and says what came of it', async () => {
    await page.goto(survivor);
    await page.locator('main a[href^="/merges/"]').first().click();
    await page.waitForURL('**/merges/**');
    await t.checkPage(page, 'merge-page');
    await send(page, 'main form[action$="/undo"]');
    await claimText(page.locator('main'), ['La fusió s’ha desfet', 'Tot ha quedat com abans']);
    await t.checkPage(page, 'undone');
    await page.goto(gone);
    claim(new URL(page.url()).pathname === gone, 'it is not there again');
  });

  await check('pairs are listed, put aside, and compared again', async () => {
    await page.goto('/companies');
    await page.locator('main .page-head details.menu > summary').click();
    await page.locator('main a[href="/companies/duplicates"]').click();
    await page.waitForURL('**/duplicates');
    await claimText(page.locator('main'), ['Fusteria Puig, SL', 'el mateix correu']);
    await t.checkPage(page, 'pairs');
    await send(page, 'main form[action="/duplicates/apart"]');
    await claimText(page.locator('main'), ['No hi ha cap parella', 'Parelles que no són la mateixa']);
    await t.checkPage(page, 'apart');
    await send(page, 'main form[action^="/duplicates/apart/"]');
    await claimText(page.locator('main'), 'No és la mateixa');
  });

  await check('two that have a tick are merged from the list', async () => {
    await page.goto('/companies');
    for (const tick of await page.locator('main tbody input[type="checkbox"]').all()) await tick.check();
    await press(page, 'main #bulk button[formaction]');
    claim(page.url().includes('/merge?with='), 'the page of the merge does not come');
  });
}
