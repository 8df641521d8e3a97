// The mailbox of the demo, read with parsers that are not ours.

import ICAL from 'ical.js';
import PostalMime from 'postal-mime';
import { expect } from '@playwright/test';

/** The messages to one address, oldest first, once there are as many as expected. */
export async function messagesTo(page, address, count) {
  let list = [];
  await expect(async () => {
    const answer = await page.request.get('/dev/mailbox.json');
    list = (await answer.json()).filter((message) => message.to === address);
    list.sort((one, other) => one.created_at.localeCompare(other.created_at));
    expect(list.map((message) => message.subject)).toHaveLength(count);
  }).toPass({ timeout: 15_000 });
  return Promise.all(list.map((message) => read(page, message)));
}

async function read(page, { id, kind, subject }) {
  const answer = await page.request.get(`/dev/mailbox/${id}.eml`);
  expect(answer.ok()).toBe(true);
  const message = await new PostalMime().parse(await answer.body());
  const part = message.attachments.find((attachment) => attachment.mimeType === 'text/calendar');
  return { id, kind, subject, text: message.text, html: message.html, calendar: part && calendar(part) };
}

function calendar(part) {
  const source = typeof part.content === 'string' ? part.content : new TextDecoder().decode(part.content);
  const component = new ICAL.Component(ICAL.parse(source));
  const event = component.getFirstSubcomponent('vevent');
  const value = (name) => event.getFirstPropertyValue(name);
  return {
    source,
    method: component.getFirstPropertyValue('method'),
    uid: value('uid'),
    sequence: value('sequence'),
    status: value('status'),
    start: value('dtstart').toJSDate(),
    description: value('description'),
    mailAddresses: ['organizer', 'attendee'].flatMap((name) => event.getAllProperties(name))
      .map((property) => String(property.getFirstValue()).replace(/^mailto:/i, '')),
  };
}

/** The first link of a message that leads to a path. */
export function linkIn(text, path) {
  const found = text.match(new RegExp(`https?://[^\\s"<>]*${path}[^\\s"<>)]*`));
  if (!found) throw new Error(`no link to ${path} in:\n${text}`);
  return found[0];
}
