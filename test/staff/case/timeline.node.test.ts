import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { toB64, randomBytes } from '#protocol/bytes'
import { DAY_MS } from '#protocol/limits'
import { dayOf } from '#protocol/time'
import type { CaseAction } from '#protocol/staff/actions'
import { NOBODY_YET, personFrom } from '#site/staff/case/screen/persons/person-fields.ts'
import { type TimelineEvent } from '#site/staff/case/screen/timeline/timeline-event.ts'
import { timelineOf } from '#site/staff/case/screen/timeline/timeline-of.ts'
import { openAll } from '#site/staff/case/read/load-report.ts'
import { noteOf } from '#site/staff/case/write/note-of.ts'
import { sendReply } from '#site/staff/case/write/send-reply.ts'
import { sendStatus } from '#site/staff/case/write/send-status.ts'
import { CaseWriter, KEY_HASH } from '#test/protocol/support/case-log.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { workedCases, type WorkedCase } from '../support/worked-case.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'

// The colleagues join on the actual current date, so the log also begins on that date.
const TODAY = dayOf(Date.now())
const TOMORROW = dayOf(Date.now() + DAY_MS)

let team: Colleagues
beforeAll(async () => {
  team = await colleagues()
})
let work: WorkedCase
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(`${TODAY}T09:00Z`) })
  const [made] = await workedCases(team, ['Биринчи кат'])
  work = made!
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const at = (minute: string): void => void vi.setSystemTime(new Date(minute))
const sayOf = ({ what, actor }: TimelineEvent) => {
  const by = actor === null ? 'person' : actor === team.aigul.keys.personId ? 'aigul' : 'bermet'
  return `${by} ${what.is}${what.is === 'entry' ? ` ${what.entry?.kind}` : ''}`
}

describe('the history of a case', () => {
  test('Letters, replies, entries and changes are in one order, with their authors', async () => {
    const { aigul, bermet } = team
    await work.openAndTake(aigul)
    await sendStatus(aigul, await work.load(aigul), 'in_progress')
    at(`${TODAY}T10:00Z`)
    await writeIn(aigul, (await work.load(aigul)).sealed).entry(noteOf('Белги'))
    await writeIn(bermet, (await work.load(bermet)).sealed).person(personFrom(NOBODY_YET))
    at(`${TODAY}T12:00Z`)
    await sendReply(bermet, await work.load(bermet), 'Жооп')
    await work.writeAgain({ text: 'Экинчи кат', at: `${TODAY}T11:00Z` })
    at(`${TOMORROW}T08:00Z`)
    for (const { keys } of [aigul, bermet]) await work.edge.signIn(keys.personId)
    const { sealed } = await work.openAndTake(aigul)
    const due = { v: 1, kind: 'task', at: `${TOMORROW}T08:00Z`, text: 'Чалуу' } as const
    await writeIn(aigul, sealed).task({ ...due, dueDay: null, assignee: null })
    const danger = { v: 1, kind: 'danger', at: `${TOMORROW}T08:01Z`, text: 'Угуз' } as const
    await writeIn(aigul, (await work.load(aigul)).sealed).danger({ ...danger, isDanger: true })
    await sendStatus(bermet, await work.load(bermet), 'closed', 'referred')

    const events = timelineOf(await work.load(aigul))
    expect(events.map(sayOf)).toEqual([
      'person letter',
      'aigul status',
      'aigul entry note',
      'bermet added',
      'person letter',
      'bermet reply',
      'aigul entry task',
      'aigul entry danger',
      'bermet status',
    ])
    expect(events.at(-1)).toMatchObject({
      ...{ kind: 'status', day: TOMORROW, at: '' },
      what: { to: 'closed', reason: 'referred' },
    })
    expect(events.map(({ kind }) => kind)).toEqual([
      ...['letters', 'status', 'notes', 'people', 'letters', 'letters'],
      ...['tasks', 'status', 'status'],
    ])
  })

  test('Assignments, merges and entered letters are named, and keys are left out', async () => {
    const log = new CaseWriter(team.ledger, work.id)
    const add = (action: CaseAction, change: object) =>
      log.add(team.writers.aigul, action, change, { at: TODAY })
    const other = toB64(randomBytes(16))
    await add('letter.enter', { contentHash: toB64(randomBytes(32)) })
    await add('key.make', { keyNo: 1, generation: 1, keyHash: KEY_HASH })
    await add('case.assign', { from: null, to: team.bermet.keys.personId, isGranted: false })
    await add('case.absorb', { from: other, head: toB64(randomBytes(32)), also: [] })
    await add('case.merge', { into: other })
    const stored = await work.stored()
    const loaded = await openAll(team.aigul, { ...stored, log: log.rows })
    expect(timelineOf(loaded).map(({ what }) => what)).toMatchObject([
      { is: 'letter' },
      { is: 'enter' },
      { is: 'assign', to: team.bermet.keys.personId },
      { is: 'absorb', caseId: other },
      { is: 'merge', caseId: other },
    ])
  })

  test('A reply that no row names is shown, and a row of another shape is left out', async () => {
    await work.openAndTake(team.aigul)
    await sendReply(team.aigul, await work.load(team.aigul), 'Жооп')
    const stored = await work.stored()
    const broken = [{ change: '{}', statement: '{', signature: 'x' }, ...stored.log.slice(0, -1)]
    const loaded = await openAll(team.aigul, { ...stored, log: broken })
    const said = timelineOf(loaded).map(({ actor, what }) => [actor, what.is])
    expect(said).toContainEqual(['', 'reply'])
    expect(said.flat()).not.toContain('enter')
  })
})
