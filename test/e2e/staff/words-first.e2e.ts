// Tests that the first words of a report are on the first screen. The words about what to avoid
// remain visible while staff write a reply.
import { showReport } from '#scripts/browser/show-report'
import { languages } from '#content/languages.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { expect, test } from '../support/staff.ts'
import { wordsIn } from '../support/words.ts'

const SIZES = [
  { width: 1280, height: 800 },
  { width: 360, height: 640 },
]
const AVOID = 'Кечинде чалбаңыз, телефонду кожоюн окуйт'

test('The words of a report begin on the first screen in each language, even on a phone', async ({
  staff: { page },
}) => {
  const text = `Биринчи сап ушул жерде, 5502. ${'Бул жерде дагы көп сөз бар. '.repeat(40)}`.trim()
  const contact = {
    avoid: AVOID,
    how: 'Ушул жерден эле',
    when: 'Түштөн кийин',
    name: 'Айпери',
    word: 'алма',
    lang: 'ky',
  }
  const place = 'Екатеринбург, кирпич заводу'
  const signs = ['WithholdsDocuments', 'RestrictsMovement', 'DebtBondage']
  const needs = ['leave', 'papers']
  await sendSealedReport(
    { text, contact, place, signs, needs } as Parameters<typeof sendSealedReport>[0],
    [],
  )
  // An alert from an earlier test would be above the report.
  await page.route('**/api/staff/alerts/open', (route) =>
    route.fulfill({ json: { alerts: [], dangerMinutes: 15 } }),
  )
  await showReport(page, text)
  const report = page.locator('.report')
  for (const lang of languages) {
    const words = wordsIn(lang)
    await page.setViewportSize(SIZES[0] ?? { width: 1280, height: 800 })
    await page.locator('.menu summary').click()
    await page.locator(`.menu button[lang=${lang}]`).click()
    await expect(report.getByText(words('staff.consent.exceptions'))).toBeVisible()
    await page.keyboard.press('Escape')
    for (const size of SIZES) {
      await page.setViewportSize(size)
      const { y, lines } = await report
        .locator('.thread .words')
        .first()
        .evaluate((box) => {
          // Starting a reply has scrolled the pane or the window.
          for (let each: Element | null = box; each; each = each.parentElement) each.scrollTop = 0
          return {
            y: box.getBoundingClientRect().top,
            lines: parseFloat(getComputedStyle(box).lineHeight),
          }
        })
      const measured = `${lang} ${String(size.width)}: first words at ${String(Math.round(y))}`
      console.log(measured)
      expect(y + 2 * lines, measured).toBeLessThanOrEqual(size.height)

      const field = page.getByLabel(words('staff.answer.text'))
      await field.click()
      const advice = report.locator('.contact-line').getByText(AVOID).filter({ visible: true })
      await expect(advice.first()).toBeInViewport({ ratio: 1 })
      await expect(field).toBeInViewport()
    }
  }
  await page.setViewportSize(SIZES[0] ?? { width: 1280, height: 800 })
  await page.locator('.menu summary').click()
  await page.locator('.menu button[lang=ky]').click()
  await page.keyboard.press('Escape')
})
