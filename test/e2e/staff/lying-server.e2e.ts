// Tests that a server that responds with its own keys cannot read anything from the built staff
// app. The app marks names that a server has swapped. Only responses under /api/staff are false.
import { showReport } from '#scripts/browser/show-report'
import { People } from '#protocol/staff/people/people'
import { StoredCase } from '#protocol/staff/case-log/stored-case'
import { expectNoSideways } from '../support/accessible.ts'
import { feedCaseKey, feedTeams } from '../support/false-answers.ts'
import { LyingHost } from '../support/lying-host.ts'
import { sendSealedReport } from '../support/sealed-report.ts'
import { isNoted, showTaken, writeNote } from '../support/shown-case.ts'
import { expect, test } from '../support/staff.ts'
import { buttonOf, isInWorkspace, openScreen, words } from '../support/team.ts'

// Two tests work on the same case, so the tests run in order.
test.describe.configure({ mode: 'serial' })

const WORDS = 'Мени батирде кармап турушат 6142'
const NOTE = 'Булак участковый Б., атын айтпа 6143'

test('R36: A server with keys of its own reads no report and no note', async ({
  staff: { page },
}) => {
  const host = await LyingHost.make()
  const [teams, key] = [feedTeams(host.keys.teams), feedCaseKey(host.keys)]
  await host.follow(page)
  host.tell(teams, host.refuseOnce(/^POST reports\/[\w-]{22}\/letters$/, teams, key))
  await page.reload()
  await buttonOf(page, 'staff.locked.passkey').click()
  await isInWorkspace(page)
  await sendSealedReport({ text: WORDS }, [])
  await showReport(page, WORDS)
  await expect.poll(() => host.count(key)).toBeGreaterThan(0)
  const before = host.count(key)
  host.tell(teams, host.refuseOnce(/^POST reports\/[\w-]{22}\/entries$/, teams, key))
  const note = page.getByLabel(words('staff.notes.text'))
  await note.fill(NOTE)
  await buttonOf(page, 'staff.notes.save').click()
  await expect.poll(() => host.count(key)).toBeGreaterThan(before)
  await expect(buttonOf(page, 'staff.notes.save')).toBeEnabled()
  await expect(note).toHaveValue(NOTE)
  expect(host.count(teams)).toBeGreaterThan(0)
  expect(host.read).toEqual([])

  // The note's words are not lost, and are saved as soon as the server behaves honestly.
  host.tell()
  await buttonOf(page, 'staff.notes.save').click()
  await expect(page.locator('.notes').getByText(NOTE)).toBeVisible()
  expect(host.countSent('content key')).toBeGreaterThan(0)
  expect(host.countSent('entry')).toBeGreaterThan(1)
  expect(host.read).toEqual([])
  await page.unrouteAll({ behavior: 'wait' })
})

test('R52: A case whose checkpoint is withheld says so, and a note keeps its words', async ({
  staff: { page },
}) => {
  const parts = '**/api/staff/checkpoints/**'
  await page.route(parts, (route) =>
    route.request().method() === 'GET' ? route.fulfill({ status: 503 }) : route.continue(),
  )
  await page.reload()
  await buttonOf(page, 'staff.locked.passkey').click()
  await isInWorkspace(page)
  await sendSealedReport({ text: 'Жолду билбей калдым 6144' }, [])
  await showReport(page, 'Жолду билбей калдым 6144')
  const says = words('error.checkpoint_withheld')
  await expect(page.locator('.ledger-line', { hasText: says })).toBeVisible()
  const note = page.getByLabel(words('staff.notes.text'))
  await note.fill('Айылга жетти 6145')
  await buttonOf(page, 'staff.notes.save').click()
  const notes = page.locator('form').filter({ has: note })
  await expect(notes.locator('.refused')).toHaveText(says)
  await expect(note).toHaveValue('Айылга жетти 6145')
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 640 })
    await expectNoSideways(page)
  }
  await page.unroute(parts)
  await buttonOf(page, 'staff.notes.save').click()
  await expect(page.locator('.notes').getByText('Айылга жетти 6145')).toBeVisible()
  await page.reload()
  await buttonOf(page, 'staff.locked.passkey').click()
  await showReport(page, 'Жолду билбей калдым 6144')
  await expect(page.locator('.report .ledger-line')).toHaveText('')
})

test('R52: A case without a row of one’s own is marked, even when it cannot be read again', async ({
  staff: { page },
}) => {
  await showTaken(page, 'Жолду билбей калдым 6144')
  await writeNote(page, 'Атасы менен сүйлөштүм 6146')
  await isNoted(page, 'Атасы менен сүйлөштүм 6146')
  const asked = /\/api\/staff\/reports\/[\w-]{22}$/
  let reads = 0
  await page.route(asked, async (route) => {
    reads += 1
    if (reads > 1) return route.fulfill({ status: 503 })
    const answer = await route.fetch()
    const stored = StoredCase.parse(await answer.json())
    return route.fulfill({ response: answer, json: { ...stored, log: stored.log.slice(0, -1) } })
  })
  await page.reload()
  await buttonOf(page, 'staff.locked.passkey').click()
  await showReport(page, 'Жолду билбей калдым 6144')
  const line = page.locator('.report .ledger-line', { hasText: words('staff.case.older') })
  await expect(line).toBeVisible()
  expect(reads).toBe(2)
  await page.unroute(asked)
  await page.reload()
  await buttonOf(page, 'staff.locked.passkey').click()
  await showReport(page, 'Жолду билбей калдым 6144')
  await expect(page.locator('.report .ledger-line')).toHaveText('')
})

test('R50: Names that a server swaps are marked on the page, and true names are not', async ({
  staff: { page },
}) => {
  let isLying = true
  await page.route('**/api/staff/people', async (route) => {
    const response = await route.fetch()
    const people = People.parse(await response.json())
    const swapped = people.names.map((own, at) => {
      const { name, salt } = people.names.at(at - 1) ?? own
      return { ...own, name, salt }
    })
    await route.fulfill({ response, json: isLying ? { ...people, names: swapped } : people })
  })
  const enter = async (): Promise<void> => {
    await page.reload()
    await buttonOf(page, 'staff.locked.passkey').click()
    await isInWorkspace(page)
    await openScreen(page, 'staff.screen.people')
    await expect(page.locator('.colleague').first()).toBeVisible()
  }
  const colleagues = page.locator('.colleague')
  const marked = colleagues.filter({ hasText: words('staff.names.unproven', { name: '' }).trim() })
  await enter()
  expect(await colleagues.count()).toBeGreaterThan(1)
  expect(await marked.count()).toBe(await colleagues.count())
  isLying = false
  await enter()
  await expect(marked).toHaveCount(0)
  await page.unrouteAll({ behavior: 'wait' })
  // The next test continues from the list.
  await buttonOf(page, 'staff.back').click()
})
