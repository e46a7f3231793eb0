// Tests that an editor can add a country and a page through the forms of `npm run edit`. The built
// site then contains both in every language.
import { expect, test, type Locator } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { languages, OWN_NAMES, type Language } from '#content/languages.ts'
import { buildCopy } from '#scripts/test/site'
import { openEditor } from '../support/editor.ts'

const NAMES = { ky: 'Италия', ru: 'Италия', en: 'Italy' } as const
const textOf = (lang: Language, about: string): string => `Words about ${about} in ${lang}.`

/** Fills in a field in every language. */
async function fillEach(form: Locator, name: string, text: (lang: Language) => string) {
  for (const lang of languages) await form.locator(`[name="${name}.${lang}"]`).fill(text(lang))
}

test('A country and a page that an editor adds by a form are on the built site', async ({
  browser,
}) => {
  test.setTimeout(400_000)
  const { page, editor, copy, changed, stop, goTo, save } = await openEditor(browser, 'edited-new')
  try {
    await page.getByRole('button', { name: 'New country' }).click()
    const country = page.locator('#new-country')
    await country.getByRole('button', { name: 'Make it' }).click()
    await expect(country.getByRole('alert').first()).toHaveText(/capital Latin letters/)
    await country.locator('[name="code"]').fill('IT')
    await country.locator('[name="prefix"]').fill('+39')
    await fillEach(country, 'names', (lang) => NAMES[lang])
    await fillEach(country, 'descriptions', (lang) => textOf(lang, 'Italy'))
    await fillEach(country, 'leads', (lang) => textOf(lang, 'the first lines'))
    await country.locator('[name="danger"]').selectOption('new')
    await expect(country.locator('#new-number')).toBeVisible()
    await country.locator('[name="danger"]').selectOption('EU-01')
    await country.getByRole('button', { name: 'Make it' }).dblclick()
    await expect(country).toBeHidden()
    await expect(
      editor.getByText(OWN_NAMES['ky']).or(editor.getByText('Kyrgyz')).first(),
    ).toBeVisible()

    await page.getByRole('button', { name: 'New page' }).click()
    const form = page.locator('#new-page')
    await form.locator('[name="name"]').fill('rights')
    await fillEach(form, 'names', (lang) => `Work visa ${lang}`)
    await fillEach(form, 'descriptions', (lang) => textOf(lang, 'visas'))
    await fillEach(form, 'leads', (lang) => textOf(lang, 'a visa'))
    await form.getByRole('button', { name: 'Make it' }).click()
    await expect(form.getByRole('alert')).toHaveText(/exists already/)
    await form.locator('[name="name"]').fill('work-visa')
    await form.locator('[name="name"]').press('Enter')
    await expect(form).toBeHidden()
    await expect(page.locator('#verdict')).toHaveText('Nothing is wrong')

    // The list of pages to read next contains the new page immediately.
    await goTo('pages/entries/work-visa')
    const body = editor
      .locator('[data-mode="edit"][data-locale="en"] [data-key-path="title"]')
      .getByRole('textbox')
    await body.fill('A visa for work')
    await save()

    expect(changed()).toEqual(
      [
        'content/added-pages.json',
        'content/countries.json',
        ...languages.flatMap((lang) => [
          `content/countries/${lang}/it.mdx`,
          `content/pages/${lang}/work-visa.mdx`,
          `content/strings/${lang}/site.json`,
          `content/strings/${lang}/tell.json`,
        ]),
      ].sort(),
    )
    const built = await buildCopy(copy)
    expect(built.code, built.output).toBe(0)
    for (const lang of languages) {
      const html = (path: string): string =>
        readFileSync(join(copy, 'dist', lang, path, 'index.html'), 'utf8')
      expect(html('country/it')).toContain(`<h1>${NAMES[lang]}</h1>`)
      expect(html('country/it')).toContain('href="tel:112"')
      expect(html('country')).toContain(`href="/${lang}/country/it/"`)
      expect(html('work-visa')).toContain(textOf(lang, 'a visa'))
      expect(html('all')).toContain(`href="/${lang}/work-visa/"`)
    }
  } finally {
    await stop()
  }
})
