// Tests that a change of language keeps answers, words and the question in the same document. The
// page then reads like the page in that language.
import type { Page } from '@playwright/test'
import { OWN_NAMES } from '#content/languages.ts'
import { askForReplies } from '#scripts/browser/report'
import { answer, showReport } from '#scripts/browser/show-report'
import { PAUSES } from '#site/lifeline/reporting/send-report.ts'
import { newPhone } from '../support/phone.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { expect, test } from '../support/staff.ts'
import { problem, shorten, WORDS } from '../support/tell.ts'
import { wordsIn } from '../support/words.ts'

/** Marks the document, so that a test can tell whether the document is still the same. */
const markDocument = (page: Page) => page.evaluate(() => void (document.body.dataset['same'] = ''))
const expectSameDocument = (page: Page) => expect(page.locator('body[data-same]')).toHaveCount(1)

/** Presses a language link, and waits until the page is in that language. */
async function speak(page: Page, lang: string): Promise<void> {
  await page.locator(`header a[lang=${lang}]`).click()
  await expect(page.locator(`header a[lang=${lang}]`)).toHaveAttribute('aria-current', 'true')
  await expect(page.locator('header [aria-current]')).toHaveCount(1)
}

/** Returns everything that a page contains: texts, names and links. */
const readAll = (page: Page) =>
  page.evaluate(() => {
    const said = [...document.body.innerText.replace(/\d(?:[\d\s]{20,})\d/g, '#').split('\n')]
    const read = (name: string): string[] =>
      [...document.querySelectorAll(`main [${name}], .bar [${name}], #back`)].map(
        (each) => each.getAttribute(name) ?? '',
      )
    return {
      said: said.map((line) => line.trim()).filter(Boolean),
      names: [...read('aria-label'), ...read('title'), document.title],
      links: [...read('href'), ...read('action')],
    }
  })

const next = (page: Page) => page.locator('#next').click()
const on = (page: Page, selector: string) => page.locator(selector).first()

/** The steps through `tell`, identified by elements that do not depend on the language. */
const STAGES: readonly [string, (page: Page) => Promise<void>][] = [
  ['yes', (page) => page.locator('label[for=yes]').click()],
  ['door', next],
  [
    'words',
    async (page) => {
      await page.locator('[name=door][value=other]').check()
      await next(page)
      await expect(page.locator('[data-tool=plea]')).toBeVisible()
    },
  ],
  [
    'no words',
    async (page) => {
      await page.locator('#send').click()
      await expect(page.locator('#text-error')).not.toBeEmpty()
    },
  ],
  [
    'signs',
    async (page) => {
      await page.locator('#text').fill(WORDS)
      await next(page)
      await page.locator('[name=signs][value=WithholdsDocuments]').check()
    },
  ],
  [
    'people',
    async (page) => {
      await next(page)
      await page.locator('[name=people]').first().check()
    },
  ],
  ['place', next],
  [
    'contact',
    async (page) => {
      await page.locator('#place').fill('Казань')
      await next(page)
      await page.locator('main details').evaluateAll((all) => {
        for (const each of all) (each as HTMLDetailsElement).open = true
      })
    },
  ],
  ['consent', next],
]

for (const [from, to] of [
  ['ky', 'ru'],
  ['ru', 'en'],
  ['en', 'ky'],
] as const)
  test(`The questions of tell read alike after a change from ${from} to ${to}`, async ({
    browser,
  }) => {
    const [changed, native] = [await newPhone(browser), await newPhone(browser)]
    const { page } = changed
    await page.goto(`/${from}/tell/`)
    await native.page.goto(`/${to}/tell/`)
    await markDocument(page)
    for (const [name, go] of STAGES) {
      await go(page)
      await go(native.page)
      const own = await readAll(page)
      await speak(page, to)
      await expect.poll(() => readAll(page), name).toEqual(await readAll(native.page))
      await speak(page, from)
      expect(await readAll(page), name).toEqual(own)
    }
    await expectSameDocument(page)
    await expect(page.locator('#yes')).toBeChecked()
    await expect(page.locator('#place')).toHaveValue('Казань')
    await expect(page.locator('#text')).toHaveValue(WORDS)
    expect(new URL(page.url()).pathname).toBe(`/${from}/tell/`)
    await changed.context.close()
    await native.context.close()
  })

test('A third language follows the second, and tools that come later speak it too', async ({
  browser,
}) => {
  const [changed, native] = [await newPhone(browser), await newPhone(browser)]
  const { page } = changed
  const [first, ...rest] = STAGES
  await page.goto('/ky/tell/')
  await native.page.goto('/en/tell/')
  await first?.[1](page)
  await first?.[1](native.page)
  await speak(page, 'ru')
  await speak(page, 'en')
  for (const [name, go] of rest) {
    await go(page)
    await go(native.page)
    await expect.poll(() => readAll(page), name).toEqual(await readAll(native.page))
  }
  await changed.context.close()
  await native.context.close()
})

