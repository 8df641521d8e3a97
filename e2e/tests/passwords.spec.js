// Choosing a new password: what S-03 says of suggestions, S-04, S-05 and the advice of S-06.

import { crawl } from '../lib/crawl.js';
import { signIn } from '../lib/people.js';
import { expect, rule } from '../lib/test.js';

const field = (page) => page.getByLabel('New password', { exact: true });
const suggest = (page) => page.getByRole('button', { name: 'Suggest a passphrase' });
const PHRASE = /^[a-z]{3,}( [a-z]{3,}){4,}$/;

async function change(page, agent, next) {
  await page.getByLabel('Current password', { exact: true }).fill(agent.password);
  if (next) await field(page).fill(next);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByRole('heading', { name: 'Saved' })).toBeVisible();
}

rule('S-03 a passphrase is suggested and signs in', ['js', 'nojs', 'm'], async ({ page, demo, mode }) => {
  const agent = demo.agents[2];
  await signIn(page, agent);
  let phrase;
  if (mode === 'nojs') {
    await expect(suggest(page)).toHaveCount(0);
    phrase = (await page.getByText('For example:').innerText()).replace('For example: ', '');
    await change(page, agent, phrase);
  } else {
    await suggest(page).click();
    await expect(field(page)).toHaveValue(PHRASE);
    const first = await field(page).inputValue();
    await suggest(page).click();
    await expect(field(page)).not.toHaveValue(first);
    phrase = await field(page).inputValue();
    await expect(field(page), 'it can be read').toHaveAttribute('type', 'text');
    await expect(page.getByRole('status').filter({ hasText: phrase })).toContainText('Filled in and visible');
    await expect(page.getByText('Strong', { exact: true })).toBeVisible();
    await crawl(page);
    await change(page, agent);
  }
  expect(phrase).toMatch(PHRASE);
  agent.password = phrase;
  await page.context().clearCookies();
  await signIn(page, agent);
});

rule('S-03 without an answer the field stays as it is, and a word says so', ['js'], async ({ page, demo }) => {
  await signIn(page, demo.agents[1]);
  await field(page).fill('typed by hand');
  await page.route('**/passphrase', (route) => route.fulfill({ status: 204 }));
  await suggest(page).click();
  await expect(page.getByText('No suggestion came. Try again.')).toBeVisible();
  await expect(field(page)).toHaveValue('typed by hand');
});

rule('S-04 S-05 one field, shown and hidden by a button of its own name', ['js', 'kb'], async ({ page, demo }) => {
  await signIn(page, demo.agents[1]);
  await expect(page.getByRole('textbox', { name: /new password|repeat|confirm|again/i }), 'no field to repeat it').toHaveCount(1);
  await expect(field(page)).toHaveCount(1);
  await field(page).fill('violet trains hum');
  await page.getByRole('button', { name: 'Show new password' }).press('Enter');
  await expect(field(page)).toHaveAttribute('type', 'text');
  await expect(page.getByRole('button', { name: 'Show current password' })).toBeVisible();
  await page.getByRole('button', { name: 'Hide new password' }).press('Enter');
  await expect(field(page)).toHaveAttribute('type', 'password');
});

rule('S-06 advice in words follows what is typed, and the server decides', ['js'], async ({ page, demo }) => {
  await signIn(page, demo.agents[1]);
  const advice = (text) => page.getByText(text, { exact: true });
  for (const [typed, said] of [
    ['violet', 'Too short'], ['🙂'.repeat(14), 'Too short'], ['violet trains hu', 'OK'],
    ['violet trains hum at dawn', 'Strong'], ['ab'.repeat(20), 'OK'],
  ]) {
    await field(page).fill(typed);
    await expect(advice(said), typed).toBeVisible();
    for (const other of ['Too short', 'OK', 'Strong']) if (other !== said) await expect(advice(other)).toHaveCount(0);
    await expect(field(page)).not.toHaveAttribute('aria-invalid', 'true');
  }
  await field(page).fill('');
  await expect(advice('OK')).toHaveCount(0);

  await page.getByLabel('Current password', { exact: true }).fill(demo.agents[1].password);
  await field(page).fill('ab'.repeat(20));
  await expect(advice('OK')).toBeVisible();
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
});
