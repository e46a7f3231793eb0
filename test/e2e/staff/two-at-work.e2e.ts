// Tests what happens when two colleagues work on the same cases for ten minutes. After each minute,
// both browsers show who has which case, and at the end every text is present exactly once.
import { expect, test, type Page } from '@playwright/test'
import { askForReplies, tell } from '#scripts/browser/report'
import { answer, showReport } from '#scripts/browser/show-report'
import { sendSealedReport } from '../support/sealed-report.ts'
import { isNoted, writeNote } from '../support/shown-case.ts'
import { buttonOf, joinAsReader, makeTeam, openScreen, words, type Team } from '../support/team.ts'
import { shows, wake, type Shown } from '../support/who-has.ts'

// Each minute of the script continues work on the same case, so the tests run in order.
test.describe.configure({ mode: 'serial' })

const AIGUL = 'Айгүл'
const BERMET = 'Бермет'
const DANGER = 'Эшикти сырттан кулпулап коюшту 7601'
const OTHER = 'Курулушта паспортторду алышты 7602'
const NOTE = 'Кошунасы үйүндө экенин айтты 7603'
const FIRST_REPLY = 'Жардам жолдо, терезеден алыс болуңуз 7604'
const SECOND_REPLY = 'Биз көчөнүн башында турабыз 7605'
const LATE_REPLY = 'Телефонуңузду өчүрбөңүз 7606'
const TAG = 'кулпу-7607'
const MARK = 'Көк фургон 7608'
const DANGER_END = 'Эжесинин үйүндө, өзү айтты 7609'

let team: Team
let aigul: Page
let bermet: Page
let phone: Page
let receipt = ''
/** the element id of the other case's line */
let otherLine = ''
test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000)
  team = await makeTeam(browser, 'two-at-work')
  aigul = team.aigul
  bermet = await joinAsReader(team, BERMET)
  await sendSealedReport({ text: OTHER }, [], team.server.origin, { danger: false })
  phone = await (await browser.newContext({ baseURL: team.server.origin })).newPage()
  for (const page of [aigul, bermet]) {
    await openScreen(page, 'staff.screen.reports')
    await showReport(page, OTHER)
    otherLine = (await page.locator('.queue .line[aria-current]').getAttribute('id')) ?? ''
  }
})
test.afterAll(async () => {
  await phone.context().close()
  await team.stop()
})

const line = (page: Page, is: 'danger' | 'other') => {
  const other = `[id="${otherLine}"]`
  return page.locator(`.queue .line${is === 'other' ? other : `:not(${other})`}`)
}
const reply = (page: Page) => page.getByLabel(words('staff.answer.text'))
const summary = (page: Page) => page.locator('section:has(> #summary-title)')
const summaryField = (page: Page, key: string) => summary(page).getByLabel(words(key))

async function sendsReply(page: Page): Promise<void> {
  await buttonOf(page, 'staff.answer.look').click()
  await buttonOf(page, 'staff.answer.send').click()
}

interface Minute {
  does: string
  act: () => Promise<void>
  /** the state of the urgent case, as both browsers show it afterwards */
  then: Shown
}

const HELD = { status: 'in_progress', alert: 'none', isGiven: false } as const

