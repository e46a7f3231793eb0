// Tests the accessibility of the lifeline pages: question names, keyboard, and axe in every state
// and tool.
import { expect, test } from '@playwright/test'
import { askedFor } from '#scripts/browser/report'
import { expectAccessible, expectNoSideways } from '../support/accessible.ts'
import { newPhone } from '../support/phone.ts'
import { shorten } from '../support/tell.ts'
import { wordsIn } from '../support/words.ts'

test('Each question of tell takes the focus as a named group, and the count is announced', async ({
  page,
}) => {
  await page.goto('/ky/tell/')
  const steps = page.locator('.step.on')
  const count = page.locator('#count')
  await expect(count).toHaveRole('status')
  const next = page.locator('#next')
  const names = new Set<string>()
  for (let at = 2; await next.isVisible(); at++) {
    await next.click()
    await expect(count).toHaveText(new RegExp(`^${at} / [5-8]$`))
    await expect(steps).toBeFocused()
    await expect(steps).toHaveRole('group')
    await expect(steps).toHaveAccessibleName(/\p{L}{2}/u)
    names.add(await steps.ariaSnapshot())
  }
  // Each question after the first has its own name.
  const [, last = ''] = (await count.innerText()).split(' / ')
  expect(names.size).toBe(Number(last) - 1)
})

test('A person can write and send a report and reach its number by keyboard alone', async ({
  browser,
}) => {
  const words = wordsIn('ky')
  const { page, context } = await newPhone(browser)
  await page.goto('/ky/tell/')
  const to = async (selector: string): Promise<void> => {
    for (let press = 0; press < 60; press++) {
      if (await page.locator(selector).evaluate((element) => element === document.activeElement))
        return
      await page.keyboard.press('Tab')
    }
    throw new Error(`Tab does not reach ${selector}`)
  }
  /** Opens the next question, which receives the focus automatically. */
  const on = async (): Promise<void> => {
    const count = page.locator('#count')
    const before = await count.innerText()
    await to('#next')
    await page.keyboard.press('Enter')
    // A tool adds the later questions. The button cannot be pressed until the tool has loaded.
    await expect(count).not.toHaveText(before)
    await expect(page.locator('.step.on')).toBeFocused()
  }
  await to('[name=danger][value=yes]')
  await page.keyboard.press('Space')
  await on()
  await on()
  await to('textarea[name=text]')
  await page.keyboard.type('Клавиатура менен жазылды')
  await on()
  await on()
  await on()
  await to('#place')
  // Enter in a single-line field opens the next question and never sends the report by accident.
  await page.keyboard.press('Enter')
  await expect(page.getByText(words('more.contact'), { exact: true })).toBeVisible()
  await to('#send')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: words('done.heading') })).toBeFocused()
  await expectAccessible(page)
  await context.close()
})

test('Tell passes axe at each question, without words and after a failure', async ({ browser }) => {
  const words = wordsIn('ky')
  const { page, context } = await newPhone(browser)
  await shorten(context)
  await context.route('**/api/**', (route) => route.abort())
  await page.goto('/ky/tell/')
  await page.locator('label[for=yes]').click()
  const next = page.locator('#next')
  for (let at = 1; at < 8; at++) {
    await expect(page.locator('#count')).toHaveText(`${at} / 8`)
    await expectAccessible(page)
    await next.click()
  }
  await expect(next).toBeHidden()
  await page.getByRole('button', { name: words('tell.send'), exact: true }).click()
  await expect(page.locator('#text')).toBeFocused()
  await expectAccessible(page)
  await page.getByLabel(words('tell.text')).fill('Байланыш жок')
  await page.getByRole('button', { name: words('tell.send'), exact: true }).click()
  await expect(page.locator('#ways')).toBeVisible()
  await expectAccessible(page)
  await context.close()
})

test('The parts that tools add pass axe in light and dark and fit the window', async ({
  browser,
}) => {
  const words = wordsIn('ky')
  const { page, context } = await newPhone(browser)
  const button = (key: string) => page.getByRole('button', { name: words(key), exact: true })
  const look = async (): Promise<void> => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expectAccessible(page)
    }
    for (const width of [320, 1280, 360]) {
      await page.setViewportSize({ width, height: 640 })
      await expectNoSideways(page)
    }
  }
  await page.goto('/ky/tell/saved/')
  await (
    await askedFor(page, 'ky', page.getByLabel(words('tell.text')))
  ).fill('Кошулгандарды карайбыз')
  await button('tell.keep').click()
  await look()
  await button('keep.go').click()
  await expect(page.getByText(words('keep.kept_how'))).toBeVisible()
  await button('tell.hand').click()
  await page.locator('#panel-hand').getByRole('button', { name: /код/ }).click()
  await look()
  await page.close({ runBeforeUnload: false })
  const again = await context.newPage()
  await again.goto('/ky/tell/')
  await expect(again.getByLabel(words('keep.number'))).toBeVisible()
  await expectAccessible(again)
  await again.goto('/ky/send/')
  await again.getByRole('button', { name: words('send.scan') }).click()
  await expect(again.getByText(words('scan.refused'))).toBeVisible()
  await expectAccessible(again)
  await context.close()
})
