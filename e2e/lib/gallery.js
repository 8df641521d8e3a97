// The pages of the gallery, served as files.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { test as base } from './test.js';

/** Where `cargo run --example gallery` rendered them. */
export const directory = process.env.NAMEPLATE_GALLERY;
if (!directory) throw new Error('NAMEPLATE_GALLERY is missing: run `cargo xtask browser`');
const TYPES = { '': 'text/html', '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.jpg': 'image/jpeg' };

export const test = base.extend({
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

/** The names of all pages. */
export function pages() {
  return readdirSync(directory).filter((name) => name.endsWith('.html')).sort();
}
