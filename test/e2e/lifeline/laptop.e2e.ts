// Tests the lifeline pages in a wide window: the exit and the second column. That column contains
// the numbers to call, the form of a thread, or a drawing.
import { expect, test, type Browser, type Locator } from '@playwright/test'
import { makeReceipt } from '#protocol/report/receipt'
import { savedCopy } from '#scripts/browser/saved-copy'
import { testDist } from '#scripts/shared/paths'
import { folder } from '../support/letters.ts'
import { newPhone, ORIGIN, type Phone } from '../support/phone.ts'
import { expectWhole } from '../support/screen.ts'
import { tellOn, words } from '../support/tell.ts'

const LAPTOP = { width: 1280, height: 800 }

async function newLaptop(browser: Browser): Promise<Phone> {
  const laptop = await newPhone(browser)
  await laptop.page.setViewportSize(LAPTOP)
  return laptop
}

async function boxOf(place: Locator): Promise<{ x: number; y: number; width: number }> {
  const box = await place.boundingBox()
  if (!box) throw new Error('The element is not shown.')
  return box
}

/** Expects that the second element is to the right of the first, and begins within the window. */
async function expectBeside(left: Locator, right: Locator): Promise<void> {
  const [first, second] = [await boxOf(left), await boxOf(right)]
  expect(second.x).toBeGreaterThanOrEqual(first.x + first.width)
  expect(second.y).toBeLessThan(LAPTOP.height)
}

const asides = ({ sent }: Phone): number =>
  sent.filter(({ url }) => url.endsWith('/tools/ky/aside.js')).length

for (const name of ['tell', 'answer', 'send', 'help'])
  test(`On a laptop the exit of ${name} is at the top right and names its keys`, async ({
    browser,
  }) => {
    const { page, context } = await newLaptop(browser)
    await page.goto(`/ky/${name}/`)
    const keys = page.getByText(words('bar.leave.hint'))
    await expect(keys).toBeVisible()
    const exit = await boxOf(page.locator('[data-exit]'))
    expect(exit.y).toBe(0)
    const others = await page.locator('.bar a:not([data-exit])').all()
    for (const other of others) expect((await boxOf(other)).x).toBeLessThan(exit.x)
    await page.setViewportSize({ width: 360, height: 640 })
    await expect(keys).toBeHidden()
    expect((await boxOf(page.locator('[data-exit]'))).y).toBeGreaterThan(500)
    await context.close()
  })

test('Without a script no lifeline page names keys that do nothing', async ({ browser }) => {
  const { page, context } = await newPhone(browser, false)
  await page.setViewportSize(LAPTOP)
  for (const address of ['tell', 'tell/form', 'answer', 'send', 'help']) {
    await page.goto(`/ky/${address}/`)
    await expect(page.locator('[data-exit]')).toBeVisible()
    await expect(page.getByText(words('bar.leave.hint'))).toBeHidden()
  }
  await context.close()
})

test('On a laptop the calls are beside the question, a failure and the number', async ({
  browser,
}) => {
  const laptop = await newLaptop(browser)
  const { page, context } = laptop
  await page.goto('/ky/tell/')
  await page.locator('label[for=yes]').click()
  await expectBeside(page.locator('#next'), page.locator('#calls'))
  await expectWhole(page.locator('#next'), 'Next')
  await expectWhole(page.locator('#calls .call').first(), 'the first call')
  await page.locator('#next').click()
  await page.locator('#next').click()
  await page.locator('#text').fill('Көк дарбаза 5561')
  let isCut = true
  await context.route('**/api/reports', (route) =>
    isCut
      ? route.fulfill({ status: 400, json: { error: { code: 'envelope_version' } } })
      : route.continue(),
  )
  await page.locator('#send').click()
  await expect(page.locator('#again')).toBeVisible()
  await expectBeside(page.locator('#again'), page.locator('#calls'))
  isCut = false
  await page.locator('#again').click()
  await expect(page.locator('#arrived')).toBeFocused()
  await expectBeside(page.locator('#receipt'), page.locator('#calls'))
  await expectWhole(page.locator('#receipt'), 'the number')
  await context.close()
})

test('Without danger the next steps are beside the number on a laptop', async ({ browser }) => {
  const laptop = await newLaptop(browser)
  await tellOn(laptop)
  const { page } = laptop
  const next = page.getByRole('heading', { name: words('done.next') })
  await expect(next).toBeVisible()
  await expectBeside(page.locator('#receipt'), next)
  await laptop.context.close()
})

test('On a laptop a drawing says that a question may stay open; a phone does not fetch it', async ({
  browser,
}) => {
  const laptop = await newLaptop(browser)
  await laptop.page.goto('/ky/tell/')
  const aside = laptop.page.locator('#aside')
  await expect(aside).toHaveText(words('aside.skip'))
  await expectBeside(laptop.page.locator('#next'), aside)
  await laptop.page.setViewportSize({ width: 360, height: 640 })
  await expect(aside).toBeHidden()
  expect(asides(laptop)).toBe(1)
  await laptop.context.close()

  const phone = await newPhone(browser)
  await phone.page.goto('/ky/tell/')
  await phone.page.locator('#next').click()
  await expect(phone.page.locator('#count')).toHaveText('2 / 8')
  expect(asides(phone)).toBe(0)
  await phone.context.close()
})

test('A saved page fetches no drawing in a wide window', async ({ browser }) => {
  const laptop = await newLaptop(browser)
  await laptop.page.goto(savedCopy(testDist, folder, 'ky', ORIGIN))
  await expect(laptop.page.locator('#next')).toBeVisible()
  expect(laptop.sent.filter(({ url }) => !url.startsWith('file:'))).toEqual([])
  await laptop.context.close()
})

test('On a laptop the form of a thread replaces the drawing beside the number', async ({
  browser,
}) => {
  const { page, context } = await newLaptop(browser)
  await page.goto('/ky/answer/')
  await expect(page.locator('#aside')).toHaveText(words('done.again'))
  await page.locator('#receipt').fill(makeReceipt())
  await page.getByRole('button', { name: words('answer.read') }).click()
  await expect(page.locator('#text')).toBeVisible()
  await expect(page.locator('#aside')).toBeHidden()
  await expectBeside(page.locator('#none'), page.locator('#text'))
  await page.locator('label[for=yes]').click()
  await expectWhole(page.locator('#form .go'), 'Send')
  await expectBeside(page.locator('#none'), page.locator('#calls .call').first())
  await context.close()
})
