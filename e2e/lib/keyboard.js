// A person without a mouse.

import { expect } from '@playwright/test';

/** Presses Tab until the element has the focus. */
export async function tabTo(page, locator) {
  await expect(locator).toHaveCount(1);
  for (let presses = 0; presses < 250; presses += 1) {
    if (await locator.evaluate((element) => element === document.activeElement)) return presses;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${locator}`);
}

/** Goes to a control and presses it. */
export async function press(page, locator, key = 'Enter') {
  await tabTo(page, locator);
  await page.keyboard.press(key);
}

/** Goes to a field and types, over what is there. */
export async function type(page, locator, text) {
  await tabTo(page, locator);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}
