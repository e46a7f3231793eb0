// Checks the order of landmarks and titles of the list and of a case, as a screen reader meets
// them. Checks both a desktop and a phone.
import { showReport } from '#scripts/browser/show-report'
import { PHONE } from '../support/phone.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { expect, test } from '../support/staff.ts'
import { buttonOf, openScreen, words } from '../support/team.ts'

const DESKTOP = { width: 1280, height: 800 }
const TEXT = 'Окуу тартиби үчүн кат 8471'

test('A screen reader meets the search and the views before the lines', async ({
  staff: { page },
}) => {
  await sendSealedReport({ text: TEXT }, [])
  await openScreen(page, 'staff.screen.reports')
  await buttonOf(page, 'staff.queue.reload').click()
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

test('A screen reader meets the words of the person, the reply, and then our side', async ({
  staff: { page },
}) => {
  await showReport(page, TEXT)
  await expect(page.locator('#inside-title')).toBeVisible()
  for (const viewport of [PHONE, DESKTOP]) {
    await page.setViewportSize(viewport)
    // A title may contain a colon, so the lines for regions are quoted.
    await expect(page.locator('article.report')).toMatchAriaSnapshot(`
      - article:
        - heading [level=2]
        - group "${words('staff.status.change')}"
        - region:
          - heading "${words('staff.thread.title')}" [level=3]
          - list:
            - listitem
        - region:
          - heading /${words('staff.assign.title')}/ [level=3]
        - region:
          - heading "${words('staff.answer.title')}" [level=3]
        - 'region "${words('staff.inside.title')}"':
          - 'heading "${words('staff.inside.title')}" [level=3]'
    `)
    const inside = page.locator('.inside')
    await expect(inside.getByRole('heading', { level: 4 })).toHaveText([
      words('staff.summary.title'),
      words('staff.task.title', { n: '0' }),
      words('staff.person.title', { n: '0' }),
      words('staff.danger.is'),
      words('staff.notes.title'),
      words('staff.link.title', { n: '0' }),
      words('staff.merge.title'),
      words('staff.print.title'),
    ])
  }
})
