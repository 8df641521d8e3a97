// My Account: the A-rows.

import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { crawl } from '../lib/crawl.js';
import { heic, png, pngWithText } from '../lib/pictures.js';
import { profile, signIn } from '../lib/people.js';
import { expect, rule, test } from '../lib/test.js';

const saved = (page) => page.getByRole('heading', { name: 'Saved' });
/** What a decoder that is not ours reads from a picture. */
const read = (file) => {
  const { data, width, height } = PNG.sync.read(file);
  return jsQR(new Uint8ClampedArray(data), width, height)?.data;
};
const problem = (page) => page.getByRole('heading', { name: 'There is a problem' });

rule('the nine fields stand in their order', ['nojs'], async ({ page, demo }) => {
  await signIn(page, demo.agents[1]);
  const headings = await page.getByRole('main').getByRole('heading', { level: 2 }).allInnerTexts();
  const wanted = ['Email', 'Password', 'Profile URL', 'Time zone', 'Phone number', 'Job title', 'Location', 'Profile picture'];
  expect(headings.filter((heading) => wanted.includes(heading))).toEqual(wanted);
  await expect(page.getByLabel('Full name')).toBeVisible();
});

rule('A-01 any name comes back as it was typed', ['js', 'nojs'], async ({ page, demo }) => {
  await signIn(page, demo.agents[1]);
  for (const name of ["O'Neill-Garcia 3rd", 'X AE A-12', 'محمد الأمين', 'Zoë 🙂']) {
    await page.getByLabel('Full name').fill(name);
    await page.getByRole('button', { name: 'Save name' }).click();
    await expect(saved(page)).toBeVisible();
    await expect(page.getByLabel('Full name')).toHaveValue(name);
  }
});

rule('A-07 phone number keeps what was typed', ['js', 'nojs'], async ({ page, demo }) => {
  await signIn(page, demo.agents[1]);
  const phone = page.getByLabel(/^Phone number/);
  await phone.fill('+31 (0)6-12 34 56 78');
  await page.getByRole('button', { name: 'Save phone number' }).click();
  await expect(saved(page)).toBeVisible();
  await expect(phone).toHaveValue('+31 (0)6-12 34 56 78');
  const me = await page.request.get('/api/v1/me', { headers: { authorization: `Bearer ${demo.agents[1].token}` } });
  expect((await me.json()).phone_number).toBe('+31612345678');
  await phone.fill('call me');
  await page.getByRole('button', { name: 'Save phone number' }).click();
  await expect(problem(page)).toBeVisible();
  await expect(phone).toHaveValue('call me');
  await expect(phone).toHaveAccessibleDescription(/\d/);
});

rule('A-08 the agent chooses where each detail shows', ['js', 'nojs'], async ({ page, demo }) => {
  const agent = demo.agents[1];
  await signIn(page, agent);
  await page.getByLabel(/^Job title/).fill('Keeper of the keys');
  await page.getByRole('button', { name: 'Save job title' }).click();
  for (const shown of [false, true]) {
    await page.getByRole('checkbox', { name: 'Show “Job title” on “Booking page”' }).setChecked(shown);
    await page.getByRole('button', { name: 'Save what customers see' }).click();
    await expect(saved(page)).toBeVisible();
    await page.goto(profile(agent));
    await expect(page.getByText('Keeper of the keys')).toHaveCount(shown ? 1 : 0);
    await page.goto('/account');
  }
});

rule('A-10 a job title of 120 characters is kept, a longer one is told', ['js', 'nojs'], async ({ page, demo }) => {
  await signIn(page, demo.agents[1]);
  const title = page.getByLabel(/^Job title/);
  await title.fill('x'.repeat(120));
  await page.getByRole('button', { name: 'Save job title' }).click();
  await expect(saved(page)).toBeVisible();
  await title.fill('x'.repeat(121));
  await page.getByRole('button', { name: 'Save job title' }).click();
  await expect(problem(page)).toBeVisible();
  await expect(title).toHaveAccessibleDescription(/120/);
  await expect(title).toHaveValue('x'.repeat(121));
  await title.fill('');
  await page.getByRole('button', { name: 'Save job title' }).click();
  await expect(saved(page)).toBeVisible();
});

rule('A-11 a location is a name, with an address if wanted', ['js', 'nojs'], async ({ page, demo }) => {
  const agent = demo.agents[1];
  await signIn(page, agent);
  await page.getByLabel(/^Location name/).fill('Meeting room on the third floor');
  await page.getByRole('button', { name: 'Save location' }).click();
  await expect(saved(page)).toBeVisible();
  await page.goto(profile(agent));
  await expect(page.getByText('Meeting room on the third floor')).toBeVisible();
});

rule('A-18 a taken, reserved or short link is told, and other links are offered', ['js', 'nojs'], async ({ page, demo }) => {
  await signIn(page, demo.agents[1]);
  const link = page.getByLabel('Link', { exact: true });
  for (const wrong of [demo.agents[0].slug, 'account', 'ab']) {
    await link.fill(wrong);
    await page.getByRole('button', { name: 'Save link' }).click();
    await expect(problem(page)).toBeVisible();
    await expect(link).toHaveValue(wrong);
    await expect(link).toHaveAttribute('aria-invalid', 'true');
  }
});

