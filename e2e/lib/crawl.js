// What every page in every state must pass.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from '@playwright/test';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 360, height: 740 };

/** Looks at the page as it is, light and dark, wide and narrow, from right to left, and by keyboard. */
export async function crawl(page) {
  const before = page.viewportSize();
  await heading(page);
  for (const viewport of [WIDE, NARROW]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await accessible(page, `${viewport.width} ${colorScheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const direction = await page.evaluate(() => document.documentElement.dir);
  await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
  await accessible(page, 'from right to left');
  await page.evaluate((dir) => { document.documentElement.dir = dir; }, direction);
  await sizes(page);
  await fits(page);
  await page.setViewportSize(WIDE);
  await readable(page);
  await page.setViewportSize(before);
  await keyboard(page);
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

/** The same for sizes alone: in a language of longer words. */
export async function narrow(page) {
  await page.setViewportSize(NARROW);
  await sizes(page);
  await fits(page);
}

/** G-03: one main heading, and a title made of it. */
async function heading(page) {
  const main = page.getByRole('heading', { level: 1 });
  await expect(main).toHaveCount(1);
  const text = (await main.innerText()).replaceAll(/\s+/g, ' ').trim();
  const failed = await page.getByRole('heading', { name: /^There is a problem$|was just taken/ }).count();
  expect(await page.title()).toMatch(new RegExp(`^${failed ? 'Error: ' : ''}${escape(text)} - .+`));
}

function escape(text) {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

async function accessible(page, where) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const found = await page.evaluate(async (tags) => {
    const { violations } = await window.axe.run(document, { runOnly: { type: 'tag', values: tags } });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
  }, TAGS);
  expect(found, `axe, ${where}, ${page.url()}`).toEqual([]);
}

/** G-07: what is pressed is big enough. */
export async function sizes(page) {
  const small = await page.evaluate(() => {
    const wrong = [];
    for (const element of document.querySelectorAll('button, input:not([type=hidden]), select, textarea, summary, a.button, td a')) {
      const { width, height } = element.getBoundingClientRect();
      if (!element.checkVisibility() || width <= 1 || element.closest('[aria-hidden=true]')) continue;
      const least = element.matches('button.main') ? 44 : 24;
      if (width < 24 || height < least) wrong.push(`${width}x${height}: ${element.outerHTML.slice(0, 120)}`);
    }
    return wrong;
  });
  expect(small, page.url()).toEqual([]);
}

/** G-06, G-11: nothing sticks out at 320 px, in either direction of writing. */
export async function fits(page) {
  await page.setViewportSize({ width: 320, height: 740 });
  for (const direction of ['ltr', 'rtl']) {
    const out = await page.evaluate((dir) => {
      const root = document.documentElement;
      const own = root.dir;
      root.dir = dir;
      const wide = root.scrollWidth > window.innerWidth;
      const widest = wide && [...document.body.querySelectorAll('*')]
        .filter((element) => element.getBoundingClientRect().width > window.innerWidth)
        .map((element) => element.outerHTML.slice(0, 100)).at(-1);
      root.dir = own;
      return wide ? `${root.scrollWidth} px: ${widest}` : '';
    }, direction);
    expect(out, `${direction} ${page.url()}`).toBe('');
  }
}

/** WCAG 1.4.4 and 1.4.12: with wider spacing, and with text of twice the size, nothing is cut off and nothing sticks out. */
async function readable(page) {
  for (const style of [
    '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }',
    'html { font-size: 200% !important }',
  ]) {
    const cut = await page.evaluate(async (text) => {
      const sheet = new CSSStyleSheet();
      await sheet.replace(text);
      document.adoptedStyleSheets = [sheet];
      const hides = (element) => /hidden|clip/.test(getComputedStyle(element).overflow);
      const found = [...document.body.querySelectorAll('*')]
        .filter((element) => element.checkVisibility() && element.textContent.trim() && hides(element))
        // What is kept for screen readers alone is one pixel on purpose, and what nobody reads may be cut.
        .filter((element) => !element.closest('[aria-hidden=true]'))
        .filter((element) => element.clientWidth > 1 && (element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1))
        .map((element) => element.outerHTML.slice(0, 120));
      const root = document.documentElement;
      if (root.scrollWidth > window.innerWidth) found.push(`the page is ${root.scrollWidth} px wide`);
      document.adoptedStyleSheets = [];
      return found;
    }, style);
    expect(cut, `${style} ${page.url()}`).toEqual([]);
  }
}

/** G-02, G-08, G-09: the skip link comes first, every control is reached, seen and not covered. */
export async function keyboard(page) {
  await page.evaluate(() => { document.activeElement?.blur(); window.getSelection()?.removeAllRanges(); window.scrollTo(0, 0); });
  // The focus starts where a fresh page would have it.
  await page.evaluate(() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); });
  const faults = [];
  let first = '';
  for (let stops = 0; stops < 800; stops += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(lookAtFocus);
    if (stop.done) break;
    first ||= stop.name ?? '';
    faults.push(...stop.faults);
  }
  faults.push(...await page.evaluate(() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter((element) => element.checkVisibility() && element.tabIndex >= 0 && !element.disabled && !element.wasReached)
    .filter((element) => element.type !== 'radio' && !element.closest('[inert]'))
    .map((element) => `never reached: ${element.outerHTML.slice(0, 120)}`)));
  expect(faults, page.url()).toEqual([]);
  expect(first).toBe('Skip to main content');
}

function lookAtFocus() {
  const element = document.activeElement;
  if (!element || element === document.body) return { done: true };
  // A date or a time has several stops of its own.
  if (element === window.lastStop) return { done: false, faults: [] };
  if (element.wasReached) return { done: true };
  window.lastStop = element;
  element.wasReached = true;
  const faults = [];
  const what = element.outerHTML.slice(0, 120);
  const style = getComputedStyle(element);
  if (style.outlineStyle === 'none' || Number.parseFloat(style.outlineWidth) < 2) faults.push(`no focus outline: ${what}`);
  const box = element.getClientRects()[0];
  const at = box && document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const label = at?.closest('label');
  if (!at || !(element.contains(at) || at.contains(element) || label?.control === element)) faults.push(`covered: ${what}`);
  return { done: false, name: element.textContent.trim(), faults };
}