test('A report that is sent after the change has the new language, and so has its receipt', async ({
  browser,
  staff: { page: staff },
}) => {
  const [changed, native] = [await newPhone(browser), await newPhone(browser)]
  const wordsSent = 'Улица Садовая, третий дом 4417'
  await changed.page.goto('/ky/tell/')
  await native.page.goto('/ru/tell/')
  for (const { page } of [changed, native]) {
    await page.locator('label[for=yes]').click()
    await next(page)
    await next(page)
    await page.locator('#text').fill(wordsSent)
  }
  await speak(changed.page, 'ru')
  for (const { page } of [changed, native]) {
    await page.locator('#send').click()
    await expect(page.locator('#done')).toBeVisible()
    // The ways to keep the number are part of a tool.
    await expect(on(page, '#numbered button')).toBeVisible()
  }
  const expected = await readAll(native.page)
  await expect.poll(() => readAll(changed.page)).toEqual(expected)
  await changed.context.close()
  await native.context.close()
  await showReport(staff, wordsSent)
  await expect(staff.locator('.report')).toContainText(OWN_NAMES.ru)
})

test('A retry after the change sends the same bytes, so that nothing is stored twice', async ({
  browser,
}) => {
  const { page, context } = await newPhone(browser)
  await shorten(context)
  const bodies: (string | undefined)[] = []
  await context.route('**/api/reports', async (route) => {
    bodies.push(route.request().postDataBuffer()?.toString('base64'))
    if (bodies.length <= PAUSES.length + 1) await route.abort()
    else await route.continue()
  })
  await page.goto('/ky/tell/')
  await page.locator('label[for=no]').click()
  await next(page)
  await next(page)
  await page.locator('#text').fill(WORDS)
  await page.locator('#send').click()
  await expect(problem(page)).toBeVisible()
  await speak(page, 'ru')
  await expect(problem(page)).toHaveText(wordsIn('ru')('say.network'))
  await page.locator('#again').click()
  await expect(page.locator('#done')).toBeVisible()
  expect(new Set(bodies).size).toBe(1)
  await context.close()
})

test('Without a network the change says so, and the page stays as it is', async ({ browser }) => {
  const { page, context } = await newPhone(browser)
  await shorten(context)
  await page.goto('/ky/tell/')
  await page.locator('label[for=no]').click()
  await expect(page.locator('header a[data-tool=to-ru]')).toHaveCount(1)
  await context.route('**/tools/**', (route) => route.abort())
  await page.locator('header a[lang=ru]').click()
  await expect(problem(page)).toHaveText(wordsIn('ky')('say.network'))
  await expect(page.locator('#no')).toBeChecked()
  await context.unroute('**/tools/**')
  await speak(page, 'ru')
  await expect(page.locator('#no')).toBeChecked()
  await context.close()
})

test('Without an answer a language is a page of its own', async ({ browser }) => {
  const { page, context } = await newPhone(browser)
  for (const path of ['tell', 'answer']) {
    await page.goto(`/ky/${path}/`)
    await page.locator('header a[lang=ru]').click()
    await expect(page).toHaveURL(new RegExp(`/ru/${path}/$`))
    await expect(page.locator('html')).toHaveAttribute('lang', 'ru')
  }
  await context.close()
})

test('The number, its replies and words of a follow-up stay after a change', async ({
  browser,
  staff: { page: staff },
}) => {
  const { page, context } = await newPhone(browser)
  const native = await newPhone(browser)
  await shorten(context)
  const { digits } = await sendSealedReport({ text: 'Кат 4418' }, [])
  await showReport(staff, 'Кат 4418')
  // A reply stays as staff wrote it, even if it equals a sentence of the page.
  await answer(staff, wordsIn('ky')('calls.kept'))
  await page.goto('/ky/answer/')
  await markDocument(page)
  await page.locator('#receipt').fill(digits)
  await speak(page, 'ru')
  await expect(page.locator('#receipt')).toHaveValue(/^[\d\s]+$/)
  await speak(page, 'ky')
  await askForReplies(native.page, 'ru', digits)
  await page.locator('#receipt').press('Enter')
  await expect(page.locator('#form textarea')).toBeVisible()
  await page.locator('#form textarea').fill(WORDS)
  await native.page.locator('#form textarea').fill(WORDS)
  await speak(page, 'ru')
  await expect.poll(() => readAll(page)).toEqual(await readAll(native.page))
  await expect(page.locator('#form textarea')).toHaveValue(WORDS)
  await expect(page.locator('#messages')).toContainText(wordsIn('ky')('calls.kept'))
  await expectSameDocument(page)
  await context.close()
  await native.context.close()
})
