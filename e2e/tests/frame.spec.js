// The frame around every page: the G-rows.

import { messagesTo } from '../lib/mail.js';
import { book, chooseMeetingType, customer, profile, signIn } from '../lib/people.js';
import { expect, rule } from '../lib/test.js';

rule('G-01 the page names its language and direction, and both are the chosen ones in the next answer', ['nojs', 'rtl'], async ({ page, demo, mode }) => {
  const path = profile(demo.agents[0]);
  const answer = await page.goto(path);
  expect(await answer.text()).toMatch(/<html lang="en" dir="ltr"/);
  expect(answer.headers()['content-language']).toBe('en');
  expect(answer.headers().vary).toMatch(/accept-language, cookie/);
  const choice = page.getByRole('group', { name: 'Language' });
  const dutch = choice.getByRole('button', { name: 'Nederlands' });
  await expect(choice.getByRole('button', { name: 'English' })).toHaveAttribute('aria-pressed', 'true');
  await expect(dutch).toHaveAttribute('lang', 'nl');
  if (mode === 'rtl') {
    await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
    const side = async (button) => (await button.boundingBox()).x;
    expect(await side(dutch)).toBeLessThan(await side(choice.getByRole('button', { name: 'English' })));
  }
  const next = page.waitForResponse((response) => response.request().method() === 'GET' && new URL(response.url()).pathname === path);
  await dutch.click();
  expect(await (await next).text()).toMatch(/<html lang="nl" dir="ltr"/);
  await expect(page.getByRole('group', { name: 'Taal' }).getByRole('button', { name: 'Nederlands' })).toHaveAttribute('aria-pressed', 'true');
  await page.goto('/sign-in');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Inloggen');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
});

rule('G-01 who books in Dutch gets Dutch mails, a Dutch calendar entry and a Dutch page; the agent reads English', ['nojs'], async ({ page, demo, browser }) => {
  const who = customer('Maartje van den Berg');
  const context = await browser.newContext({ locale: 'nl-BE', baseURL: demo.base_url, javaScriptEnabled: false });
  const dutch = await context.newPage();
  await dutch.goto(profile(demo.agents[1]));
  expect(await dutch.evaluate(() => document.documentElement.lang)).toBe('nl');
  await dutch.getByRole('main').getByRole('link', { name: /minuten/ }).first().click();
  const time = dutch.getByRole('link', { name: /^\d\d:\d\d tot \d\d:\d\d, (maan|dins|woens|donder|vrij|zater|zon)dag \d/ }).first();
  await time.click();
  await dutch.getByLabel('Je naam').fill(who.name);
  await dutch.getByRole('button', { name: /^Boek \d\d:\d\d op / }).click();
  await expect(dutch).toHaveTitle(/^Fout: /);
  await expect(dutch.getByRole('link', { name: 'Vul een e-mailadres in' })).toBeVisible();
  await dutch.getByLabel('E-mail', { exact: true }).fill(who.email);
  await dutch.getByRole('button', { name: /^Boek \d\d:\d\d op / }).click();
  await expect(dutch.getByRole('heading', { level: 1 })).toHaveText('Je afspraak staat');
  const path = new URL(dutch.url()).pathname;
  await context.close();

  const [mail] = await messagesTo(page, who.email, 1);
  const printed = /\b(maan|dins|woens|donder|vrij|zater|zon)dag \d{1,2} [a-z]+ 20\d\d, \d\d:\d\d-\d\d:\d\d \(/;
  expect(mail.subject).toMatch(/ met .+, (ma|di|wo|do|vr|za|zo) \d{1,2} [a-z]{3} 20\d\d, \d\d:\d\d \(/);
  expect(mail.html).toContain('<html lang="nl"');
  expect(mail.text).toContain('Je afspraak staat');
  expect(mail.text).toMatch(printed);
  expect(mail.calendar.source.replaceAll('\r\n ', '').replaceAll('\\,', ',')).toMatch(printed);
  // The agent's card says what agents typed, in whatever language.
  const ours = mail.text.replace(/^-- \n[^]*?\n\n/m, '').replaceAll(/https?:\S+/g, '');
  expect(ours).toContain('Je krijgt dit bericht');
  expect(ours).not.toMatch(/\b(meeting|when|cancel|reschedule|your|you)\b/i);
  const list = await (await page.request.get('/dev/mailbox.json')).json();
  const notice = list.find((message) => message.to === demo.agents[1].email && message.subject.includes(who.name));
  expect(notice.subject).toMatch(/ with Maartje/);

  // The link opens in the customer's language, on whatever device; a choice made there goes first.
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Je afspraak staat');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are booked');
});

rule('G-02 the first Tab stop skips to the main content', ['kb', 'nojs'], async ({ page, demo }) => {
  for (const path of ['/sign-in', profile(demo.agents[0])]) {
    await page.goto(path);
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to main content' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('main')).toBeFocused();
  }
});

rule('G-03 the title is the heading and the site, and begins with Error after a failure', ['js', 'nojs'], async ({ page }) => {
  await page.goto('/sign-in');
  await expect(page).toHaveTitle(/^Sign in - ./);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveTitle(/^Error: Sign in - ./);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
});

rule('G-04 the policy allows no inline script, and the first paint in dark is dark', ['nojs', 'dark'], async ({ page, demo, mode }) => {
  const answer = await page.goto(profile(demo.agents[0]));
  const policy = answer.headers()['content-security-policy'];
  expect(policy).toMatch(/script-src 'self'(;|$)/);
  expect(policy).not.toContain('unsafe');
  expect(await answer.text()).not.toMatch(/<script(?![^>]*(?:src=|type="application\/ld\+json"))|<style|\sstyle=|\son[a-z]+=/);
  if (mode === 'dark') expect(await brightness(page)).toBeLessThan(64);
});

/** How bright the corner of the page is, from 0 to 255, as painted. */
async function brightness(page) {
  const picture = await page.screenshot({ clip: { x: 4, y: 300, width: 4, height: 4 } });
  return page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(4, 4).getContext('2d');
    canvas.drawImage(bitmap, 0, 0);
    return Math.max(...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3));
  }, picture.toString('base64'));
}

