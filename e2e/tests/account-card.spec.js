// What others see of an agent, before and after it is saved: the card on My Account, its contact file, its linked data.

import ICAL from 'ical.js';
import { book, customer, profile, signIn } from '../lib/people.js';
import { messagesTo } from '../lib/mail.js';
import { crawl } from '../lib/crawl.js';
import { expect, rule } from '../lib/test.js';

const saved = (page) => page.getByRole('heading', { name: 'Saved' });
const card = (page) => page.getByRole('complementary', { name: 'What customers get' });
const fold = (page, name) => card(page).getByText(name, { exact: true });

/** What an address book would keep. */
async function contact(page, agent) {
  const answer = await page.request.get(`${profile(agent)}.vcf`);
  expect(answer.headers()['content-type']).toBe('text/vcard; charset=utf-8');
  const file = new ICAL.Component(ICAL.parse(await answer.text()));
  return (name) => file.getFirstPropertyValue(name);
}

rule('A-08 the card shows at once what a tick changes, without saving', ['js'], async ({ page, demo }) => {
  const agent = demo.agents[0];
  await signIn(page, agent);
  const title = await page.getByLabel(/^Job title/).inputValue();
  await expect(card(page).getByText(title, { exact: true }).first()).toBeVisible();
  await page.getByRole('checkbox', { name: 'Show “Job title” on “Booking page”' }).click();
  await expect(card(page).getByText(title, { exact: true }).first()).toBeHidden();
  await expect(card(page).getByText('It is not saved yet.')).toBeVisible();
  await expect(page.getByRole('status')).toHaveText('The preview shows what you typed.');
  await page.goto(profile(agent));
  await expect(page.getByText(title, { exact: true })).toBeVisible();
});

rule('A-08 without script a button opens the page again with the card as typed', ['nojs'], async ({ page, demo }) => {
  const agent = demo.agents[0];
  await signIn(page, agent);
  const title = await page.getByLabel(/^Job title/).inputValue();
  const box = page.getByRole('checkbox', { name: 'Show “Job title” on “Booking page”' });
  await box.click();
  const form = page.locator('form').filter({ has: box });
  await form.getByRole('button', { name: 'Preview' }).click();
  await expect(box).not.toBeChecked();
  await expect(card(page).getByText(title, { exact: true }).first()).toBeHidden();
  await page.goto(profile(agent));
  await expect(page.getByText(title, { exact: true })).toBeVisible();

  await page.goto('/account');
  await page.getByLabel(/^Phone number/).fill('call me');
  await page.locator('form').filter({ has: page.getByLabel(/^Phone number/) }).getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
  await expect(page.getByLabel(/^Phone number/)).toHaveValue('call me');
});

rule('A-10 the job title is in every place of the card while it is typed', ['js'], async ({ page, demo }) => {
  await signIn(page, demo.agents[1]);
  await page.getByLabel(/^Job title/).fill('Keeper of <b>all</b> keys');
  await expect(card(page).getByText('Keeper of <b>all</b> keys').first()).toBeVisible();
  await fold(page, 'Email signature').click();
  await expect(page.frameLocator('iframe[title="Email signature"]').getByText('Keeper of <b>all</b> keys')).toBeVisible();
  await fold(page, 'Calendar entry').click();
  await expect(card(page).getByText(/Reschedule: .*Keeper of <b>all<\/b> keys/s)).toBeVisible();
  await page.getByLabel(/^Job title/).fill('x'.repeat(121));
  await expect(card(page).getByText('It is not saved yet.')).toBeVisible();
});

rule('A-09 the picture is in the card, the mail and the contact file, where the agent shows it', ['js'], async ({ page, demo }) => {
  const agent = demo.agents[0];
  await signIn(page, agent);
  expect(await (await page.request.get('/account/preview-signature')).text()).not.toMatch(/<script|\son[a-z]+=/);
  await fold(page, 'Email signature').click();
  const inSignature = page.frameLocator('iframe[title="Email signature"]').getByRole('img');
  await expect(inSignature).toBeVisible();
  expect(await inSignature.evaluate((image) => image.decode().then(() => image.naturalWidth))).toBe(192);
  await crawl(page);
  const photo = (await contact(page, agent))('photo');
  expect(photo).toMatch(/^data:image\/jpeg;base64,/);
  const drawn = await page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data.split(',')[1]), (letter) => letter.charCodeAt(0));
    return (await createImageBitmap(new Blob([bytes]))).width;
  }, photo);
  expect(drawn).toBe(512);

  await page.getByRole('checkbox', { name: 'Show “Profile picture” on “Messages”' }).uncheck();
  await expect(inSignature).toHaveCount(0);
  await page.getByRole('checkbox', { name: 'Show “Profile picture” on “Booking page”' }).uncheck();
  await page.getByRole('button', { name: 'Save what customers see' }).click();
  await expect(saved(page)).toBeVisible();
  expect((await contact(page, agent))('photo')).toBeNull();
  const who = customer();
  await book(page, agent, who);
  const [mail] = await messagesTo(page, who.email, 1);
  expect(mail.html).not.toContain('<img');

  await page.goto('/account');
  for (const place of ['Messages', 'Booking page']) await page.getByRole('checkbox', { name: `Show “Profile picture” on “${place}”` }).check();
  await page.getByRole('button', { name: 'Save what customers see' }).click();
  await expect(saved(page)).toBeVisible();
});

rule('a contact is saved from the booking page as it is shown there', ['nojs', 'js'], async ({ page, demo, mode }) => {
  const agent = demo.agents[0];
  await page.goto(profile(agent));
  const link = page.getByRole('link', { name: 'Save contact' });
  expect(await link.getAttribute('href')).toBe(`${profile(agent)}.vcf`);
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(download.suggestedFilename()).toMatch(/^[a-z0-9-]+\.vcf$/);
  const value = await contact(page, agent);
  expect(value('version')).toBe('4.0');
  expect(value('fn')).toBe(await page.getByRole('heading', { level: 1 }).innerText());
  expect(value('url')).toBe(agent.profile_url);
  if (mode === 'js') await crawl(page);
});

rule('B-25 machines read the card in the page, and the policy stops nothing', ['js'], async ({ page, demo }) => {
  const agent = demo.agents[0];
  await page.goto(profile(agent));
  const [block] = await page.evaluate(() => [...document.scripts].filter(({ type }) => type === 'application/ld+json').map((one) => one.textContent));
  const { '@type': type, mainEntity } = JSON.parse(block);
  expect([type, mainEntity['@type']]).toEqual(['ProfilePage', 'Person']);
  expect(mainEntity.name).toBe(await page.getByRole('heading', { level: 1 }).innerText());
  expect(mainEntity.potentialAction.target).toBe(agent.profile_url);
});

rule('G-15 the agent card prints on one page with its address and without navigation', ['js'], async ({ page, demo }) => {
  const agent = demo.agents[0];
  await page.goto(profile(agent));
  await expect(page.getByText(agent.profile_url)).toBeHidden();
  const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText(agent.profile_url)).toBeVisible();
  await expect(page.getByRole('banner')).toBeHidden();
  await expect(page.getByRole('contentinfo')).toBeHidden();
  await expect(page.getByRole('link', { name: 'Save contact' })).toBeHidden();
});