rule('A-18 the link is checked while it is typed', ['js'], async ({ page, demo }) => {
  await signIn(page, demo.agents[1]);
  const link = page.getByLabel('Link', { exact: true });
  await link.fill('free-as-the-wind');
  await expect(page.getByText(/free-as-the-wind.*(is free|available)/i)).toBeVisible();
  await link.fill(demo.agents[0].slug);
  await expect(page.getByText(/taken/i).first()).toBeVisible();
});

rule('A-19 an old link leads to the new one for ever, with path and query', ['js', 'nojs'], async ({ page, demo, mode }) => {
  const agent = demo.agents[mode === 'js' ? 1 : 2];
  await signIn(page, agent);
  const link = page.getByLabel('Link', { exact: true });
  const old = `/${await link.inputValue()}`;
  const slug = `renamed-${mode}-${process.pid}`;
  await link.fill(slug);
  await page.getByRole('button', { name: 'Save link' }).click();
  await expect(saved(page)).toBeVisible();
  const answer = await page.request.get(`${old}/intro?date=2026-12-01`, { maxRedirects: 0 });
  expect(answer.status()).toBe(308);
  expect(answer.headers().location).toContain(`/${slug}/intro?date=2026-12-01`);
  await page.getByText(/^Old links that lead here/).click();
  await expect(page.getByRole('listitem').filter({ hasText: old })).toContainText('Not followed since');
  await page.request.get(old, { maxRedirects: 0 });
  await page.goto('/account');
  await page.getByText(/^Old links that lead here/).click();
  await expect(page.getByRole('listitem').filter({ hasText: old })).toContainText(/Followed (once|2 times), .+\(.+UTC.*\)/);
  await page.getByLabel('Link', { exact: true }).fill(old.slice(1));
  await page.getByRole('button', { name: 'Save link' }).click();
  await expect(saved(page)).toBeVisible();
});

