// What holds on every page, asked of the running server by the names of the rules. The gallery asks the same of every state.

import { fits, keyboard, sizes } from '../lib/crawl.js';
import { messagesTo } from '../lib/mail.js';
import { book, chooseMeetingType, chooseTime, profile, signIn, times } from '../lib/people.js';
import { expect, rule } from '../lib/test.js';

/** The pages of an agent. */
const OWN = [
  '/account', '/account/security', '/account/sessions', '/account/activity', '/account/notifications', '/account/api-tokens', '/account/data',
  '/account/availability', '/account/calendar', '/account/meeting-types', '/account/meetings', '/account/qr-code',
];

/** Opens each page: those that need nobody, those of a customer, those of an agent. */
async function everyPage(page, demo, look) {
  await page.goto('/sign-in');
  await look('/sign-in');
  await page.goto('/forgot-password');
  await look('/forgot-password');
  await page.goto(profile(demo.agents[0]));
  await look('the meeting types');
  await chooseMeetingType(page, demo.agents[0]);
  await look('the month');
  await chooseTime(page);
  await look('the details');
  await signIn(page, demo.agents[0]);
  for (const path of OWN) {
    expect((await page.goto(path)).status(), path).toBe(200);
    await look(path);
  }
}

rule('G-06 at 320 px no page is wider than the window', ['m'], async ({ page, demo }) => {
  await everyPage(page, demo, async () => {
    await fits(page);
    await page.setViewportSize({ width: 360, height: 740 });
  });
});

rule('G-07 what is pressed is big enough for a finger', ['m'], async ({ page, demo }) => {
  await everyPage(page, demo, () => sizes(page));
});

rule('G-08 nothing covers what has the focus', ['kb', 'm'], async ({ page, demo }) => {
  await everyPage(page, demo, () => keyboard(page));
});

rule('G-09 one sees where the focus is', ['kb', 'dark'], async ({ page, demo }) => {
  for (const path of ['/sign-in', profile(demo.agents[0])]) {
    await page.goto(path);
    const controls = page.getByRole('main').getByRole('link').or(page.getByRole('main').getByRole('button')).or(page.getByRole('main').getByRole('textbox'));
    for (const control of await controls.all()) {
      await control.scrollIntoViewIfNeeded();
      const box = await control.boundingBox();
      const clip = { x: Math.max(box.x - 6, 0), y: Math.max(box.y - 6, 0), width: box.width + 12, height: box.height + 12 };
      await page.evaluate(() => document.activeElement?.blur());
      const before = await page.screenshot({ clip });
      // By keyboard: a focus by script may be shown otherwise.
      await control.focus();
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Tab');
      await expect(control).toBeFocused();
      expect(Buffer.compare(before, await page.screenshot({ clip })), await control.innerText()).not.toBe(0);
    }
  }
});

rule('G-11 from right to left nothing sticks out, and numbers and addresses keep their direction', ['js', 'rtl'], async ({ page, demo }) => {
  await signIn(page, demo.agents[0]);
  for (const path of ['/account', '/account/availability']) {
    await page.goto(path);
    await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
    for (const label of path === '/account' ? ['Phone number', 'New email'] : ['From', 'Until']) {
      const field = page.getByLabel(label).first();
      expect(await field.evaluate((element) => getComputedStyle(element).direction), label).toBe('ltr');
    }
    await fits(page);
  }
});

rule('G-14 what a form answers stays until the page is left', ['js'], async ({ page, demo }) => {
  await page.clock.install();
  await signIn(page, demo.agents[1]);
  await page.getByRole('button', { name: 'Save job title' }).click();
  await expect(page.getByRole('heading', { name: 'Saved' })).toBeVisible();
  await page.clock.runFor('12:00:00');
  await expect(page.getByRole('heading', { name: 'Saved' })).toBeVisible();
  await page.getByLabel('Full name').fill('');
  await page.getByRole('button', { name: 'Save name' }).click();
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
  await page.clock.runFor('12:00:00');
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
  await page.goto('/account');
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toHaveCount(0);
});

rule('F-04 nobody is scolded while typing', ['js'], async ({ page, demo }) => {
  await signIn(page, demo.agents[0]);
  const wrong = { 'Full name': '', 'New email': 'not an address', 'Phone number': 'x', 'Job title': 'x'.repeat(200), 'New password': 'a' };
  for (const [label, text] of Object.entries(wrong)) {
    const field = page.getByLabel(new RegExp(`^${label}( \\(optional\\))?$`));
    await field.fill(text);
    await field.blur();
    await expect(field).not.toHaveAttribute('aria-invalid', 'true');
  }
  await expect(page.getByText('Error:')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toHaveCount(0);
});

rule('F-11 nothing that was typed is asked again', ['nojs'], async ({ page, demo }) => {
  const { who } = await book(page, demo.agents[0]);
  await page.getByRole('link', { name: 'Choose another time' }).click();
  await times(page).last().click();
  await expect(page.getByLabel('Your name')).toHaveCount(0);
  await expect(page.getByLabel('Email', { exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: /^Move/ }).click();
  expect(await messagesTo(page, who.email, 2)).toHaveLength(2);
});
