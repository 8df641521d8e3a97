// Text messages, as the demonstration keeps them.

import { expect, rule } from '../lib/test.js';
import { crawl } from '../lib/crawl.js';
import { messagesTo } from '../lib/mail.js';
import { chooseMeetingType, chooseTime, customer } from '../lib/people.js';

/** The text messages to a number, oldest first, once there are as many as expected. */
async function textsTo(page, number, count) {
  let list = [];
  await expect(async () => {
    const answer = await page.request.get('/dev/mailbox.json');
    list = (await answer.json()).filter((message) => message.channel === 'sms' && message.to === number);
    expect(list).toHaveLength(count);
  }).toPass({ timeout: 15_000 });
  return list.reverse();
}

let numbers = Math.floor(Math.random() * 1_000_000);

rule('B-15 the phone number is for text messages, which a box asks for', ['js', 'nojs', 'm'], async ({ page, demo, mode }) => {
  const who = customer();
  numbers += 1;
  const number = `+316${String(10_000_000 + numbers).slice(-8)}`;
  await chooseMeetingType(page, demo.agents[0]);
  await chooseTime(page);
  const box = page.getByRole('checkbox', { name: /^Send text messages about this meeting to my phone/ });
  await expect(box).not.toBeChecked();
  await page.getByLabel('Your name').fill(who.name);
  await page.getByLabel('Email', { exact: true }).fill(who.email);
  await box.check();
  await page.getByRole('button', { name: /^Book \d\d:\d\d/ }).click();

  await expect(page.getByLabel(/^Phone number/)).toHaveAccessibleDescription(/Type the phone number that the text messages go to/);
  await expect(box).toBeChecked();
  await expect(page.getByLabel('Your name')).toHaveValue(who.name);
  await page.getByLabel(/^Phone number/).fill(number);
  await page.getByRole('button', { name: /^Book \d\d:\d\d/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are booked');
  const stop = page.getByRole('button', { name: 'Stop text messages about this meeting' });
  await expect(stop).toBeVisible();
  if (mode === 'js') await crawl(page);

  const [text] = await textsTo(page, number, 1);
  expect(text.sms.text).toMatch(/^Booked: .+ \(.+\) with \S+\. http:\/\/localhost:\d+\/m\/\S+$/);
  expect(text.sms.messages).toBe(text.sms.encoding === 'GSM-7' ? 1 : expect.any(Number));
  const meeting = page.url();
  await page.goto(`/dev/mailbox/${text.id}`);
  await expect(page.getByText(new RegExp(`^${text.sms.characters} characters, ${text.sms.encoding}, \\d message`))).toBeVisible();
  if (mode === 'js') await crawl(page);

  await page.goto(meeting);
  await stop.click();
  await expect(page.getByText('Text messages about this meeting are stopped. Emails still come.')).toBeVisible();
  await expect(stop).toBeHidden();
  await page.getByRole('link', { name: 'Cancel meeting' }).click();
  await page.getByRole('button', { name: 'Cancel meeting' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/cancelled/i);
  await messagesTo(page, who.email, 2);
  await textsTo(page, number, 1);
});
