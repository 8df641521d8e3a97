// How the pages are, as everybody likes them: G-04 and G-12.

import { profile, signIn } from '../lib/people.js';
import { expect, rule } from '../lib/test.js';

/** Picks in the form of the account, and saves. */
async function prefer(page, choices) {
  await page.goto('/account');
  const form = page.getByRole('heading', { name: 'How you see these pages' }).locator('..');
  for (const [label, option] of Object.entries(choices)) await form.getByLabel(label, { exact: true }).selectOption(option);
  await page.getByRole('button', { name: 'Save preferences' }).click();
  await expect(page.getByText('Your preferences were saved.')).toBeVisible();
}

const AS_BEFORE = {
  Times: 'As usual in your language', 'First day of the week': 'As usual in your country', Theme: 'As your device has it',
};

rule('G-12 hours and weeks are chosen in the account, follow the browser before that, and are not the customers\'', ['js', 'nojs'], async ({ page, demo, browser }) => {
  const agent = demo.agents[2];
  const other = await browser.newContext({ locale: 'en-US', baseURL: demo.base_url });
  const customer = await other.newPage();
  const first = () => customer.getByRole('columnheader').first();
  await customer.goto(profile(agent));
  await customer.getByRole('main').getByRole('link', { name: /minutes/ }).first().click();
  await expect(first()).toHaveText('Sun');
  await expect(customer.getByText(/now \d+:\d\d (am|pm)/)).toBeVisible();

  await signIn(page, agent);
  await prefer(page, { Times: '12 hours (2:00 pm)', 'First day of the week': 'Saturday' });
  await page.goto('/account/availability');
  await expect(page.getByRole('group', { name: /day$/ }).first()).toHaveAccessibleName('Saturday');
  await expect(page.getByText(/\d:\d\d (am|pm)/).first()).toBeVisible();

  await customer.reload();
  await expect(first()).toHaveText('Sun');
  await other.close();
  await prefer(page, AS_BEFORE);
  await page.goto('/account/availability');
  await expect(page.getByText(/\d:\d\d (am|pm)/)).toHaveCount(0);
});

rule('G-04 the theme of the account is there in every browser from the first byte, and on the page for signing in', ['js', 'nojs'], async ({ page, demo, browser }) => {
  const agent = demo.agents[2];
  await signIn(page, agent);
  await prefer(page, { Theme: 'Dark' });
  const other = await browser.newContext({ baseURL: demo.base_url });
  const there = await other.newPage();
  await signIn(there, agent);
  const answer = await there.goto('/account');
  expect(await answer.text()).toMatch(/<html [^>]*data-theme="dark"/);

  await there.getByRole('button', { name: 'Light', exact: true }).click();
  await expect(there.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.getByRole('button', { name: 'Dark', exact: true }).click();
  await page.context().clearCookies({ name: 'session' });
  expect(await (await page.goto('/sign-in')).text()).toMatch(/<html [^>]*data-theme="dark"/);
  await prefer(there, AS_BEFORE);
  await other.close();
});
