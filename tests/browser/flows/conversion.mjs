// A lead becomes a company, a contact and an opportunity, and back again; with and without JavaScript.

import { views } from '../support.mjs';
import { KNOWN, REFUSED, claim, claimText, fill, onFreshServer, press, send, setUp } from '../steps.mjs';

export default async function flow(t) {
  for (const view of views) await onFreshServer(t, (fresh) => conversion(fresh, view));
}

async function conversion(t, view) {
  const page = await t.open(view);
  const check = (title, work, options) => t.check(`${title} · ${view.name}`, work, options);
  await setUp(page);
  await page.goto('/companies/new');
  await fill(page, { name: 'Fusters de la Garrotxa', tax_id: 'B58378431', town: 'Olot' });
  await send(page, 'main form[action="/companies"]');
  await page.goto('/leads/new');
  await fill(page, {
    name: 'Marta Puig', company: 'Fusteria Puig', tax_id: 'B58378431', email: 'marta@puig.example.com',
    interest: 'Cuina de roure', amount: '12.500',
  });
  await send(page, 'main form[action="/leads"]');
  // The company with this tax id is a client that asks again.
  await check('the form says who is there already, and is saved anyway', async () => {
    await claimText(page.locator('main'), ['Ja n’hi ha una', 'Fusters de la Garrotxa', 'el mateix NIF']);
    claim((await page.locator('[name="interest"]').inputValue()) === 'Cuina de roure', 'what was typed is lost');
    await press(page, 'main button[name="duplicates"]');
  }, KNOWN);
  const lead = new URL(page.url()).pathname;

  await check('the page of a lead names who it may be, and why', async () => {
    await claimText(page.locator('main'), ['Potser és la mateixa fitxa', 'Fusters de la Garrotxa', 'el mateix NIF']);
  });

  await check('the company that is meant is offered first; problems come back as they were typed', async () => {
    await page.locator(`main a[href="${lead}/convert"]`).click();
    await page.waitForURL('**/convert');
    const chosen = page.locator('main input[name="company"]:checked');
    claim(/^[0-9a-f-]{36}$/.test(await chosen.inputValue()), 'the same tax id is not chosen');
    claim(!(await page.locator('[name="company.name"]').isVisible()), 'the new company’s inputs are in the way');
    // Creating the lead was refused at first, as it resembled somebody.
    await t.checkPage(page, 'convert', { expected: ['status of 409'] });
    await page.locator('main input[name="company"][value="new"]').check();
    await fill(page, { 'company.name': '', 'opportunity.amount': 'dotze mil' });
    await send(page, `main form[action="${lead}/convert"]`);
    await claimText(page.locator('main'), ['Hi ha 2 problemes', 'Empresa · Nom']);
    claim((await page.locator('[name="opportunity.amount"]').inputValue()) === 'dotze mil', 'the amount is lost');
  }, REFUSED);

  await check('it becomes three records that are linked', async () => {
    await page.locator('main input[name="company"]').first().check();
    await fill(page, { 'opportunity.amount': '12.500' });
    await send(page, `main form[action="${lead}/convert"]`);
    await claimText(page.locator('main'), ['En què s’ha convertit', 'Fusters de la Garrotxa', 'Marta Puig', 'Cuina de roure']);
    await t.checkPage(page, 'converted', { expected: ['422'] });
    await page.locator('main a[href^="/opportunities/"]').first().click();
    await page.waitForURL('**/opportunities/**');
    await claimText(page.locator('main'), ['12.500,00', 'D’on ve', 'Fusteria Puig']);
  });

  await check('it is undone', async () => {
    await page.goto(lead);
    await send(page, `main form[action="${lead}/convert/undo"]`);
    await claimText(page.locator('body'), 'S’ha desfet la conversió');
    await page.goto('/opportunities');
    claim(!(await page.locator('main').innerText()).includes('Cuina de roure'), 'the opportunity is still there');
  });
}
