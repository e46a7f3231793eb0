// Tests that a server which answers with keys of its own reads nothing in the built staff app.
// Names that a server swaps are marked. Only answers under /api/staff are false.
import type { Page, Route } from '@playwright/test'
import { showReport } from '#scripts/shared/browser/show-report'
import { LettersTake } from '#protocol/staff/case-changes'
import { NewEntry, NewTaking } from '#protocol/staff/case-bodies'
import { OpenedReport } from '#protocol/staff/opened-report'
import { Me, People } from '#protocol/staff/people'
import { LyingServer } from '../staff/support/lying-server.ts'
import { sendSealedReport } from './support/sealed-report.ts'
import { expect, test } from './support/staff.ts'
import { buttonOf, isInWorkspace, openScreen, words } from './support/team.ts'

const WORDS = 'Мени батирде кармап турушат 6142'
const NOTE = 'Булак участковый Б., атын айтпа 6143'

/** Answers to a page with keys of its own, and tries them on every byte that the page sends. */
class LyingHost {
  readonly #fed = new LyingServer('')
  readonly #servers = new Map<string, LyingServer>()
  readonly #lying = new Set<string>()
  readonly #refused = new Set<string>()
  isLying = true
  /** false keys that the page got */
  lies = 0
  /** parts of cases that the page sent after a lie */
  sent = 0
  /** parts that a key of the server opened */
  read: string[] = []
  #me = ''

  async follow(page: Page): Promise<void> {
    await page.route('**/api/staff/**', (route) => this.#answer(route))
  }

  #serverOf(id: string): LyingServer {
    const server =
      this.#servers.get(id) ?? Object.assign(new LyingServer(id), { team: this.#fed.team })
    this.#servers.set(id, server)
    return server
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request()
    const path = new URL(request.url()).pathname.replace('/api/staff/', '')
    const [, id = '', part = ''] = /^reports\/([\w-]{22})(?:\/(\w+))?$/.exec(path) ?? []
    if (request.method() === 'POST' && (part === 'letters' || part === 'entries')) {
      await this.#tryKeys(id, part, request.postData() ?? '')
      // The first try is refused, so that the page fetches the case once more.
      if (this.isLying && !this.#refused.has(id + part)) {
        this.#refused.add(id + part)
        this.#lying.add(id)
        await route.fulfill({ status: 409, json: { error: { code: 'case_key_changed' } } })
        return
      }
      await route.continue()
      return
    }
    const response = await route.fetch()
    if (path === 'me' && response.ok()) {
      const me = Me.parse(await response.json())
      this.#me = me.id
      await route.fulfill({ response, json: await this.#fed.fed(me) })
    } else if (part === '' && this.isLying && this.#lying.has(id)) {
      const opened = OpenedReport.parse(await response.json())
      this.lies += 1
      await route.fulfill({ response, json: { ...opened, ...(await this.#serverOf(id).keys()) } })
    } else await route.fulfill({ response })
  }

  async #tryKeys(id: string, part: string, body: string): Promise<void> {
    const server = this.#serverOf(id)
    if (this.#lying.has(id)) this.sent += 1
    if (part === 'entries') {
      const { sealed } = NewEntry.parse(JSON.parse(body))
      if (await server.readEntry(this.#me, sealed)) this.read.push(part)
      return
    }
    const { signed, sealed } = NewTaking.parse(JSON.parse(body))
    const { letters } = LettersTake.parse(JSON.parse(signed.change))
    for (const [at, letter] of letters.entries())
      if (await server.readCek(letter.id, sealed[at] ?? '')) this.read.push(part)
  }
}

test('R36: A server with keys of its own reads no report and no note', async ({
  staff: { page },
}) => {
  test.setTimeout(120_000)
  const host = new LyingHost()
  await host.follow(page)
  await page.reload()
  await buttonOf(page, 'staff.locked.passkey').click()
  await isInWorkspace(page)
  await sendSealedReport({ text: WORDS }, [])
  await showReport(page, WORDS)
  await expect.poll(() => host.lies).toBeGreaterThan(0)
  const note = page.getByLabel(words('staff.notes.text'))
  const before = host.lies
  await note.fill(NOTE)
  await buttonOf(page, 'staff.notes.save').click()
  await expect.poll(() => host.lies).toBeGreaterThan(before)
  await expect(buttonOf(page, 'staff.notes.save')).toBeEnabled()
  await expect(note).toHaveValue(NOTE)
  expect(host.read).toEqual([])

  // The words of the note are not lost, and are saved as soon as the server tells the truth.
  host.isLying = false
  await buttonOf(page, 'staff.notes.save').click()
  await expect(page.locator('.notes').getByText(NOTE)).toBeVisible()
  expect(host.sent).toBeGreaterThan(0)
  expect(host.read).toEqual([])
  await page.unrouteAll({ behavior: 'wait' })
})

test('R50: Names that a server swaps are marked on the page, and true names are not', async ({
  staff: { page },
}) => {
  let isLying = true
  await page.route('**/api/staff/people', async (route) => {
    const response = await route.fetch()
    const { names } = People.parse(await response.json())
    const swapped = names.map((own, at) => {
      const { name, salt } = names.at(at - 1) ?? own
      return { ...own, name, salt }
    })
    await route.fulfill({ response, json: { names: isLying ? swapped : names } })
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
  // The next test goes on from the list.
  await buttonOf(page, 'staff.back').click()
})
