// Webhooks: an admin names a program that is told of agents and meetings, and sees what became of it.

import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { crawl } from '../lib/crawl.js';
import { act, book, customer, fill, signIn } from '../lib/people.js';
import { expect, rule } from '../lib/test.js';

/** A receiver on this machine: what it was told, and the status that it answers. */
async function receiver() {
  const told = [];
  const waiting = [];
  const one = { status: 200, told };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (data) => { body += data; });
    request.on('end', () => {
      response.writeHead(one.status).end();
      told.push({ headers: request.headers, body });
      waiting.splice(0).forEach((resolve) => resolve());
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  one.url = `http://127.0.0.1:${server.address().port}/hook`;
  one.close = () => server.close();
  /** The first one of this type that has come or comes. */
  one.next = async (type) => {
    for (;;) {
      const found = told.find(({ body }) => JSON.parse(body).type === type);
      if (found) return found;
      await new Promise((resolve) => { waiting.push(resolve); });
    }
  };
  return one;
}

/** Whether a secret signed what came. */
function signs(secret, { headers, body }) {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const text = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const signature = `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
  return headers['webhook-signature'].split(' ').includes(signature);
}

async function add(page, url, demo, mode = 'js') {
  await page.goto('/admin/webhooks');
  await act(page, page.getByRole('link', { name: 'Add a webhook' }), mode);
  await fill(page, page.getByLabel('Address'), url, mode);
  await act(page, page.getByRole('button', { name: 'Save webhook' }), mode);
  await expect(page.getByText('it is not shown again')).toBeVisible();
  const secret = await page.getByText(/^whsec_/).innerText();
  demo.keepSecret(secret, 'a signing secret');
  return secret;
}

async function deleted(page) {
  await page.getByRole('link', { name: 'Delete webhook' }).click();
  await page.getByRole('button', { name: 'Delete webhook' }).click();
  await expect(page.getByText('The webhook is deleted.')).toBeVisible();
}

/** What the log says, once it says so: it is read anew as a person would. */
async function log(page, text) {
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('listitem').filter({ hasText: text }).first()).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

rule('S7 a webhook is added, told, tested, changed and deleted', ['js', 'nojs', 'm', 'kb'], async ({ page, demo, mode }) => {
  const hook = await receiver();
  await signIn(page, demo.admin, mode);
  await page.goto('/admin/webhooks');
  const first = await add(page, hook.url, demo, mode);
  if (mode === 'js') await crawl(page);
  await page.getByRole('link', { name: 'Webhooks' }).first().click();
  await expect(page.getByRole('row').filter({ hasText: '127.0.0.1' })).toContainText('All events');
  await page.getByRole('link', { name: '127.0.0.1' }).click();
  await expect(page.getByText('Nothing was sent in the last 30 days.')).toBeVisible();
  await expect(page.getByText(first)).toHaveCount(0);

  await act(page, page.getByRole('button', { name: 'Send a test' }), mode);
  await expect(page.getByText('A test is on its way.')).toBeVisible();
  expect(signs(first, await hook.next('webhook.test'))).toBe(true);
  await log(page, 'Delivered, status 200');

  await act(page, page.getByRole('button', { name: 'Make a new secret' }), mode);
  const second = await page.getByText(/^whsec_/).innerText();
  demo.keepSecret(second, 'a signing secret');
  await expect(page.getByText('The former secret still signs until')).toBeVisible();
  const webhook = page.url().replace(/\/secret$/, '');
  await page.goto(webhook);
  await page.getByRole('button', { name: 'Send again' }).first().click();
  await expect(page.getByText('It is on its way again.')).toBeVisible();
  await expect.poll(() => hook.told.length).toBe(2);
  expect(hook.told[1].headers['webhook-id']).toBe(hook.told[0].headers['webhook-id']);
  expect([signs(first, hook.told[1]), signs(second, hook.told[1])]).toEqual([true, true]);

  for (const box of await page.getByRole('checkbox').all()) await box.uncheck();
  await page.getByRole('checkbox', { name: 'A meeting was booked' }).check();
  await act(page, page.getByRole('button', { name: 'Save webhook' }), mode);
  await expect(page.getByText('The webhook is saved.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send a test' })).toHaveCount(0);
  await page.getByRole('checkbox', { name: /^On/ }).check();
  await page.getByRole('button', { name: 'Save webhook' }).click();
  await expect(page.getByRole('button', { name: 'Send a test' })).toBeVisible();
  await deleted(page);
  await page.goto('/account/activity');
  for (const event of ['Webhook added', 'Webhook changed', 'New secret for a webhook', 'Webhook deleted']) {
    await expect(page.getByText(event).first()).toBeVisible();
  }
  hook.close();
});

rule('S7 a booking is told to a webhook, without the customer’s link', ['js'], async ({ page, demo }) => {
  const hook = await receiver();
  await signIn(page, demo.admin);
  const secret = await add(page, hook.url, demo);
  const webhook = await page.getByRole('link', { name: 'Delete webhook' }).getAttribute('href');
  const who = customer('Noor Haddad');
  const other = await page.context().browser().newPage({ baseURL: demo.base_url });
  await book(other, demo.agents[0], who);
  await other.close();
  const told = await hook.next('meeting.scheduled');
  expect(signs(secret, told)).toBe(true);
  const { data } = JSON.parse(told.body);
  expect([data.customer.email, data.agent, data.manage_url]).toEqual([who.email, demo.agents[0].slug, null]);
  await page.goto(webhook.replace('/delete', ''));
  await deleted(page);
  hook.close();
});

rule('S7 a receiver that fails is named with the reason, and what it missed can be sent again', ['js', 'nojs'], async ({ page, demo }) => {
  const hook = await receiver();
  hook.status = 500;
  await signIn(page, demo.admin);
  await add(page, hook.url, demo);
  await page.goto((await page.getByRole('link', { name: 'Delete webhook' }).getAttribute('href')).replace('/delete', ''));
  await page.getByRole('button', { name: 'Send a test' }).click();
  await log(page, 'The receiver answered with status 500');
  await expect(page.getByText(/Nothing has arrived since .*1 delivery waits\./)).toBeVisible();
  await page.goto('/admin/webhooks');
  await expect(page.getByRole('row').filter({ hasText: '127.0.0.1' })).toContainText('Nothing has arrived since');
  await page.getByRole('link', { name: '127.0.0.1' }).click();
  hook.status = 204;
  await page.getByRole('button', { name: 'Send again' }).click();
  await log(page, 'Delivered, status 204');
  await expect(page.getByText('Nothing has arrived since')).toHaveCount(0);
  await deleted(page);
  hook.close();
});

rule('S7 an address that may not be called is refused beside it, with what was typed', ['js', 'nojs', 'kb'], async ({ page, demo, mode }) => {
  await signIn(page, demo.admin, mode);
  await page.goto('/admin/webhooks/new');
  for (const box of await page.getByRole('checkbox').all()) await box.uncheck();
  await act(page, page.getByRole('button', { name: 'Save webhook' }), mode);
  await expect(page).toHaveTitle(/^Error: /);
  await expect(page.getByLabel('Address')).toHaveAccessibleDescription(/Fill in this field/);
  await expect(page.getByRole('group', { name: 'Events' })).toHaveAccessibleDescription(/Choose at least one event/);
  await page.getByRole('checkbox', { name: 'A meeting was moved' }).check();
  for (const [typed, problem] of [
    ['http://crm.example.com/', /begins with https/],
    ['https://10.0.0.1/', /private network/],
    ['https://[::ffff:7f00:1]/', /private network/],
    ['https://crm.example.com:25/', /Use port 443/],
    ['crm', /Write the address/],
  ]) {
    await page.getByLabel('Address').fill(typed);
    await act(page, page.getByRole('button', { name: 'Save webhook' }), mode);
    await expect(page.getByLabel('Address')).toHaveAccessibleDescription(problem);
    await expect(page.getByLabel('Address')).toHaveValue(typed);
  }
  await expect(page.getByRole('checkbox', { name: 'A meeting was moved' })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'A meeting was booked' })).not.toBeChecked();
});

rule('S7 webhooks are for admins alone', ['nojs'], async ({ page, demo }) => {
  await signIn(page, demo.agents[0]);
  for (const path of ['/admin/webhooks', '/admin/webhooks/new', '/admin/webhooks/whk_0198f2c4000070008000000000000009']) {
    expect((await page.goto(path)).status()).toBe(403);
  }
});
