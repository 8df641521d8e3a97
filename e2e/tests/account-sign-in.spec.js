// My Account: the address and the password, with which one signs in.

import { crawl } from '../lib/crawl.js';
import { linkIn, messagesTo } from '../lib/mail.js';
import { newcomer, signIn } from '../lib/people.js';
import { expect, rule } from '../lib/test.js';

const saved = (page) => page.getByRole('heading', { name: 'Saved' });

rule('A-03 A-05 an email address changes only when the new one confirms, by a button', ['js', 'nojs'], async ({ page, demo, mode }) => {
  const agent = demo.agents[2];
  const address = `new-${mode}-${process.pid}@example.com`;
  await signIn(page, agent);
  await page.getByLabel('New email').fill(address);
  await page.getByRole('button', { name: 'Change email' }).click();
  await expect(page.getByText(address).first()).toBeVisible();
  await expect(page.getByText(agent.email).first()).toBeVisible();
  const [message] = await messagesTo(page, address, 1);
  const link = linkIn(message.text, '/confirm');
  await page.request.get(link);
  await page.goto(link);
  await page.getByRole('button', { name: /Confirm/ }).click();
  await page.goto('/account');
  await expect(page.getByText(address).first()).toBeVisible();
  await page.goto(link);
  await expect(page.getByText(/already/i)).toBeVisible();
  agent.email = address;
});

rule('A-02 A-06 a slip in the new address is pointed out, and its mail is sent again after a minute', ['js', 'nojs'], async ({ page, demo, mode }) => {
  await signIn(page, demo.agents[1]);
  const field = page.getByLabel('New email');
  await expect(field).toHaveAccessibleDescription(/You sign in with it/);
  const { width } = await field.boundingBox();
  const shown = width / (await field.evaluate((input) => parseFloat(getComputedStyle(input).fontSize) * 0.6));
  expect(shown).toBeGreaterThan(30);
  const longest = `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(58)}.de`;
  expect(longest).toHaveLength(254);
  await field.fill(longest);
  await page.getByRole('button', { name: 'Change email' }).click();
  await expect(page.getByText(longest).first()).toBeVisible();

  const slip = `rosa-${mode}@hotmial.com`;
  await field.fill(slip);
  await page.getByRole('button', { name: 'Change email' }).click();
  await expect(page.getByText(`Did you mean rosa-${mode}@hotmail.com?`)).toBeVisible();
  await expect(page.getByText(/in \d+ seconds/)).toBeVisible();
  await page.getByRole('button', { name: 'Send it again' }).click();
  await expect(page.getByRole('button', { name: 'Send it again' })).toHaveAccessibleDescription(/in \d+ seconds/);
  if (mode === 'js') await crawl(page);
  await page.getByRole('button', { name: 'Keep the current address' }).click();
  await expect(page.getByText(slip)).toHaveCount(0);
});

rule('A-04 the old mailbox takes the account back, by a button', ['js', 'nojs'], async ({ page, demo, mode }) => {
  // The tokens of the account end here: other tests need theirs.
  const agent = await newcomer(page, demo);
  const [old, other] = [agent.email, `other-${mode}-${process.pid}@example.com`];
  await signIn(page, agent);
  const before = (await (await page.request.get('/dev/mailbox.json')).json()).filter(({ to }) => to === old).length;
  await page.getByLabel('New email').fill(other);
  await page.getByRole('button', { name: 'Change email' }).click();
  await page.goto(linkIn((await messagesTo(page, other, 1))[0].text, '/confirm'));
  await page.getByRole('button', { name: /Confirm/ }).click();
  await expect(page.getByText(`${other} is now your email address`)).toBeVisible();

  const mails = await messagesTo(page, old, before + 1);
  const link = linkIn(mails.at(-1).text, '/undo');
  await page.request.get(link);
  await page.request.head(link);
  await page.goto('/account');
  await expect(page.getByText(other).first(), 'reading the link changes nothing').toBeVisible();
  await page.goto(link);
  if (mode === 'js') await crawl(page);
  await page.getByRole('button', { name: `Bring back ${old}` }).click();
  await expect(page.getByText(`${old} is the address of your account again`)).toBeVisible();
  await page.goto(link);
  await expect(page.getByText('This link was used before')).toBeVisible();

  await page.goto('/account');
  await expect(page, 'everybody is signed out').toHaveURL(/\/sign-in/);
  const letters = await messagesTo(page, old, before + 2);
  await page.goto(linkIn(letters.at(-1).text, '/reset'));
  await page.getByLabel('New password', { exact: true }).fill(agent.password);
  await page.getByRole('button', { name: 'Set the password' }).click();
  await signIn(page, agent);
});

rule('S-03 S-07 a password is changed with the old one, and every other session ends', ['js', 'nojs'], async ({ page, demo }) => {
  const agent = demo.agents[2];
  await signIn(page, agent);
  const other = await page.context().browser().newContext({ baseURL: demo.base_url });
  const elsewhere = await other.newPage();
  await signIn(elsewhere, agent);

  await page.getByLabel('Current password', { exact: true }).fill(agent.password);
  await page.getByLabel('New password', { exact: true }).fill('too short');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByLabel('New password', { exact: true })).toHaveAccessibleDescription(/15/);
  await expect(page.getByLabel('Current password', { exact: true })).toHaveValue('');

  const next = 'meadow lantern orbit 🙂 kettle';
  await page.getByLabel('Current password', { exact: true }).fill(agent.password);
  await page.getByLabel('New password', { exact: true }).fill(next);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(saved(page)).toBeVisible();
  await elsewhere.goto('/account');
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  await signIn(elsewhere, { ...agent, password: next });
  await other.close();
  agent.password = next;
});
