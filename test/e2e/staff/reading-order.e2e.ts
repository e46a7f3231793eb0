// Checks the order of landmarks and titles in the list and in a case, as a screen reader reads
// them. Checks both a desktop and a phone.
import { showReport } from '#scripts/browser/show-report'
import { PHONE } from '../support/phone.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { expect, test } from '../support/staff.ts'
import { buttonOf, openScreen, words } from '../support/team.ts'

// Both tests read the same case, so the tests run in order.
test.describe.configure({ mode: 'serial' })

const DESKTOP = { width: 1280, height: 800 }
const TEXT = 'Окуу тартиби үчүн кат 8471'

test('A screen reader meets the search and the views before the lines', async ({
  staff: { page },
}) => {
  await sendSealedReport({ text: TEXT }, [])
  await openScreen(page, 'staff.screen.reports')
  await buttonOf(page, 'staff.queue.reload').click()
  await page
    .locator('.views button')
    .filter({ hasText: words('staff.list.view.open') })
    .click()
  for (const viewport of [PHONE, DESKTOP]) {
    await page.setViewportSize(viewport)
    await expect(page.locator('#app')).toMatchAriaSnapshot(`
      - banner:
        - heading "${words('staff.title')}" [level=1]
        - button "${words('staff.lock')}"
      - main:
        - region "${words('staff.queue.title')}":
          - navigation "${words('staff.list.views')}":
            - button
          - heading "${words('staff.queue.title')} ${words('staff.list.view.open')}" [level=2]
          - search:
            - searchbox "${words('staff.list.search')}"
          - button "${words('staff.list.filter')}"
          - button "${words('staff.queue.reload')}"
          - heading / \\d+$/ [level=3]
          - list:
            - listitem:
              - checkbox
              - button
    `)
  }
})

test('A screen reader meets the head, the words of the person, the reply, and our side', async ({
  staff: { page },
}) => {
  await page.setViewportSize(DESKTOP)
  await showReport(page, TEXT)
  await expect(page.locator('#inside-title')).toBeVisible()
  const article = page.locator('article.report')
  const head = `
      - article:
        - heading [level=2]`
  const talk = `
        - list:
          - listitem
        - list:
          - listitem
        - region:
          - heading "${words('staff.consent.title')}" [level=3]
        - region:
          - heading "${words('staff.thread.title')}" [level=3]
          - list:
            - listitem
        - region:
          - heading "${words('staff.answer.title')}" [level=3]`
  // A title may contain a colon, so the lines for regions are quoted.
  const ours = `
        - 'region "${words('staff.inside.title')}"':
          - 'heading "${words('staff.inside.title')}" [level=3]'`
  const group = `
        - group "${words('staff.status.change')}"`
  await expect(article).toMatchAriaSnapshot(head + group + talk + ours)
  await expect(article.locator('.inside').getByRole('heading', { level: 4 })).toHaveText([
    words('staff.notes.title'),
    words('staff.task.title', { n: '0' }),
    words('staff.attempt.title', { n: '0' }),
    words('staff.help.title', { n: '0' }),
    words('staff.referral.title', { n: '0' }),
    `${words('staff.assign.title')}: ${words('staff.assign.nobody')}`,
    words('staff.person.title', { n: '0' }),
    words('staff.summary.title'),
    words('staff.danger.is'),
    words('staff.link.title', { n: '0' }),
    words('staff.merge.title'),
    words('staff.print.title'),
  ])
  await page.setViewportSize(PHONE)
  await expect(article).toMatchAriaSnapshot(head + talk)
  await expect(page.locator('#inside-title')).toBeHidden()
  await buttonOf(page, 'staff.inside.short').click()
  await expect(page.locator('#inside-title')).toBeFocused()
  await expect(article).toMatchAriaSnapshot(head + ours)
  await page.setViewportSize(DESKTOP)
})
