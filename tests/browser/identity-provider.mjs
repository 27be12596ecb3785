// A real identity provider (oidc-provider, certified by the OpenID Foundation) on this machine for one flow. Whoever
// types their e-mail address into its page is that person; what it says of them can be changed.

import { randomBytes } from 'node:crypto';
import http from 'node:http';

import Provider from 'oidc-provider';

export const CLIENT = { id: 'tracte', secret: 'un secret prou llarg per a les proves' };

/// Resolves once it listens. `back` is the address that people may come back to.
export async function startIdentityProvider(back) {
  const state = { verified: true };
  const server = http.createServer();
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = quietly(() => new Provider(issuer, {
    clients: [{
      client_id: CLIENT.id,
      client_secret: CLIENT.secret,
      redirect_uris: [back],
      token_endpoint_auth_method: 'client_secret_basic',
    }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: `subject-of-${id}`, email: id, email_verified: state.verified, name: id }),
    }),
    pkce: { required: () => true },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
  }));
  server.on('request', provider.callback());
  return {
    issuer,
    verify: (verified) => { state.verified = verified; },
    stop: () => { server.closeAllConnections(); server.close(); },
  };
}

/// It warns that its pages for trying it out are no real ones; here they are what is wanted.
function quietly(work) {
  const { warn, info } = console;
  console.warn = () => {};
  console.info = () => {};
  try { return work(); } finally { Object.assign(console, { warn, info }); }
}

/// Fills in the provider's pages until the browser is back at Tracte.
export async function signInAtProvider(page, email) {
  await page.waitForURL('**/interaction/**');
  await page.locator('[name="login"]').fill(email);
  await page.locator('[name="password"]').fill('qualsevol');
  await page.locator('button[type="submit"]').click();
  await agreeAtProvider(page);
}

/// What somebody agrees to who is still signed in there.
export async function agreeAtProvider(page) {
  await page.waitForURL('**/interaction/**');
  await page.locator('button[type="submit"]').click();
  await page.waitForURL((url) => !url.pathname.includes('/interaction/') && !url.pathname.startsWith('/auth'));
}
