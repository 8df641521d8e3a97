// Sign-in and passwords: the S-rows, and the F-rows on the forms that everybody meets first.

import { crawl } from '../lib/crawl.js';
import { messagesTo } from '../lib/mail.js';
import { chooseMeetingType, chooseTime, customer, giveDetails, signIn } from '../lib/people.js';
import { expect, rule } from '../lib/test.js';

rule('S-01 the field of the sign-in asks for a passkey or a user name', ['nojs'], async ({ page }) => {
  await page.goto('/sign-in');
  await expect(page.getByLabel('Email', { exact: true })).toHaveAttribute('autocomplete', 'username webauthn');
});

rule('S-05 the password can be shown, says so, and is hidden again when sent', ['js', 'kb'], async ({ page }) => {
  await page.goto('/sign-in');
  const password = page.getByLabel('Password', { exact: true });
  await password.fill('correct horse');
  await page.getByRole('button', { name: 'Show password' }).click();
  await expect(password).toHaveAttribute('type', 'text');
  await expect(page.getByText('Your password is visible')).toHaveCount(1);
  await page.getByRole('button', { name: 'Hide password' }).click();
  await expect(password).toHaveAttribute('type', 'password');
});

rule('S-09 a wrong sign-in never says which part was wrong', ['nojs'], async ({ page, demo }) => {
  const said = [];
  for (const email of [demo.agents[0].email, 'nobody@example.com']) {
    await page.goto('/sign-in');
    await page.getByLabel('Email', { exact: true }).fill(email);
    await page.getByLabel('Password', { exact: true }).fill('not the right password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    said.push(await page.getByRole('alert').innerText());
    await expect(page.getByLabel('Email', { exact: true })).toHaveValue(email);
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
  }
  expect(said[0]).toBe(said[1]);
});

rule('S-08 a forgotten password is set anew behind a mailed link, once', ['js', 'nojs'], async ({ page, demo, mode }) => {
  const agent = demo.agents[2];
  const ask = async (email) => {
    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByLabel('Email', { exact: true }).fill(email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await expect(page.getByRole('heading', { name: 'Look into your inbox' })).toBeVisible();
    return (await page.getByRole('main').innerText()).replaceAll(email, 'ADDRESS');
  };
  const resets = async () => {
    const all = await (await page.request.get('/dev/mailbox.json')).json();
    return all.filter(({ kind, to }) => kind === 'password_reset' && to === agent.email);
  };
  const before = (await resets()).length;
  expect(await ask('nobody@example.com')).toBe(await ask(agent.email));
  if (mode === 'js') await crawl(page);
  await expect.poll(async () => (await resets()).length).toBe(before + 1);
  const raw = await (await page.request.get(`/dev/mailbox/${(await resets())[0].id}.eml`)).text();
  const [, path] = raw.replaceAll('=\r\n', '').match(/http:\/\/localhost:\d+(\/reset\/[\w-]+)/);
  await page.goto(path);
  if (mode === 'js') await crawl(page);
  await page.getByLabel('New password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
  await page.getByLabel('New password', { exact: true }).fill('violet trains hum at dawn');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await expect(page.getByText('Your new password is set')).toBeVisible();
  // The other tests of this worker sign in with it too.
  agent.password = 'violet trains hum at dawn';
  await signIn(page, agent);
  await page.goto(path);
  await expect(page.getByRole('heading', { name: 'This link is over' })).toBeVisible();
  if (mode === 'js') await crawl(page);
});

rule('SE-01 SE-02 SE-03 SE-05 another device is signed out, is told so and comes back', ['js', 'nojs', 'm'], async ({ page, demo, mode, browser }) => {
  const agent = demo.agents[1];
  const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0';
  const other = await (await browser.newContext({ baseURL: demo.base_url, userAgent: firefox })).newPage();
  await signIn(other, agent);
  await signIn(page, agent);
  await page.goto('/account/sessions');
  const sessions = page.getByRole('main').getByRole('listitem');
  await expect(sessions.first()).toContainText('This device');
  await expect(sessions.first()).toContainText(/Signed in .+\d\d:\d\d \(.+UTC.*\)/);
  if (mode !== 'nojs') await crawl(page);
  await page.getByRole('button', { name: /^Sign out Firefox on Windows/ }).first().click();
  await expect(page.getByRole('alert')).toContainText('Signed out: Firefox on Windows');
  await other.goto('/account/availability');
  await expect(other.getByText('You were signed out')).toBeVisible();
  await other.getByLabel('Email', { exact: true }).fill(agent.email);
  await other.getByLabel('Password', { exact: true }).fill(agent.password);
  await other.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(other).toHaveURL(/\/account\/availability$/);

  await page.goto('/account/sessions');
  await page.getByText('Sign out everywhere else').click();
  await page.getByRole('button', { name: /^Sign out \d+ devices?$/ }).click();
  await expect(page.getByRole('alert')).toContainText('All other devices are signed out');
  await expect(page.getByText('Only this device is signed in')).toBeVisible();
  await other.reload();
  await expect(other.getByText('You were signed out')).toBeVisible();
  await other.context().close();
});

rule('signing in returns to the page that asked, signing out ends it', ['js', 'nojs'], async ({ page, demo }) => {
  await page.goto('/account/availability');
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByLabel('Email', { exact: true }).fill(demo.agents[0].email);
  await page.getByLabel('Password', { exact: true }).fill(demo.agents[0].password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(/\/account\/availability$/);
  await page.getByLabel(/, menu$/).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.goto('/account');
  await expect(page).toHaveURL(/\/sign-in/);
});

rule('every state of the sign-in', ['js'], async ({ page }) => {
  await page.goto('/sign-in');
  await crawl(page);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
  await crawl(page);
});

rule('F-02 a failure is listed on top, and each entry leads to its field', ['js', 'nojs', 'kb'], async ({ page, demo, mode }) => {
  await chooseMeetingType(page, demo.agents[0]);
  await chooseTime(page);
  await page.getByRole('button', { name: /^Book \d\d:\d\d/ }).click();
  const summary = page.getByRole('alert');
  await expect(summary.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
  if (mode !== 'nojs') await expect(summary).toBeFocused();
  const name = page.getByLabel('Your name');
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  const links = summary.getByRole('link');
  await expect(links).toHaveCount(2);
  await expect(name).toHaveAccessibleDescription(new RegExp(await links.first().innerText()));
  await links.first().press('Enter');
  await expect(name).toBeFocused();
  if (mode === 'js') await crawl(page);
});

rule('F-03 what was typed is kept after a failure', ['js', 'nojs'], async ({ page, demo }) => {
  await chooseMeetingType(page, demo.agents[0]);
  await chooseTime(page);
  await page.getByLabel('Your name').fill('  محمد O’Neill-García 3rd 🙂');
  await page.getByLabel('Email', { exact: true }).fill('not an address');
  await page.getByLabel(/^Phone number/).fill('call me');
  await page.getByLabel(/^Note for/).fill('First line\nsecond <b>line</b>');
  await page.getByRole('button', { name: /^Book \d\d:\d\d/ }).click();
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
  await expect(page.getByLabel('Your name')).toHaveValue(/محمد O’Neill-García 3rd 🙂/);
  await expect(page.getByLabel('Email', { exact: true })).toHaveValue('not an address');
  await expect(page.getByLabel(/^Phone number/)).toHaveValue('call me');
  await expect(page.getByLabel(/^Note for/)).toHaveValue('First line\nsecond <b>line</b>');
});

rule('F-01 F-06 every form leaves the judgement to the server, and nothing is said only inside a field', ['js', 'nojs'], async ({ page, demo }) => {
  await signIn(page, demo.agents[0]);
  for (const path of ['/account', '/account/availability', '/account/meeting-types']) {
    const text = await (await page.goto(path)).text();
    const forms = text.match(/<form[^>]*method="post"[^>]*>/g);
    expect(forms.length).toBeGreaterThan(0);
    const asking = forms.filter((form) => !form.includes('/sign-out'));
    expect(asking.filter((form) => !form.includes('novalidate'))).toEqual([]);
    expect(text).not.toMatch(/<input[^>]*\splaceholder=/);
    expect(text).not.toMatch(/<input[^>]*\srequired[\s>]/);
  }
});

rule('F-08 spaces and invisible signs around an email address are taken away', ['js', 'nojs'], async ({ page, demo }) => {
  await chooseMeetingType(page, demo.agents[0]);
  await chooseTime(page);
  const who = customer();
  await giveDetails(page, { ...who, email: ` \u200b${who.email}\ufeff ` });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are booked');
  await expect(page.getByText(who.email).first()).toBeVisible();
});

rule('F-09 sending the same form twice makes one meeting', ['js', 'nojs'], async ({ page, demo }) => {
  await chooseMeetingType(page, demo.agents[0]);
  await chooseTime(page);
  const who = customer();
  await page.getByLabel('Your name').fill(who.name);
  await page.getByLabel('Email', { exact: true }).fill(who.email);
  await page.getByRole('button', { name: /^Book \d\d:\d\d/ }).dblclick();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are booked');
  const first = page.url();
  await page.goBack();
  await page.getByRole('button', { name: /^Book \d\d:\d\d/ }).click();
  await expect(page).toHaveURL(first);
  await messagesTo(page, who.email, 1);
});
