// Admins and the accounts of others.

import { crawl } from '../lib/crawl.js';
import { linkIn, messagesTo } from '../lib/mail.js';
import { act, fill, newcomer, signIn } from '../lib/people.js';
import { expect, rule } from '../lib/test.js';

let made = 0;

/** Somebody whom no other test has invited. */
function somebody() {
  made += 1;
  return { name: `Ines Duarte ${process.pid}-${made}`, email: `ines-${process.pid}-${made}@example.com`, password: 'seven green bicycles' };
}

async function invite(page, who, mode) {
  await page.goto('/admin/people');
  await act(page, page.getByRole('link', { name: 'Invite somebody' }), mode);
  await fill(page, page.getByLabel('Full name'), who.name, mode);
  await fill(page, page.getByLabel('Email', { exact: true }), who.email, mode);
  await act(page, page.getByRole('button', { name: 'Send invitation' }), mode);
  await expect(page.getByText('The invitation is on its way.')).toBeVisible();
}

/** The table's row of somebody, wherever it stands. */
async function find(page, who) {
  await page.goto('/admin/people');
  await page.getByLabel('Search').fill(who.email);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  return page.getByRole('row').filter({ hasText: who.email });
}

rule('AD-01 the table of people tells who is there, with status, last sign-in and profile URL', ['nojs'], async ({ page, demo }) => {
  await signIn(page, demo.admin);
  await page.goto('/admin/people');
  const row = page.getByRole('row', { name: /Robin Admin/ });
  await expect(row).toContainText(demo.admin.email);
  await expect(row).toContainText('Administrator');
  await expect(row).toContainText(/\d{4}, \d\d:\d\d \(UTC\)/);
  await expect(row.getByRole('link', { name: '/robin' })).toBeVisible();
});

rule('AD-02 search, filter and sort are in the address and survive a reload', ['nojs', 'm'], async ({ page, demo, mode }) => {
  await signIn(page, demo.admin);
  await page.goto('/admin/people');
  await page.getByLabel('Search').fill('BERG example.com');
  await page.getByLabel('Role').selectOption('Agent');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page).toHaveURL(/search=BERG/);
  await expect(page.getByRole('status').first()).toHaveText(/^1 of \d+ people$/);
  await page.reload();
  await expect(page.getByLabel('Search')).toHaveValue('BERG example.com');
  const row = page.getByRole('row').filter({ hasText: 'anna@example.com' });
  await expect(row).toBeVisible();
  if (mode === 'm') await expect(row.getByText('Last sign-in')).toBeVisible();
  await page.getByRole('link', { name: 'Show everybody' }).click();
  if (mode !== 'm') {
    await page.getByRole('link', { name: 'Email', exact: true }).click();
    await expect(page.getByRole('columnheader', { name: 'Email' })).toHaveAttribute('aria-sort', 'ascending');
    await page.getByRole('link', { name: 'Email', exact: true }).click();
    await expect(page.getByRole('columnheader', { name: 'Email' })).toHaveAttribute('aria-sort', 'descending');
    await expect(page).toHaveURL(/sort=email&order=desc/);
  }
});

