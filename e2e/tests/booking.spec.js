// The public booking page: the B-rows.

import ICAL from 'ical.js';
import { crawl } from '../lib/crawl.js';
import { press } from '../lib/keyboard.js';
import { linkIn, messagesTo } from '../lib/mail.js';
import { act, book, chooseMeetingType, chooseTime, customer, giveDetails, profile, times } from '../lib/people.js';
import { expect, rule } from '../lib/test.js';

rule('B-01 three screens at most, day and time together', ['nojs'], async ({ page, demo }) => {
  await page.goto(profile(demo.agents[0]));
  await page.getByRole('main').getByRole('link', { name: /minutes/ }).first().click();
  await expect(page.getByRole('table')).toBeVisible();
  await times(page).first().click();
  await giveDetails(page, customer());
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are booked');
});

rule('B-02 opens on the first day with a free time, selected, with its times', ['nojs'], async ({ page, demo }) => {
  await chooseMeetingType(page, demo.agents[0]);
  const days = page.getByRole('table').getByRole('link');
  await expect(days.first()).toHaveAttribute('aria-current', 'date');
  const day = await days.first().getAttribute('aria-label');
  const count = Number(day.match(/(\d+) times?$/)[1]);
  await expect(times(page)).toHaveCount(count);
});

rule('B-03 the month is a table whose free days are links with a full name', ['nojs'], async ({ page, demo }) => {
  await chooseMeetingType(page, demo.agents[0]);
  const table = page.getByRole('table');
  const headers = table.getByRole('columnheader');
  await expect(headers).toHaveCount(7);
  await expect(headers.first()).toHaveAttribute('scope', 'col');
  await expect(headers.first()).toHaveAttribute('abbr', 'Monday');
  for (const day of await table.getByRole('link').all()) {
    expect(await day.getAttribute('aria-label')).toMatch(/^\w+day \d{1,2} \w+ 20\d\d, \d+ times?$/);
  }
  await expect(page.getByRole('link', { name: /previous/i })).toHaveCount(0);
});

rule('B-04 arrow keys move between days, and roles stay native', ['kb'], async ({ page, demo }) => {
  await chooseMeetingType(page, demo.agents[0]);
  const days = page.getByRole('table').getByRole('link');
  await days.first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(days.nth(1)).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(days.first()).toBeFocused();
  await expect(page.getByRole('grid')).toHaveCount(0);
});

