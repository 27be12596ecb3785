// Another system of this machine for one flow: takes webhooks, checks their signatures and answers as it is told.

import { createHmac } from 'node:crypto';
import http from 'node:http';

const POST_LIMIT_MS = 30_000;

/// Resolves once it listens. `answer` says with which status and text the next ones are answered.
export async function startReceiver() {
  const posts = [];
  const waiting = [];
  let answered = { status: 200, text: 'D’acord' };
  const server = http.createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const post = { headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
      response.writeHead(answered.status, { 'content-type': 'text/plain; charset=utf-8' }).end(answered.text);
      const next = waiting.shift();
      if (next) next(post); else posts.push(post);
    });
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${server.address().port}/tracte`,
    answer: (status, text) => { answered = { status, text }; },
    /// The next webhook, when it has come.
    next: () => new Promise((resolve, reject) => {
      if (posts.length > 0) { resolve(posts.shift()); return; }
      const limit = setTimeout(() => reject(new Error('no webhook came')), POST_LIMIT_MS);
      waiting.push((post) => { clearTimeout(limit); resolve(post); });
    }),
    stop: () => { server.closeAllConnections(); server.close(); },
  };
}

/// Which of the signatures of a webhook are good for a secret.
export function signedWith(post, secret) {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const said = `${post.headers['webhook-id']}.${post.headers['webhook-timestamp']}.${post.body}`;
  const expected = `v1,${createHmac('sha256', key).update(said).digest('base64')}`;
  return post.headers['webhook-signature'].split(' ').map((signature) => signature === expected);
}
