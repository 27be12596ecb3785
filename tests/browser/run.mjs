// Runs the browser flows: for each file of `flows/`, in order of name, the built `tracte serve` on a free port with
// an empty temporary data folder, and a fresh Chromium. `node tests/browser/run.mjs [part of a flow's name]`.
// A flow is a module whose default export is `async (t) => …`; see `support.mjs` for what `t` offers.
// `export const demo = true` starts its server on the demo company.

import { readdirSync, existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import path from 'node:path';

import { startServer } from './server.mjs';
import { Flow, launchBrowser } from './support.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const flowsFolder = path.join(here, 'flows');

const filter = process.argv[2] ?? '';
const files = existsSync(flowsFolder)
  ? readdirSync(flowsFolder).filter((file) => file.endsWith('.mjs') && file.includes(filter)).sort()
  : [];

let passed = 0;
let failed = 0;

for (const file of files) {
  const name = file.replace(/\.mjs$/, '');
  console.log(`flow ${name}`);
  const results = await runFlow(name, path.join(flowsFolder, file));
  for (const result of results) {
    if (result.error) {
      failed += 1;
      console.log(`  FAIL ${result.title}\n${indented(result.error)}`);
    } else {
      passed += 1;
      console.log(`  ok   ${result.title}`);
    }
  }
}

if (files.length === 0) {
  console.log(filter ? `no browser flow's name contains «${filter}»` : 'there are no browser flows');
} else {
  console.log(`\n${passed} passed, ${failed} failed`);
}
process.exitCode = failed > 0 ? 1 : 0;

async function runFlow(name, file) {
  let server;
  let browser;
  const results = [];
  try {
    const flow = await import(pathToFileURL(file).href);
    server = await startServer({ demo: flow.demo === true });
    browser = await launchBrowser();
    await flow.default(new Flow({ name, server, browser, results }));
    if (results.length === 0) throw new Error('the flow checked nothing: call t.check');
  } catch (error) {
    results.push({ title: 'the flow itself', error });
  }
  await browser?.close();
  const complaint = await server?.stop();
  if (complaint) results.push({ title: 'the server stops cleanly', error: new Error(complaint) });
  if (server && results.some((result) => result.error)) {
    console.log(`  what the server wrote last:\n${indented(server.lastWords())}`);
  }
  return results;
}

function indented(value) {
  const text = value instanceof Error ? (value.stack ?? value.message) : String(value);
  return text.split('\n').map((line) => `       ${line}`).join('\n');
}