rule('A-21 the profile URL is copied, and the button says so', ['js', 'kb'], async ({ page, demo, mode }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await signIn(page, demo.agents[0]);
  const copy = page.getByRole('main').getByRole('button', { name: 'Copy' }).first();
  if (mode === 'kb') await copy.press('Enter');
  else await copy.click();
  await expect(page.getByRole('main').getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(demo.agents[0].profile_url);
});

rule('A-22 a decoder reads the profile URL from the QR code', ['nojs', 'js', 'dark'], async ({ page, demo, mode }) => {
  const { profile_url: url } = demo.agents[0];
  await signIn(page, demo.agents[0]);
  await page.getByRole('main').getByRole('link', { name: 'Show QR code' }).click();
  const code = page.getByRole('img', { name: `QR code of ${url}` });
  await expect(code).toBeVisible();
  expect(read(await code.screenshot())).toBe(url);
  const file = async (name) => page.request.get(await page.getByRole('link', { name }).getAttribute('href'));
  expect(read(await (await file('Download PNG')).body())).toBe(url);
  const svg = await file('Download SVG');
  expect(svg.headers()['content-disposition']).toMatch(/^attachment; filename=".+\.svg"$/);
  if (mode === 'js') await crawl(page);
  await page.emulateMedia({ media: 'print' });
  await expect(code).toBeVisible();
  await expect(page.getByRole('link', { name: 'Download PNG' })).toBeHidden();
  expect((await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
  const other = await page.context().newPage();
  await other.setContent(await svg.text());
  expect(read(await other.screenshot())).toBe(url);
  await other.close();
});

rule('A-23 the page can be opened as a customer sees it', ['nojs'], async ({ page, demo }) => {
  await signIn(page, demo.agents[0]);
  const link = page.getByRole('main').getByRole('link', { name: /as a customer sees it/ });
  await expect(link).toHaveAttribute('target', '_blank');
  await expect(link).toHaveAttribute('rel', /noopener/);
});

rule('A-24 A-28 a picture is cut square, made small and loses what was written in it', ['js', 'nojs', 'm'], async ({ page, demo }) => {
  const agent = demo.agents[1];
  await signIn(page, agent);
  await choose(page, 'me at home.png', 'image/png', pngWithText(640, 400, 'taken at home'));
  await expect(saved(page)).toBeVisible();
  const me = await page.request.get('/api/v1/me', { headers: { authorization: `Bearer ${agent.token}` } });
  const { picture_url: url } = await me.json();
  expect(url).not.toContain('home');
  const picture = await (await page.request.get(url)).body();
  expect(picture.toString('latin1')).not.toContain('taken at home');
  const size = await page.evaluate(async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  }, url);
  expect(size[0]).toBe(size[1]);
  await page.getByRole('button', { name: 'Remove picture' }).click();
  await expect(saved(page)).toBeVisible();
});

rule('A-26 A-27 A-28 what is no picture, or too large a one, is refused with help', ['nojs'], async ({ page, demo }) => {
  await signIn(page, demo.agents[0]);
  const wrong = [
    ['photo.heic', 'image/heic', heic(), /HEIC/],
    ['drawing.svg', 'image/svg+xml', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), /SVG/],
    ['film.gif', 'image/gif', Buffer.from('GIF89a\x01\x00\x01\x00\x80\x00\x00', 'latin1'), /GIF/],
    ['huge.png', 'image/png', png(1, 1, { width: 10_000, height: 10_000 }), /100.* megapixels .*limit is 50/],
    ['large.jpg', 'image/jpeg', Buffer.alloc(20_000_000, 'a'), /20\.1 MB .*limit is 15 MB/],
    ['cut.png', 'image/png', png(200, 200).subarray(0, 120), /incomplete|damaged/],
  ];
  for (const [name, type, bytes, reason] of wrong) {
    await choose(page, name, type, bytes);
    await expect(problem(page)).toBeVisible();
    await expect(page.getByRole('alert')).toContainText(reason);
  }
});

rule('A-29 without a picture the initials stand there', ['nojs', 'dark'], async ({ page, demo }) => {
  const agent = demo.agents[1];
  await signIn(page, agent);
  const remove = page.getByRole('button', { name: 'Remove picture' });
  if (await remove.count()) await remove.click();
  const answer = await page.goto(profile(agent));
  expect(await answer.text()).not.toContain('image/jpeg');
  const me = await page.request.get('/api/v1/me', { headers: { authorization: `Bearer ${agent.token}` } });
  expect((await me.json()).picture_url).toBeNull();
});

rule('A-30 every value is in the first answer', ['nojs'], async ({ page, demo }) => {
  await signIn(page, demo.agents[0]);
  await expect(page.getByLabel('Full name')).not.toHaveValue('');
  await expect(page.getByLabel(/^Job title/)).not.toHaveValue('');
  await expect(page.getByLabel(/^Location name/)).not.toHaveValue('');
});

rule('F-10 saving the name sends no mail', ['js', 'nojs'], async ({ page, demo }) => {
  await signIn(page, demo.agents[1]);
  const count = async () => (await (await page.request.get('/dev/mailbox.json')).json()).length;
  const before = await count();
  await page.getByRole('button', { name: 'Save name' }).click();
  await expect(saved(page)).toBeVisible();
  expect(await count()).toBe(before);
});

rule('every state of My Account', ['js'], async ({ page, demo }) => {
  test.slow();
  await signIn(page, demo.agents[1]);
  await crawl(page);
  for (const [field, text, button] of [
    ['Full name', '', 'Save name'],
    [/^Phone number/, 'call me', 'Save phone number'],
    ['Link', 'account', 'Save link'],
  ]) {
    await page.getByLabel(field, { exact: typeof field === 'string' }).fill(text);
    await page.getByRole('button', { name: button }).click();
    await expect(problem(page)).toBeVisible();
    await crawl(page);
  }
  await page.goto('/account');
  await page.getByRole('button', { name: 'Save name' }).click();
  await expect(saved(page)).toBeVisible();
  await crawl(page);
});

async function choose(page, name, mimeType, buffer) {
  await page.goto('/account');
  await page.getByLabel('Choose a picture').setInputFiles({ name, mimeType, buffer });
  await page.getByRole('button', { name: 'Save picture' }).click();
}

rule('F-12 a save over a newer one shows both values and asks', ['js', 'nojs'], async ({ page, demo, mode }) => {
  await signIn(page, demo.agents[1]);
  const title = page.getByLabel(/^Job title/);
  const other = await page.context().newPage();
  await other.goto('/account');
  await other.getByLabel(/^Job title/).fill(`Keeper of the keys, ${mode}`);
  await other.getByRole('button', { name: 'Save job title' }).click();
  await expect(saved(other)).toBeVisible();
  await title.fill('Adviser');
  await page.getByRole('button', { name: 'Save job title' }).click();
  await expect(problem(page)).toBeVisible();
  await expect(title).toHaveValue('Adviser');
  await expect(title).toHaveAccessibleDescription(`Error: This was saved meanwhile, perhaps in another tab. Save again to keep what you typed, or keep what is stored now. Stored now: Keeper of the keys, ${mode}`);
  if (mode === 'js') await crawl(page);
  await page.getByRole('link', { name: 'Keep what is stored', exact: true }).click();
  await expect(title).toHaveValue(`Keeper of the keys, ${mode}`);
});

rule('G-16 leaving asks only about the form that was typed in and not sent', ['js'], async ({ page, demo }) => {
  await signIn(page, demo.agents[1]);
  const asked = [];
  page.on('dialog', (dialog) => { asked.push(dialog.type()); return dialog.accept(); });
  await page.getByLabel(/^Job title/).pressSequentially(' of keys');
  await page.getByRole('button', { name: 'Save job title' }).click();
  await expect(saved(page)).toBeVisible();
  expect(asked).toEqual([]);
  await page.getByLabel(/^Job title/).pressSequentially(' and locks');
  await page.getByLabel(/^Location name/).pressSequentially(' upstairs');
  await page.getByRole('button', { name: 'Save location' }).click();
  await expect(saved(page)).toBeVisible();
  expect(asked).toEqual(['beforeunload']);
});
