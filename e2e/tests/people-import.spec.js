// People from a file, and everybody as a file.

import { readFile } from 'node:fs/promises';
import { crawl } from '../lib/crawl.js';
import { act, fill, signIn } from '../lib/people.js';
import { expect, rule } from '../lib/test.js';

let made = 0;

/** A file as Dutch Excel writes it, of people whom no other test knows. */
function file() {
  made += 1;
  const email = (who) => `${who}-${process.pid}-${made}@import.example`;
  const mirjam = `Visser; Mirjam ${process.pid}-${made}`;
  const rows = [
    'Volledige naam;E-mail;Functie;Telefoonnummer;Land;Afdeling',
    `"${mirjam}";${email('mirjam')};Adviseur;'+31612345678;NL;7`,
    `Jan Jansen;${email('jan')};;;;`,
    `Jan Jansen;${email('jan').toUpperCase()};;;;`,
    `;${email('nameless')};;;;`,
    'Kim;kim@;;12;NL;',
  ];
  return { name: `people-${made}.csv`, mirjam, email, bytes: Buffer.from(`\ufeff${rows.join('\r\n')}\r\n`) };
}

/** Hands a file in, up to the preview. */
async function handIn(page, people, mode) {
  await page.goto('/admin/people');
  await act(page, page.getByRole('link', { name: 'Import CSV' }), mode);
  await page.getByLabel('CSV file').setInputFiles({ name: people.name, mimeType: 'text/csv', buffer: people.bytes });
  await act(page, page.getByRole('button', { name: 'Look at the rows' }), mode);
  await expect(page.getByRole('heading', { level: 1, name: `Import ${people.name}` })).toBeVisible();
}

/** The row of the preview or of the result that begins on a line. */
function line(page, number) {
  return page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: new RegExp(`^(Line )?${number}$`) }) });
}

rule('AD-04 a file is looked at, confirmed, worked off, and what failed comes back with the reason', ['js', 'nojs', 'kb'], async ({ page, demo, mode }) => {
  const people = file();
  await signIn(page, demo.admin, mode);
  await handIn(page, people, mode);
  await expect(page.getByText('5 rows, read as UTF-8 with semicolons. Nothing was done yet.')).toBeVisible();
  await expect(line(page, 2)).toContainText('Ready');
  await expect(line(page, 4)).toContainText('Duplicate');
  await expect(line(page, 4)).toContainText('The same email address as on line 3, which counts');
  await expect(line(page, 5)).toContainText('Whoever is new needs a name');
  await expect(line(page, 6)).toContainText('Phone number: ');
  await act(page, page.getByRole('link', { name: '2 invalid' }), mode);
  await expect(page.getByRole('row')).toHaveCount(3);
  if (mode === 'js') await crawl(page);
  // Nobody has an email yet.
  await page.goBack();
  const confirm = page.getByRole('button', { name: 'Invite 2 people' });
  await act(page, confirm, mode);
  // With script the page follows by itself, without it by loading anew.
  await expect(page.getByRole('heading', { level: 1, name: `${people.name} is imported` })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('5 of 5 rows are done')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: '2 invited' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: '3 failed' })).toBeVisible();
  if (mode === 'js') await crawl(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    act(page, page.getByRole('link', { name: 'Download rows that failed' }), mode),
  ]);
  const failed = await readFile(await download.path(), 'utf8');
  expect(failed).toContain('Volledige naam,E-mail,Functie,Telefoonnummer,Land,Afdeling,Reason');
  expect(failed).toContain(`,${people.email('nameless')},,,,,Whoever is new needs a name`);

  // The link of each is under People, where no email is sent.
  await page.goto('/admin/people');
  await page.getByLabel('Search').fill(people.email('mirjam'));
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByRole('link', { name: people.mirjam, exact: true }).click();
  await expect(page.getByLabel('Link of the invitation')).toHaveValue(/\/invite\//);

  // What was closed is found again.
  await page.goto('/admin/people/import');
  await expect(page.getByRole('link', { name: people.name }).first()).toBeVisible();
});

rule('AD-04 rows are pasted and columns are chosen, and whoever is here is changed by what the file says', ['js', 'nojs', 'kb'], async ({ page, demo, mode }) => {
  made += 1;
  const email = `pasted-${process.pid}-${made}@import.example`;
  const headers = { authorization: `Bearer ${demo.admin.token}` };
  const invited = await page.request.post('/api/v1/agents', { headers, data: { name: 'Pia Pasted', email, job_title: 'Kept' } });
  expect(invited.status()).toBe(201);
  await signIn(page, demo.admin, mode);
  await page.goto('/admin/people/import');
  await act(page, page.getByText('Paste the rows instead'), mode);
  await fill(page, page.getByLabel('Rows (optional)'), `Wie\tWaar\n${email}\tUtrecht`, mode === 'kb' ? 'js' : mode);
  await act(page, page.getByRole('button', { name: 'Look at the rows' }), mode);
  await expect(page.getByText('Choose under “Columns” which column holds the email addresses.')).toBeVisible();
  await page.getByLabel('Wie').selectOption('Email');
  await page.getByLabel('Waar').selectOption('Email');
  await act(page, page.getByRole('button', { name: 'Look again' }), mode);
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
  await page.getByLabel('Waar').selectOption('City');
  await act(page, page.getByRole('button', { name: 'Look again' }), mode);
  await expect(line(page, 2)).toContainText('Changes: City');
  await act(page, page.getByRole('button', { name: 'Change 1 person' }), mode);
  await expect(page.getByRole('listitem').filter({ hasText: '1 changed' })).toBeVisible({ timeout: 30_000 });
  const agent = await (await page.request.get(`/api/v1/agents/${(await invited.json()).id}`, { headers })).json();
  expect([agent.location.city, agent.job_title]).toEqual(['Utrecht', 'Kept']);
});

rule('AD-04 everybody as a file changes nothing when it is handed in again', ['js'], async ({ page, demo }) => {
  await signIn(page, demo.admin);
  await page.goto('/admin/people');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export CSV' }).click(),
  ]);
  await handIn(page, { name: 'everybody.csv', bytes: await readFile(await download.path()) }, 'js');
  // Other tests change and invite people meanwhile.
  const anna = page.getByRole('row').filter({ hasText: demo.admin.email });
  await expect(anna).toContainText('Nothing to change');
  await page.getByRole('button', { name: 'Discard this file' }).click();
  await expect(page.getByText('The file is deleted. Nobody was invited or changed.')).toBeVisible();
});
