// Tests the offer check and the self-check under the policy of the served page, with and without a
// script. No answer leaves the device or is stored on it.
import { expect, test, type Page } from '@playwright/test'
import { languages } from '#content/languages.ts'
import { expectAccessible } from '../support/accessible.ts'
import { newPhone } from '../support/phone.ts'
import { slowUnlessFirst } from '../support/soak.ts'
import { tracesOf } from '../support/traffic.ts'
import { wordsIn } from '../support/words.ts'

const OFFER = 'СРОЧНО! Высокая зарплата, без опыта. <b>Туристтик</b> виза. Write on WhatsApp'
const MARKED = ['СРОЧНО', 'Высокая', 'зарплата', 'без опыта', 'Туристтик', 'виза', 'WhatsApp']
const FOUND = ['pay', 'hurry', 'visa', 'messenger']

async function answerFew(page: Page): Promise<void> {
  await page.locator('#pay [value=no]').check()
  await page.locator('#visa [value=unsure]').check()
  await page.locator('#passport [value=yes]').check()
}

for (const lang of languages) {
  const words = wordsIn(lang)

  test(
    `The offer check in ${lang} judges an offer on the device and leaves no trace`,
    slowUnlessFirst(lang),
    async ({ browser }) => {
      const { context, page, sent } = await newPhone(browser)
      const complaints: string[] = []
      page.on('console', (message) => complaints.push(message.text()))
      page.on('pageerror', ({ message }) => complaints.push(message))
      await page.goto(`/${lang}/offer-check/`)

      await page.getByText(words('offer.paste'), { exact: true }).click()
      await page.getByLabel(words('offer.paste')).fill(OFFER)
      await page.getByRole('button', { name: words('offer.paste.look') }).click()
      await expect(page.locator('#asked li')).toHaveCount(FOUND.length)
      const marked = page.locator('#marked')
      await expect(marked).toHaveText(OFFER)
      await expect(marked.locator('mark')).toHaveText(MARKED)
      for (const sign of FOUND) await expect(page.locator(`#${sign} [value=yes]`)).toBeChecked()
      await expect(page.locator('.ask :checked')).toHaveCount(FOUND.length)
      for (const place of [marked, page.locator('#text')])
        await expect(place).toHaveAttribute('translate', 'no')
      await expect(page.locator('#text')).toHaveAttribute('autocomplete', 'off')

      // The person's own answer is kept, even after another search for words.
      await answerFew(page)
      await page.getByRole('button', { name: words('offer.paste.look') }).click()
      await expect(page.locator('#pay [value=no]')).toBeChecked()
      await page.locator('#hurry [value=no]').check()
      await page.locator('#messenger [value=no]').check()
      await page.getByRole('button', { name: words('offer.show') }).click()
      const result = page.locator('#result')
      await expect(result).toBeFocused()
      await expect(result.getByRole('heading', { level: 2 })).toHaveText(words('offer.level.stop'))
      await expect(result.getByText(words('offer.flag.passport.why'))).toBeVisible()
      await expect(result.getByText(words('offer.flag.visa.why'))).toBeVisible()
      await expect(result.getByText(words('offer.flag.pay.why'))).toBeHidden()

      await page.locator('#passport [value=no]').check()
      await expect(result.getByRole('heading', { level: 2 })).toHaveText(words('offer.level.ask'))
      await expectAccessible(page, 'all')

      // The page shows "no sign" only when all twelve questions are answered.
      for (const sign of await page.locator('.ask').all()) await sign.locator('[value=no]').check()
      await expect(result.getByRole('heading', { level: 2 })).toHaveText(words('offer.level.calm'))
      await page.getByRole('button', { name: words('offer.clear') }).click()
      await page.locator('#pay [value=no]').check()
      await page.getByRole('button', { name: words('offer.show') }).click()
      await expect(result.getByRole('heading', { level: 2 })).toHaveText(
        words('offer.level.part', { n: '1', all: '12' }),
      )
      await page.getByRole('button', { name: words('offer.clear') }).click()
      await expect(result).toBeHidden()
      await expect(marked).toBeEmpty()
      await expect(page.locator('#found')).toHaveText('', { useInnerText: true })
      // The page fetched the list of words once, and no request contained a word or an answer.
      expect(sent.map(({ url, method }) => `${method} ${new URL(url).pathname}`)).toEqual([
        `GET /${lang}/offer-check/`,
        'GET /offer-words.json',
      ])
      expect(new URL(page.url()).search + new URL(page.url()).hash).toBe('')
      expect(await tracesOf(context)).toEqual([])
      expect(complaints).toEqual([])
      await context.close()
    },
  )

  test(
    `The self-check in ${lang} judges the signs on the device and leaves no trace`,
    slowUnlessFirst(lang),
    async ({ browser }) => {
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
    },
  )
}

