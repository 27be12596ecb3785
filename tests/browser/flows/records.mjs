// Companies, contacts, opportunities and products: made, linked, moved along, found again; with and without JavaScript.

import { views } from '../support.mjs';
import { REFUSED, claim, claimText, fill, followed, onFreshServer, send, setUp } from '../steps.mjs';

export default async function flow(t) {
  for (const view of views) await onFreshServer(t, (fresh) => ofRecords(fresh, view));
}

async function ofRecords(t, view) {
  const page = await t.open(view);
  const check = (title, work, options) => t.check(`${title} · ${view.name}`, work, options);
  await setUp(page);
  let company = '';

  await check('a company with problems comes back as it was typed, all problems said', async () => {
    await page.goto('/companies');
    await page.locator('main a[href="/companies/new"]').first().click();
    await page.waitForURL('**/companies/new');
    await fill(page, { tax_id: 'B17123457', employees: '-3', town: 'Olot' });
    await send(page, 'main form[action="/companies"]');
    await claimText(page.locator('main'), ['Hi ha 3 problemes', 'Nom']);
    claim(await page.locator('[name="town"]').inputValue() === 'Olot', 'the town is lost');
    await fill(page, { name: 'Fusteria Puig', tax_id: 'B58378431', employees: '12', kind: 'client' });
    await send(page, 'main form[action="/companies"]');
    await claimText(page.locator('main'), ['Fusteria Puig', 'B58378431', 'Client des de']);
    company = new URL(page.url()).pathname;
  }, REFUSED);

  await check('a contact and an opportunity belong to it', async () => {
    await page.locator('main a[href^="/contacts/new?company="]').click();
    await page.waitForURL('**/contacts/new**');
    await fill(page, { given_name: 'Marta', family_name: 'Puig', email: 'marta@puig.example.com' });
    await send(page, 'main form[action="/contacts"]');
    await claimText(page.locator('main'), ['Marta Puig', 'Fusteria Puig']);
    await page.goto(company);
    await page.locator('main a[href^="/opportunities/new?company="]').click();
    await page.waitForURL('**/opportunities/new**');
    await fill(page, { name: 'Cuina nova', amount: '12.500', contact: 'Marta Puig' });
    await send(page, 'main form[action="/opportunities"]');
    await claimText(page.locator('main'), ['Cuina nova', '12.500,00', 'Marta Puig', 'Fusteria Puig']);
  });

  await check('a lost one asks for its reason, then it is told on the company’s page', async () => {
    await Promise.all([
      page.waitForEvent('domcontentloaded'),
      page.locator('button[name="stage"][value="sales.lost"]').click(),
    ]);
    await claimText(page.locator('main'), 'Motiu de la pèrdua');
    await fill(page, { lost_reason: 'price' });
    await send(page, 'main form[action^="/opportunities/"]');
    await claimText(page.locator('main'), ['Perduda', 'Preu', 'Tancada el']);
    await page.goto(company);
    await claimText(page.locator('main'), ['ha canviat', 'Cuina nova', 'Perduda']);
  }, REFUSED);

  await check('what others belong to is archived, not deleted', async () => {
    await page.goto(`${company}/delete`);
    await claimText(page.locator('main'), ['No es pot suprimir', 'Contactes: 1', 'Oportunitats: 1']);
    await Promise.all([
      page.waitForEvent('domcontentloaded'),
      page.locator('main form[action$="/archive"] button').click(),
    ]);
    await claimText(page.locator('main'), 'Arxivat');
    await page.goto('/companies');
    claim(!(await page.locator('main').innerText()).includes('Fusteria Puig'), 'the archived one is in the list');
    await page.goto('/companies?filter=archived:yes');
    await claimText(page.locator('main'), 'Fusteria Puig');
  });

  await check('a product has its price, and the list is sorted by it', async () => {
    for (const [name, price] of [['Porta de roure', '120,5'], ['Finestra', '1.080']]) {
      await page.goto('/products/new');
      await fill(page, { name_ca: name, unit_price: price });
      await send(page, 'main form[action="/products"]');
      await claimText(page.locator('main'), name);
    }
    await page.goto('/products?sort=unit_price&direction=desc');
    const names = await page.locator('main tbody th a').allInnerTexts();
    claim(names.join() === 'Finestra,Porta de roure', names.join());
  });

  if (view.width < 640) await check('on a phone each value of a list stands under its name', async () => {
    await page.goto('/products');
    const bare = await page.locator('main tbody td:not(:empty)').evaluateAll((cells) =>
      cells.filter((cell) => ['none', '""'].includes(getComputedStyle(cell, '::before').content)).length);
    claim(bare === 0, `${bare} values have no name`);
  });

  await check('products that are ticked get a family in one go, and it is undone', async () => {
    await page.goto('/products');
    for (const tick of await page.locator('main tbody input[type="checkbox"]').all()) await tick.check();
    await send(page, '#bulk');
    await page.locator('input[name="action"][value="set_field"]').check();
    await fill(page, { field: 'billing' });
    await send(page, 'main form[action^="/products/bulk"]');
    await fill(page, { value: 'monthly' });
    await send(page, 'main form[action^="/products/bulk"]');
    await send(page, 'form[action^="/products/bulk/start"]');
    await followed(page, page.locator('form[action$="/undo"]'));
    await page.goto('/products?filter=billing:any:monthly');
    claim((await page.locator('main tbody tr').count()) === 2, 'both are monthly now');
  });

  await check('a view of the products is saved and opened again', async () => {
    await page.goto('/products?filter=billing:any:monthly');
    await page.locator('main a[href^="/views/new"]').click();
    await page.waitForURL('**/views/new**');
    await fill(page, { view_name: 'Mensuals' });
    await send(page, 'main form[action="/views"]');
    await claimText(page.locator('main'), ['Mensuals', 'Finestra']);
    claim(new URL(page.url()).pathname === '/products', `the view opened ${page.url()}`);
  });
}
