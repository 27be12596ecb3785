// Ways in: the mail server is set up and tried, an invitation and a forgotten password go by letter, and a second factor
// is set up, asked for and required; on a phone and a desk, with and without JavaScript.

import { createHmac } from 'node:crypto';

import { startMailServer } from '../mail-server.mjs';
import {
  ADMINISTRATOR, REFUSED, claim, claimPath, claimProblems, claimText, claimTyped, fill, onFreshServer, send, setUp,
  signOut,
} from '../steps.mjs';
import { views } from '../support.mjs';

const MAIL = 'form[action="/settings/mail"]';
const SECOND = '/account/second-factor';
const NEW_PASSWORD = 'una gata sota la taula';

export default async function flow(t) {
  for (const view of views) await onFreshServer(t, (fresh) => waysIn(fresh, view));
}

async function waysIn(t, view) {
  const mail = await startMailServer();
  try {
    const page = await t.open(view);
    const check = (title, work) => t.check(`${title} · ${view.name}`, work);
    await check('the company is set up', () => setUp(page));
    await mailServer(t, page, check, mail);
    await invitation(t, page, check, mail);
    await forgotten(t, page, check, mail);
    await secondFactor(t, page, check);
    await page.context().close();
  } finally {
    mail.stop();
  }
}

async function mailServer(t, page, check, mail) {
  await check('a mail server with mistakes: what was typed stays', async () => {
    await page.goto('/settings');
    await page.locator('main .hub a[href="/settings/mail"]').click();
    const typed = { host: 'smtp exemple', port: '99999', from_email: 'crm', link_address: 'crm.exemple.cat/x' };
    await fill(page, typed);
    await send(page, MAIL);
    await claimProblems(page, Object.keys(typed));
    await claimTyped(page, typed);
  });
  await t.checkPage(page, 'mail-errors', REFUSED);
  await check('it is set right, and a test letter arrives', async () => {
    const { origin } = new URL(page.url());
    await fill(page, { host: 'localhost', port: String(mail.port), from_email: 'crm@exemple.cat', link_address: origin });
    await page.locator('[name="security"][value="none"]').check();
    await send(page, MAIL);
    claimPath(page, '/settings/mail');
    await send(page, 'form[action="/settings/mail/test"]');
    await claimText(page.locator('main .notice'), '250 2.0.0 Ok: queued as 4F9A');
    claim((await mail.next()).includes(`Hola, ${ADMINISTRATOR.name}`), 'the letter names nobody');
  });
  await t.checkPage(page, 'mail-test');
  await check('what the server refuses is said in its own words', async () => {
    mail.refuse(true);
    await send(page, 'form[action="/settings/mail/test"]');
    await claimText(page.locator('main .notice'), '550 5.1.1 No such user here');
  });
  await t.checkPage(page, 'mail-test-refused');
}

async function invitation(t, page, check, mail) {
  await check('an invitation that is refused waits in the outbox for a button', async () => {
    await page.goto('/users/new');
    await fill(page, { name: 'Laia Serra', email: 'laia@fusteria.example.com' });
    await page.locator('[name="role"][value="rep"]').check();
    await send(page, 'main form.form');
    await claimText(page.locator('main'), 'També enviem un enllaç a laia@fusteria.example.com');
    await until(page, '/settings/mail', 'no ha sortit');
    await claimText(page.locator('main table'), ['Invitació', '550 5.1.1 No such user here']);
  });
  await t.checkPage(page, 'mail-outbox');
  await check('sent again, it arrives', async () => {
    mail.refuse(false);
    await send(page, 'form[action$="/again"]');
    const link = linkIn(await mail.next());
    await until(page, '/settings/mail', 'enviat');
    await signOut(page);
    await page.goto(link);
    await fill(page, { new_password: NEW_PASSWORD });
    await send(page, 'form[action^="/welcome/"]');
    claimPath(page, '/');
    await signOut(page);
  });
}

async function forgotten(t, page, check, mail) {
  await check('a forgotten password: the same answer for everybody', async () => {
    await page.goto('/sign-in');
    await page.locator('main a[href="/forgot-password"]').click();
    claimPath(page, '/forgot-password');
  });
  await t.checkPage(page, 'forgotten');
  await check('the link of the letter leads to another one', async () => {
    await fill(page, { email: 'ningu@fusteria.example.com' });
    await send(page, 'form[action="/forgot-password"]');
    await claimText(page.locator('main'), 'Mireu el correu');
    await page.goto('/forgot-password');
    await fill(page, { email: ADMINISTRATOR.email });
    await send(page, 'form[action="/forgot-password"]');
    await claimText(page.locator('main'), 'Mireu el correu');
    await page.goto(linkIn(await mail.next()));
    await fill(page, { new_password: NEW_PASSWORD });
    await send(page, 'form[action^="/welcome/"]');
    claimPath(page, '/');
  });
  await t.checkPage(page, 'after-reset');
}

async function secondFactor(t, page, check) {
  await check('the company asks for a second factor: pages lead to its set-up', async () => {
    await page.goto('/settings/sign-in');
    await page.locator('[name="second_factor"][value="everybody"]').check();
    await send(page, 'form[action="/settings/sign-in"]');
    await page.goto('/leads');
    claimPath(page, SECOND);
  });
  await t.checkPage(page, 'second-factor-missing');
  let secret;
  await check('a wrong code is said, with the same key', async () => {
    await send(page, `form[action="${SECOND}/begin"]`);
    secret = (await page.locator('#second-factor-secret').innerText()).replace(/\s/g, '');
    await fill(page, { code: '000000' });
    await send(page, `form[action="${SECOND}"]`);
    const again = (await page.locator('#second-factor-secret').innerText()).replace(/\s/g, '');
    claim(again === secret, 'another key is shown');
  });
  await t.checkPage(page, 'second-factor-begun', REFUSED);
  await check('the right one switches it on and gives ten codes', async () => {
    await fill(page, { code: codeOf(secret, Date.now()) });
    await send(page, `form[action="${SECOND}"]`);
    claim(await page.locator('main ol li').count() === 10, 'there are not ten codes');
  });
  await t.checkPage(page, 'second-factor-codes');
  await check('the next time a code is asked for', async () => {
    await page.goto('/account');
    await claimText(page.locator('main'), 'activat');
    await signOut(page);
    await fill(page, { email: ADMINISTRATOR.email, password: NEW_PASSWORD });
    await send(page, 'form[action="/sign-in"]');
    claimPath(page, '/sign-in/code');
  });
  await t.checkPage(page, 'second-factor-code');
  await check('with it, the door opens', async () => {
    // The code of a moment ago is used; that of the next half minute is as good.
    await fill(page, { code: codeOf(secret, Date.now() + 30_000) });
    await send(page, 'form[action="/sign-in/code"]');
    claimPath(page, '/');
    await page.goto(SECOND);
  });
  await t.checkPage(page, 'second-factor-on');
}

/// The page again until it says this: letters go in the background.
async function until(page, path, wanted) {
  const giveUp = Date.now() + 20_000;
  for (;;) {
    await page.goto(path);
    if ((await page.locator('main').innerText()).includes(wanted)) return;
    claim(Date.now() < giveUp, `${path} never said «${wanted}»`);
    await page.waitForTimeout(200);
  }
}

function linkIn(letter) {
  const link = letter.match(/http:\S+\/welcome\/\w+/);
  claim(link, `no link in ${letter}`);
  return link[0];
}

/// RFC 6238 with SHA-1, six digits and half a minute, as an app does it.
function codeOf(secret, at) {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => digits.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}
