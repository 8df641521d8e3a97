// What an organisation asks of its agents beyond what every account has.

import { crawl } from '../lib/crawl.js';
import { act, fill, signIn } from '../lib/people.js';
import { expect, rule } from '../lib/test.js';

let made = 0;

/** A field that no other test has. */
function field(label) {
  made += 1;
  return { label: `${label} ${made}`, key: `${label.toLowerCase().replaceAll(/\W/g, '_')}_${process.pid}_${made}` };
}

async function add(page, one, { kind = 'Text', choices, editor = 'Agent', places = 'On the booking page and in messages', required = false } = {}, mode = 'js') {
  await page.goto('/admin/fields');
  await act(page, page.getByRole('link', { name: 'Add a field' }), mode);
  await fill(page, page.getByLabel('Label'), one.label, mode);
  await fill(page, page.getByLabel('Key'), one.key, mode);
  await page.getByLabel('Type', { exact: true }).selectOption(kind);
  if (choices) await page.getByLabel('Choices').fill(choices);
  await page.getByRole('radio', { name: new RegExp(`^${editor}`) }).check();
  await page.getByRole('radio', { name: new RegExp(`^${places}`) }).check();
  if (required) await page.getByLabel('Must be filled in').check();
  await act(page, page.getByRole('button', { name: 'Save field' }), mode);
  await expect(page.getByText('The field is added.')).toBeVisible();
}

const row = (page, one) => page.getByRole('row').filter({ hasText: one.key });

rule('A-32 an admin adds, changes, orders and deletes a profile field', ['js', 'nojs', 'm'], async ({ page, demo, mode }) => {
  const [first, second] = [field('Languages'), field('Region')];
  await signIn(page, demo.admin);
  await add(page, first);
  await add(page, second, { kind: 'Choice', choices: 'North\nSouth\n', editor: 'Administrators', places: 'Nowhere', required: true });
  for (const text of ['Choice', 'Administrators', 'Nowhere', 'Required']) await expect(row(page, second)).toContainText(text);

  await row(page, second).getByRole('button', { name: `Up ${second.label}` }).click();
  await expect(page.getByText('The order is saved.')).toBeVisible();
  const keys = (await page.getByRole('row').allInnerTexts()).map((text) => [first, second].findIndex((one) => text.includes(one.key)));
  expect(keys.filter((at) => at >= 0)).toEqual([1, 0]);
  if (mode === 'js') await crawl(page);

  await page.getByRole('link', { name: second.label }).click();
  await expect(page.getByText('Key and type stay for ever')).toBeVisible();
  await expect(page.getByLabel('Choices')).toHaveValue('North\nSouth');
  await page.getByLabel('Label').fill(`${second.label} of work`);
  await page.getByLabel('Choices').fill('North\nNorth');
  await page.getByRole('button', { name: 'Save field' }).click();
  await expect(page.getByLabel('Choices')).toHaveAccessibleDescription(/Write “North” only once/);
  await page.getByLabel('Choices').fill('North\nWest');
  await page.getByRole('button', { name: 'Save field' }).click();
  await expect(page.getByText('The field is saved.')).toBeVisible();
  await expect(row(page, second)).toContainText('of work');

  for (const one of [first, second]) {
    await row(page, one).getByRole('link').click();
    await page.getByRole('link', { name: 'Delete field' }).click();
    await expect(page.getByText(`uses {{ agent.fields.${one.key} }}`)).toBeVisible();
    await expect(page.getByText('Nobody has filled it in.')).toBeVisible();
    await page.getByRole('button', { name: /^Delete / }).click();
    await expect(page.getByText('The field is deleted.')).toBeVisible();
    await expect(row(page, one)).toHaveCount(0);
  }
  await page.goto('/account/activity');
  await expect(page.getByText('Profile field deleted for everybody').first()).toBeVisible();
  await expect(page.getByText(`Label: ${second.label} of work (before: ${second.label})`)).toBeVisible();
});

