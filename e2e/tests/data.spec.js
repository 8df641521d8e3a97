// What was done to an account, and what to do about it.

import { crawl } from '../lib/crawl.js';
import { expect, rule } from '../lib/test.js';
import { signIn } from '../lib/people.js';

rule('S-15 the activity names what was done, when, with what and from where, and a foreign sign-in is answered there', ['js', 'nojs'], async ({ page, demo, browser, mode }) => {
  const agent = demo.agents[1];
  const stranger = await (await browser.newContext({ baseURL: demo.base_url })).newPage();
  await signIn(stranger, agent);
  await signIn(page, agent);
  await page.goto('/account/security');
  await page.getByRole('link', { name: 'See your activity' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Activity');
  const rows = page.getByRole('main').getByRole('listitem');
  const newest = rows.first();
  await expect(newest).toContainText('Signed in');
  await expect(newest).toContainText(/\d\d:\d\d \(.+, UTC/);
  await expect(newest).toContainText(/Chrome on Linux/);
  await expect(newest).toContainText(/From \S+/);
  if (mode === 'js') await crawl(page);
  // The oldest entry stands on the last page.
  const older = page.getByRole('link', { name: 'Earlier' });
  while (await older.count()) await older.click();
  await expect(rows.filter({ hasText: 'Account made' })).toContainText('By whoever runs this server');
  await page.goto('/account/activity');

  await rows.nth(1).getByRole('link', { name: /^This was not me/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This was not me');
  if (mode === 'js') await crawl(page);
  const next = 'a quite different passphrase';
  await page.getByLabel('Current password', { exact: true }).fill('wrong');
  await page.getByLabel('New password', { exact: true }).fill(next);
  const change = page.getByRole('button', { name: 'Change password and sign out everywhere else' });
  await change.click();
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
  await page.getByLabel('Current password', { exact: true }).fill(agent.password);
  await page.getByLabel('New password', { exact: true }).fill(next);
  await change.click();
  await expect(page.getByText('Your password is changed. All other devices are signed out.')).toBeVisible();
  // The password first, then what it took with it.
  await expect(rows.filter({ hasText: 'Password changed' }).first()).toBeVisible();
  await stranger.goto('/account');
  await expect(stranger).toHaveURL(/\/sign-in/);
  await stranger.context().close();

  await page.goto('/account');
  await page.getByLabel('Current password', { exact: true }).fill(next);
  await page.getByLabel('New password', { exact: true }).fill(agent.password);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('Your password is changed. All other devices are signed out.')).toBeVisible();
});
