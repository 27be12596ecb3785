// What flows are written with: pages of both sizes, with and without JavaScript, and the checks every page must pass.

import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const screenshots = process.env.SCREENSHOTS_DIR ?? path.join(root, 'target/screenshots');
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const CHROMIUM_ARGUMENTS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
const EVERY_RULE = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/// For a page that has been asked about everything else: the same markup in other colours.
export const COLOUR_RULES = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
// Each round lets axe take one step; it needs about ten.
const AXE_ROUNDS = 500;

/// The four ways in which every page must work.
export const views = [
  { name: 'phone', width: 390, height: 844, javaScript: true },
  { name: 'phone-no-js', width: 390, height: 844, javaScript: false },
  { name: 'desk', width: 1280, height: 800, javaScript: true },
  { name: 'desk-no-js', width: 1280, height: 800, javaScript: false },
];

export function launchBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: CHROMIUM_ARGUMENTS,
  });
}

/// One flow at work: `t.address`, `t.open(view)`, `t.check(title, work)`, `t.checkPage(page, title)`, `t.screenshot`.
export class Flow {
  constructor({ name, server, browser, results }) {
    Object.assign(this, { name, server, browser, results, address: server.address });
  }

  /// A page in a context of its own (no cookies of others). `state` carries a sign-in over:
  /// `await page.context().storageState()`.
  async open(view = views[2], { locale = 'ca-ES', state } = {}) {
    const context = await this.browser.newContext({
      baseURL: this.address,
      viewport: { width: view.width, height: view.height },
      javaScriptEnabled: view.javaScript,
      reducedMotion: 'reduce',
      locale,
      timezoneId: 'Europe/Madrid',
      storageState: state,
    });
    const page = await context.newPage();
    page.view = view;
    page.faults = [];
    // Refusals by the Content-Security-Policy reach the console as errors.
    page.on('console', (message) => {
      if (message.type() === 'error') page.faults.push(`console: ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => page.faults.push(`script: ${error.message}`));
    page.on('requestfailed', (request) => {
      // A navigation that starts while a request is under way ends that request; nothing is wrong with it.
      const reason = request.failure()?.errorText ?? '';
      if (reason !== 'net::ERR_ABORTED') page.faults.push(`request: ${request.url()} ${reason}`);
    });
    return page;
  }

  /// One named result. A failure is recorded and the flow goes on; the return value of `work` is passed on.
  async check(title, work) {
    try {
      const value = await work();
      this.results.push({ title });
      return value;
    } catch (error) {
      this.results.push({ title, error });
      return undefined;
    }
  }

  /// What must hold on every page: no axe violation, no sideways scrolling, no error in the console.
  /// Leaves a screenshot. Errors that the flow expects (a refused form answers 422) are named in `expected`; `rules`
  /// are the rules of axe to ask.
  async checkPage(page, title, { expected = [], rules = EVERY_RULE } = {}) {
    await this.screenshot(page, title);
    await this.check(`${title} · ${page.view.name}: accessible, fits, no errors`, async () => {
      const wrong = [...(await axeViolations(page, rules)), ...(await overflow(page)),
        ...(await smallTargets(page)), ...takeFaults(page, expected)];
      if (wrong.length > 0) throw new Error(`${page.url()}\n${wrong.join('\n')}`);
    });
  }

  async screenshot(page, title) {
    mkdirSync(screenshots, { recursive: true });
    const file = `${this.name}-${title}-${page.view.name}.png`.replace(/[^\p{L}\p{N}.-]+/gu, '-');
    // On a phone `main` scrolls, not the page: for the whole of it the window grows as long as that takes.
    const hidden = await page.evaluate(() => {
      const main = document.querySelector('main');
      return main && getComputedStyle(main).overflowY === 'auto' ? main.scrollHeight - main.clientHeight : 0;
    });
    const { width, height } = page.view;
    if (hidden > 0) await page.setViewportSize({ width, height: height + hidden });
    // Hiding the caret would leave empty styles behind, which htmx copies and the Content-Security-Policy refuses.
    await page.screenshot({ path: path.join(screenshots, file), fullPage: true, caret: 'initial' });
    if (hidden > 0) await page.setViewportSize({ width, height });
  }
}

/// Faults since the last call, except those that contain a string of `expected`.
export function takeFaults(page, expected = []) {
  const faults = page.faults.filter((fault) => !expected.some((part) => fault.includes(part)));
  page.faults.length = 0;
  return faults;
}

/// One line a violation: rule, how often, the first place, and what axe says about it.
export async function axeViolations(page, rules = EVERY_RULE) {
  // The debugger's own evaluation in a world apart: the page's security policy stays in force, its scripts unseen.
  const session = await page.context().newCDPSession(page);
  try {
    const { frameTree } = await session.send('Page.getFrameTree');
    const { executionContextId } = await session.send('Page.createIsolatedWorld', {
      frameId: frameTree.frame.id, worldName: 'axe',
    });
    const evaluate = async (expression) => {
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        expression, contextId: executionContextId, returnByValue: true,
      });
      if (exceptionDetails) throw new Error(`axe: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
      return result.value;
    };
    // Where JavaScript is off no timer fires and no promise is awaited, so the timers of this world are ours to fire.
    await evaluate(`globalThis.timers = []; globalThis.answer = null;
      globalThis.setTimeout = (work, _, ...words) => timers.push(() => work(...words));
      ${axeSource};undefined`);
    const options = { runOnly: rules, resultTypes: ['violations'] };
    await evaluate(`axe.run(document, ${JSON.stringify(options)}).then(
      (report) => { answer = { violations: report.violations }; },
      (error) => { answer = { failure: String(error) }; }); undefined`);
    for (let round = 0; round < AXE_ROUNDS; round += 1) {
      const answer = JSON.parse(await evaluate(
        'timers.splice(0).forEach((work) => work()); JSON.stringify(answer)',
      ));
      if (answer?.failure) throw new Error(`axe: ${answer.failure}`);
      if (answer) return answer.violations.map(describeViolation);
    }
    throw new Error(`axe gave no answer in ${AXE_ROUNDS} rounds`);
  } finally {
    await session.detach();
  }
}

function describeViolation({ id, help, nodes }) {
  const [first] = nodes;
  const reason = [...first.any, ...first.all, ...first.none][0]?.message ?? '';
  return `axe ${id} × ${nodes.length}: ${help}; ${first.target.join(' ')}; ${reason}`;
}

/// Empty, or how far the page is wider than the window and which elements stick out; and what sticks out of its box.
export async function overflow(page) {
  const found = await page.evaluate(() => {
    const named = (element) => `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> «${
      element.textContent.trim().slice(0, 40)}»`;
    const visible = [...document.body.querySelectorAll('*')].filter((element) => element.checkVisibility());
    const frames = [document.documentElement, document.querySelector('main')].filter(Boolean);
    const excess = Math.max(...frames.map((frame) => frame.scrollWidth - frame.clientWidth));
    const room = document.documentElement.clientWidth;
    const outside = visible.filter((element) => element.getBoundingClientRect().right > room + 1);
    // Panels neither scroll nor cut: what is wider than the panel is drawn over its border.
    const spilled = visible.filter((element) => element.matches('.panel, .kpi, .panel > *')
      && getComputedStyle(element).overflowX === 'visible' && element.scrollWidth > element.clientWidth + 1);
    return { excess, outside: outside.slice(0, 3).map(named), spilled: spilled.slice(0, 3).map(named) };
  });
  return [
    ...(found.excess > 0 ? [`wider than the window by ${found.excess} px: ${found.outside.join(' ')}`] : []),
    ...found.spilled.map((one) => `spills out of its panel: ${one}`),
  ];
}

// WCAG 2.2, 2.5.8.
const TARGET_PX = 24;

/// Controls that are smaller than a finger needs; links inside a sentence and unstyled details are what they are.
export async function smallTargets(page) {
  const found = await page.evaluate((least) => {
    const inSentence = (element) => element.tagName === 'A'
      && [...element.parentElement.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    // A link may cover its whole card by way of what the style sheet lays over it.
    const covered = (element) => {
      const after = getComputedStyle(element, '::after');
      return after.content !== 'none' && after.position === 'absolute' ? element.closest('.kpi') : null;
    };
    const small = (element) => {
      const box = (covered(element) ?? element.closest('label') ?? element).getBoundingClientRect();
      return box.width < least || box.height < least;
    };
    return [...document.querySelectorAll('a, button, input, select, textarea, summary')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.type !== 'hidden')
      .filter((element) => !element.closest('.sr, .skip') && !inSentence(element) && small(element))
      .map((element) => {
        const box = element.getBoundingClientRect();
        return `${element.outerHTML.slice(0, 90)} ${Math.round(box.width)} × ${Math.round(box.height)}`;
      });
  }, TARGET_PX);
  return found.slice(0, 4).map((one) => `smaller than ${TARGET_PX} px: ${one}`);
}
