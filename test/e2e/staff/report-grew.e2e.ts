// Tests what happens when a person sends follow-ups while a colleague works on the report. No
// action ignores the new words, and every arrival is announced and counted.
import type { Page } from '@playwright/test'
import { writeFollowUp } from '#scripts/browser/report'
import { answer, showReport } from '#scripts/browser/show-report'
import { newPhone } from '../support/phone.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { expect, PASSPHRASE, test, type Colleague } from '../support/staff.ts'
import { wordsIn } from '../support/words.ts'
import { SLOW } from '../support/soak.ts'

const words = wordsIn('ky')
const button = (page: Page, key: string) =>
  page.getByRole('button', { name: words(key), exact: true })

test(
  'A reply and a change of status are refused after a follow-up, and the draft stays',
  SLOW,
  async ({ browser, staff }) => {
    const phone = await newPhone(browser)
    const writing = 'Сары дарбазанын артында, 6120'
    const { digits: receipt } = await sendSealedReport({ text: writing }, [])
    const { page } = staff
    await showReport(page, writing)
    const report = page.locator('.report')
    const field = page.getByLabel(words('staff.answer.text'))
    const grew = report.getByText(words('error.report_grew'))
    const fresh = report.locator('.thread .is-fresh')

    const more = (n: number): string => `WhatsAppка жазбаңыз, хозяин окуйт ${String(n)}`
    const draft = 'WhatsAppка жаздым, карап коюңуз'
    await field.fill(draft)
    await writeFollowUp(phone.page, 'ky', receipt, more(1))
    await button(page, 'staff.answer.look').click()
    await button(page, 'staff.answer.send').click()
    await expect(grew).toBeVisible()
    await expect(fresh).toHaveText(new RegExp(more(1)))
    await expect(fresh).toContainText(words('staff.fresh'))
    await expect(fresh).toBeFocused()
    await expect(fresh).toBeInViewport()
    await expect(field).toHaveValue(draft)
    await expect(report.locator('.from-us')).toHaveCount(0)
    await answer(page, 'WhatsAppка жазбайбыз')
    await expect(report.locator('.from-us')).toHaveCount(1)
    await expect(fresh).toHaveCount(0)

    const status = (of: string) => page.locator(`.queue .line[aria-current].is-${of}`)
    /** Closing asks for a reason, and keeps it when the change is refused. */
    const press = async (key: string): Promise<void> => {
      const close = button(page, 'staff.close.go')
      if (await close.isVisible()) return close.click()
      await button(page, key).click()
      if (key !== 'staff.status.to.closed') return
      await page.getByLabel(words('staff.close.helped'), { exact: true }).check()
      const danger = page.getByLabel(words('staff.close.danger'))
      if (await danger.isVisible()) await danger.fill('Эжесинин үйүндө, өзү айтты')
      await close.click()
    }
    for (const [n, pressed, left, done] of [
      [2, 'staff.status.to.closed', 'new', 'closed'],
      [3, 'staff.take', 'new', 'in_progress'],
      [4, 'staff.status.to.closed', 'new', 'closed'],
    ] as const) {
      await writeFollowUp(phone.page, 'ky', receipt, more(n))
      await press(pressed)
      await expect(grew).toBeVisible()
      await expect(fresh).toHaveText(new RegExp(more(n)))
      await expect(fresh).toBeFocused()
      await expect(status(left)).toHaveCount(1)
      await press(pressed)
      await expect(status(done)).toHaveCount(1)
      await expect(fresh).toHaveCount(0)
    }
    await phone.context.close()
  },
)

/** Opens another tab of the colleague, unlocked with paper, with a clock that the test controls. */
async function openSecondTab({ context, secret }: Colleague): Promise<Page> {
  const page = await context.newPage()
  await page.clock.install()
  await page.goto('/staff/')
  await page.getByText(words('staff.locked.passphrase')).click()
  await page.getByLabel(words('staff.passphrase')).fill(PASSPHRASE)
  await page.getByLabel(words('staff.secret')).fill(secret)
  await button(page, 'staff.locked.open').click()
  await expect(page.locator('.queue .line').first()).toBeVisible()
  return page
}

test('The app announces every change by a person or a colleague without a reload', async ({
  browser,
  staff,
}) => {
  const phone = await newPhone(browser)
  const writing = 'Темир жолдун жанындагы үй, 7731'
  const { digits: receipt } = await sendSealedReport({ text: writing }, [])
  const page = await openSecondTab(staff)
  const minute = () => page.clock.fastForward(60_000)
  const news = page.locator('.queue .news')
  const saying = (key: string, n = '1') => words(`staff.news.${key}`, { n })

  await writeFollowUp(phone.page, 'ky', receipt, 'Эшик эми кулпуланды 7732')
  await expect(news).toHaveCount(0)
  await minute()
  await expect(news).toContainText(saying('letters'))
  await button(page, 'staff.queue.reload').click()
  await expect(news).toHaveCount(0)

  await showReport(staff.page, writing)
  const masked = 'Жыгач тепкичтин алдында, 7733'
  await sendSealedReport({ text: masked }, [])
  await button(staff.page, 'staff.take').click()
  await expect(staff.page.getByText(words('staff.taken'))).toBeVisible()
  const count = page.locator('.queue-count')
  const before = await count.innerText()
  await minute()
  await expect(news).toContainText(saying('reports'))
  await expect(count).toHaveText(before)
  await showReport(page, masked)
  await expect(news).toHaveCount(0)

  await showReport(page, writing)
  const report = page.locator('.report')
  await expect(report.locator('.thread > li')).toHaveCount(2)
  await expect(report.locator('.news')).toHaveCount(0)
  await answer(staff.page, 'Биз окудук 7734')
  await staff.page.getByLabel(words('staff.notes.text')).fill('Белги 7735')
  await button(staff.page, 'staff.notes.save').click()
  await expect(staff.page.locator('.notes').getByText('Белги 7735')).toBeVisible()
  await button(staff.page, 'staff.summary.write').click()
  await staff.page.getByLabel(words('staff.summary.name')).fill('Темир жол 7737')
  await button(staff.page, 'staff.record.save').click()
  await button(staff.page, 'staff.assign.leave').click()
  await button(staff.page, 'staff.assign.leave.go').click()
  await expect(staff.page.locator('#assignee-title')).toContainText(words('staff.assign.nobody'))
  await button(staff.page, 'staff.status.to.new').click()
  await expect(staff.page.getByText(words('staff.status.changed'))).toBeVisible()
  await writeFollowUp(phone.page, 'ky', receipt, 'Кечинде келбеңиз 7736')
  await minute()
  for (const key of ['letters', 'answers', 'notes', 'records', 'status', 'holder'])
    await expect(report.locator('.news')).toContainText(saying(key))
  await expect(report.locator('.thread > li')).toHaveCount(2)
  await button(page, 'staff.news.show').click()
  await expect(report.locator('.thread .is-fresh')).toHaveCount(2)
  await expect(report.locator('.notes .is-fresh')).toHaveText(/Белги 7735/)
  await expect(report.locator('.news')).toHaveCount(0)
  // The list does not announce a follow-up that the colleague has read in the report.
  await expect(news).toHaveCount(0)
  await page.close()
  await phone.context.close()
})
