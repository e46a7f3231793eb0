// Tests the home page on a phone: the first screen has everything that a person may look for.
import { expect, test, type Locator, type Page } from '@playwright/test'
import { languages } from '#content/languages.ts'
import { newPhone } from './support/phone.ts'
import { wordsIn } from './support/words.ts'

const DOORS = ['abroad', 'family', 'tell', 'help', 'answer']
const TARGET = 48

async function boxOf(place: Locator): Promise<{ top: number; bottom: number }> {
  const box = await place.boundingBox()
  if (box === null) throw new Error('The place is not shown.')
  return { top: box.y, bottom: box.y + box.height }
}

const barOf = (page: Page): Locator => page.locator('nav.bar')

for (const lang of languages) {
  const words = wordsIn(lang)

  test(`The first screen of home in ${lang} shows four main links and the link to a reply`, async ({
    browser,
  }) => {
    const { context, page } = await newPhone(browser)
    await page.goto(`/${lang}/`)
    const bar = await boxOf(barOf(page))
    expect((await boxOf(page.locator('.house'))).bottom).toBeLessThanOrEqual(48 + 96)
    await expect(page.getByText(words('home.promise'), { exact: true })).toBeInViewport()
    let above = 0
    for (const name of DOORS) {
      const door = page.locator('.door').filter({ hasText: words(`door.${name}.title`) })
      const { top, bottom } = await boxOf(door)
      expect(top, name).toBeGreaterThanOrEqual(above)
      expect(bottom, name).toBeLessThanOrEqual(bar.top)
      expect(bottom - top, name).toBeGreaterThanOrEqual(TARGET)
      above = bottom
    }
    await context.close()
  })

  test(`From home in ${lang} the offer check takes two taps and a report takes one tap`, async ({
    browser,
  }) => {
    const { context, page } = await newPhone(browser)
    await page.goto(`/${lang}/`)
    await page.getByText(words('door.abroad.title'), { exact: true }).click()
    await page.getByRole('link', { name: words('door.offer-check.title') }).click()
    await expect(page).toHaveURL(`/${lang}/offer-check/`)
    await page.goto(`/${lang}/`)
    await page.locator('.door').getByText(words('door.tell.title'), { exact: true }).click()
    await expect(page).toHaveURL(`/${lang}/tell/`)
    await context.close()
  })

  test(`Home in ${lang} shows comfort before explanations and no technical word`, async ({
    browser,
  }) => {
    const { context, page } = await newPhone(browser)
    await page.goto(`/${lang}/`)
    const comfort = await boxOf(page.getByText(words('home.warm'), { exact: true }))
    const steps = await boxOf(page.getByRole('heading', { name: words('home.steps.title') }))
    expect(comfort.bottom).toBeLessThan(steps.top)
    expect(await page.locator('main').innerText()).not.toMatch(/JavaScript|28/)
    await context.close()
  })
}

test('On a desktop the bar is at the top, with the exit and its hint at the right end', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  for (const path of ['', 'signs/', 'offer-check/']) {
    await page.goto(`/ky/${path}`)
    const leave = page.locator('[data-exit]')
    await expect(leave).toContainText(wordsIn('ky')('bar.leave.hint'))
    const box = await leave.boundingBox()
    expect(box?.y, path).toBeLessThan(16)
    const others = await page.locator('nav.bar a:not([data-exit])').all()
    for (const other of others)
      expect((await other.boundingBox())?.x, path).toBeLessThan(box?.x ?? 0)
  }
})
