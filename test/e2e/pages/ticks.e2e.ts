// Tests the checklists and the sheets to fill in. Both work without JavaScript, and no tick or word
// leaves the page or stays on the device.
import { expect, test } from '@playwright/test'
import { newPhone } from '../support/phone.ts'
import { tracesOf } from '../support/traffic.ts'

const WORDS = 'Айгүл, 1990, Дубай 4471'

for (const javaScript of [true, false])
  test(`Ticks and words leave nothing ${javaScript ? 'with' : 'without'} JavaScript`, async ({
    browser,
  }) => {
    const { context, page, sent } = await newPhone(browser, javaScript)
    for (const [name, lists] of [
      ['before-you-go', true],
      ['professionals', true],
      ['family', false],
    ] as const) {
      await page.goto(`/ky/${name}/`)
      const boxes = page.locator('.checklist label')
      if (lists) {
        // A tap on the words ticks the box.
        await boxes.first().click({ position: { x: 200, y: 14 } })
        await expect(boxes.first().locator('input')).toBeChecked()
        await expect(boxes.nth(1).locator('input')).not.toBeChecked()
      }
      const field = page.locator('.sheet textarea').first()
      const hasSheet = (await field.count()) > 0
      if (hasSheet) {
        await field.fill(WORDS)
        await expect(field).toHaveValue(WORDS)
        await field.press('Enter')
      }
      await page.reload()
      if (lists) await expect(boxes.first().locator('input')).not.toBeChecked()
      if (hasSheet) await expect(field).toHaveValue('')
    }
    expect(new Set(sent.map(({ method }) => method))).toEqual(new Set(['GET']))
    expect(sent.filter(({ url, rest }) => /4471|\?/.test(url) || rest.includes('4471'))).toEqual([])
    expect(await tracesOf(context)).toEqual([])
    await context.close()
  })

test('No field of a public text has a name, and the browser may keep none', async ({ page }) => {
  for (const name of ['before-you-go', 'professionals', 'family', 'legal-aid', 'training-sheets']) {
    await page.goto(`/ky/${name}/`)
    const fields = await page.locator('main input, main textarea').all()
    expect(fields.length, name).toBeGreaterThan(0)
    for (const field of fields) {
      await expect(field).toHaveAttribute('autocomplete', 'off')
      expect(await field.getAttribute('name')).toBeNull()
    }
  }
})
