// API tokens: SE-06 and the token side of S-07.

import { crawl } from '../lib/crawl.js';
import { signIn } from '../lib/people.js';
import { expect, rule } from '../lib/test.js';

/** Makes a token on its page and reads it there. */
async function makeToken(page, name) {
  await page.goto('/account/api-tokens');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Works for').selectOption('7');
  await page.getByRole('button', { name: 'Make token' }).click();
  await expect(page.getByRole('heading', { name: `Token “${name}” is ready` })).toBeVisible();
  return page.getByRole('code').filter({ hasText: /^np_/ }).innerText();
}

/** How the API answers the token. */
async function answer(page, token) {
  const me = await page.request.get('/api/v1/me', { headers: { authorization: `Bearer ${token}` } });
  return me.status();
}

rule('SE-06 a token is shown once, works, and is revoked at once', ['js', 'nojs', 'm'], async ({ page, demo, mode }) => {
  await signIn(page, demo.agents[0]);
  await page.goto('/account/security');
  await page.getByRole('link', { name: 'See your API tokens' }).click();
  await page.getByRole('button', { name: 'Make token' }).click();
  await expect(page.getByLabel('Name', { exact: true })).toHaveAccessibleDescription(/Enter a name/);
  const name = `CRM ${mode}`;
  const token = await makeToken(page, name);
  if (mode !== 'nojs') {
    await crawl(page);
    await expect(page.getByRole('button', { name: 'Copy token' })).toBeVisible();
  }
  expect(await answer(page, token)).toBe(200);

  await page.goto('/account/api-tokens');
  await expect(page.getByText(token)).toHaveCount(0);
  const row = page.getByRole('listitem').filter({ hasText: name });
  await expect(row).toContainText(/Last used .+\(.+UTC.*\)/);
  await expect(row).toContainText(/Works until .+\(.+UTC.*\)/);
  await row.getByRole('button', { name: new RegExp(`^Revoke ${name}`) }).click();
  await expect(page.getByText('The token is revoked')).toBeVisible();
  expect(await answer(page, token)).toBe(401);
});

rule('S-07 a new password offers to revoke the tokens, ticked', ['js', 'nojs'], async ({ page, demo, mode }) => {
  // No other test uses the admin's tokens, which end here.
  const agent = demo.admin;
  await signIn(page, agent);
  const [kept, ended] = [await makeToken(page, `Kept ${mode}`), await makeToken(page, `Ended ${mode}`)];
  await page.goto('/account');
  const revoke = page.getByRole('checkbox', { name: /^Also revoke my API tokens: .*Kept/ });
  await expect(revoke).toBeChecked();
  const change = async (from, to) => {
    await page.getByLabel('Current password', { exact: true }).fill(from);
    await page.getByLabel('New password', { exact: true }).fill(to);
    await page.getByRole('button', { name: 'Change password' }).click();
  };
  await revoke.uncheck();
  await change(agent.password, 'short');
  await expect(revoke, 'kept after an error').not.toBeChecked();
  await change(agent.password, 'violet trains hum at dawn');
  await expect(page.getByRole('heading', { name: 'Saved' })).toBeVisible();
  expect(await answer(page, kept)).toBe(200);
  await change('violet trains hum at dawn', agent.password);
  await expect(page.getByRole('heading', { name: 'Saved' })).toBeVisible();
  for (const token of [kept, ended]) expect(await answer(page, token)).toBe(401);
});
