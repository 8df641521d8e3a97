// The `test` of all files: a demo for each worker, and what no page may ever do.

import { test as base, expect } from '@playwright/test';
import { withDemo } from './server.js';

export { expect };

export const test = base.extend({
  demo: [async ({}, use) => withDemo(use), { scope: 'worker', timeout: 60_000 }],

  baseURL: async ({ demo }, use) => use(demo.base_url),

  // Every test fails on an error in the console and on a request to anybody else. What is secret in it is looked for in
  // the files and the log of the server when all tests of the worker are over.
  page: async ({ page, baseURL, demo }, use) => {
    const faults = [];
    page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
    page.on('console', (message) => {
      // The browser reports a page that answers 404, 409 or 422 as an error; those are answers.
      const answered = message.location().url === page.url() && /status of 4\d\d/.test(message.text());
      // Playwright looks into every frame by a script of its own, which the sandbox of the mail's preview stops too.
      const looked = /^Blocked script execution in '[^']*\/(account\/preview-signature|account\/signature\/mail|admin\/templates\/[^']*\/mail)/.test(message.text());
      // A frame that loads late, when its session has ended, is led to the page for signing in, which no frame may show.
      const late = /^Framing '[^']*' violates .*"frame-ancestors 'none'"/.test(message.text());
      if (message.type() === 'error' && !answered && !looked && !late) faults.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      for (const [name, value] of new URLSearchParams(request.postData() ?? '')) {
        if (/password$/.test(name)) demo.keepSecret(value, 'a password');
      }
      const url = new URL(request.url());
      if (/^https?:$/.test(url.protocol) && url.origin !== new URL(baseURL).origin) {
        faults.push(`third party: ${url}`);
      }
    });
    page.on('response', (response) => {
      if (response.status() >= 500) faults.push(`${response.status()}: ${response.url()}`);
    });
    await use(page);
    for (const { name, value } of await page.context().cookies()) {
      if (/session$|known$/.test(name)) demo.keepSecret(value, `the cookie ${name}`);
    }
    expect(faults).toEqual([]);
  },
});

/** The modes of design rules: how the browser is set up for each. */
const MODES = {
  js: {},
  nojs: { javaScriptEnabled: false },
  kb: {},
  m: { viewport: { width: 360, height: 740 } },
  // Mirrored by the test itself: no language that is written from the right has a catalogue yet.
  rtl: {},
  dark: { colorScheme: 'dark' },
  ...Object.fromEntries(['America/New_York', 'Asia/Calcutta', 'Europe/Kiev'].map((zone) => [`tz:${zone}`, { timezoneId: zone }])),
};

/** One rule: a test of its name in each of its modes. */
export function rule(name, modes, body) {
  for (const mode of modes) {
    test.describe(mode, () => {
      test.use(MODES[mode]);
      test(name, async ({ page, demo, browser }) => body({ page, demo, mode, browser }));
    });
  }
}
