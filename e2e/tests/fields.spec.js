// Rules of single fields: attributes, labels, the search of a city, what a link may be.

import { fill, signIn } from '../lib/people.js';
import { expect, rule } from '../lib/test.js';

rule('F-05 fields say literally what belongs in them', ['nojs'], async ({ page, demo }) => {
  await page.goto('/sign-in');
  await expect(page.getByLabel('Email', { exact: true })).toHaveAttribute('autocomplete', 'username webauthn');
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('autocomplete', 'current-password');
  await signIn(page, demo.agents[1]);
  for (const [label, attributes] of [
    ['Full name', { autocomplete: 'name' }],
    ['New email', { autocomplete: 'email', type: 'email', spellcheck: 'false' }],
    [/^Phone number/, { autocomplete: 'tel', type: 'tel' }],
    [/^Job title/, { autocomplete: 'organization-title' }],
    ['Current password', { autocomplete: 'current-password' }],
    ['New password', { autocomplete: 'new-password' }],
  ]) {
    const field = page.getByRole('textbox', { name: label }).or(page.getByLabel(label, { exact: true })).first();
    for (const [name, value] of Object.entries(attributes)) await expect(field, `${label}`).toHaveAttribute(name, value);
  }
  await page.getByText('Address', { exact: false }).filter({ hasText: /^Address/ }).first().click();
  await expect(page.getByLabel(/^City/)).toHaveAttribute('autocomplete', 'address-level2');
  await expect(page.getByLabel(/^Country/)).toHaveAttribute('autocomplete', 'country');
});

rule('F-07 what may stay empty says so, and nothing else may', ['nojs'], async ({ page, demo }) => {
  await signIn(page, demo.agents[1]);
  for (const label of [/^Phone number/, /^Job title/, /^Name customers see/, /^Location name/]) {
    const field = page.getByRole('textbox', { name: label });
    await expect(field).toHaveAccessibleName(/\(optional\)/);
    await expect(field).not.toHaveAttribute('aria-required', 'true');
  }
  for (const label of ['Full name', 'New email', 'Link', 'Time zone']) {
    await expect(page.getByLabel(label, { exact: true })).toHaveAttribute('aria-required', 'true');
  }
});

for (const [typed, first] of [
  ['Eindhoven', /^Eindhoven, Netherlands/], ['Munchen', /^(Munich|Berlin)/], ['München', /^(Munich|Berlin)/],
  ['Bombay', /^(Mumbai|Kolkata|Bombay)/], ['Kiev', /^(Kyiv|Kiev)/], ['Kyiv', /^(Kyiv|Kiev)/],
]) {
  rule(`A-12 the search finds ${typed}`, ['js', 'kb'], async ({ page, demo, mode }) => {
    await signIn(page, demo.agents[1]);
    await fill(page, page.getByRole('combobox', { name: 'Find a city' }), typed, mode);
    const found = page.getByRole('option').filter({ visible: true }).first();
    await expect(found).toHaveText(first);
    const city = await found.innerText();
    if (mode === 'kb') await page.keyboard.press('Enter');
    else await found.click();
    const zones = page.getByLabel('Time zone', { exact: true });
    await expect(zones).toBeFocused();
    // The city that was chosen stays, whatever its zone is named after.
    await expect(zones.getByRole('option', { selected: true })).toHaveText(city);
  });
}

rule('A-20 a link is made of plain letters, and a look-alike is told', ['js', 'nojs'], async ({ page, demo }) => {
  await signIn(page, demo.agents[1]);
  const link = page.getByLabel('Link', { exact: true });
  await link.fill('Anna Bérg!');
  await page.getByRole('button', { name: 'Save link' }).click();
  await expect(page.getByLabel('Link', { exact: true })).toHaveAccessibleDescription(/Use only the letters a to z/);
  await expect(page.getByRole('main').getByText(/anna-berg/).first()).toBeVisible();
  await page.getByLabel('Link', { exact: true }).fill('\u0430nna');
  await page.getByRole('button', { name: 'Save link' }).click();
  await expect(page.getByLabel('Link', { exact: true })).toHaveAccessibleDescription(/letter of another alphabet/);
});
