// Tests the public pages on a laptop: the parts that stay in sight, and the Tab order. A phone
// shows each of these parts only once, in a different place.
import { expect, test, type Locator, type Page } from '@playwright/test'
import { languages } from '#content/languages.ts'
import { pathOf } from '#site/i18n/paths.ts'
import { PHONE } from '../support/phone.ts'
import { slowUnlessFirst } from '../support/soak.ts'
import { wordsIn } from '../support/words.ts'

const LAPTOP = { width: 1280, height: 800 }

async function boxOf(place: Locator) {
  const box = await place.boundingBox()
  if (box === null) throw new Error('The place is not shown.')
  return { left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height }
}

async function visit(page: Page, path: string, viewport: typeof LAPTOP): Promise<void> {
  await page.setViewportSize(viewport)
  await page.goto(path)
}

const scrollDown = (page: Page, share: number): Promise<void> =>
  page.evaluate((part) => {
    window.scrollTo(0, part * document.documentElement.scrollHeight)
  }, share)

test('On a laptop the contents and the next steps stay in sight beside a long text', async ({
  page,
}) => {
  for (const name of ['signs', 'before-you-go', 'about']) {
    await visit(page, pathOf('ky', name), LAPTOP)
    const text = await boxOf(page.locator('article h1'))
    await scrollDown(page, 0.5)
    for (const part of ['.contents', '.side .next-steps']) {
      const { top, bottom, left } = await boxOf(page.locator(part))
      expect(top, `${name}: ${part}`).toBeGreaterThanOrEqual(64)
      expect(bottom, `${name}: ${part}`).toBeLessThanOrEqual(LAPTOP.height)
      expect(left, `${name}: ${part}`).toBeGreaterThan(text.left + 600)
    }
    await expect(page.locator('.next-steps:visible')).toHaveCount(1)
    const leave = await boxOf(page.locator('[data-exit]:visible'))
    expect(leave.top).toBeLessThan(16)
    expect(leave.right).toBeGreaterThan((await boxOf(page.locator('.side'))).right - 24)
  }
})

test('A phone shows the next steps once, and first steps replace them on a laptop', async ({
  page,
}) => {
  for (const name of ['signs', 'network', 'family', 'stories']) {
    await visit(page, pathOf('ky', name), PHONE)
    const steps = page.locator('.next-steps:visible')
    await expect(steps, name).toHaveCount(1)
    if (name !== 'network') continue
    const heading = await boxOf(page.locator('main h2').last())
    expect((await boxOf(steps)).top).toBeGreaterThan(heading.bottom)
  }
  await visit(page, pathOf('ky', 'family'), LAPTOP)
  await expect(page.locator('.side .next-steps')).toHaveCount(0)
  await expect(page.locator('.next-steps')).toBeVisible()
})

for (const [device, viewport] of [
  ['a laptop', LAPTOP],
  ['a phone', PHONE],
] as const)
  test(`On ${device} Tab visits bar and header in the order that people see`, async ({ page }) => {
    await visit(page, '/ky/', viewport)
    const bar = page.locator('nav.bar a:visible')
    const count = await bar.count()
    await page.locator('.skip').focus()
    let before = -1
    for (let at = 0; at < count; at += 1) {
      await page.keyboard.press('Tab')
      await expect(bar.nth(at)).toBeFocused()
      const { left } = await boxOf(bar.nth(at))
      expect(left).toBeGreaterThan(before)
      before = left
    }
    await page.keyboard.press('Tab')
    await expect(page.locator('header a:visible').first()).toBeFocused()
    expect(await page.locator('.brand:visible').count()).toBe(1)
  })

for (const lang of languages)
  test(
    `The foot in ${lang} has two columns of seven links on a phone and on a laptop`,
    slowUnlessFirst(lang),
    async ({ page }) => {
      for (const viewport of [PHONE, { width: 320, height: 568 }, LAPTOP]) {
        await visit(page, pathOf(lang, 'privacy'), viewport)
        const links = await page.locator('.end li').all()
        const lefts = await Promise.all(links.map(async (link) => (await boxOf(link)).left))
        expect(lefts).toHaveLength(14)
        expect(new Set(lefts.slice(0, 7)).size, 'the first column').toBe(1)
        expect(new Set(lefts.slice(7)).size, 'the second column').toBe(1)
        expect(lefts[7]).toBeGreaterThan(lefts[0] ?? Infinity)
      }
    },
  )

test('On a laptop a scene is beside its words, and the first screen has every choice', async ({
  page,
}) => {
  for (const story of ['call', 'offer', 'colleague']) {
    await visit(page, pathOf('ru', `stories/${story}`), LAPTOP)
    const scene = page.locator('.scene:visible')
    const picture = await boxOf(scene.locator('.picture'))
    expect(picture.right).toBeLessThan((await boxOf(scene.locator('h2'))).left)
    const last = await boxOf(scene.locator('.ways-on a').last())
    expect(last.bottom, story).toBeLessThanOrEqual(LAPTOP.height)
  }
})

test('The offer check counts in sight, and on a laptop the result is beside the answers', async ({
  page,
}) => {
  const words = wordsIn('ky')
  for (const viewport of [PHONE, LAPTOP]) {
    await visit(page, '/ky/offer-check/', viewport)
    await expect(page.getByRole('button', { name: words('offer.show') })).toBeHidden()
    await page.locator('#pay [value=no]').check()
    const tally = page.locator('.tally')
    await expect(tally).toContainText(words('offer.level.part', { n: '1', all: '12' }))
    await expect(tally).toBeInViewport({ ratio: 1 })
    if (viewport === PHONE)
      expect((await boxOf(tally)).bottom).toBeLessThanOrEqual(
        (await boxOf(page.locator('nav.bar'))).top + 1,
      )
    await page.locator('#passport [value=yes]').check()
    await page.getByRole('button', { name: words('offer.show') }).click()
    const verdict = page.locator('#result h2:visible')
    await expect(verdict).toHaveText(words('offer.level.stop'))
    await expect(verdict.locator('svg')).toBeVisible()
    await expect(verdict).toBeInViewport()
  }
  const question = await boxOf(page.locator('#passport'))
  expect((await boxOf(page.locator('#result'))).left).toBeGreaterThan(question.right)
})
