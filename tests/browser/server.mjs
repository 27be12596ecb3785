// Starts the built `tracte serve` for one flow, on a free port of this machine and an empty data folder.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { root } from './support.mjs';

// A cold start of the development build with a demo company takes seconds; more says that it hangs.
const START_LIMIT_MS = 90_000;
const STOP_LIMIT_MS = 20_000;
const RETRY_MS = 50;
const KEPT_LOG_LINES = 40;

/// Resolves when the server accepts connections.
export async function startServer({ demo, settings: further = {} }) {
  const binary = process.env.TRACTE_BIN ?? path.join(root, 'target/debug/tracte');
  const data = mkdtempSync(path.join(os.tmpdir(), 'tracte-flow-'));
  const port = await freePort();
  const settings = { TRACTE_ADDRESS: `127.0.0.1:${port}`, TRACTE_DATA: data, TRACTE_DEMO: String(demo), ...further };
  const child = spawn(binary, ['serve'], {
    cwd: root,
    env: { ...inheritedEnvironment(), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

  let log = [];
  const keep = (chunk) => {
    log = [...log, ...String(chunk).split('\n').filter(Boolean)].slice(-KEPT_LOG_LINES);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve({ code, signal }));
    child.on('error', (error) => {
      keep(`${binary} could not be started: ${error.message}`);
      resolve({ code: 127, signal: null });
    });
  });

  const server = {
    address: `http://127.0.0.1:${port}`,
    data,
    lastWords: () => log.join('\n'),
    /// Asks it to stop; gives a complaint, or nothing when all is well.
    async stop() {
      child.kill('SIGTERM');
      const end = await Promise.race([ended, pause(STOP_LIMIT_MS, null, { ref: false })]);
      if (!end) child.kill('SIGKILL');
      rmSync(data, { recursive: true, force: true });
      if (!end) return `still running ${STOP_LIMIT_MS / 1000} s after SIGTERM`;
      return end.code === 0 ? undefined : `ended with ${end.signal ?? `code ${end.code}`}`;
    },
  };

  const giveUp = Date.now() + START_LIMIT_MS;
  let end;
  ended.then((value) => { end = value; });
  while (!(await accepts(port))) {
    if (end || Date.now() > giveUp) {
      await server.stop();
      throw new Error(`the server did not start (${Object.entries(settings).map((pair) => pair.join('=')).join(' ')} tracte serve):\n${server.lastWords()}`);
    }
    await pause(RETRY_MS);
  }
  return server;
}

/// Settings that happen to be in the shell must not decide what is tested; where the plugins lie is said by xtask.
function inheritedEnvironment() {
  const wanted = ([name]) => !name.startsWith('TRACTE_') || name === 'TRACTE_PLUGINS_AVAILABLE_DIR';
  return Object.fromEntries(Object.entries(process.env).filter(wanted));
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: '127.0.0.1' });
    socket.on('connect', () => { socket.destroy(); resolve(true); });
    socket.on('error', () => resolve(false));
  });
}