rule('AD-05 an invitation needs name and email, and its link opens the account', ['js', 'nojs', 'kb'], async ({ page, demo, mode, browser }) => {
  const who = somebody();
  await signIn(page, demo.admin, mode);
  await invite(page, who, mode);
  const link = await page.getByLabel('Link of the invitation').inputValue();
  await act(page, page.getByRole('button', { name: 'Send a new invitation' }), mode);
  await expect(page.getByText('A new invitation is on its way.')).toBeVisible();
  const newest = await page.getByLabel('Link of the invitation').inputValue();
  if (mode === 'js') await crawl(page);

  const other = await browser.newContext({ baseURL: demo.base_url, timezoneId: 'Asia/Tokyo', javaScriptEnabled: mode !== 'nojs' });
  const theirs = await other.newPage();
  await theirs.goto(link);
  await expect(theirs.getByRole('heading', { name: 'This invitation works no more' })).toBeVisible();
  await theirs.goto('/dev/mailbox');
  await theirs.getByRole('link', { name: /You are invited/ }).first().click();
  await theirs.goto(newest);
  await expect(theirs.getByRole('heading', { name: `Welcome, ${who.name}` })).toBeVisible();
  await fill(theirs, theirs.getByLabel('Password', { exact: true }), 'short', mode);
  await act(theirs, theirs.getByRole('button', { name: 'Open my account' }), mode);
  await expect(theirs.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(/15/);
  await fill(theirs, theirs.getByLabel('Password', { exact: true }), who.password, mode);
  await act(theirs, theirs.getByRole('button', { name: 'Open my account' }), mode);
  await expect(theirs.getByText('Your account is open.')).toBeVisible();
  await signIn(theirs, who);
  if (mode === 'js') await expect(theirs.getByText('Tokyo').first()).toBeVisible();
  await other.close();

  const row = await find(page, who);
  await expect(row).toContainText('Active');
});

rule('AD-05 an invitation without a name or to somebody who is there is refused beside the field', ['nojs'], async ({ page, demo }) => {
  await signIn(page, demo.admin);
  await page.goto('/admin/people/invite');
  await page.getByLabel('Email', { exact: true }).fill(demo.agents[0].email);
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await expect(page.getByLabel('Full name')).toHaveAccessibleDescription(/Enter a name/);
  await page.getByLabel('Full name').fill('Anna Again');
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await expect(page.getByLabel('Email', { exact: true })).toHaveAccessibleDescription(/an account with this one exists/);
  await expect(page.getByLabel('Full name')).toHaveValue('Anna Again');
});

rule('AD-03 somebody is deactivated after one question, and comes back', ['js', 'nojs'], async ({ page, demo }) => {
  const who = somebody();
  await signIn(page, demo.admin);
  await invite(page, who);
  await page.getByRole('link', { name: `Deactivate ${who.name}` }).click();
  await expect(page.getByRole('heading', { name: `Deactivate ${who.name}?` })).toBeVisible();
  await page.getByRole('button', { name: `Deactivate ${who.name}` }).click();
  await expect(page.getByText('The account is deactivated.')).toBeVisible();
  await expect(await find(page, who)).toContainText('Deactivated');
  await page.getByRole('link', { name: who.name, exact: true }).click();
  await page.getByRole('button', { name: 'Reactivate' }).click();
  await expect(page.getByText('The account works again.')).toBeVisible();
  await expect(page.getByText(/^The link of the invitation works until/)).toBeVisible();
  await page.getByRole('radio', { name: /^Administrator/ }).check();
  await page.getByRole('button', { name: 'Save role' }).click();
  await expect(page.getByText('The role is saved.')).toBeVisible();
  await expect(page.getByText('Administrator · Invited')).toBeVisible();
  await page.getByRole('radio', { name: /^Agent/ }).check();
  await page.getByRole('button', { name: 'Save role' }).click();
  await expect(page.getByText('Agent · Invited')).toBeVisible();
});

rule('AD-03 several people are ticked, the question says how many, and what came of it is told', ['js', 'nojs', 'kb', 'm'], async ({ page, demo, mode }) => {
  await signIn(page, demo.admin);
  const both = [somebody(), somebody()];
  for (const who of both) await invite(page, who, mode);
  await page.goto('/admin/people?search=Ines');
  const go = page.getByRole('button', { name: 'Continue' });
  await page.getByLabel('What to do').selectOption('Deactivate');
  await act(page, go, mode);
  await expect(page.getByLabel('For whom')).toHaveAccessibleDescription(/Tick at least one person, or choose everybody\.$/);
  await expect(page.getByLabel('What to do')).toHaveValue('deactivate');
  for (const who of both) {
    const box = page.getByRole('checkbox', { name: `Choose ${who.name}` });
    await box.focus();
    await page.keyboard.press('Space');
    await expect(box).toBeChecked();
  }
  await act(page, go, mode);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Deactivate 2 people?');
  for (const who of both) await expect(page.getByText(who.email)).toBeVisible();
  if (mode === 'js') await crawl(page);
  await act(page, page.getByRole('button', { name: 'Deactivate 2 people' }), mode);
  await expect(page.getByRole('status').filter({ hasText: '2 people were deactivated.' })).toBeVisible();
  await act(page, page.getByRole('link', { name: 'To the list' }), mode);
  await expect(page).toHaveURL(/search=Ines/);
  for (const who of both) await expect(page.getByRole('row').filter({ hasText: who.email })).toContainText('Deactivated');
});

rule('AD-06 somebody else\'s account is edited on the form they have, and they are told', ['js', 'nojs', 'kb'], async ({ page, demo, mode }) => {
  const who = await newcomer(page, demo);
  await page.context().clearCookies();
  await signIn(page, demo.admin, mode);
  await find(page, who);
  await act(page, page.getByRole('link', { name: who.name, exact: true }), mode);
  await act(page, page.getByRole('link', { name: 'Edit profile' }), mode);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`You are editing ${who.name}`);
  await expect(page.locator('input[type=password]')).toHaveCount(0);
  await expect(page.getByRole('button', { name: /Send a link/ })).toBeVisible();
  await fill(page, page.getByRole('textbox', { name: /^Phone number/ }), 'call me', mode);
  await fill(page, page.getByLabel(/^Job title/), 'Adviser for mortgages', mode);
  await act(page, page.getByRole('button', { name: 'Save profile' }), mode);
  await expect(page.getByRole('textbox', { name: /^Phone number/ })).toHaveAccessibleDescription(/Error/);
  await expect(page.getByLabel(/^Job title/)).toHaveValue('Adviser for mortgages');
  if (mode === 'js') await crawl(page);
  await fill(page, page.getByRole('textbox', { name: /^Phone number/ }), '+49 30 901820', mode);
  await act(page, page.getByRole('button', { name: 'Save profile' }), mode);
  await expect(page.getByText('The profile is saved.')).toBeVisible();
  const [, told] = await messagesTo(page, who.email, 2);
  expect(told.text).toContain('Robin Admin has changed your profile');

  await page.context().clearCookies();
  await signIn(page, who, mode);
  await page.goto(new URL(linkIn(told.text, '/account/activity')).pathname);
  await expect(page.getByText('Adviser for mortgages')).toBeVisible();
});
