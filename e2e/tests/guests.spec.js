// Others who are invited to a meeting.

import { act, book, fill, signIn } from '../lib/people.js';
import { crawl } from '../lib/crawl.js';
import { messagesTo } from '../lib/mail.js';
import { expect, rule } from '../lib/test.js';

rule('P1 a customer invites a guest, and takes them off again', ['js', 'nojs', 'kb', 'm'], async ({ page, demo, mode }) => {
  const [agent] = demo.agents;
  const { who, path } = await book(page, agent);
  const [booked] = await messagesTo(page, who.email, 1);
  const guest = `guest-of-${who.email}`;
  await page.goto(path);
  const guests = page.getByRole('region', { name: 'Guests' });
  await expect(guests).toContainText('Nobody else is invited.');

  // What is no address is said at the field, and stays.
  await fill(page, guests.getByLabel('Email address of a guest'), 'kim', mode);
  await act(page, guests.getByRole('button', { name: 'Invite' }), mode);
  await expect(guests.getByLabel('Email address of a guest')).toHaveAccessibleDescription(/Write the email address like name@example.com/);
  await expect(guests.getByLabel('Email address of a guest')).toHaveValue('kim');
  if (mode === 'js') await crawl(page);

  await fill(page, guests.getByLabel('Email address of a guest'), guest, mode);
  await act(page, guests.getByRole('button', { name: 'Invite' }), mode);
  await expect(page.getByText('The guest gets an invitation by email.', { exact: true })).toBeVisible();
  await expect(guests.getByRole('listitem')).toHaveText(new RegExp(guest.replace('.', '\\.')));

  const [invitation] = await messagesTo(page, guest, 1);
  expect(invitation.kind).toBe('guest_added');
  expect(invitation.calendar).toMatchObject({ method: 'REQUEST', sequence: 1, uid: booked.calendar.uid, start: booked.calendar.start });
  expect(invitation.text).toContain(who.name);
  expect(invitation.text).not.toContain('/m/');
  const [, changed] = await messagesTo(page, who.email, 2);
  expect(changed.kind).toBe('meeting_changed');
  expect(changed.text).toContain(guest);

  await act(page, guests.getByRole('button', { name: /^Take off the list/ }), mode);
  await expect(page.getByText('The guest is not invited any more.')).toBeVisible();
  await expect(guests).toContainText('Nobody else is invited.');
  const [, removed] = await messagesTo(page, guest, 2);
  expect(removed.calendar).toMatchObject({ method: 'CANCEL', sequence: 2, uid: booked.calendar.uid });
});

rule('P1 an agent sees who else comes, and what they were told', ['js', 'nojs'], async ({ page, demo, mode }) => {
  const [agent] = demo.agents;
  const { who } = await book(page, agent);
  await signIn(page, agent, mode);
  await page.goto('/account/meetings');
  await act(page, page.getByRole('listitem').filter({ hasText: who.email }).getByRole('link', { name: who.name, exact: true }), mode);
  const guests = page.getByRole('region', { name: 'Guests' });
  const guest = `guest-of-${who.email}`;
  await fill(page, guests.getByLabel('Email address of a guest'), guest, mode);
  await act(page, guests.getByRole('button', { name: 'Invite' }), mode);
  await expect(guests.getByRole('listitem')).toContainText(guest);
  await expect(page.getByRole('region', { name: 'Messages about this meeting' })).toContainText('Guest invited');
  if (mode === 'js') await crawl(page);
});
