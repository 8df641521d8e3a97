// Passkeys, with an authenticator that the browser plays itself.

import { crawl } from '../lib/crawl.js';
import { signIn } from '../lib/people.js';
import { expect, rule } from '../lib/test.js';

/** Something that keeps passkeys, such as the lock of this device. */
async function authenticator(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true,
      isUserVerified: true, automaticPresenceSimulation: true,
    },
  });
  const set = (what, more) => cdp.send(`WebAuthn.${what}`, { authenticatorId, ...more });
  return {
    /** Whether somebody touches it when it is asked. */
    touched: (enabled) => set('setAutomaticPresenceSimulation', { enabled }),
    /** Whether finger, face or PIN are right. */
    verified: (isUserVerified) => set('setUserVerified', { isUserVerified }),
    kept: async () => (await set('getCredentials')).credentials,
  };
}

const section = (page) => page.getByRole('main').getByRole('listitem');

/** Signs in and shows anew who it is, which a new passkey asks for. */
async function begin(page, agent) {
  await signIn(page, agent);
  await page.goto('/account/security');
  await page.getByRole('link', { name: 'Add a passkey' }).click();
  await page.getByLabel('Current password', { exact: true }).fill(agent.password);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('button', { name: 'Add a passkey' })).toBeVisible();
}

async function addPasskey(page, agent) {
  await begin(page, agent);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByRole('alert')).toContainText('Your passkey is added');
}

/** Forgets who is signed in, not what the authenticator keeps. */
async function signOut(page) {
  await page.context().clearCookies();
}

async function removeAll(page) {
  await page.goto('/account/security');
  for (let left = await section(page).count(); left > 0; left -= 1) {
    await page.getByRole('link', { name: /^Remove / }).first().click();
    await page.getByRole('button', { name: /^Remove / }).click();
    await expect(section(page)).toHaveCount(left - 1);
  }
}

rule('S-01 a passkey is offered in the field of the sign-in, and a failure is silent', ['js'], async ({ page, demo }) => {
  const keeper = await authenticator(page);
  // With nothing to offer, nothing is said.
  await page.goto('/sign-in');
  await expect(page.getByRole('button', { name: 'Sign in with a passkey' })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await addPasskey(page, demo.agents[0]);
  expect(await keeper.kept()).toHaveLength(1);
  await signOut(page);
  const asked = page.waitForRequest((request) => new URL(request.url()).pathname === '/passkeys/sign-in');
  await page.goto('/sign-in');
  // Nothing is pressed: the one passkey in the field is taken.
  await asked;
  await expect(page).toHaveURL(/\/account$/);
  await removeAll(page);
});

rule('S-02 a visible button signs in by a passkey, and without script there is only the password', ['js', 'nojs'], async ({ page, demo, mode }) => {
  const button = page.getByRole('button', { name: 'Sign in with a passkey' });
  if (mode === 'nojs') {
    await page.goto('/sign-in');
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
    await expect(button).toHaveCount(0);
    await signIn(page, demo.agents[0]);
    await page.goto('/account/security');
    await expect(page.getByText('Adding a passkey needs JavaScript')).toBeVisible();
    return;
  }
  const keeper = await authenticator(page);
  await addPasskey(page, demo.agents[0]);
  await signOut(page);
  await keeper.touched(false);
  await page.goto('/account/availability');
  await expect(button).toBeVisible();
  // A wrong finger is told in the page, and the password is still there.
  await keeper.touched(true);
  await keeper.verified(false);
  await button.click();
  await expect(page.getByText('No passkey was used. Try again, or sign in with your password.')).toBeVisible();
  await crawl(page);
  await keeper.verified(true);
  await button.click();
  await expect(page).toHaveURL(/\/account\/availability$/);
  await removeAll(page);
});

rule('S-10 passkeys are listed, named and removed', ['js', 'm'], async ({ page, demo, mode }) => {
  const keeper = await authenticator(page);
  const agent = demo.agents[1];
  await signIn(page, agent);
  await page.goto('/account/security');
  await expect(page.getByText('Your password is the only way to sign in')).toBeVisible();
  await addPasskey(page, agent);
  await expect(section(page)).toHaveCount(1);
  await expect(section(page)).toContainText(/Added .+\d\d:\d\d \(.+UTC.*\)/);
  await expect(section(page)).toContainText('Not used yet');
  await expect(section(page)).not.toContainText('This device');

  // The same keeper is not asked twice.
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByText('already has a passkey for your account')).toBeVisible();
  if (mode === 'js') await crawl(page);

  await signOut(page);
  await page.goto('/sign-in');
  await expect(page).toHaveURL(/\/account$/);
  await page.goto('/account/security');
  await expect(section(page)).toContainText('This device');
  await expect(section(page)).toContainText(/Last used .+\d\d:\d\d \(.+UTC.*\)/);

  await page.getByRole('link', { name: /^Rename / }).click();
  const name = page.getByLabel('Name', { exact: true });
  await name.fill('   ');
  await page.getByRole('button', { name: 'Save name' }).click();
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await name.fill('مفتاح المكتب <b>');
  await page.getByRole('button', { name: 'Save name' }).click();
  await expect(page.getByRole('alert')).toContainText('The name of your passkey is saved');
  await expect(section(page)).toContainText('مفتاح المكتب <b>');
  if (mode === 'js') await crawl(page);

  await page.getByRole('link', { name: /^Remove / }).click();
  await expect(page.getByText('You can still sign in with your password.')).toBeVisible();
  await page.getByRole('link', { name: 'Keep' }).click();
  await expect(section(page)).toHaveCount(1);
  await page.getByRole('link', { name: /^Remove / }).click();
  await page.getByRole('button', { name: /^Remove / }).click();
  await expect(page.getByRole('alert')).toContainText('The passkey is removed');
  await expect(page.getByText('Your password is the only way to sign in')).toBeVisible();

  // What the keeper still has is known to nobody.
  expect(await keeper.kept()).toHaveLength(1);
  await signOut(page);
  await page.goto('/sign-in');
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('This passkey was not accepted here');
  const told = async () => (await (await page.request.get('/dev/mailbox.json')).json())
    .filter(({ to, kind }) => to === agent.email && kind.startsWith('passkey_')).map(({ kind }) => kind);
  await expect.poll(async () => (await told()).includes('passkey_added') && (await told()).includes('passkey_removed')).toBe(true);
});

