// Two-step sign-in: S-12, and what S-03 and S-13 say of it. The codes are made by a library that is not ours.

import { readFileSync } from 'node:fs';
import jsQR from 'jsqr';
import { Secret, TOTP, URI } from 'otpauth';
import { PNG } from 'pngjs';
import { crawl } from '../lib/crawl.js';
import { signIn } from '../lib/people.js';
import { expect, rule } from '../lib/test.js';

const problem = (page) => page.getByRole('heading', { name: 'There is a problem' });
const codeField = (page) => page.getByLabel('Code from your app');
/** What the app shows, so many steps of 30 seconds from now: each is good for one use. */
const shown = (secret, steps = 0) => new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 });

/** Opens the page that sets it up; answers the secret. */
async function open(page) {
  await page.goto('/account/security');
  await page.getByRole('link', { name: 'Set up two-step sign-in' }).click();
  await page.getByText('You cannot scan it?').click();
  return Secret.fromBase32((await page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).innerText()).replaceAll(' ', ''));
}

/** Turns it on; answers the secret and the recovery codes. */
async function turnOn(page) {
  const secret = await open(page);
  const code = shown(secret);
  await codeField(page).fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await page.getByRole('button', { name: 'Turn on' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Save your recovery codes');
  return { secret, codes: await page.getByRole('main').getByRole('listitem').allInnerTexts() };
}

async function firstStep(page, agent, password = agent.password) {
  await page.goto('/sign-in');
  await page.getByLabel('Email', { exact: true }).fill(agent.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Enter your code');
}

async function turnOff(page, password, code, next) {
  await page.goto('/account/security');
  await page.getByRole('link', { name: 'Turn off two-step sign-in' }).click();
  await page.getByLabel('Current password').fill(password);
  await codeField(page).fill(code);
  if (next) await page.getByLabel('New password').fill(next);
  await page.getByRole('button', { name: 'Turn off two-step sign-in' }).click();
  await expect(page.getByRole('alert')).toContainText('Two-step sign-in is off');
}

rule('S-12 two-step sign-in is set up with an app, asked for at sign-in and turned off', ['js', 'nojs', 'm'], async ({ page, demo, mode }) => {
  const agent = demo.agents[1];
  await signIn(page, agent);
  await page.goto('/account/security');
  if (mode !== 'nojs') await crawl(page);
  const secret = await open(page);
  const link = await page.getByRole('link', { name: 'Open it in an app on this device' }).getAttribute('href');
  const app = URI.parse(link);
  expect([app.secret.base32, app.label, app.digits, app.period]).toEqual([secret.base32, agent.email, 6, 30]);
  const { data, width, height } = PNG.sync.read(await page.getByRole('img', { name: 'QR code for your authenticator app' }).screenshot());
  expect(jsQR(new Uint8ClampedArray(data), width, height)?.data).toBe(link);
  await expect(codeField(page)).toHaveAttribute('autocomplete', 'one-time-code');
  await expect(codeField(page)).toHaveAttribute('inputmode', 'numeric');
  if (mode !== 'nojs') await crawl(page);

  await codeField(page).fill('000 000');
  await page.getByRole('button', { name: 'Turn on' }).click();
  await expect(problem(page)).toBeVisible();
  await expect(codeField(page)).toHaveValue('000 000');
  const code = shown(secret);
  await codeField(page).fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await page.getByRole('button', { name: 'Turn on' }).click();
  await expect(page.getByRole('alert')).toContainText('Two-step sign-in is on');
  const codes = await page.getByRole('main').getByRole('listitem').allInnerTexts();
  expect(codes).toHaveLength(10);
  for (const one of codes) expect(one).toMatch(/^([A-Z2-7]{4}-){5}[A-Z2-7]{4}$/);
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download' }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/recovery-codes\.txt$/);
  const text = readFileSync(await file.path(), 'utf8');
  for (const one of codes) expect(text).toContain(one);
  await expect(page.getByRole('button', { name: 'Copy all recovery codes' })).toHaveCount(mode === 'nojs' ? 0 : 1);
  await expect(page.getByRole('button', { name: 'Print' })).toHaveCount(mode === 'nojs' ? 0 : 1);
  if (mode !== 'nojs') await crawl(page);

  await page.context().clearCookies();
  await firstStep(page, agent);
  if (mode !== 'nojs') await crawl(page);
  await page.goto('/account');
  await expect(page, 'the first step opens nothing').toHaveURL(/\/sign-in\?/);
  await page.goto('/sign-in/code');
  await codeField(page).fill(code);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(problem(page), 'a code that was used').toBeVisible();
  await codeField(page).fill(shown(secret, 1));
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(/\/account$/);

  await page.context().clearCookies();
  await page.goto('/account/availability');
  await page.getByLabel('Email', { exact: true }).fill(agent.email);
  await page.getByLabel('Password', { exact: true }).fill(agent.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('You do not have your phone?').click();
  await page.getByLabel(/^Recovery code/).fill(codes[0].toLowerCase().replaceAll('-', ' '));
  await page.getByRole('button', { name: 'Sign in with a recovery code' }).click();
  await expect(page).toHaveURL(/\/account\/availability$/);
  await page.goto('/account/security');
  await expect(page.getByText('9 recovery codes are left.')).toBeVisible();
  await turnOff(page, agent.password, codes[1]);
});

rule('S-12 a recovery code is taken while a wrong code stands in the field for the app', ['js', 'nojs'], async ({ page, demo }) => {
  const agent = demo.agents[1];
  await signIn(page, agent);
  const { codes } = await turnOn(page);
  for (const [number, press] of [async () => page.keyboard.press('Enter'), async () => page.getByRole('button', { name: 'Sign in with a recovery code' }).click()].entries()) {
    await page.context().clearCookies();
    await firstStep(page, agent);
    await codeField(page).fill('000000');
    await codeField(page).press('Enter');
    await expect(problem(page)).toBeVisible();
    await expect(codeField(page), 'a refused code is of no more use').toHaveValue('');
    await codeField(page).fill('111111');
    await page.getByText('You do not have your phone?').click();
    await page.getByLabel('Recovery code', { exact: true }).fill(codes[number]);
    await press();
    await expect(page).toHaveURL(/\/account$/);
  }
  await turnOff(page, agent.password, codes[2]);
});

rule('S-12 new recovery codes void the old, and few of them are warned of', ['js', 'nojs'], async ({ page, demo, mode }) => {
  const agent = demo.agents[1];
  await signIn(page, agent);
  const { codes } = await turnOn(page);
  for (const code of codes.slice(0, 7)) {
    await page.context().clearCookies();
    await firstStep(page, agent);
    await page.getByText('You do not have your phone?').click();
    await page.getByLabel(/^Recovery code/).fill(code);
    await page.getByRole('button', { name: 'Sign in with a recovery code' }).click();
    await expect(page).toHaveURL(/\/account$/);
  }
  await page.goto('/account/security');
  await expect(page.getByText('3 recovery codes are left.')).toBeVisible();
  await expect(page.getByText('Make new ones before you run out')).toBeVisible();
  if (mode === 'js') await crawl(page);
  await page.getByRole('link', { name: 'New recovery codes' }).click();
  await page.getByRole('button', { name: 'Make new recovery codes' }).click();
  const fresh = await page.getByRole('main').getByRole('listitem').allInnerTexts();
  expect(fresh).toHaveLength(10);
  await page.context().clearCookies();
  await firstStep(page, agent);
  for (const [code, works] of [[codes[8], false], [fresh[0], true]]) {
    // Open already after an error.
    if (works === false) await page.getByText('You do not have your phone?').click();
    await page.getByLabel(/^Recovery code/).fill(code);
    await page.getByRole('button', { name: 'Sign in with a recovery code' }).click();
    if (works) await expect(page).toHaveURL(/\/account$/);
    else await expect(problem(page)).toBeVisible();
  }
  await turnOff(page, agent.password, fresh[1]);
});

rule('S-03 S-12 with a second factor 8 characters are enough, and without it 15 again', ['js', 'nojs'], async ({ page, demo, mode }) => {
  const agent = demo.agents[1];
  await signIn(page, agent);
  await expect(page.getByText('At least 15 characters')).toBeVisible();
  const { codes } = await turnOn(page);
  const change = async (from, to) => {
    await page.goto('/account');
    await page.getByLabel('Current password').fill(from);
    await page.getByLabel('New password').fill(to);
    await page.getByRole('button', { name: 'Change password' }).click();
  };
  await page.goto('/account');
  await expect(page.getByText('At least 8 characters')).toBeVisible();
  await change(agent.password, 'otter-4');
  await expect(problem(page)).toBeVisible();
  await change(agent.password, 'otter-42');
  await expect(page.getByRole('heading', { name: 'Saved' })).toBeVisible();
  await page.goto('/account/security/two-step/off');
  await page.getByLabel('Current password').fill('otter-42');
  await codeField(page).fill(codes[0]);
  await page.getByRole('button', { name: 'Turn off two-step sign-in' }).click();
  await expect(problem(page)).toBeVisible();
  if (mode === 'js') await crawl(page);
  await turnOff(page, 'otter-42', codes[0], agent.password);
  await page.goto('/account');
  await expect(page.getByText('At least 15 characters')).toBeVisible();
});

rule('S-13 the password alone turns nothing off, and showing both factors leads back to the same form', ['js', 'nojs'], async ({ page, demo, mode }) => {
  const agent = demo.agents[1];
  await signIn(page, agent);
  const { codes } = await turnOn(page);
  await page.goto('/account/security/two-step/off');
  await page.getByLabel('Current password').fill(agent.password);
  await page.getByRole('button', { name: 'Turn off two-step sign-in' }).click();
  await expect(problem(page)).toBeVisible();
  await expect(codeField(page)).toHaveAccessibleDescription(/Enter the code that your app shows/);
  if (mode === 'js') await crawl(page);

  await page.goto('/account/confirm?return_to=%2Faccount%2Fsecurity%2Frecovery-codes');
  await page.getByLabel('Current password').fill(agent.password);
  await codeField(page).fill('000000');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(codeField(page)).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Current password').fill(agent.password);
  await codeField(page).fill(codes[0]);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/account\/security\/recovery-codes$/);
  await page.goto('/account/activity');
  await expect(page.getByText('Wrong code when asked to confirm').first()).toBeVisible();
  await turnOff(page, agent.password, codes[1]);
});