rule('A-32 a field with a wrong or taken key is refused beside it, with what was typed', ['js', 'nojs', 'kb'], async ({ page, demo, mode }) => {
  const one = field('Office');
  await signIn(page, demo.admin, mode);
  await add(page, one, {}, mode);
  await page.goto('/admin/fields/new');
  await page.getByLabel('Key').fill('Office!');
  await page.getByLabel('Type', { exact: true }).selectOption('Choice');
  await act(page, page.getByRole('button', { name: 'Save field' }), mode);
  await expect(page).toHaveTitle(/^Error: /);
  await expect(page.getByLabel('Key')).toHaveAccessibleDescription(/Use only the letters a to z, digits and _/);
  await expect(page.getByLabel('Label')).toHaveAccessibleDescription(/Fill in this field/);
  await expect(page.getByLabel('Choices')).toHaveAccessibleDescription(/Write at least one choice/);
  await expect(page.getByLabel('Key')).toHaveValue('Office!');
  await expect(page.getByLabel('Type', { exact: true })).toHaveValue('choice');
  await page.getByLabel('Label').fill('Other');
  await page.getByLabel('Key').fill(one.key);
  await page.getByLabel('Choices').fill('a');
  await act(page, page.getByRole('button', { name: 'Save field' }), mode);
  await expect(page.getByLabel('Key')).toHaveAccessibleDescription(/another field has this one/);
});

rule('F-12 two admins change one profile field: both versions are shown', ['nojs'], async ({ page, demo }) => {
  const one = field('Team page');
  await signIn(page, demo.admin);
  await add(page, one, { kind: 'Web address' });
  await page.goto(`/admin/fields/${one.key}`);
  const other = await page.context().newPage();
  await other.goto(`/admin/fields/${one.key}`);
  await other.getByLabel('Label').fill('Page of the team');
  await other.getByRole('radio', { name: 'Nowhere' }).check();
  await other.getByRole('button', { name: 'Save field' }).click();
  await other.close();
  await page.getByLabel('Label').fill('Our page');
  await page.getByRole('button', { name: 'Save field' }).click();
  await expect(page.getByLabel('Label')).toHaveAccessibleDescription(/Page of the team/);
  await expect(page.getByLabel('Label')).toHaveValue('Our page');
  await expect(page.getByRole('group', { name: 'Customers see it' })).toHaveAccessibleDescription(/Nowhere/);
  await page.getByRole('button', { name: 'Save field' }).click();
  await expect(page.getByText('The field is saved.')).toBeVisible();
});

rule('A-32 profile fields are for admins alone to define', ['nojs'], async ({ page, demo }) => {
  await signIn(page, demo.agents[0]);
  expect((await page.goto('/admin/fields')).status()).toBe(403);
  expect((await page.goto('/admin/fields/new')).status()).toBe(403);
});

/** The box of My Account. */
const box = (page) => page.getByRole('heading', { name: 'More about you' }).locator('..');

rule('A-32 profile fields stand after Location with label and type, and are filled in', ['js', 'nojs', 'm'], async ({ page, demo, mode }) => {
  const fields = {
    Languages: [field('Languages'), { required: true }], Years: [field('Years'), { kind: 'Number' }], Page: [field('Page'), { kind: 'Web address' }],
    Since: [field('Since'), { kind: 'Date' }], Region: [field('Region'), { kind: 'Choice', choices: 'North\nSouth' }],
    Certified: [field('Certified'), { kind: 'Yes or no' }], Licence: [field('Licence'), { editor: 'Administrators' }],
  };
  await signIn(page, demo.admin);
  for (const [one, options] of Object.values(fields)) await add(page, one, options);
  const labels = Object.fromEntries(Object.entries(fields).map(([name, [one]]) => [name, one.label]));
  const licence = { fields: { [fields.Licence[0].key]: 'NL-12' } };
  const headers = { authorization: `Bearer ${demo.admin.token}` };
  const agent = demo.agents[0];
  expect((await page.request.patch(`/api/v1/agents${new URL(agent.profile_url).pathname}`, { headers, data: licence })).status()).toBe(200);
  await page.context().clearCookies();

  await signIn(page, agent);
  const headings = await page.getByRole('heading', { level: 2 }).allInnerTexts();
  expect(headings[headings.indexOf('More about you') - 1]).toBe('Location');
  const input = (name) => page.getByLabel(new RegExp(`^${labels[name]}( \\(optional\\))?$`));
  await expect(input('Languages')).toHaveAttribute('aria-required', 'true');
  await expect(input('Since')).toHaveAttribute('type', 'date');
  await expect(input('Licence')).toHaveValue('NL-12');
  await expect(input('Licence')).not.toBeEditable();
  await expect(input('Licence')).toHaveAccessibleDescription('Only administrators fill this in. Ask one of them if it is not right.');

  await input('Years').fill('lots');
  await input('Page').fill('not an address');
  await input('Region').selectOption('South');
  await box(page).getByRole('button', { name: 'Save these details' }).click();
  await expect(page).toHaveTitle(/^Error: /);
  await expect(input('Languages')).toHaveAccessibleDescription(/Fill in this field/);
  await expect(input('Years')).toHaveAccessibleDescription(/Write a number like 30 or 2\.5/);
  await expect(input('Page')).toHaveAccessibleDescription(/Write the address of a page/);
  await expect(input('Years')).toHaveValue('lots');
  await expect(input('Region')).toHaveValue('South');

  await input('Languages').fill('Dutch, English');
  await input('Years').fill('7.5');
  await input('Page').fill('example.com/team');
  await input('Since').fill('2019-03-01');
  await input('Certified').selectOption('Yes');
  await box(page).getByRole('button', { name: 'Save these details' }).click();
  await expect(page.getByText('Your details are saved.')).toBeVisible();
  await expect(input('Page')).toHaveValue('https://example.com/team');
  await expect(input('Certified')).toHaveValue('yes');
  if (mode === 'js') await crawl(page);

  await page.goto(new URL(agent.profile_url).pathname);
  for (const [name, shown] of Object.entries({ Languages: 'Dutch, English', Since: 'Friday 1 March 2019', Licence: 'NL-12', Certified: 'Yes' })) {
    await expect(page.getByText(labels[name], { exact: true })).toBeVisible();
    await expect(page.getByRole('definition').filter({ hasText: shown }).first()).toBeVisible();
  }
  await expect(page.getByRole('link', { name: 'https://example.com/team' }).first()).toHaveAttribute('href', 'https://example.com/team');
  // Other tests find the agent as they know them.
  await page.context().clearCookies();
  await signIn(page, demo.admin);
  for (const [one] of Object.values(fields)) {
    await page.goto(`/admin/fields/${one.key}/delete`);
    await page.getByRole('button', { name: /^Delete / }).click();
    await expect(page.getByText('The field is deleted.')).toBeVisible();
  }
});