rule('S-11 the browser may keep a passkey wherever the person likes', ['js'], async ({ page, demo }) => {
  const keeper = await authenticator(page);
  await begin(page, demo.agents[0]);
  // Nobody answers, so that the page stays.
  await keeper.touched(false);
  const asked = page.waitForResponse((response) => new URL(response.url()).pathname === '/passkeys/add/ask');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  const { create } = await (await asked).json();
  expect(create.authenticatorSelection).toEqual({ residentKey: 'preferred', requireResidentKey: false, userVerification: 'required' });
  await expect(page.getByText('Your browser asks you now.')).toBeVisible();
});

rule('S-13 who one is can be shown by the password or a passkey', ['js', 'nojs'], async ({ page, demo, mode }) => {
  const back = '/account/confirm?return_to=%2Faccount%2Fsecurity';
  if (mode === 'js') {
    await authenticator(page);
    await addPasskey(page, demo.agents[0]);
    await page.goto(back);
    await crawl(page);
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await expect(page).toHaveURL(/\/account\/security$/);
    await removeAll(page);
    return;
  }
  await signIn(page, demo.agents[0]);
  await page.goto(back);
  await page.getByLabel('Current password', { exact: true }).fill('another one');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
  await page.getByLabel('Current password', { exact: true }).fill(demo.agents[0].password);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/account\/security$/);
});

rule('S-07 a passkey stands for the current password, and what was typed stays', ['js'], async ({ page, demo }) => {
  await authenticator(page);
  const agent = demo.agents[1];
  await addPasskey(page, agent);
  await page.goto('/account');
  await expect(page.getByLabel('Current password', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Confirm with a passkey instead' }).click();
  await expect(page.getByLabel('Current password', { exact: true })).toHaveCount(0);
  await crawl(page);
  const next = 'violet trains hum at dawn';
  await page.getByLabel('New password', { exact: true }).fill(next);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByRole('heading', { name: 'Saved' })).toBeVisible();
  agent.password = next;
  await removeAll(page);
});