rule('B-05 a second skip link leads to the times, and choosing a day moves the focus to them', ['kb', 'nojs'], async ({ page, demo }) => {
  await chooseMeetingType(page, demo.agents[0]);
  const heading = page.getByRole('heading', { name: /^Times on / });
  await press(page, page.getByRole('link', { name: 'Skip to times' }));
  await expect(page).toHaveURL(/#times$/);
  await press(page, page.getByRole('table').getByRole('link').nth(1));
  await expect(page).toHaveURL(/date=.*#times$/);
  await expect(heading).toBeVisible();
  await expect(page.getByRole('link', { name: 'Choose another day' })).toBeVisible();
});

rule('B-06 a time says its end, its day and whose time it is', ['nojs'], async ({ page, demo }) => {
  await chooseMeetingType(page, demo.agents[0]);
  for (const time of await times(page).all()) {
    expect(await time.getAttribute('aria-label')).toMatch(/^\d\d:\d\d to \d\d:\d\d, \w+day \d{1,2} \w+( 20\d\d)?, .+ time$/);
  }
});

rule('B-07 the zone stands above the times and on the pages that follow', ['nojs'], async ({ page, demo }) => {
  await chooseMeetingType(page, demo.agents[0]);
  await expect(page.getByText(/Times shown in .+ time \(UTC[+−-]?\d*(:\d\d)?\), now \d\d:\d\d/)).toBeVisible();
  await chooseTime(page);
  await expect(page.getByText(/\d\d:\d\d-\d\d:\d\d \(.+, UTC[+−-]\d/).first()).toBeVisible();
});

rule('B-08 another zone changes heading and times together, and the instants stay', ['js', 'nojs'], async ({ page, demo }) => {
  const agent = demo.agents[0];
  const instants = [];
  for (const zone of ['Asia/Kolkata', 'America/St_Johns', 'Pacific/Chatham']) {
    await page.goto(profile(agent));
    const link = page.getByRole('main').getByRole('link', { name: /minutes/ }).first();
    const path = new URL(await link.getAttribute('href'), demo.base_url).pathname;
    await page.goto(`${path}?time_zone=${zone}`);
    const first = times(page).first();
    const label = await first.getAttribute('aria-label');
    const start = new URL(await first.getAttribute('href'), demo.base_url).searchParams.get('start');
    const shown = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', weekday: 'long', day: 'numeric', month: 'long' })
      .formatToParts(new Date(start)).reduce((all, { type, value }) => ({ ...all, [type]: value }), {});
    expect(label).toContain(`${shown.hour}:${shown.minute} to `);
    expect(label).toContain(`${shown.weekday} ${shown.day} ${shown.month}`);
    await expect(page.getByRole('heading', { name: `Times on ${shown.weekday} ${shown.day} ${shown.month}` })).toBeVisible();
    instants.push(start);
  }
  expect(new Set(instants).size).toBe(1);
});

rule('B-09 a first visit shows the zone of the browser', ['tz:America/New_York'], async ({ page, demo }) => {
  await page.goto(profile(demo.agents[0]));
  await page.getByRole('main').getByRole('link', { name: /minutes/ }).first().click();
  await expect(page.getByText(/Times shown in New York time/)).toBeVisible();
  await expect(times(page).first()).toHaveAttribute('aria-label', /New York time$/);
});

rule('B-09 without script the zone is the agent’s, says so, and can be changed', ['nojs'], async ({ page, demo }) => {
  await chooseMeetingType(page, demo.agents[0]);
  await expect(page.getByText(/Choose your own time zone if it differs/)).toBeVisible();
  await page.getByText('Times shown in').click();
  await page.getByLabel('Your time zone').selectOption('America/New_York');
  await page.getByRole('button', { name: 'Update' }).click();
  await expect(page.getByText(/Times shown in New York time/)).toBeVisible();
  await expect(times(page).first()).toHaveAttribute('aria-label', /New York time$/);
});

rule('B-12 a slot taken meanwhile keeps what was typed and offers three others', ['js', 'nojs'], async ({ page, demo, mode }) => {
  const agent = demo.agents[0];
  await chooseMeetingType(page, agent);
  await chooseTime(page);
  const other = await page.context().newPage();
  await other.goto(page.url());
  const [slow, fast] = [customer('Slow Person'), customer('Fast Person')];
  await giveDetails(other, fast);
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('You are booked');
  await other.close();

  await page.getByLabel(/^Note for/).fill('About the second house');
  await giveDetails(page, slow);
  await expect(page.getByRole('heading', { name: /\d\d:\d\d was just taken/ })).toBeVisible();
  await expect(page.getByLabel('Your name')).toHaveValue(slow.name);
  await expect(page.getByLabel('Email', { exact: true })).toHaveValue(slow.email);
  await expect(page.getByLabel(/^Note for/)).toHaveValue('About the second house');
  const nearby = page.getByRole('button', { name: /^Book \d\d:\d\d/ });
  await expect(nearby).toHaveCount(3);
  if (mode === 'js') await crawl(page);
  await page.getByRole('button', { name: 'Choose another time' }).click();
  await times(page).last().click();
  await expect(page.getByLabel(/^Note for/)).toHaveValue('About the second house');
  await page.goBack();
  await page.goBack();
  await expect(nearby).toHaveCount(3);
  await nearby.first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are booked');
  const [confirmation] = await messagesTo(page, slow.email, 1);
  expect(confirmation.text).toContain('About the second house');
});

rule('B-15 only name and email are required', ['js', 'm'], async ({ page, demo }) => {
  await chooseMeetingType(page, demo.agents[0]);
  await chooseTime(page);
  await expect(page.getByLabel('Your name')).toHaveAttribute('aria-required', 'true');
  await expect(page.getByLabel('Your name')).toHaveAttribute('autocomplete', 'name');
  await expect(page.getByLabel('Email', { exact: true })).toHaveAttribute('autocomplete', 'email');
  await expect(page.getByLabel(/^Phone number/)).toHaveAccessibleName(/\(optional\)/);
  await expect(page.getByLabel(/^Note for/)).toHaveAccessibleName(/\(optional\)/);
});

rule('B-16 the chosen time stands above the form, and changing it keeps what was typed', ['nojs', 'js', 'kb'], async ({ page, demo, mode }) => {
  const who = customer('Zoë "Z" Müller');
  await chooseMeetingType(page, demo.agents[0]);
  await chooseTime(page);
  const asked = new URL(page.url()).searchParams;
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: asked.get('time_zone') ?? demo.agents[0].time_zone });
  await expect(page.getByText(clock.format(new Date(asked.get('start')))).first()).toBeVisible();
  const typed = [
    [page.getByLabel('Your name'), who.name], [page.getByLabel('Email', { exact: true }), who.email],
    [page.getByLabel(/^Phone number/), '+49 30 901820'], [page.getByLabel(/^Note for/), 'Two\nlines; <b>& more</b>'],
  ];
  for (const [field, text] of typed) await field.fill(text);
  await act(page, page.getByRole('button', { name: 'Change the time' }), mode);
  await expect(page.getByRole('heading', { name: /^Times on / })).toBeVisible();
  expect(decodeURIComponent(page.url())).not.toMatch(/Zo|example\.com|901820|lines/);
  if (mode === 'kb') await press(page, page.getByRole('table').getByRole('link').nth(1));
  else await page.getByRole('table').getByRole('link').nth(1).click();
  await act(page, times(page).last(), mode);
  for (const [field, text] of typed) await expect(field).toHaveValue(text);
  if (mode === 'js') await crawl(page);

  // Enter in a field books; it does not change the time.
  await page.getByLabel('Your name').press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are booked');
  await chooseMeetingType(page, demo.agents[0]);
  await chooseTime(page);
  await expect(page.getByLabel('Your name')).toHaveValue('');
});

rule('B-17 the confirmation says what, when and where, and can be opened again', ['nojs'], async ({ page, demo }) => {
  const { who, time, path } = await book(page, demo.agents[0]);
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are booked');
  await expect(page.getByText(time.slice(0, 5)).first()).toBeVisible();
  await expect(page.getByText(who.name)).toBeVisible();
  for (const name of ['Calendar file', 'Google', 'Outlook.com', 'Microsoft 365', 'Yahoo']) {
    await expect(page.getByRole('link', { name })).toBeVisible();
  }
  for (const name of ['Choose another time', 'Cancel meeting']) {
    await expect(page.getByRole('link', { name })).toBeVisible();
  }
});

rule('B-18 the calendar file has the UID of the mail, and each link its time', ['js'], async ({ page, demo }) => {
  const { who } = await book(page, demo.agents[0]);
  const [confirmation] = await messagesTo(page, who.email, 1);
  const download = page.getByRole('link', { name: 'Calendar file' });
  const file = await page.request.get(new URL(await download.getAttribute('href'), page.url()).href);
  const event = new ICAL.Component(ICAL.parse(await file.text())).getFirstSubcomponent('vevent');
  expect(event.getFirstPropertyValue('uid')).toBe(confirmation.calendar.uid);
  const start = confirmation.calendar.start.toISOString();
  expect(event.getFirstPropertyValue('dtstart').toJSDate().toISOString()).toBe(start);
  const google = new URL(await page.getByRole('link', { name: 'Google' }).getAttribute('href'));
  const compact = start.replaceAll(/[-:]|\.000/g, '');
  expect(google.searchParams.get('dates')).toContain(compact);
  const outlook = new URL(await page.getByRole('link', { name: 'Outlook.com' }).getAttribute('href'));
  expect(new Date(outlook.searchParams.get('startdt')).toISOString()).toBe(start);
});

rule('B-22 name, email and note can be given in the address and are shown as text', ['nojs'], async ({ page, demo }) => {
  await chooseMeetingType(page, demo.agents[0]);
  const href = await times(page).first().getAttribute('href');
  const url = new URL(href, demo.base_url);
  url.searchParams.set('name', '<b>Rosa</b> "R"');
  url.searchParams.set('email', 'rosa@example.com');
  url.searchParams.set('note', '</textarea><h1>x</h1>');
  await page.goto(url.href);
  await expect(page.getByLabel('Your name')).toHaveValue('<b>Rosa</b> "R"');
  await expect(page.getByLabel('Email', { exact: true })).toHaveValue('rosa@example.com');
  await expect(page.getByLabel(/^Note for/)).toHaveValue('</textarea><h1>x</h1>');
});

rule('B-24 an unknown slug is a page that helps', ['nojs'], async ({ page }) => {
  const answer = await page.goto('/nobody-is-called-so');
  expect(answer.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

rule('B-27 pages can be zoomed', ['nojs'], async ({ page, demo }) => {
  const answer = await page.goto(profile(demo.agents[0]));
  expect(await answer.text()).not.toMatch(/user-scalable|maximum-scale/);
});

rule('M-02 reading a link changes nothing; cancelling asks once', ['nojs'], async ({ page, demo }) => {
  const { path } = await book(page, demo.agents[0]);
  for (const below of ['', '/cancel', '/reschedule', '/meeting.ics']) {
    await page.request.get(`${path}${below}`);
  }
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are booked');
  await page.getByRole('link', { name: 'Cancel meeting' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cancel this meeting?');
  await page.getByRole('link', { name: 'Keep the meeting' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are booked');
});

rule('M-03 moving shows the old and the new time before it happens', ['nojs', 'js'], async ({ page, demo, mode }) => {
  const { who } = await book(page, demo.agents[0]);
  await page.getByRole('link', { name: 'Choose another time' }).click();
  await expect(page.getByText('Now', { exact: true })).toBeVisible();
  if (mode === 'js') await crawl(page);
  await times(page).last().click();
  await expect(page.getByText('New', { exact: true })).toBeVisible();
  if (mode === 'js') await crawl(page);
  await page.getByRole('button', { name: /^Move/ }).click();
  const [first, second] = await messagesTo(page, who.email, 2);
  expect(second.calendar.uid).toBe(first.calendar.uid);
  expect(second.calendar.sequence).toBe(first.calendar.sequence + 1);
});

rule('M-05 the calendar entry holds both links in full', ['js'], async ({ page, demo }) => {
  const { who, path } = await book(page, demo.agents[0]);
  const [{ calendar }] = await messagesTo(page, who.email, 1);
  const own = new URL(linkIn(calendar.description, '/m/'));
  const answer = await page.request.get(own.href);
  expect(answer.ok()).toBe(true);
  expect(path).toMatch(/^\/m\//);
  expect(calendar.description.match(/\/m\//g).length).toBeGreaterThanOrEqual(2);
});

rule('M-07 after a cancel the slot is free at once and can be booked again', ['nojs'], async ({ page, demo }) => {
  const { time } = await book(page, demo.agents[0]);
  await page.getByRole('link', { name: 'Cancel meeting' }).click();
  await page.getByRole('button', { name: /^Cancel meeting/ }).click();
  await page.getByRole('link', { name: 'Book again' }).click();
  await expect(page).toHaveURL(new RegExp(profile(demo.agents[0])));
  await chooseMeetingType(page, demo.agents[0]);
  await expect(times(page).first()).toHaveAttribute('aria-label', time);
});
