// A consultant's settings: company, holidays, a tax, a pipeline, numbers, all of it as a file, and a backup; on a phone
// and a desk, with and without JavaScript.

import path from 'node:path';

import { root, views } from '../support.mjs';
import { REFUSED, claim, claimPath, claimText, fill, followed, onFreshServer, send, setUp } from '../steps.mjs';

const CONFIGURATION = path.join(root, 'data/samples/config/installer.toml');

export default async function flow(t) {
  for (const view of views) await onFreshServer(t, (fresh) => atWork(fresh, view));
}

async function atWork(t, view) {
  const page = await t.open(view);
  const check = (title, work) => t.check(`${title} · ${view.name}`, work);
  await check('the company is set up', () => setUp(page));
  await page.goto('/settings');
  await t.checkPage(page, 'hub');
  await company(t, page, check);
  await editors(t, page, check);
  await file(t, page, check);
  await backups(t, page, check);
  await page.context().close();
}

async function company(t, page, check) {
  const form = 'form[action="/settings/company"]';
  await check('the company: problems stay beside what was typed', async () => {
    await page.locator('main .hub a[href="/settings/company"]').click();
    claimPath(page, '/settings/company');
    await fill(page, { tax_id: 'B58818502', town: 'Sant Celoni', monday: '14-9', brand_hue: '30' });
    await send(page, form);
    claim(await page.locator('#f-tax_id-error').count() === 1, 'no problem at the tax id');
    claim(await page.locator('[name="town"]').inputValue() === 'Sant Celoni', 'what was typed is lost');
  });
  await t.checkPage(page, 'company-errors', REFUSED);
  await check('the company is saved, in its own colour', async () => {
    await fill(page, { tax_id: 'B58818501', monday: '9-14' });
    await send(page, form);
    claim(await page.locator('link[href="/brand/30.css"]').count() === 1, 'no style sheet of its own');
  });
  await t.checkPage(page, 'company');
  await check('the holidays of a year come together', async () => {
    await page.goto('/settings/holidays');
    await fill(page, { calendar: 'catalonia', year: '2026' });
    await send(page, 'form[action="/settings/holidays/national"]');
    await claimText(page.locator('main'), 'Diada Nacional de Catalunya');
  });
  await t.checkPage(page, 'holidays');
}

async function editors(t, page, check) {
  const press = async (deed) => {
    // A page that is left keeps what is typed into it.
    await Promise.all([
      page.waitForEvent('load'),
      page.locator(`main button[name="deed"][value="${deed}"]`).last().click(),
    ]);
  };
  await check('a tax gets another rate', async () => {
    await page.goto('/settings/taxes/igi');
    await press('add');
    await fill(page, { 'rates.1.from': '2027-01-01', 'rates.1.percent': '5,25' });
    await press('save');
    claimPath(page, '/settings/taxes');
    await claimText(page.locator('main'), '5,25 %');
  });
  await t.checkPage(page, 'taxes');
  await page.goto('/settings/taxes/igi');
  await t.checkPage(page, 'tax');
  await check('numbers are seen before they are given', async () => {
    await page.goto('/settings/number-series/quotes');
    await fill(page, { pattern: 'O{YY}/{NNN}', first: '40' });
    await press('preview');
    await claimText(page.locator('main'), '/042');
  });
  await t.checkPage(page, 'series');
  await check('a stage moves up', async () => {
    await page.goto('/settings/pipelines/sales');
    await press('up-1');
    claim(await page.locator('[name="stages.0.key"]').inputValue() === 'analysis', 'the stage stays where it was');
    await press('save');
    claimPath(page, '/settings/pipelines');
  });
  await page.goto('/settings/pipelines/sales');
  await t.checkPage(page, 'pipeline');
}

async function file(t, page, check) {
  await page.goto('/settings/file');
  await t.checkPage(page, 'file');
  await check('a file is looked at and applied', async () => {
    await page.locator('[name="file"]').setInputFiles(CONFIGURATION);
    await send(page, 'form[action="/settings/file"]');
    await claimText(page.locator('main'), 'pipelines.installations');
  });
  await t.checkPage(page, 'file-review');
  await check('it is done', async () => {
    await send(page, 'form[action="/settings/file/apply"]');
    claimPath(page, '/settings/file');
    await page.goto('/settings/pipelines/installations');
    claim(await page.locator('[name="label_ca"]').inputValue() === 'Instal·lacions', 'the pipeline is not there');
  });
}

async function backups(t, page, check) {
  await page.goto('/settings');
  await check('a backup is made while one looks on', async () => {
    await page.locator('main .hub a[href="/settings/backups"]').click();
    claimPath(page, '/settings/backups');
    await send(page, 'form[action="/settings/backups"]');
    await followed(page, page.locator('#backups tbody tr').first());
    claim(await page.locator('#backups tbody tr').count() === 1, 'the backup is not in the list');
  });
  await t.checkPage(page, 'backups');
}
