// The product's main job from end to end, in every way a person may do it.

import { act, chooseMeetingType, chooseTime, customer, fill, giveDetails, profile, signIn, times } from '../lib/people.js';
import { crawl } from '../lib/crawl.js';
import { linkIn, messagesTo } from '../lib/mail.js';
import { expect, rule } from '../lib/test.js';

rule('an agent fills in the account, opens hours and shares the profile URL', ['js', 'nojs', 'kb', 'm', 'dark'], async ({ page, demo, mode }) => {
  const agent = demo.agents[1];
  await signIn(page, agent, mode);
  await fill(page, page.getByLabel(/^Job title/), 'Adviser for mortgages', mode);
  await act(page, page.getByRole('button', { name: 'Save job title' }), mode);
  await expect(page.getByRole('heading', { name: 'Saved' })).toBeVisible();
  await expect(page.getByLabel(/^Job title/)).toHaveValue('Adviser for mortgages');

  await page.goto('/account/availability');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Availability');
  await act(page, page.getByRole('button', { name: 'Save weekly hours' }), mode);
  await expect(page.getByRole('heading', { name: 'Saved' })).toBeVisible();

  await page.goto(profile(agent));
  await expect(page.getByText('Adviser for mortgages')).toBeVisible();
});

rule('a customer books, moves and cancels, and both sides get each invitation', ['js', 'nojs', 'kb', 'm', 'dark'], async ({ page, demo, mode }) => {
  const agent = demo.agents[0];
  const who = customer();
  const before = await agentCount(page, agent);

  await chooseMeetingType(page, agent, mode);
  await chooseTime(page, mode);
  await giveDetails(page, who, mode);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are booked');

  const [confirmation] = await messagesTo(page, who.email, 1);
  expect(confirmation.calendar).toMatchObject({ method: 'REQUEST', sequence: 0 });
  const toAgent = (await messagesTo(page, agent.email, before + 1)).at(-1);
  expect(toAgent.calendar?.uid ?? confirmation.calendar.uid).toBe(confirmation.calendar.uid);

  // The link of the message leads to the meeting (M-01).
  await page.goto(linkIn(confirmation.text, '/m/').replace(/\/(reschedule|cancel)$/, ''));
  await act(page, page.getByRole('link', { name: 'Choose another time' }), mode);
  await act(page, times(page).last(), mode);
  await act(page, page.getByRole('button', { name: /^Move/ }), mode);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are booked');
  const [, moved] = await messagesTo(page, who.email, 2);
  expect(moved.calendar).toMatchObject({ method: 'REQUEST', uid: confirmation.calendar.uid });
  expect(moved.calendar.sequence).toBeGreaterThan(0);
  expect(moved.calendar.start).not.toEqual(confirmation.calendar.start);

  await act(page, page.getByRole('link', { name: 'Cancel meeting' }), mode);
  await fill(page, page.getByLabel(/^Reason/), 'I found the answer', mode);
  await act(page, page.getByRole('button', { name: /^Cancel meeting/ }), mode);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This meeting is cancelled');
  const [,, cancelled] = await messagesTo(page, who.email, 3);
  expect(cancelled.calendar).toMatchObject({ method: 'CANCEL', uid: confirmation.calendar.uid, status: 'CANCELLED' });
  expect(cancelled.calendar.sequence).toBeGreaterThan(moved.calendar.sequence);
  const lastToAgent = (await messagesTo(page, agent.email, before + 3)).at(-1);
  expect(lastToAgent.text).toContain('I found the answer');

  if (mode !== 'nojs') await crawl(page);
});

async function agentCount(page, agent) {
  const list = await (await page.request.get('/dev/mailbox.json')).json();
  return list.filter((message) => message.to === agent.email).length;
}
