// A mail server of this machine for one flow: takes every letter and gives it back as text.

import net from 'node:net';

const LETTER_LIMIT_MS = 30_000;

/// Resolves once it listens. `refuse` answers the next recipients with a 550 until it is taken back.
export async function startMailServer() {
  const letters = [];
  const waiting = [];
  const state = { refuses: false };
  const server = net.createServer((socket) => converse(socket, state, (letter) => {
    const next = waiting.shift();
    if (next) next(letter); else letters.push(letter);
  }));
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    port: server.address().port,
    refuse: (refuses) => { state.refuses = refuses; },
    /// The next letter, when it has come.
    next: () => new Promise((resolve, reject) => {
      if (letters.length > 0) { resolve(letters.shift()); return; }
      const limit = setTimeout(() => reject(new Error('no letter came')), LETTER_LIMIT_MS);
      waiting.push((letter) => { clearTimeout(limit); resolve(letter); });
    }),
    stop: () => server.close(),
  };
}

function converse(socket, state, take) {
  let rest = '';
  let letter = null;
  const say = (line) => socket.write(`${line}\r\n`);
  const answer = (line) => {
    const command = line.toUpperCase();
    if (letter) {
      if (line !== '.') { letter.push(line.replace(/^\./, '')); return; }
      take(decoded(letter));
      letter = null;
      say('250 2.0.0 Ok: queued as 4F9A');
    } else if (command.startsWith('EHLO')) say('250 localhost');
    else if (command.startsWith('RCPT') && state.refuses) say('550 5.1.1 No such user here');
    else if (command === 'DATA') { letter = []; say('354 Go on'); }
    else if (command === 'QUIT') { say('221 2.0.0 Bye'); socket.end(); }
    else say('250 2.0.0 Ok');
  };
  // Who hangs up in the middle is gone; the flow notices that no letter came.
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString('latin1')).split('\r\n');
    rest = lines.pop();
    lines.forEach(answer);
  });
  say('220 localhost ESMTP');
}

/// Headers and body, transfer encoding undone.
function decoded(lines) {
  const end = lines.indexOf('');
  const head = lines.slice(0, end).join('\n');
  const body = lines.slice(end + 1);
  if (/transfer-encoding: base64/i.test(head)) {
    return `${head}\n\n${Buffer.from(body.join(''), 'base64').toString('utf8')}`;
  }
  const text = body.join('\n').replaceAll('=\n', '');
  const bytes = text.replace(/=([0-9A-F]{2})/g, (_, digits) => String.fromCharCode(parseInt(digits, 16)));
  const isQuoted = /transfer-encoding: quoted-printable/i.test(head);
  return `${head}\n\n${Buffer.from(isQuoted ? bytes : body.join('\n'), 'latin1').toString('utf8')}`;
}
