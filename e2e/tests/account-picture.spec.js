// The picture on My Account: chosen, dropped, pasted or taken, cut and made small before it is sent.

import { crawl } from '../lib/crawl.js';
import { heic, png } from '../lib/pictures.js';
import { signIn } from '../lib/people.js';
import { expect, rule, test } from '../lib/test.js';

const saved = (page) => page.getByRole('heading', { name: 'Saved' });
const part = (page) => page.getByRole('application', { name: 'Part of the picture that is shown' });
const numbers = async (page) => Promise.all(['From the left', 'From the top', 'Size'].map((name) => page.getByLabel(name).inputValue()));

/** Left half red, right half blue: which side was kept can be seen. */
async function halves(page, width, height) {
  const data = await page.evaluate(async ([wide, high]) => {
    const canvas = new OffscreenCanvas(wide, high);
    const on = canvas.getContext('2d');
    on.fillStyle = '#e00000';
    on.fillRect(0, 0, wide / 2, high);
    on.fillStyle = '#0000e0';
    on.fillRect(wide / 2, 0, wide / 2, high);
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
    return [...bytes].map((byte) => String.fromCharCode(byte)).join('');
  }, [width, height]);
  return Buffer.from(data, 'latin1');
}

/** The colour in the middle of the picture that is stored now. */
async function stored(page, agent) {
  const me = await page.request.get('/api/v1/me', { headers: { authorization: `Bearer ${agent.token}` } });
  const { picture_url: url } = await me.json();
  return page.evaluate(async (address) => {
    const image = await createImageBitmap(await (await fetch(address)).blob());
    const canvas = new OffscreenCanvas(1, 1).getContext('2d');
    canvas.drawImage(image, image.width / 2, image.height / 2, 1, 1, 0, 0, 1, 1);
    const [red, , blue] = canvas.getImageData(0, 0, 1, 1).data;
    return { side: image.width, colour: red > 128 ? 'red' : blue > 128 ? 'blue' : 'neither' };
  }, url);
}

async function choose(page, buffer, name = 'me.png', mimeType = 'image/png') {
  await page.getByLabel('Choose a picture').setInputFiles({ name, mimeType, buffer });
}

rule('A-25 the part is moved, zoomed and saved by keyboard, and its place is spoken', ['kb'], async ({ page, demo }) => {
  const agent = demo.agents[1];
  await signIn(page, agent);
  await choose(page, await halves(page, 1200, 600));
  await expect(part(page)).toBeFocused();
  expect(await numbers(page)).toEqual(['300', '0', '600']);
  await page.keyboard.press('ArrowRight');
  expect(await numbers(page)).toEqual(['308', '0', '600']);
  await expect(page.getByRole('status')).toHaveText('308 from the left, 0 from the top, size 600');
  await page.keyboard.press('Shift+ArrowLeft');
  expect(await numbers(page)).toEqual(['307', '0', '600']);
  await page.keyboard.press('ArrowUp');
  expect(await numbers(page)).toEqual(['307', '0', '600']);
  await page.keyboard.press('+');
  expect(await numbers(page)).toEqual(['332', '25', '550']);
  await page.keyboard.press('-');
  expect((await numbers(page))[2]).toBe('596');
  for (const [name, value] of [['Size', '400'], ['From the left', '9999'], ['From the top', '7']]) await page.getByLabel(name).fill(value);
  await page.getByLabel('Size').focus();
  expect(await numbers(page)).toEqual(['800', '7', '400']);
  await page.keyboard.press('Enter');
  await expect(saved(page)).toBeVisible();
  expect(await stored(page, agent)).toEqual({ side: 512, colour: 'blue' });
});