rule('G-05 with forced colours every control keeps a border', ['js', 'dark'], async ({ page, demo }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await chooseMeetingType(page, demo.agents[0]);
  for (const button of await page.getByRole('button').all()) {
    const width = await button.evaluate((element) => Number.parseFloat(getComputedStyle(element).borderTopWidth));
    expect(width).toBeGreaterThanOrEqual(1);
  }
});

rule('G-06 the menu stands in one line on a narrow screen, in both languages', ['js', 'nojs'], async ({ page, demo }) => {
  await signIn(page, demo.agents[0]);
  for (const [width, language] of [[360, 'English'], [360, 'Nederlands'], [1280, 'English']]) {
    await page.setViewportSize({ width, height: 800 });
    await page.getByRole('group', { name: /Language|Taal/ }).getByRole('button', { name: language }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', language === 'English' ? 'en' : 'nl');
    const links = page.getByRole('navigation', { name: 'Account' }).getByRole('link');
    await expect(links).toHaveCount(4);
    const boxes = await links.evaluateAll((all) => all.map((link) => link.getBoundingClientRect().toJSON()));
    expect(new Set(boxes.map((box) => box.top)).size, `${language} at ${width}`).toBe(1);
    expect(Math.max(...boxes.map((box) => box.right)), `${language} at ${width}`).toBeLessThanOrEqual(width);
  }
});

rule('G-10 nothing moves under reduced motion', ['js'], async ({ page, demo }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await chooseMeetingType(page, demo.agents[0]);
  await page.getByRole('table').getByRole('link').nth(1).click();
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});

rule('G-13 a save says Saved once, above the heading, until the next page', ['js', 'nojs'], async ({ page, demo }) => {
  await signIn(page, demo.agents[2]);
  await page.getByLabel(/^Job title/).fill('Adviser');
  await page.getByRole('button', { name: 'Save job title' }).click();
  await expect(page.getByRole('alert').getByRole('heading', { name: 'Saved' })).toBeVisible();
  await page.goto('/account');
  await expect(page.getByRole('heading', { name: 'Saved' })).toHaveCount(0);
});

rule('G-15 the confirmation prints on one page', ['js'], async ({ page, demo }) => {
  await book(page, demo.agents[0]);
  const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});

// Bytes on the wire, requests and nodes of a first visit; the figures are the design's (section 4 of ux.md).
const BUDGETS = [
  { name: 'booking', bytes: 60_000, script: 16_000, style: 14_000, requests: 6, nodes: 1_200 },
  { name: 'My Account', bytes: 75_000, script: 22_000, style: 14_000, requests: 7, nodes: 1_500 },
];

for (const budget of BUDGETS) {
  rule(`budget of a first visit: ${budget.name}`, ['js'], async ({ page: elsewhere, demo, browser }) => {
    // At home: a device in another zone asks what it would mean to take it, which is one request more.
    const me = await elsewhere.request.get('/api/v1/me', { headers: { authorization: `Bearer ${demo.agents[0].token}` } });
    const context = await browser.newContext({ baseURL: demo.base_url, timezoneId: (await me.json()).time_zone });
    const page = await context.newPage();
    let path = '/account';
    if (budget.name === 'booking') {
      await chooseMeetingType(page, demo.agents[0]);
      path = new URL(page.url()).pathname;
    } else {
      await signIn(page, demo.agents[0]);
    }
    const network = await page.context().newCDPSession(page);
    await network.send('Network.enable');
    await network.send('Network.setCacheDisabled', { cacheDisabled: true });
    const types = new Map();
    const seen = [];
    network.on('Network.responseReceived', ({ requestId, type }) => types.set(requestId, type));
    network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
      seen.push({ type: types.get(requestId), bytes: encodedDataLength }));
    await page.goto(path, { waitUntil: 'load' });
    // The last script that is asked for has done its work.
    if (path === '/account') await expect(page.getByRole('combobox', { name: 'Find a city' })).toBeVisible();
    const sum = (...wanted) => seen.filter(({ type }) => wanted.length === 0 || wanted.includes(type))
      .reduce((all, { bytes }) => all + bytes, 0);
    expect(sum('Script')).toBeGreaterThan(0);
    expect(sum('Script')).toBeLessThanOrEqual(budget.script);
    expect(sum('Stylesheet')).toBeLessThanOrEqual(budget.style);
    expect(sum()).toBeLessThanOrEqual(budget.bytes);
    expect(seen.length).toBeLessThanOrEqual(budget.requests);
    expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThanOrEqual(budget.nodes);
    await context.close();
  });
}

rule('all script of the application together is at most 40 KB', ['js'], async ({ page, demo }) => {
  const answer = await page.goto(profile(demo.agents[0]));
  const [, entry] = (await answer.text()).match(/<script type="module" src="([^"]+)"/);
  const seen = new Map();
  const follow = async (url) => {
    if (seen.has(url)) return;
    const text = await (await page.request.get(url)).text();
    seen.set(url, text.length);
    for (const [, other] of text.matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g)) await follow(new URL(other, url).href);
  };
  await follow(new URL(entry, demo.base_url).href);
  expect([...seen.values()].reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(40_000);
});
