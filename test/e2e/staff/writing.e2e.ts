// Tests that a colleague in the same case sees who is writing there, and that nobody else sees
// this.
import { expect, test, type Page } from '@playwright/test'
import { showReport } from '#scripts/browser/show-report'
import { expectAccessible } from '../support/accessible.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { joinAsReader, makeTeam, openScreen, words, type Team } from '../support/team.ts'

const TEXT = 'Тигүү цехинде камалып калдык 7201'
const OTHER = 'Башка кат 7202'
const NAME = 'Бермет'
const MINUTE_MS = 60_000

let team: Team
let bermet: Page
test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000)
  team = await makeTeam(browser, 'writing')
  bermet = await joinAsReader(team, NAME)
  for (const text of [TEXT, OTHER]) await sendSealedReport({ text }, [], team.server.origin)
})
test.afterAll(() => team.stop())

const lines = (page: Page) => page.locator('.writing').filter({ hasText: /./ })

/** Makes the app poll immediately, as it does when the network returns. */
async function poll(page: Page): Promise<void> {
  const answered = page.waitForResponse(/\/api\/staff\/counts/)
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await answered
}

test('A colleague sees who writes in a case, and the line goes by itself', async () => {
  const { aigul } = team
  for (const page of [aigul, bermet]) {
    await openScreen(page, 'staff.screen.reports')
    await showReport(page, TEXT)
  }
  await aigul.clock.install()
  const marks: string[] = []
  bermet.on('request', (request) => {
    if (request.url().endsWith('/writing')) marks.push(request.method())
  })
  await poll(aigul)
  await expect(lines(aigul)).toHaveCount(0)

  const marked = bermet.waitForResponse(/\/writing$/)
  await bermet.getByLabel(words('staff.answer.text')).pressSequentially('Саламатсызбы')
  expect((await marked).status()).toBe(204)
  await bermet.getByLabel(words('staff.notes.text')).pressSequentially('Чалам')
  expect(marks).toEqual(['PUT'])

  await poll(aigul)
  // The line appears both beside the reply and beside the note.
  await expect(lines(aigul)).toHaveText([
    words('staff.writing.now', { names: NAME }),
    words('staff.writing.now', { names: NAME }),
  ])
  for (const at of [0, 1]) await expect(lines(aigul).nth(at)).toBeInViewport()
  await expectAccessible(aigul)
  await poll(bermet)
  await expect(lines(bermet)).toHaveCount(0)

  // Without a network, no poll reports that the colleague has stopped.
  await aigul.route(/\/api\/staff\/counts/, (route) => route.abort())
  await aigul.clock.fastForward(2 * MINUTE_MS)
  await expect(lines(aigul)).toHaveCount(0)
  await aigul.unroute(/\/api\/staff\/counts/)

  await showReport(aigul, OTHER)
  await poll(aigul)
  await expect(lines(aigul)).toHaveCount(0)
})
