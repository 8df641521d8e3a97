// Which messages about meetings leave.

import { crawl } from '../lib/crawl.js';
import { expect, rule } from '../lib/test.js';
import { act, signIn } from '../lib/people.js';
import { tabTo } from '../lib/keyboard.js';

rule('T-12 the timing of a reminder and its limit stand beside it', ['nojs', 'm'], async ({ page, demo }) => {
  await signIn(page, demo.agents[2]);
  await page.goto('/account/notifications');
  const row = (name) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
  await expect(row(/^Reminder/)).toContainText('Not sent when booked or moved less than 24 hours before');
  await expect(row(/^Starts soon/)).toContainText('Not sent when booked or moved less than 3 hours before');
  await expect(page.getByText(/^Booked → reminder, .+ → start of the meeting$/)).toBeVisible();
});

rule('T-12 the time of a reminder is chosen beside its rule, and holds at once', ['js', 'nojs'], async ({ page, demo }) => {
  await signIn(page, demo.agents[2]);
  await page.goto('/account/notifications');
  const soon = page.getByRole('group', { name: 'Starts soon' });
  const [before, notice] = [soon.getByLabel('How long before the start'), soon.getByLabel(/^Only if booked or moved/)];
  const save = () => page.getByRole('button', { name: 'Save notifications' }).click();
  await before.selectOption('6 hours');
  await save();
  await expect(notice).toHaveAccessibleDescription(/at least the time beside it/);
  await expect(before).toHaveValue('360');
  await before.selectOption('3 days');
  await notice.selectOption('3 days');
  await save();
  await expect(page.getByRole('group', { name: 'Reminder' }).getByLabel('How long before the start'))
    .toHaveAccessibleDescription(/must leave earlier than “starts soon”/);
  await before.selectOption('30 minutes');
  await notice.selectOption('2 hours');
  await save();
  await expect(page.getByText('Your notifications are saved.')).toBeVisible();
  await expect(page.getByText('Booked → reminder, 24 hours before → starts soon, 30 minutes before → start of the meeting')).toBeVisible();
  await page.goto('/account/activity');
  await expect(page.getByText('Starts soon, how long before the start: 30 minutes (before: 1 hour)').first()).toBeVisible();
  await page.goto('/account/notifications');
  await before.selectOption('1 hour');
  await notice.selectOption('3 hours');
  await save();
  await expect(page.getByText('Your notifications are saved.')).toBeVisible();
});

rule('T-13 one switch for each message and side, saved without losing the page', ['js', 'nojs', 'kb'], async ({ page, demo, mode }) => {
  await signIn(page, demo.agents[2], mode);
  await page.goto('/account/notifications');
  const overview = page.getByText(/^\d+ on, \d+ off$/);
  const before = await overview.textContent();
  const reminder = page.getByRole('checkbox', { name: 'Send “Reminder” – Email to you' });
  const was = await reminder.isChecked();
  await expect(page.getByRole('row', { name: /^Meeting cancelled/ })).toContainText('Always');
  const turn = async () => {
    if (mode === 'kb') {
      await tabTo(page, reminder);
      await page.keyboard.press('Space');
    } else await reminder.setChecked(!await reminder.isChecked());
    await act(page, page.getByRole('button', { name: 'Save notifications' }), mode);
    await expect(page.getByText('Your notifications are saved.')).toBeVisible();
  };
  await turn();
  await expect(page).toHaveURL(/\/account\/notifications\?saved=/);
  await expect(reminder).toBeChecked({ checked: !was });
  await expect(overview).not.toHaveText(before);
  if (mode === 'js') await crawl(page);
  await turn();
  await expect(overview).toHaveText(before);
});
