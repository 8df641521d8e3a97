// What agents and customers do, by the names they see.

import { expect } from '@playwright/test';
import { press, tabTo, type } from './keyboard.js';
import { linkIn, messagesTo } from './mail.js';

let made = 0;

/** A customer that no other test has met. */
export function customer(name = 'Rosa Delgado') {
  made += 1;
  return { name, email: `customer-${process.pid}-${made}@example.com` };
}

/** An agent of this test alone, who was invited and has chosen a password. */
export async function newcomer(page, demo) {
  made += 1;
  const who = {
    name: `Mirjam Visser ${process.pid}${made}`, email: `newcomer-${process.pid}-${made}@example.com`, password: 'seven green bicycles',
  };
  const headers = { authorization: `Bearer ${demo.admin.token}` };
  const invited = await page.request.post('/api/v1/agents', { headers, data: { name: who.name, email: who.email } });
  expect(invited.status()).toBe(201);
  await page.goto(linkIn((await messagesTo(page, who.email, 1))[0].text, '/invite'));
  await page.getByLabel('Password', { exact: true }).fill(who.password);
  await page.getByRole('button', { name: 'Open my account' }).click();
  await expect(page.getByText('Your account is open.')).toBeVisible();
  return who;
}

/** Signs an agent in; lands on My Account. */
export async function signIn(page, agent, mode = 'js') {
  await page.goto('/sign-in');
  await fill(page, page.getByLabel('Email', { exact: true }), agent.email, mode);
  await fill(page, page.getByLabel('Password', { exact: true }), agent.password, mode);
  await act(page, page.getByRole('button', { name: 'Sign in', exact: true }), mode);
  await expect(page).toHaveURL(/\/account$/);
  // With what is framed in it: a test that signs out at once would otherwise leave the frame to the page for signing in.
  await page.waitForLoadState();
}

/** Fills a field by hand or by keyboard. */
export async function fill(page, field, text, mode) {
  if (mode === 'kb') await type(page, field, text);
  else await field.fill(text);
}

/** Presses a button or follows a link, by pointer or by keyboard. */
export async function act(page, control, mode) {
  if (mode === 'kb') await press(page, control);
  else await control.click();
}

/** The path of an agent's booking page. */
export function profile(agent) {
  return new URL(agent.profile_url).pathname;
}

/** The times that are offered. */
export function times(page) {
  return page.getByRole('link', { name: /^\d\d:\d\d to \d\d:\d\d/ });
}

/** Opens the agent's page and chooses the first meeting type. */
export async function chooseMeetingType(page, agent, mode = 'js') {
  await page.goto(profile(agent));
  await act(page, page.getByRole('main').getByRole('link', { name: /minutes/ }).first(), mode);
  await expect(times(page).first()).toBeVisible();
}

/** Chooses the first time offered; answers its name. */
export async function chooseTime(page, mode = 'js') {
  const first = times(page).first();
  const name = await first.getAttribute('aria-label');
  if (mode === 'kb') {
    await tabTo(page, first);
    await page.keyboard.press('Enter');
  } else {
    await first.click();
  }
  await expect(page.getByLabel('Your name')).toBeVisible();
  return name;
}

/** Types who the customer is and books. */
export async function giveDetails(page, who, mode = 'js') {
  await fill(page, page.getByLabel('Your name'), who.name, mode);
  await fill(page, page.getByLabel('Email', { exact: true }), who.email, mode);
  await act(page, page.getByRole('button', { name: /^Book \d\d:\d\d/ }), mode);
}

/** The whole way to a booked meeting; the confirmation page is open. */
export async function book(page, agent, who = customer(), mode = 'js') {
  await chooseMeetingType(page, agent, mode);
  const time = await chooseTime(page, mode);
  await giveDetails(page, who, mode);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are booked');
  return { who, time, path: new URL(page.url()).pathname };
}