rule('A-32 a profile field is named in the texts of messages, and deleting it tells where', ['js', 'nojs'], async ({ page, demo, mode }) => {
  const [one, other] = [field('Dialect'), field('Badge')];
  await signIn(page, demo.admin);
  await add(page, one);
  await add(page, other, { kind: 'Date' });
  const headers = { authorization: `Bearer ${demo.admin.token}` };
  const data = { fields: { [one.key]: 'Frisian', [other.key]: '2019-03-01' } };
  expect((await page.request.patch('/api/v1/me', { headers, data })).status()).toBe(200);

  // A template that no other test's message has.
  const template = '/admin/templates/starts_soon/agent/nl';
  await page.goto(template);
  const listed = page.getByRole('listitem').filter({ hasText: `agent.fields.${one.key}` });
  await expect(listed).toContainText(one.label);
  await expect(listed).toContainText('Frisian');
  const text = page.getByRole('textbox', { name: /^Text/ });
  await text.fill(`{{ agent.fields.${one.key}x }}`);
  await page.getByRole('button', { name: 'Save template' }).click();
  await expect(text).toHaveAccessibleDescription(new RegExp(`Did you mean agent\\.fields\\.${one.key}\\?`));
  await text.fill(`Ik spreek {{ agent.fields.${one.key} }} sinds {{ agent.fields.${other.key} }}.`);
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  const preview = page.getByRole('region', { name: 'Preview', exact: true });
  await preview.getByText('Text part of the email').click();
  await expect(preview).toContainText('Ik spreek Frisian sinds vrijdag 1 maart 2019.');
  await page.getByRole('button', { name: 'Save template' }).click();
  await expect(page.getByText('The template is saved.')).toBeVisible();

  await page.goto('/account/signature');
  await page.getByRole('textbox', { name: /^Signature/ }).fill(`{{ agent.name }}\n{{ agent.fields.${one.key} }}`);
  await page.getByRole('button', { name: 'Save signature and note' }).click();
  await expect(page.getByText('Your signature and note are saved.')).toBeVisible();
  await page.goto(`/admin/fields/${one.key}/delete`);
  if (mode === 'js') await crawl(page);
  await expect(page.getByRole('link', { name: 'Starts soon, to the agent, Nederlands' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Robin Admin' })).toBeVisible();
  await expect(page.getByText('What 1 person has filled in is lost.')).toBeVisible();
  await page.getByRole('button', { name: /^Delete / }).click();
  await expect(page.getByText('The field is deleted.')).toBeVisible();
});
