// Tests the home page on a phone: the first screen shows everything that a person may look for.
import { expect, test, type Locator, type Page } from '@playwright/test'
import { languages } from '#content/languages.ts'
import { newPhone } from '../support/phone.ts'
import { wordsIn } from '../support/words.ts'

/** The keys of the links from top to bottom. */
const DOORS = [
  'door.abroad.title',
  'door.family.title',
  'door.tell.title',
  'home.back',
  'door.help.title',
  'door.answer.title',
]
const TARGET = 44

async function boxOf(place: Locator): Promise<{ top: number; bottom: number }> {
  const box = await place.boundingBox()
  if (box === null) throw new Error('The place is not shown.')
  return { top: box.y, bottom: box.y + box.height }
}

const barOf = (page: Page): Locator => page.locator('nav.bar')

for (const lang of languages) {
  const words = wordsIn(lang)

  test(`The first screen of home in ${lang} shows every main link and the link to a reply`, async ({
    browser,
  }) => {
    const { context, page } = await newPhone(browser)
    for (const viewport of [
      { width: 360, height: 640 },
      { width: 320, height: 568 },
    ]) {
      await page.setViewportSize(viewport)
      await page.goto(`/${lang}/`)
      const bar = await boxOf(barOf(page))
      await expect(page.getByText(words('home.promise'), { exact: true })).toBeInViewport()
      let above = 0
      for (const key of DOORS) {
        const name = `${key} at ${viewport.width}`
        const { top, bottom } = await boxOf(page.locator('.door').filter({ hasText: words(key) }))
        expect(top, name).toBeGreaterThanOrEqual(above)
        expect(bottom, name).toBeLessThanOrEqual(bar.top)
        expect(bottom - top, name).toBeGreaterThanOrEqual(TARGET)
        above = bottom
      }
    }
    await page.setViewportSize({ width: 360, height: 640 })
    expect((await boxOf(page.locator('.house'))).bottom).toBeLessThanOrEqual(48 + 96)
    await page
      .locator('.door')
      .filter({ hasText: words('home.back') })
      .click()
    await expect(page).toHaveURL(`/${lang}/after-return/`)
    await context.close()
  })

  test(`Officials find their page in ${lang} on home, in the header and in the foot`, async ({
    page,
  }) => {
    const address = `/${lang}/professionals/`
    const ways = ['nav.ways', 'main .officials', 'main .steps', 'footer']
    const link = (place: string): Locator =>
      page.locator(place).locator(`xpath=descendant-or-self::a[@href="${address}"]`)
    for (const [width, shown] of [
      [360, ways.slice(1)],
      [1280, ways.filter((way) => way !== 'main .officials')],
    ] as const) {
      await page.setViewportSize({ width, height: 800 })
      await page.goto(`/${lang}/`)
      for (const way of ways)
        await expect(link(way), `${way} at ${width}`).toBeVisible({ visible: shown.includes(way) })
    }
    const header = await boxOf(page.locator('header .inner'))
    expect(header.bottom - header.top, 'one line').toBeLessThan(90)
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
    const leave = page.locator('[data-exit]:visible')
    await expect(leave).toContainText(wordsIn('ky')('bar.leave.hint'))
    const box = await leave.boundingBox()
    expect(box?.y, path).toBeLessThan(16)
    const others = await page.locator('nav.bar a:not([data-exit])').all()
    for (const other of others)
      expect((await other.boundingBox())?.x, path).toBeLessThan(box?.x ?? 0)
  }
})
