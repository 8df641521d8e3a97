// Every page in Dutch: its words are longer, and none may be English.

import { readFileSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { narrow } from '../lib/crawl.js';
import { pages, test } from '../lib/gallery.js';
import { expect } from '../lib/test.js';

const SOURCES = new URL('../../crates/web/examples/gallery/', import.meta.url);
const SAMPLES = readdirSync(SOURCES).map((name) => readFileSync(new URL(name, SOURCES), 'utf8'))
  .join('\n').replaceAll('\\n', '\n').replaceAll('\\"', '"');

/** What is the same word in both languages, or a name. */
const SAME = new Set([
  'English', 'Nederlands', 'Account', 'Code', 'Demo', 'Link', 'API-tokens', 'Passkeys', 'Passkey', 'Contact', 'PNG', 'SVG', 'Postcode',
  'Nameplate', 'menu', 'SMS', 'Parameters', 'Manager', 'Status', 'Thunderbird',
]);

/** Sample values that are put together: days and times. */
const COMPOSED = [/^\w+day \d+ December 2026$/, /^\d+ (times|days)$/, /^\d\d:\d\d to later$/, /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)$/, /^(Works until|Ended) Sun/, /^np_Q7/, /^whsec_Q7/,
  /^https:\/\/meet\.harbour\.example\/feed\/Q7/, /^curl -X /, /^(GET|POST|PUT|PATCH|DELETE) \/api\/v1\//, /^agent\.fields\.\w+$/];

for (const file of pages()) {
  test(`Dutch page ${basename(file, '.html')}`, async ({ page }) => {
    await page.goto(`/${file}`);
    const english = await texts(page);
    await page.goto(`/nl/${file}`);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('nl');
    const dutch = await texts(page);
    const left = dutch.filter((text) => english.includes(text) && /\p{L}{2}/u.test(text))
      .filter((text) => !known(text) && !text.split(/ - | with |, |\n|(?<=\.) /).every(known));
    expect(left, 'texts that are English in Dutch').toEqual([]);
    await narrow(page);
  });
}

/** Whether a text, or a part of one, is a value of the samples. */
function known(part) {
  return SAME.has(part) || !/\p{L}{2}/u.test(part) || SAMPLES.includes(part) || COMPOSED.some((kind) => kind.test(part));
}

/** All that is read or spoken in the page's language: texts, and the attributes that hold some. What says that it is in another one is left out. */
async function texts(page) {
  return page.evaluate(() => {
    const found = new Set([document.title]);
    const page = (element) => element.closest('[lang]') === document.documentElement;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const around = walker.currentNode.parentElement;
      if (!around.closest('script, style') && page(around)) found.add(walker.currentNode.textContent);
    }
    for (const element of [...document.body.querySelectorAll('*')].filter(page)) {
      for (const { name, value } of element.attributes) {
        if (/^(aria-label|alt|title|placeholder|abbr)$/.test(name)) found.add(value);
        // What scripts show and say.
        if (/^data-(?!class|look)/.test(name) && / |^[A-Z]/.test(value)) found.add(value);
      }
    }
    return [...found].map((text) => text.replaceAll(/[ \t]*\n\s*/g, '\n').trim()).filter(Boolean);
  });
}
