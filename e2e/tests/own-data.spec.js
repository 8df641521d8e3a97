// The agent's own data: what is kept, a copy of it, and the end of the account.

import { readFile } from 'node:fs/promises';
import { crawl } from '../lib/crawl.js';
import { linkIn, messagesTo } from '../lib/mail.js';
import { book, profile, signIn } from '../lib/people.js';
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
  for (const name of ['account.json', 'meetings.json', 'messages.json', 'activity.json', 'meetings.ics', 'picture-512.jpg']) {
    expect(names).toContain(name);
  }
  await page.goto('/account/activity');
  await expect(page.getByRole('main').getByRole('listitem').first()).toContainText('Data downloaded');
});

rule('A-31 the account is deleted only when it is meant, and kept with the mailed link', ['js', 'nojs', 'm'], async ({ page, demo, mode }) => {
  const agent = demo.agents[2];
  const booked = await book(page, agent);
  await signIn(page, agent);
  await page.goto('/account/data');
  await page.getByRole('link', { name: 'See what will happen' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Delete my account');
  const main = page.getByRole('main');
  await expect(main).toContainText(/opens it again until .+, \d\d:\d\d \(.+, UTC/);
  await expect(main.getByRole('listitem').filter({ hasText: booked.who.name }).first()).toContainText(/\d\d:\d\d \(.+, UTC/);
  await expect(page.getByRole('radio', { name: 'Cancel them now and tell the customers' })).toBeChecked();
  if (mode !== 'nojs') await crawl(page);

  const typed = page.getByLabel(/^Type “.+” to say that you mean it$/);
  const remove = page.getByRole('button', { name: 'Delete my account' });
  await page.getByRole('radio', { name: /^Keep those before/ }).check();
  await typed.fill('somebody');
  await remove.click();
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
  await expect(typed).toHaveValue('somebody');
  await expect(typed).toHaveAccessibleDescription(/Type “.+” or your email address/);
  await expect(page.getByRole('radio', { name: /^Keep those before/ })).toBeChecked();
  if (mode !== 'nojs') await crawl(page);
  await page.getByRole('radio', { name: 'Cancel them now and tell the customers' }).check();
  await typed.fill(` ${agent.email.toUpperCase()} `);
  await remove.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your account is closed');
  await expect(page.getByRole('main')).toContainText(/It is erased on .+, \d\d:\d\d \(.+, UTC/);
  await expect(page.getByRole('main')).toContainText(agent.email);

  // The customer is told, the page is gone, and signing in says what happened.
  const told = await messagesTo(page, booked.who.email, 2);
  expect(told.at(-1).calendar).toMatchObject({ method: 'CANCEL', status: 'CANCELLED' });
  expect((await page.goto(profile(agent))).status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found');
  await page.goto('/account');
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByLabel('Email', { exact: true }).fill(agent.email);
  await page.getByLabel('Password', { exact: true }).fill(agent.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  const closed = page.getByText(/This account is closed and will be erased on .+UTC/);
  await expect(closed, 'said once').toHaveCount(1);
  await expect(closed).toHaveRole('status');
  await expect(page.getByLabel('Email', { exact: true })).not.toHaveAttribute('aria-invalid');

  const link = linkIn((await closings(page, agent)).at(-1).text, '/undo/deletion/');
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Keep my account');
  if (mode !== 'nojs') await crawl(page);
  await page.getByRole('button', { name: 'Keep my account' }).click();
  await expect(page.getByRole('main')).toContainText(`The account of ${agent.email} is open again`);
  await page.goto(link);
  await expect(page.getByRole('main')).toContainText('This link is over');
  await signIn(page, agent);
  expect((await page.goto(profile(agent))).status()).toBe(200);
});

/** The messages to an agent that tell of the closing, oldest first. */
async function closings(page, agent) {
  const list = await (await page.request.get('/dev/mailbox.json')).json();
  const kind = (message) => message.to === agent.email && message.kind === 'account_closed';
  expect(list.some(kind)).toBe(true);
  const all = await messagesTo(page, agent.email, list.filter((message) => message.to === agent.email).length);
  return all.filter((message) => message.kind === 'account_closed');
}
