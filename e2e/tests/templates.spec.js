// The texts of messages, as admins edit them. What is saved here is a template that no other test's message has.

import { crawl } from '../lib/crawl.js';
import { messagesTo } from '../lib/mail.js';
import { expect, rule } from '../lib/test.js';
import { act, fill, signIn } from '../lib/people.js';
import { tabTo } from '../lib/keyboard.js';

const BOOKED = '/admin/templates/meeting_scheduled/customer/en';
const UNUSED = '/admin/templates/reminder/agent/nl';

const preview = (page) => page.getByRole('region', { name: 'Preview', exact: true });

async function open(page, demo, path, mode) {
  await signIn(page, demo.admin, mode);
  await page.goto(path);
}

rule('T-01 an unknown placeholder cannot be saved, and the right one is named', ['js', 'nojs'], async ({ page, demo }) => {
  await open(page, demo, BOOKED);
  const text = 'Hello {{ customer.name }},\n\nCall {{ agent.phonenumber }}.';
  await page.getByLabel('Text', { exact: true }).fill(text);
  await page.getByLabel('Subject').fill('{{ meeting.titel }}');
  await page.getByRole('button', { name: 'Save template' }).click();
  await expect(page).toHaveTitle(/^Error: /);
  const field = page.getByRole('textbox', { name: /^Text/ });
  await expect(field).toHaveAccessibleDescription(/Line 3: agent\.phonenumber is not known\. Did you mean agent\.phone_number\?/);
  await expect(field).toHaveValue(text);
  await expect(page.getByRole('link', { name: 'Subject: meeting.titel is not known. Did you mean meeting.title?' })).toBeVisible();
  await page.goto(BOOKED);
  await expect(page.getByLabel('Subject')).toHaveValue(/meeting\.title \}\}/);
  await expect(page.getByText('Edited')).toHaveCount(0);
});

rule('T-02 the preview is the message that leaves', ['js'], async ({ page, demo }) => {
  await open(page, demo, BOOKED);
  await page.getByLabel('Heading').fill('A talk with {{ agent.first_name }} & "more"');
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  await expect(page.frameLocator('iframe').getByRole('heading', { level: 1 })).toHaveText('A talk with Robin & "more"');
  const shown = await (await page.request.get(await page.locator('iframe').getAttribute('src'))).text();
  const before = (await listed(page, demo.admin.email)).length;
  await page.getByRole('button', { name: 'Send test to me' }).click();
  await expect(page.getByRole('status').filter({ hasText: demo.admin.email })).toContainText(/at \d\d:\d\d \(.*UTC.*\)/);
  const mail = (await messagesTo(page, demo.admin.email, before + 1)).at(-1);
  expect(mail.subject).toMatch(/^Test: .+ with Robin Admin, /);
  expect(mail.calendar.method).toBe('PUBLISH');
  expect(mail.calendar.mailAddresses.filter((address) => address === demo.admin.email)).toEqual([]);
  const plain = (html) => html.replace(/src="[^"]*"/g, '').trim();
  expect(plain(mail.html)).toBe(plain(shown));
  await expect(page.getByLabel('Heading')).toHaveValue('A talk with {{ agent.first_name }} & "more"');
});

async function listed(page, address) {
  const list = await (await page.request.get('/dev/mailbox.json')).json();
  return list.filter((message) => message.to === address);
}

rule('T-03 the preview has my card and a made-up customer, in their zone or in mine', ['js', 'nojs'], async ({ page, demo }) => {
  await open(page, demo, BOOKED);
  const zone = page.getByRole('combobox', { name: 'Customer’s time zone' });
  await zone.selectOption('Asia/Tokyo');
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  await expect(preview(page)).toContainText('19:00 (Tokyo, UTC+9)');
  await preview(page).getByText('Text part of the email').click();
  await expect(preview(page).locator('pre').first()).toContainText(/19:00-19:30 \(Tokyo, JST, UTC\+9\)\s.+10:00-10:30 \(UTC\)/);
  await expect(zone).toHaveValue('Asia/Tokyo');
  await zone.selectOption('');
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  await expect(preview(page)).toContainText('10:00 (UTC)');
});

