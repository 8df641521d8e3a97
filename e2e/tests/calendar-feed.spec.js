// The private calendar address (P5 of the product): made, read by a calendar, replaced, ended.

import ICAL from 'ical.js';
import { crawl } from '../lib/crawl.js';
import { book, signIn } from '../lib/people.js';
import { expect, rule } from '../lib/test.js';

/** What a calendar reads at an address: its name, and the entries with their fields. */
async function subscribe(page, address) {
  const answer = await page.request.get(address, { headers: { cookie: '' } });
  expect(answer.status()).toBe(200);
  expect(answer.headers()['set-cookie']).toBeUndefined();
  const calendar = new ICAL.Component(ICAL.parse(await answer.text()));
  const entry = (event) => ({
    title: event.getFirstPropertyValue('summary'), start: event.getFirstPropertyValue('dtstart').toJSDate().toISOString(),
    people: event.getAllProperties('attendee').length, text: event.getFirstPropertyValue('description'),
  });
  return { name: calendar.getFirstPropertyValue('x-wr-calname'), entries: calendar.getAllSubcomponents('vevent').map(entry) };
}

/** Makes an address on its page and reads it there. */
async function make(page, demo, button, shows) {
  if (shows) await page.getByLabel(shows).check();
  await page.getByRole('button', { name: button }).click();
  await expect(page.getByRole('heading', { name: 'Your private calendar address is ready' })).toBeVisible();
  const address = await page.getByRole('code').filter({ hasText: '/feed/' }).innerText();
  demo.keepSecret(address.match(/feed\/([\w-]{43})\.ics$/)[1], 'a calendar address');
  return address;
}

rule('P5 a calendar reads the meetings at a private address, which is shown once and ends at once', ['js', 'nojs', 'm'], async ({ page, demo, mode }) => {
  const agent = demo.agents[1];
  const { who } = await book(page, agent);
  await signIn(page, agent);
  await page.goto('/account/meetings');
  await page.getByRole('link', { name: 'See your meetings in your own calendar' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Calendar feed');
  const first = await make(page, demo, 'Make address');
  await expect(page.getByText('Not read yet')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Open in a calendar app' })).toHaveAttribute('href', first.replace(/^https?/, 'webcal'));
  if (mode !== 'nojs') {
    await expect(page.getByRole('button', { name: 'Copy address' })).toBeVisible();
    await crawl(page);
  }
  const read = await subscribe(page, first);
  const entry = read.entries.find(({ text }) => text.includes(who.email));
  expect(entry.title).toContain(who.name);
  expect(entry.people).toBe(0);
  expect(entry.text, 'no key to the meeting').not.toContain('/m/');

  await page.goto('/account/calendar');
  await expect(page.getByText(first)).toHaveCount(0);
  await expect(page.getByText('Last read').locator('..')).toContainText(/\(.+UTC.*\)/);
  const second = await make(page, demo, 'Replace the address', 'Only that you are busy, without names, titles and places');
  expect((await page.request.get(first)).status()).toBe(404);
  const busy = await subscribe(page, second);
  expect(busy.entries.map(({ start }) => start)).toEqual(read.entries.map(({ start }) => start));
  expect([...new Set(busy.entries.flatMap(({ title, text }) => [title, text]))]).toEqual(['Busy', null]);

  await page.getByRole('button', { name: 'End this address' }).click();
  await expect(page.getByText('The address has ended')).toBeVisible();
  expect((await page.request.get(second)).status()).toBe(404);
  await page.goto('/account/activity');
  await expect(page.getByText('Calendar address ended').first()).toBeVisible();
});
