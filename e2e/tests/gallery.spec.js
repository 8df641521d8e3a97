// Every page in every state, as the templates render it from sample data: no server, no waiting for a state to happen.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { crawl } from '../lib/crawl.js';
import { test as base } from '../lib/test.js';

const directory = process.env.NAMEPLATE_GALLERY;
if (!directory) throw new Error('NAMEPLATE_GALLERY is missing: run `cargo xtask browser`');
const TYPES = { '': 'text/html', '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.jpg': 'image/jpeg' };

const test = base.extend({
  gallery: [async ({}, use) => {
    const server = createServer(async (request, response) => {
      // What a script asks of the server, such as a passkey: nothing is offered.
      if (request.method === 'POST') return response.writeHead(204).end();
      const path = join(directory, new URL(request.url, 'http://gallery').pathname);
      const bytes = await readFile(path).catch(() => null);
      response.writeHead(bytes ? 200 : 404, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' });
      response.end(bytes ?? '');
    });
    await new Promise((listening) => { server.listen(0, '127.0.0.1', listening); });
    await use(`http://127.0.0.1:${server.address().port}`);
    server.closeAllConnections();
    server.close();
  }, { scope: 'worker' }],

  baseURL: async ({ gallery }, use) => use(gallery),

  // No server stands behind these pages.
  demo: [async ({}, use) => use({ keepSecret() {} }), { scope: 'worker' }],
});

for (const file of readdirSync(directory).filter((name) => name.endsWith('.html')).sort()) {
  test(`page ${basename(file, '.html')}`, async ({ page }) => {
    test.slow();
    await page.goto(`/${file}`);
    await crawl(page);
  });
}
