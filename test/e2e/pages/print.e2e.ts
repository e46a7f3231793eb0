// Tests the printed page: a poster and two leaflets on two sheets.
import { expect, test } from '@playwright/test'
import { languages } from '#content/languages.ts'

for (const lang of languages)
  test(`The page to print in ${lang} is two sheets of A4, in full ink and in little ink`, async ({
    page,
  }) => {
    await page.goto(`/${lang}/print/`)
    for (const saving of [false, true]) {
      await page.locator('#ink').setChecked(saving)
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
      expect(pdf.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(2)
      expect(pdf.match(/\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/g)).not.toBeNull()
    }
  })

test('Saving ink leaves no dark ground on the poster', async ({ page }) => {
  await page.goto('/ky/print/')
  const ground = () => page.locator('.sky').evaluate((sky) => getComputedStyle(sky).fill)
  expect(await ground()).not.toBe('none')
  await page.locator('#ink').check()
  expect(await ground()).toBe('none')
})
