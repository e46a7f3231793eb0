// Tests that an editor adds a country in the browser: its line in the list, its name and its texts.
// The built site then has its page.
import { expect, test, type Locator, type Page } from '@playwright/test'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { countryRecords } from '#content/countries.ts'
import { languages, OWN_NAMES, type Language } from '#content/languages.ts'
import { testDir } from '#scripts/shared/paths'
import { buildCopy, copySources } from '#scripts/test/site'
import { stringFaults } from '#scripts/content/string-faults'
import { openEditor } from '../support/editor.ts'

const copy = join(testDir, 'edited-country')
const NAMES = { ky: 'Италия', ru: 'Италия', en: 'Italy' } as const
const textOf = (lang: Language): string => `Words about ${NAMES[lang]} in ${OWN_NAMES[lang]}.`

/** Returns the editor's pane for a language; clicks the English tab if the pane is absent. */
async function paneOf(page: Page, lang: Language): Promise<Locator> {
  const pane = page.locator(`[data-mode="edit"][data-locale="${lang}"]`)
  if ((await pane.count()) === 0)
    await page
      .getByRole('radio', { name: /English/ })
      .last()
      .click()
  await expect(pane).toBeVisible()
  return pane
}

test('A country that an editor adds in the browser has its page on the built site', async ({
  browser,
}) => {
  test.setTimeout(300_000)
  const { page, before, goTo, readTexts, save } = await openEditor(browser)
  // The editor renders only the fields inside the window.
  await page.setViewportSize({ width: 1400, height: 2400 })

  await goTo('records/entries/countries')
  await page.getByRole('button', { name: /^Add/ }).last().click()
  const field = (name: string): Locator =>
    page.locator(`[data-key-path$=".${countryRecords.length}.${name}"]`)
  await field('country').getByRole('textbox').fill('IT')
  await field('danger').getByRole('textbox').fill('EU-01')
  await field('page').getByRole('switch').click()
  await save()

  await goTo('strings/entries/tell')
  for (const lang of languages) {
    const pane = await paneOf(page, lang)
    await pane.getByRole('button', { name: /^Add/ }).last().click()
    await pane.getByRole('textbox', { name: 'Key' }).last().fill('country/IT')
    await pane.getByRole('textbox', { name: 'Value' }).last().fill(NAMES[lang])
  }
  await save()

  await goTo('country-texts/new')
  for (const lang of languages) {
    const pane = await paneOf(page, lang)
    const text = (name: string): Locator =>
      pane.locator(`[data-key-path="${name}"]`).getByRole('textbox')
    if (lang === languages[0]) await text('country').fill('IT')
    await text('description').fill(textOf(lang))
    await text('body').fill(`## Police\n\n${textOf(lang)}`)
  }
  await save()

  const added = languages.map((lang) => `content/countries/${lang}/it.mdx`)
  const after = await readTexts([...Object.keys(before), ...added])
  const changed = Object.keys(after).filter((path) => before[path] !== after[path])
  expect(changed.sort()).toEqual(
    [
      'content/countries.json',
      ...languages.map((lang) => `content/strings/${lang}/tell.json`),
      ...added,
    ].sort(),
  )
  copySources(copy)
  for (const path of changed) {
    mkdirSync(dirname(join(copy, path)), { recursive: true })
    writeFileSync(join(copy, path), after[path] ?? '')
  }
  expect(stringFaults(copy)).toEqual([])
  const built = await buildCopy(copy)
  expect(built.code, built.output).toBe(0)
  for (const lang of languages) {
    const html = (path: string): string =>
      readFileSync(join(copy, 'dist', lang, path, 'index.html'), 'utf8')
    expect(html('country/it')).toContain(`<h1>${NAMES[lang]}</h1>`)
    expect(html('country/it')).toContain(textOf(lang))
    expect(html('country/it')).toContain('href="tel:112"')
    expect(html('country')).toContain(`href="/${lang}/country/it/"`)
  }
  await page.close()
})