rule('A-25 Escape goes back and nothing is sent', ['kb'], async ({ page, demo }) => {
  await signIn(page, demo.agents[1]);
  await choose(page, await halves(page, 400, 300));
  await expect(part(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(part(page)).toHaveCount(0);
  await expect(page.getByLabel('Choose a picture')).toBeFocused();
  await expect(page.getByLabel('Choose a picture')).toHaveValue('');
});

rule('A-25 the part follows the mouse', ['js'], async ({ page, demo }) => {
  const agent = demo.agents[1];
  await signIn(page, agent);
  await choose(page, await halves(page, 1200, 600));
  const box = await part(page).boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 10, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  expect(await numbers(page)).toEqual(['0', '0', '600']);
  await crawl(page);
  await page.getByRole('button', { name: 'Save picture' }).click();
  await expect(saved(page)).toBeVisible();
  expect((await stored(page, agent)).colour).toBe('red');
});

rule('A-24 a picture can be dropped and pasted, and reaches the same step', ['js'], async ({ page, demo }) => {
  await signIn(page, demo.agents[1]);
  await expect(page.getByText('Or drop or paste a picture here.')).toBeVisible();
  await expect(page.getByText('Take picture')).toHaveCount(0);
  const bytes = [...await halves(page, 300, 200)];
  const files = await page.evaluateHandle((list) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(list)], 'me.png', { type: 'image/png' }));
    return transfer;
  }, bytes);
  await page.getByText('Or drop or paste a picture here.').dispatchEvent('drop', { dataTransfer: files });
  await expect(part(page)).toBeFocused();
  await page.getByRole('group', { name: 'Part of the picture that is shown' }).getByRole('button', { name: 'Cancel' }).click();
  await page.evaluate((transfer) => {
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }));
  }, files);
  await expect(part(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(saved(page)).toBeVisible();
});

rule('A-24 on a touch screen a picture can be taken', ['js'], async ({ demo, browser }) => {
  const context = await browser.newContext({ baseURL: demo.base_url, hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await signIn(page, demo.agents[1]);
  const camera = page.getByLabel('Take picture');
  await expect(camera).toHaveAttribute('capture', 'user');
  await camera.setInputFiles({ name: 'now.png', mimeType: 'image/png', buffer: await halves(page, 300, 400) });
  await expect(part(page)).toBeVisible();
  await page.getByRole('button', { name: 'Save picture' }).click();
  await expect(saved(page)).toBeVisible();
  await context.close();
});

rule('A-27 a large picture is made small before it is sent', ['js'], async ({ page, demo }) => {
  const agent = demo.agents[1];
  await signIn(page, agent);
  const sent = page.waitForRequest((request) => request.url().endsWith('/account/picture'));
  // Noise that no format makes small: far above the limit of the server.
  const picture = png(3000, 2600);
  await choose(page, Buffer.concat([picture, Buffer.alloc(16_000_000)]));
  await expect(part(page)).toBeVisible();
  expect((await numbers(page))[2]).toBe(String(Math.round(2600 * 2048 / 3000)));
  await page.getByRole('button', { name: 'Save picture' }).click();
  await expect(saved(page)).toBeVisible();
  const size = (await (await sent).allHeaders())['content-length'];
  expect(Number(size)).toBeLessThan(2_000_000);
  expect((await stored(page, agent)).side).toBe(512);
});

rule('A-26 what the browser cannot read is sent as it is, and the server says what it is', ['js'], async ({ page, demo }) => {
  await signIn(page, demo.agents[1]);
  await choose(page, heic(), 'photo.heic', 'image/heic');
  await page.getByRole('button', { name: 'Save picture' }).click();
  await expect(page.getByRole('alert')).toContainText('This is a HEIC photo');
});

test('A-24 without script the field is an ordinary one', async ({ browser, demo }) => {
  const context = await browser.newContext({ baseURL: demo.base_url, javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, demo.agents[1], 'nojs');
  await choose(page, png(640, 400));
  await page.getByRole('button', { name: 'Save picture' }).click();
  await expect(saved(page)).toBeVisible();
  await context.close();
});
