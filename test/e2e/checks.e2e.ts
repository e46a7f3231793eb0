// The offer check and the self-check as people use them: under the policy of the served page, with and without script. Whatever
// is answered, nothing leaves the device and nothing stays on it.
import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { newPhone } from './phone.ts'
import { tracesOf } from './traffic.ts'
import { LANGUAGES, wordsIn } from './words.ts'

const OFFER = 'СРОЧНО! Высокая зарплата, без опыта. Туристтик виза. Write on WhatsApp'

async function answerFew(page: Page): Promise<void> {
  await page.locator('#pay [value=no]').check()
  await page.locator('#visa [value=unsure]').check()
  await page.locator('#passport [value=yes]').check()
}

for (const lang of LANGUAGES) {
  const words = wordsIn(lang)

  test(`an offer is judged on the device (${lang})`, async ({ browser }) => {
    const { context, page, sent } = await newPhone(browser)
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', ({ message }) => complaints.push(message))
    await page.goto(`/${lang}/offer-check/`)

    await page.getByText(words('offer.paste'), { exact: true }).click()
    await page.getByLabel(words('offer.paste')).fill(OFFER)
    await page.getByRole('button', { name: words('offer.paste.look') }).click()
    await expect(page.locator('#found li')).toHaveCount(4)

    await answerFew(page)
    await page.getByRole('button', { name: words('offer.show') }).click()
    const result = page.locator('#result')
    await expect(result).toBeFocused()
    await expect(result.getByRole('heading', { level: 2 })).toHaveText(words('offer.level.stop'))
    await expect(result.getByText(words('offer.flag.passport.why'))).toBeVisible()
    await expect(result.getByText(words('offer.flag.visa.why'))).toBeVisible()
    await expect(result.getByText(words('offer.flag.pay.why'))).toBeHidden()

    await page.locator('#passport [value=no]').check()
    await expect(result.getByRole('heading', { level: 2 })).toHaveText(words('offer.level.ask'))
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

    await page.getByRole('button', { name: words('offer.clear') }).click()
    await expect(result).toBeHidden()
    await expect(page.locator('#found')).toHaveText('', { useInnerText: true })
    expect(sent.map(({ url }) => new URL(url).pathname)).toEqual([`/${lang}/offer-check/`])
    expect(new URL(page.url()).search + new URL(page.url()).hash).toBe('')
    expect(await tracesOf(context)).toEqual([])
    expect(complaints).toEqual([])
    await context.close()
  })

  test(`the signs are checked on the device (${lang})`, async ({ browser }) => {
    const { context, page, sent } = await newPhone(browser)
    await page.goto(`/${lang}/signs/`)
    const outcome = page.locator('#self-outcome')
    await expect(outcome).toBeHidden()
    await page.getByText(words('self.wages'), { exact: true }).click()
    await page.getByRole('button', { name: words('self.show') }).click()
    await expect(outcome).toBeFocused()
    await expect(outcome.getByText(words('self.some'), { exact: true })).toBeVisible()
    await expect(outcome.getByText(words('self.now'), { exact: true })).toBeHidden()
    await page.getByText(words('self.violence'), { exact: true }).click()
    await expect(outcome.getByText(words('self.now'), { exact: true })).toBeVisible()
    expect(sent).toHaveLength(1)
    expect(await tracesOf(context)).toEqual([])
    await context.close()
  })
}

test('without script both checks are whole lists, and Enter sends no answer', async ({
  browser,
}) => {
  const words = wordsIn('ky')
  const { context, page, sent } = await newPhone(browser, false)
  await page.goto('/ky/offer-check/')
  await expect(page.locator('.ask')).toHaveCount(12)
  await expect(page.getByText(words('offer.points'), { exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: words('offer.show') })).toBeHidden()
  await answerFew(page)
  await page.keyboard.press('Enter')

  await page.goto('/ky/signs/')
  await expect(page.locator('#self [type=checkbox]')).toHaveCount(11)
  await expect(page.getByText(words('self.some'), { exact: true })).toBeVisible()
  await page.locator('#self [type=checkbox]').first().check()
  await page.keyboard.press('Enter')
  expect(sent.map(({ url }) => new URL(url).pathname + new URL(url).search)).toEqual([
    '/ky/offer-check/',
    '/ky/signs/',
  ])
  await context.close()
})
