// The page of numbers as people use it: the country that somebody chooses stands first, with and without script, and in a saved file.
import { expect, test, type Page } from '@playwright/test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { contacts } from '#content/published.ts'
import { newPhone } from './phone.ts'
import { LANGUAGES, wordsIn } from './words.ts'

/** The countries from top to bottom, as the eye sees them. */
const countriesSeen = (page: Page): Promise<string[]> =>
  page
    .locator('section')
    .evaluateAll((sections) =>
      sections
        .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
        .map(({ id }) => id),
    )

const standing = [...new Set(contacts.map(({ country }) => country))]

for (const script of [true, false])
  test(`the chosen country comes first, script ${script ? 'on' : 'off'}`, async ({ browser }) => {
    const { context, page } = await newPhone(browser, script)
    await page.goto('/ky/help/')
    expect(await countriesSeen(page)).toEqual(standing)
    for (const country of ['KR', 'TR']) {
      await page.getByRole('link', { name: wordsIn('ky')(`country.${country}`) }).click()
      await expect(page.locator(`#${country} h2`)).toBeInViewport()
      expect((await countriesSeen(page))[0]).toBe(country)
      const { tel } = contacts.find((each) => each.country === country) ?? { tel: '' }
      await expect(page.locator(`#${country} a[href="tel:${tel}"]`)).toBeInViewport()
    }
    expect((await countriesSeen(page)).sort()).toEqual([...standing].sort())
    await context.close()
  })

test('a saved file puts the chosen country first, and what was chosen before it was saved', async ({
  browser,
}) => {
  const { context, page, sent } = await newPhone(browser)
  const folder = mkdtempSync(join(tmpdir(), 'oasis-saved-'))
  const file = join(folder, 'numbers.html')
  const address = pathToFileURL(file).href
  await page.goto('/ru/help/#AE')
  writeFileSync(file, await page.content())
  const before = sent.length
  await page.goto(address)
  expect((await countriesSeen(page))[0]).toBe('AE')
  await page.getByRole('link', { name: wordsIn('ru')('country.RU') }).click()
  expect((await countriesSeen(page))[0]).toBe('RU')
  expect(sent.slice(before).filter(({ url }) => !url.startsWith('file:'))).toEqual([])
  await context.close()
  rmSync(folder, { recursive: true })
})

test('every number says what is done with the words of whoever calls, also when nobody knows', async ({
  page,
}) => {
  for (const lang of LANGUAGES) {
    const words = wordsIn(lang)
    await page.goto(`/${lang}/help/`)
    const lines = page.locator('section li')
    await expect(lines).toHaveCount(contacts.length)
    for (const { logged, tel } of contacts)
      await expect(
        lines.filter({ has: page.locator(`a[href="tel:${tel}"]`) }).filter({
          hasText: `${words('help.logged')}: ${logged?.[lang] ?? words('help.silent')}`,
        }),
      ).not.toHaveCount(0)
  }
})
