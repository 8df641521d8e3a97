// A meeting that passes to another agent.

import { act, book, fill, signIn } from '../lib/people.js';
import { crawl } from '../lib/crawl.js';
import { messagesTo } from '../lib/mail.js';
import { expect, rule } from '../lib/test.js';

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

rule('P1 an agent gives a meeting to a colleague, and everybody gets the right invitation', ['js', 'nojs', 'kb', 'm'], async ({ page, demo, mode }) => {
  const [agent] = demo.agents;
  // The administrator works round the clock, so that somebody is free whatever the season.
  const hours = await page.request.put('/api/v1/me/availability', {
    headers: { authorization: `Bearer ${demo.admin.token}` },
    data: { weekly: Object.fromEntries(WEEK.map((day) => [day, [['00:00', '24:00']]])) },
  });
  expect(hours.status()).toBe(200);
  const { who, path } = await book(page, agent);
  const [booked] = await messagesTo(page, who.email, 1);

  await signIn(page, agent, mode);
  await page.goto('/account/meetings');
  await act(page, page.getByRole('listitem').filter({ hasText: who.email }).getByRole('link', { name: who.name, exact: true }), mode);
  await act(page, page.getByRole('link', { name: 'Give to a colleague' }), mode);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Give the meeting to a colleague');
  if (mode === 'js') await crawl(page);

  // Nobody chosen: the field says so, and what was typed stays.
  await fill(page, page.getByLabel(/^Reason/), 'I am away that day', mode);
  await act(page, page.getByRole('button', { name: 'Give the meeting away' }), mode);
  const colleague = page.getByLabel(/^Colleague/);
  await expect(colleague).toHaveAccessibleDescription(/Choose one of the options/);
  await expect(page.getByLabel(/^Reason/)).toHaveValue('I am away that day');
  await colleague.selectOption({ label: 'Robin Admin' });
  await act(page, page.getByRole('button', { name: 'Give the meeting away' }), mode);
  await expect(page.getByText('The meeting is given to somebody else. The customer gets an email.')).toBeVisible();
  await expect(page.getByText(who.email)).toHaveCount(0);

  const [, customers] = await messagesTo(page, who.email, 2);
  expect(customers.kind).toBe('meeting_reassigned');
  expect(customers.calendar).toMatchObject({ method: 'REQUEST', sequence: 1, uid: booked.calendar.uid, start: booked.calendar.start });
  expect(customers.text).toContain('Robin Admin');
  expect(customers.text).toContain('I am away that day');
  const mailbox = await (await page.request.get('/dev/mailbox.json')).json();
  expect(mailbox.filter((one) => one.kind === 'meeting_reassigned' && one.to === agent.email)).not.toHaveLength(0);

  // The customer's link is the same as ever.
  await page.context().clearCookies();
  await page.goto(path);
  await expect(page.getByRole('main')).toContainText('Robin Admin');

  // The hour is free again for the next one.
  const id = booked.calendar.uid.split('@')[0];
  const gone = await page.request.delete(`/api/v1/meetings/${id}`, { headers: { authorization: `Bearer ${demo.admin.token}` } });
  expect(gone.status()).toBe(200);
});
