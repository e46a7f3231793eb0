// Opens the letter page of a referral as the receiver does: from a file, without a network.
import { expect, test, type Page } from '@playwright/test'
import { languages } from '#content/languages.ts'
import { LETTER_WORDS, saveLetterPage, type SampleLetter } from '#scripts/browser/letter-page'
import { wordsIn } from '../support/words.ts'

const ky = wordsIn('ky')
const say = (key: string, fill = {}): string => ky(`staff-referral.page.${key}`, fill)

let letter: SampleLetter
test.beforeEach(async ({}, { outputDir }) => {
  letter = await saveLetterPage(outputDir, 'ky')
})

const status = (page: Page) => page.locator('#status')
async function open(page: Page, digits: string): Promise<void> {
  await page.getByLabel(say('field')).fill(digits)
  await page.getByRole('button', { name: say('go') }).click()
}

test('A page opens with its digits, shows the letter as text and asks no network', async ({
  page,
}) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(letter.url)
  await open(page, letter.digits.replace(/\d{4}(?=\d)/g, '$& '))
  await expect(page.locator('#letter dd')).toHaveText(LETTER_WORDS)
  await expect(page.locator('#letter')).toBeFocused()
  await expect(page.locator('#letter b')).toHaveCount(0)
  await expect(page.getByLabel(say('field'))).toBeHidden()
  expect(asked).toEqual([letter.url])

  await page.getByRole('button', { name: say('close') }).click()
  await expect(page.locator('#letter')).toBeEmpty()
  await expect(page.getByLabel(say('field'))).toHaveValue('')
})

test('Wrong digits and too few get a sentence, and nothing typed is lost', async ({ page }) => {
  await page.goto(letter.url)
  await open(page, '1234 5')
  await expect(status(page)).toHaveText(say('count', { n: '5' }))
  const wrong = letter.digits.replace(/.$/, (last) => String((Number(last) + 1) % 10))
  await open(page, wrong)
  await expect(status(page)).toHaveText(say('wrong'))
  await expect(page.getByLabel(say('field'))).toHaveValue(wrong)
  await expect(page.locator('#letter')).toBeEmpty()

  await open(page, letter.digits)
  await expect(page.locator('#letter dd')).toHaveText(LETTER_WORDS)
})

test('The page speaks every language, and says in each who may not get it', async ({ page }) => {
  await page.goto(letter.url)
  for (const lang of languages) {
    const words = wordsIn(lang)
    await page.locator(`[data-to="${lang}"]`).click()
    await expect(page.locator('html')).toHaveAttribute('lang', lang)
    await expect(page.getByText(words('staff-referral.page.only'))).toBeVisible()
    await expect(page.getByText(words('staff-referral.page.digits'))).toBeVisible()
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
  }
})

test('Without scripts the page says in every language what to do', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(letter.url)
  for (const lang of languages) {
    const notice = page.locator(`[data-lang="${lang}"] noscript p`)
    await expect(notice).toBeVisible()
    await expect(notice).toHaveText(wordsIn(lang)('staff-referral.page.noscript'))
  }
  await expect(page.locator('#digits')).toBeHidden()
  await context.close()
})

test('A browser without WebCrypto for a file gets a sentence and no field', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined })
  })
  await page.goto(letter.url)
  await expect(status(page)).toHaveText(say('cannot'))
  await expect(page.locator('#digits')).toBeHidden()
})

test('A page that was left shows no letter when a person comes back', async ({ page }) => {
  await page.goto(letter.url)
  await open(page, letter.digits)
  await expect(page.locator('#letter dd')).toHaveText(LETTER_WORDS)
  await page.goto('about:blank')
  await page.goBack()
  await expect(page.locator('#letter')).toBeEmpty()
})

for (const width of [320, 1280])
  test(`The page fits a window of ${width} px with large text`, async ({ page }) => {
    await page.setViewportSize({ width, height: 640 })
    await page.goto(letter.url)
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
    await open(page, letter.digits)
    await expect(page.locator('#letter dd')).toHaveText(LETTER_WORDS)
    const isWider = () =>
      document.documentElement.scrollWidth > document.documentElement.clientWidth
    expect(await page.evaluate(isWider)).toBe(false)
  })