for (const lang of languages) {
  const words = wordsIn(lang)

  test(
    `A sign beside the questions is named in ${lang} and does not count, but nothing reads as calm`,
    slowUnlessFirst(lang),
    async ({ browser }) => {
      const { context, page } = await newPhone(browser)
      await page.goto(`/${lang}/offer-check/`)
      await page.getByText(words('offer.paste'), { exact: true }).click()
      const look = page.getByRole('button', { name: words('offer.paste.look') })
      const beside = page.locator('#beside')

      await page.getByLabel(words('offer.paste')).fill('Телефоны сдаём. Оплата через полгода')
      await look.click()
      await expect(page.getByText(words('offer.paste.only'))).toBeVisible()
      await expect(beside.locator('li')).toHaveText([
        words('offer.beside.phone'),
        words('offer.beside.paylate'),
      ])
      await expect(page.locator('#marked mark')).not.toHaveCount(0)
      await expect(page.locator('.ask :checked')).toHaveCount(0)
      await expectAccessible(page, 'all')
      for (const sign of await page.locator('.ask').all()) await sign.locator('[value=no]').check()
      await page.getByRole('button', { name: words('offer.show') }).click()
      const heading = page.locator('#result').getByRole('heading', { level: 2 })
      await expect(heading).toHaveText(words('offer.level.ask'))

      await page.getByLabel(words('offer.paste')).fill('Телефоны сдаём. Паспорт сдать нам')
      await look.click()
      await expect(page.getByText(words('offer.paste.found'))).toBeVisible()
      await expect(page.locator('#asked li')).toHaveCount(1)
      await expect(beside.locator('li')).toHaveCount(1)

      await page.getByLabel(words('offer.paste')).fill('Ищем повара в кафе')
      await expect(beside).toBeHidden()
      await look.click()
      await expect(page.getByText(words('offer.paste.none'))).toBeVisible()
      await expect(beside).toBeHidden()
      await expect(heading).toHaveText(words('offer.level.calm'))
      await context.close()
    },
  )
}

test('A list of words that cannot be loaded is reported, and the next try loads the list', async ({
  browser,
}) => {
  const words = wordsIn('ky')
  const { context, page } = await newPhone(browser)
  await context.route('**/offer-words.json', (route) => route.abort())
  await page.goto('/ky/offer-check/')
  await page.getByText(words('offer.paste'), { exact: true }).click()
  await page.getByLabel(words('offer.paste')).fill(OFFER)
  const look = page.getByRole('button', { name: words('offer.paste.look') })
  await look.click()
  await expect(page.getByText(words('offer.paste.lost'))).toBeVisible()
  await context.unrouteAll()
  await look.click()
  await expect(page.locator('#asked li')).toHaveCount(FOUND.length)
  await expect(page.getByText(words('offer.paste.lost'))).toBeHidden()
  await context.close()
})

test('Without script both checks show all questions, and Enter sends no answer', async ({
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