rule('T-04 placeholders come from a list and from suggestions', ['js', 'kb'], async ({ page, demo, mode }) => {
  await open(page, demo, UNUSED, mode);
  const subject = page.getByLabel('Onderwerp').or(page.getByLabel('Subject'));
  await fill(page, subject, 'Met ', mode);
  await fill(page, page.getByRole('searchbox', { name: 'Search placeholders' }), 'first name', mode);
  await act(page, page.getByRole('button', { name: 'Insert Customer’s first name' }), mode);
  await expect(subject).toHaveValue('Met {{ customer.first_name }}');
  await expect(subject).toBeFocused();
  await page.keyboard.type(' {{ job');
  await expect(page.getByRole('option', { name: 'Agent’s job title agent.job_title' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await expect(subject).toHaveValue('Met {{ customer.first_name }} {{ job');
  await page.keyboard.type('_');
  await page.keyboard.press('Enter');
  await expect(subject).toHaveValue('Met {{ customer.first_name }} {{ agent.job_title }}');
  if (mode === 'js') await crawl(page);
});

rule('T-05 every placeholder of a time says whose clock it is', ['nojs'], async ({ page, demo }) => {
  await open(page, demo, '/admin/templates/meeting_rescheduled/customer/en');
  const list = page.getByRole('region', { name: 'Placeholders' });
  for (const path of ['meeting.start', 'meeting.end', 'meeting.when', 'meeting.previous_start', 'meeting.previous_when']) {
    const row = list.getByRole('listitem').filter({ hasText: new RegExp(`${path.replace('.', '\\.')}(?![_a-z])`) });
    await expect(row).toContainText('reader’s time');
    await expect(row).toContainText(/\(.*UTC.*\)/);
  }
});

rule('T-06 the text message is counted as it would leave, and the character that makes it Unicode is named', ['js', 'nojs'], async ({ page, demo }) => {
  await open(page, demo, BOOKED);
  const text = page.getByRole('textbox', { name: /^SMS/ });
  for (const [typed, told] of [
    ['x'.repeat(152) + '{{ organisation.phone }}', null],
    ['x'.repeat(152), '152 characters, GSM-7, 1 message,'],
    ['x'.repeat(152) + 'ć', '153 characters, Unicode, 3 messages (Unicode because of ć)'],
    ['€'.repeat(81), '162 characters, GSM-7, 2 messages'],
    ['{{ agent.first_name }} {{ customer.first_name | upper }}', '10 characters, GSM-7, 1 message'],
  ]) {
    await text.fill(typed);
    await page.getByRole('button', { name: 'Preview', exact: true }).click();
    if (told === null) {
      await expect(page.getByRole('textbox', { name: /^SMS/ })).toHaveAccessibleDescription(/organisation\.phone is not known/);
      continue;
    }
    await preview(page).getByText('SMS', { exact: true }).click();
    await expect(preview(page).getByText(told)).toBeVisible();
  }
});

rule('T-09 versions are kept, compared and put back', ['nojs', 'js'], async ({ page, demo }) => {
  await open(page, demo, UNUSED);
  const heading = page.getByLabel('Heading');
  const builtIn = await heading.inputValue();
  for (const text of ['One', 'Two']) {
    await heading.fill(text);
    await page.getByRole('button', { name: 'Save template' }).click();
    await expect(page.getByText('The template is saved.')).toBeVisible();
  }
  await page.getByText('Show the built-in text').click();
  await expect(page.getByText(builtIn, { exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Earlier versions and built-in text' }).click();
  const versions = page.getByRole('region', { name: /^Version \d+, saved .+ by Robin Admin/ });
  await expect(versions.first()).toContainText('In force');
  await versions.nth(1).getByText('Heading').click();
  await expect(versions.nth(1).getByText('One', { exact: true })).toBeVisible();
  await versions.nth(1).getByRole('button', { name: /^Use version/ }).click();
  await expect(page.getByText('That version is in force again.')).toBeVisible();
  await expect(heading).toHaveValue('One');
  await page.getByRole('link', { name: 'Earlier versions and built-in text' }).click();
  await page.getByRole('button', { name: 'Back to the built-in template' }).click();
  await expect(heading).toHaveValue(builtIn);
});

rule('T-10 the editor works without script: edit, preview, save, and names to copy', ['nojs'], async ({ page, demo }) => {
  await open(page, demo, UNUSED);
  await expect(page.getByText('Copy a name between two pairs of braces into the text.')).toBeVisible();
  await page.getByLabel('Heading').fill('Hallo {{ agent.name }}');
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  await expect(page.getByLabel('Heading')).toHaveValue('Hallo {{ agent.name }}');
  await expect(page.frameLocator('iframe').getByRole('heading', { level: 1 })).toHaveText('Hallo Robin Admin');
  await preview(page).getByText('Text part of the email').click();
  await expect(preview(page).getByText(/^Hallo Robin Admin\n/)).toBeVisible();
});

rule('T-11 a tab for each language', ['nojs'], async ({ page, demo }) => {
  await open(page, demo, '/admin/templates');
  await page.getByRole('link', { name: /^Meeting booked, to the customer, in English: Built in$/ }).click();
  const tabs = page.getByRole('navigation', { name: 'Language of the template' });
  await expect(tabs.getByRole('link', { name: 'English' })).toHaveAttribute('aria-current', 'page');
  await tabs.getByRole('link', { name: 'Nederlands' }).click();
  await expect(page.getByLabel('Heading')).toHaveValue('Je afspraak staat');
});

rule('T-14 tags are flagged when saving, and the preview runs no script', ['js'], async ({ page, demo }) => {
  await open(page, demo, BOOKED);
  await page.getByLabel('Text', { exact: true }).fill('Hi <img src=x onerror=alert(1)>\n<script>alert(1)</script>');
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  await expect(page.getByRole('textbox', { name: /^Text/ })).toHaveAccessibleDescription(/“<img src=x onerror=alert\(1\)>” would be shown as it is/);
  await page.getByRole('textbox', { name: /^Text/ }).fill('{{ customer.name | default("<b>x</b>") }} & 1 < 2');
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  const answer = await page.request.get(await page.locator('iframe').getAttribute('src'));
  expect(answer.headers()['content-security-policy']).toMatch(/default-src 'none'.*sandbox/);
  expect(await answer.text()).not.toMatch(/<script|\son\w+=/i);
});

rule('T-15 Tab leaves the text, and an error leads to its field', ['kb'], async ({ page, demo, mode }) => {
  await open(page, demo, BOOKED, mode);
  const text = page.getByLabel('Text', { exact: true });
  await tabTo(page, text);
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Details')).toBeFocused();
  await fill(page, page.getByLabel('Subject'), '{{ x', mode);
  await act(page, page.getByRole('button', { name: 'Save template' }), mode);
  await act(page, page.getByRole('link', { name: /^Subject: “\{\{” has no end/ }), mode);
  await expect(page.getByLabel(/^Subject/)).toBeFocused();
});

rule('T-02 an agent’s own signature and note are looked at, kept and undone', ['js', 'nojs'], async ({ page, demo }) => {
  await signIn(page, demo.agents[2]);
  await page.goto('/account/signature');
  await page.getByLabel('Signature', { exact: true }).fill('Regards, {{ agent.first_name }}\nBook: {{ agent.profile_url }}');
  await page.getByLabel('Note to customers').fill('Ring at the {{ customer.name }} door.');
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Note to customers' })).toHaveAccessibleDescription(/Line 1: customer\.name never has a value in this message/);
  await page.getByLabel('Note to customers').fill('Ring at the green door.');
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  const mail = page.frameLocator('iframe');
  await expect(mail.getByText('Ring at the green door.')).toBeVisible();
  await expect(mail.getByText('Regards, Priya')).toBeVisible();
  await page.getByRole('button', { name: 'Save signature and note' }).click();
  await expect(page.getByText('Your signature and note are saved.')).toBeVisible();
  await page.getByLabel('Signature', { exact: true }).fill('');
  await page.getByLabel('Note to customers').fill('');
  await page.getByRole('button', { name: 'Save signature and note' }).click();
  await expect(page.getByLabel('Note to customers')).toHaveValue('');
});