/** The minutes, in order. */
const SCRIPT: readonly Minute[] = [
  {
    does: 'Bermet takes the other case, and danger arrives',
    act: async () => {
      await buttonOf(bermet, 'staff.take').click()
      receipt = await tell(phone, 'ky', DANGER)
    },
    then: { holder: null, status: 'new', alert: 'open', isGiven: false },
  },
  {
    does: 'Aigul takes the alert, and Bermet sees who has it',
    act: async () => {
      await wake(aigul)
      await buttonOf(aigul, 'staff.alert.take').click()
      await expect(aigul.locator('.report .thread')).toContainText(DANGER)
    },
    then: { ...HELD, holder: AIGUL, alert: AIGUL },
  },
  {
    does: 'Bermet opens the same case and writes a note while Aigul replies',
    act: async () => {
      await showReport(bermet, DANGER)
      await reply(aigul).fill(FIRST_REPLY)
      await writeNote(bermet, NOTE)
      await isNoted(bermet, NOTE)
      await sendsReply(aigul)
      await expect(aigul.getByText(words('staff.answer.sent'))).toBeVisible()
    },
    then: { ...HELD, holder: AIGUL },
  },
  {
    does: 'Aigul gives the case to Bermet, who has not taken it yet',
    act: async () => {
      await buttonOf(aigul, 'staff.assign.give').click()
      await aigul.locator('.assignee .choice').filter({ hasText: BERMET }).click()
      await buttonOf(aigul, 'staff.assign.go', { name: BERMET }).click()
      await expect(aigul.getByText(words('staff.assign.done'))).toBeVisible()
    },
    then: { ...HELD, holder: BERMET, isGiven: true },
  },
  {
    does: 'Aigul begins a reply, and Bermet has still not taken the case',
    act: () => reply(aigul).fill(LATE_REPLY),
    then: { ...HELD, holder: BERMET, isGiven: true },
  },
  {
    does: 'Bermet takes the case by a reply, and the late reply is refused but kept',
    act: async () => {
      await answer(bermet, SECOND_REPLY)
      await sendsReply(aigul)
      await expect(aigul.getByText(words('staff.error.slot_taken'))).toBeVisible()
      await expect(reply(aigul)).toHaveValue(LATE_REPLY)
      await expect(aigul.locator('.thread').getByText(SECOND_REPLY)).toBeVisible()
    },
    then: { ...HELD, holder: BERMET },
  },
  {
    does: 'Aigul has read the reply of Bermet and sends her own',
    act: async () => {
      await sendsReply(aigul)
      await expect(aigul.locator('.thread').getByText(LATE_REPLY)).toBeVisible()
    },
    then: { ...HELD, holder: BERMET },
  },
  {
    does: 'Both write the summary at once, and the later one merges both',
    act: async () => {
      for (const page of [aigul, bermet]) await buttonOf(page, 'staff.summary.write').click()
      await summaryField(aigul, 'staff.summary.tags').fill(TAG)
      await summaryField(bermet, 'staff.summary.marks').fill(MARK)
      const save = (page: Page) => buttonOf(page, 'staff.record.save').click()
      await Promise.all([aigul, bermet].map(save))
      await mergeSummaries()
    },
    then: { ...HELD, holder: BERMET },
  },
  {
    does: 'Bermet closes the case, and Aigul sees it closed',
    act: async () => {
      await buttonOf(bermet, 'staff.status.to.closed').click()
      await bermet.getByLabel(words('staff.close.helped'), { exact: true }).check()
      await bermet.getByLabel(words('staff.close.danger')).fill(DANGER_END)
      await buttonOf(bermet, 'staff.close.go').click()
      await expect(bermet.getByText(words('staff.status.changed'))).toBeVisible()
    },
    then: { ...HELD, holder: BERMET, status: 'closed' },
  },
  {
    does: 'Aigul takes the closed case up again',
    act: () => buttonOf(aigul, 'staff.take').click(),
    then: { ...HELD, holder: AIGUL },
  },
]

/** The colleague who saved later adds the other colleague's words to their own. */
async function mergeSummaries(): Promise<void> {
  const isLater = (page: Page) => summary(page).locator('.versions').isVisible()
  await expect.poll(async () => (await isLater(aigul)) !== (await isLater(bermet))).toBe(true)
  const [page, mine, own, theirs, added] = (await isLater(aigul))
    ? ([aigul, 'staff.summary.tags', TAG, 'staff.summary.marks', MARK] as const)
    : ([bermet, 'staff.summary.marks', MARK, 'staff.summary.tags', TAG] as const)
  await expect(summary(page).locator('.later')).toContainText(added)
  await expect(summaryField(page, mine)).toHaveValue(own)
  await summaryField(page, theirs).fill(added)
  await buttonOf(page, 'staff.record.save_both').click()
  await expect(summary(page).locator('form')).toHaveCount(0)
}

for (const [minute, { does, act, then }] of SCRIPT.entries())
  test(`Minute ${String(minute + 1)}: ${does}`, async () => {
    await act()
    for (const [page, me] of [
      [aigul, AIGUL],
      [bermet, BERMET],
    ] as const) {
      await shows(page, me, line(page, 'danger'), then)
      await shows(page, me, line(page, 'other'), { ...HELD, alert: then.alert, holder: BERMET })
    }
  })

test('Each written word is in the case once for both, and replies reach the person', async () => {
  for (const page of [aigul, bermet]) {
    await showReport(page, DANGER)
    const [thread, notes] = [page.locator('.report .thread'), page.locator('.report .notes')]
    for (const text of [DANGER, FIRST_REPLY, SECOND_REPLY, LATE_REPLY])
      await expect(thread.getByText(text, { exact: true })).toHaveCount(1)
    await expect(notes.getByText(NOTE, { exact: true })).toHaveCount(1)
    for (const text of [TAG, MARK])
      await expect(summary(page).getByText(text, { exact: true })).toHaveCount(1)
    await expect(page.locator('.report').getByText(DANGER_END, { exact: true })).toHaveCount(1)
    await expect(reply(page)).toHaveValue('')
    await expect(page.locator('.report .doubt')).toHaveCount(0)
  }
  await askForReplies(phone, 'ky', receipt)
  for (const text of [FIRST_REPLY, SECOND_REPLY, LATE_REPLY])
    await expect(phone.getByText(text)).toHaveCount(1)
})
