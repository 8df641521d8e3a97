// My Account: the time zone, A-13 to A-17.

import { crawl } from '../lib/crawl.js';
import { book, signIn } from '../lib/people.js';
import { expect, rule } from '../lib/test.js';

const saveZone = async (page) => {
  await page.getByRole('button', { name: 'Change time zone' }).click();
  await page.getByRole('button', { name: /^Use .+ time$/ }).click();
  await expect(page.getByRole('heading', { name: 'Saved' })).toBeVisible();
};

rule('A-13 A-14 the zones are one list that names city, country and offset', ['js', 'nojs'], async ({ page, demo }) => {
  const agent = demo.agents[2];
  await signIn(page, agent);
  const zones = page.getByLabel('Time zone', { exact: true });
  await expect(zones.getByRole('option', { selected: true })).toHaveText(/^.+, .+ - \d\d:\d\d \(UTC([+−-]\d{1,2}(:\d\d)?)?\)/);
  await zones.selectOption('Asia/Kathmandu');
  await saveZone(page);
  await expect(zones).toHaveValue('Asia/Kathmandu');
  await page.goto('/account/availability');
  await expect(page.getByText(/Kathmandu/).first()).toBeVisible();
  await page.goto('/account');
  await zones.selectOption(agent.time_zone);
  await saveZone(page);
  await expect(zones).toHaveValue(agent.time_zone);
});

rule('A-15 a device in another zone is told in reserved space, and nothing is automatic', ['tz:America/New_York'], async ({ page, demo }) => {
  const agent = demo.agents[1];
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });
  });
  await signIn(page, agent);
  // What the script adds comes after the page stands, so that only this can move something.
  let stands;
  await page.route(/\/zone\.js$/, async (route) => { await stands; await route.continue(); });
  const line = page.getByText(/^Your device is in New York \(UTC[+-]\d+\)\.$/);
  const keep = page.getByRole('button', { name: 'Keep Johannesburg' });
  for (const viewport of [{ width: 1280, height: 800 }, { width: 360, height: 740 }]) {
    await page.setViewportSize(viewport);
    let show;
    stands = new Promise((resolve) => { show = resolve; });
    await page.goto('about:blank');
    await page.goto('/account#time-zone');
    await page.evaluate(() => new Promise((painted) => { requestAnimationFrame(() => requestAnimationFrame(() => { window.shift = 0; painted(); })); }));
    show();
    await expect(line).toBeVisible();
    expect(await page.evaluate(() => window.shift), `${viewport.width}`).toBeLessThan(0.01);
  }
  await crawl(page);

  await page.getByRole('link', { name: 'Switch', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Change your time zone to New York?');
  await page.getByRole('link', { name: 'Keep Johannesburg' }).click();
  await expect(page.getByLabel('Time zone', { exact: true })).toHaveValue(agent.time_zone);

  await keep.click();
  await expect(line).toHaveCount(0);
  await expect(page.getByText('Your time zone stays as it is.')).toBeFocused();
  const answer = page.waitForRequest(/device-zone/, { timeout: 1_500 }).catch(() => null);
  await page.reload();
  expect(await answer, 'kept for this zone of the device').toBeNull();
  await expect(line).toHaveCount(0);
});

for (const [saved, alias] of [['Asia/Kolkata', 'Asia/Calcutta'], ['Europe/Kyiv', 'Europe/Kiev']]) {
  rule(`A-16 ${saved} is where ${alias} is`, [`tz:${alias}`], async ({ page, demo }) => {
    const agent = demo.agents[1];
    await signIn(page, agent);
    await page.getByLabel('Time zone', { exact: true }).selectOption(saved);
    await saveZone(page);
    const answer = page.waitForResponse(/device-zone/);
    await page.reload();
    expect((await answer).status()).toBe(204);
    await expect(page.getByText(/^Your device is in/)).toHaveCount(0);
    await page.getByLabel('Time zone', { exact: true }).selectOption(agent.time_zone);
    await saveZone(page);
  });
}

rule('A-17 what a new zone changes is shown before it is saved', ['js', 'nojs'], async ({ page, demo, mode }) => {
  const agent = demo.agents[0];
  const { who } = await book(page, agent);
  await signIn(page, agent);
  const zones = page.getByLabel('Time zone', { exact: true });
  await zones.selectOption('Europe/Berlin');
  await page.getByRole('button', { name: 'Change time zone' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Change your time zone to Berlin?');
  const meeting = page.getByRole('row', { name: new RegExp(who.name) }).last();
  await expect(meeting.getByRole('cell').first()).toHaveText(/\d\d:\d\d \(New York, UTC[+-]\d\)/);
  await expect(meeting.getByRole('cell').last()).toHaveText(/\d\d:\d\d \(Berlin, UTC[+-]\d\)/);
  const monday = page.getByRole('row', { name: /^Monday/ }).getByRole('cell');
  const hours = (await monday.first().innerText()).split(' (New York time)')[0];
  await expect(monday.last()).toHaveText(`${hours} (Berlin time)`);
  await expect(page.getByRole('link', { name: 'Only for a trip?' })).toHaveAttribute('href', '/account/availability#travel');
  if (mode === 'js') await crawl(page);
  await page.getByRole('link', { name: 'Keep New York' }).click();
  await expect(zones).toHaveValue(agent.time_zone);
  await zones.selectOption('Europe/Berlin');
  await saveZone(page);
  await expect(zones).toHaveValue('Europe/Berlin');
  await zones.selectOption(agent.time_zone);
  await saveZone(page);
});
