// The agent's own data: what is kept, a copy of it, and the end of the account.

import { readFile } from 'node:fs/promises';
import { crawl } from '../lib/crawl.js';
import { signIn } from '../lib/people.js';
import { expect, rule } from '../lib/test.js';

rule('A-31 the data is downloaded as one file', ['js', 'nojs', 'm'], async ({ page, demo, mode }) => {
  await signIn(page, demo.agents[0]);
  await page.getByRole('link', { name: 'See your data' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your data');
  if (mode !== 'nojs') await crawl(page);
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download my data' }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(/^nameplate-anna-\d{4}-\d\d-\d\d\.zip$/);
  const bytes = await readFile(await file.path());
  expect(bytes.subarray(0, 4)).toEqual(Buffer.from('PK\x03\x04'));
  // Every name stands in the directory at the end of the file.
  const names = bytes.toString('latin1');
  for (const name of ['account.json', 'meetings.json', 'activity.json', 'meetings.ics', 'picture-512.jpg']) {
    expect(names).toContain(name);
  }
  await page.goto('/account/activity');
  await expect(page.getByRole('main').getByRole('listitem').first()).toContainText('Data downloaded');
});
