// Every page in every state, as the templates render it from sample data: no server, no waiting for a state to happen.

import { basename } from 'node:path';
import { crawl } from '../lib/crawl.js';
import { pages, test } from '../lib/gallery.js';

for (const file of pages()) {
  test(`page ${basename(file, '.html')}`, async ({ page }) => {
    test.slow();
    await page.goto(`/${file}`);
    await crawl(page);
  });
}
