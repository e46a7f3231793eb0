// Tests sharing: through the phone's share sheet, through the clipboard, and on a page without a
// script.
import { expect, test, type Page } from '@playwright/test'
import { languages } from '#content/languages.ts'
import { pageEntryOf, pageNames } from '#site/pages.ts'
import { wordsIn } from '../support/words.ts'

const words = wordsIn('ky')

/** The words or files that the page passed to the share sheet or the clipboard. */
interface Given {
  text?: string
  url?: string
  files?: { name: string; type: string; size: number }[]
}

async function watchGiven(page: Page, has: 'sheet' | 'clipboard' | 'nothing'): Promise<Given[]> {
  const given: Given[] = []
  await page.exposeFunction('given', (what: Given) => given.push(what))
  await page.addInitScript((kind) => {
    const report = (what: unknown) =>
      (window as unknown as { given: (what: unknown) => Promise<void> }).given(what)
    const own = (name: string, value: unknown) =>
      Object.defineProperty(navigator, name, { value, configurable: true })
    own(
      'clipboard',
      kind === 'nothing' ? undefined : { writeText: (text: string) => report({ text }) },
    )
    own('canShare', () => true)
    own(
      'share',
      kind === 'sheet'
        ? ({ text, url, files }: ShareData) =>
            report({
              ...(text === undefined ? {} : { text }),
              ...(url === undefined ? {} : { url }),
              ...(files && { files: files.map(({ name, type, size }) => ({ name, type, size })) }),
            })
        : undefined,
    )
  }, has)
  return given
}

const shareButton = (page: Page) => page.locator('[data-share][name=page]')

test('A page is sent on by the share sheet, with its plain address and quiet words', async ({
  page,
}) => {
  const given = await watchGiven(page, 'sheet')
  await page.goto('/ky/agency/?from=poster#x')
  await shareButton(page).click()
  await expect.poll(() => given.length).toBe(1)
  expect(given[0]).toEqual({
    text: words('share.description'),
    url: new URL('/ky/agency/', page.url()).href,
  })
})

test('Without a share sheet the button copies the address and says so', async ({ page }) => {
  const given = await watchGiven(page, 'clipboard')
  await page.goto('/ky/agency/')
  await shareButton(page).click()
  await expect(shareButton(page)).toHaveText(words('share.copied'))
  expect(given).toEqual([{ text: page.url() }])
})

test('A browser that can do neither shows no button, and neither does one without script', async ({
  browser,
  page,
}) => {
  await watchGiven(page, 'nothing')
  await page.goto('/ky/agency/')
  await expect(shareButton(page)).toBeHidden()
  const plain = await browser.newPage({ javaScriptEnabled: false })
  await plain.goto('/ky/print/')
  await expect(plain.locator('button:visible')).toHaveCount(0)
  await expect(plain.locator('.files a').first()).toBeVisible()
  await plain.close()
})

test('The questions for a person who offers work go out as one text', async ({ page }) => {
  const given = await watchGiven(page, 'sheet')
  await page.goto('/ky/offer-check/')
  await page.locator('.asked [data-share]').click()
  await expect.poll(() => given.length).toBe(1)
  expect(given[0]?.text).toMatch(new RegExp(`^${words('ask.first')}`))
  expect(given[0]?.text).toContain(words('ask.passport'))
  expect(given[0]).not.toHaveProperty('url')
})

test('A picture is fetched only on a touch and goes out as a file', async ({ page }) => {
  const given = await watchGiven(page, 'sheet')
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto('/ky/print/')
  expect(asked.filter((path) => path.startsWith('/paper/'))).toEqual([])
  await page.locator('.files button').first().click()
  await expect.poll(() => given.length).toBe(1)
  const [file] = given[0]?.files ?? []
  expect(file).toMatchObject({ name: 'questions-square.png', type: 'image/png' })
  expect(file?.size).toBeGreaterThan(5_000)
})

test('A sheet is a PDF that the browser saves', async ({ page }) => {
  await page.goto('/ky/print/')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('a[href$="lesson.pdf"]').click(),
  ])
  expect(download.suggestedFilename()).toBe('lesson.pdf')
})

test('Pages that show a visit or a choice of the reader offer no sharing', async ({ page }) => {
  for (const name of pageNames.filter((each) => !pageEntryOf(each)?.isShared)) {
    await page.goto(`/${languages[0]}/${name}/`)
    await expect(shareButton(page), name).toHaveCount(0)
  }
})
