import { answerName } from '#protocol/staff/case-log/state'
import { beforeAll, describe, expect, test } from 'vitest'
import { sealReply } from '#protocol/report/reply'
import { toB64 } from '#protocol/bytes'
import { type ReportHeader } from '#protocol/report/envelope'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { conversationOf } from '#site/staff/case/read/conversation.ts'
import { openAll } from '#site/staff/case/read/load-report.ts'
import {
  openedWith,
  staffed,
  tell,
  type Staffed,
  type Filed,
  writeAgain,
} from '../support/people.ts'

let staff: Staffed
let reported: Filed
beforeAll(async () => {
  staff = await staffed()
  reported = await tell(staff, { text: 'биринчи', at: '2026-11-24T10:00Z' }, { kind: 2 })
})

const follow = (text: string, at: string, header: Partial<ReportHeader> = {}) =>
  writeAgain(staff, reported, { text, at }, {}, header)
const added = (each: Filed, day = '2026-11-24'): StoredCase['followUps'][number] => ({
  id: each.id,
  day,
  sealedBy: 'device',
  envelope: toB64(each.envelope),
})
const answered = async (index: number, text: string, at: string, day = '2026-11-24') => ({
  index,
  day,
  sealed: toB64(
    await sealReply(reported.receipt.down, reported.ownerHash, index, { v: 1, at, text }),
  ),
})
const conversation = async (changes: Partial<StoredCase>) =>
  conversationOf(await openAll(staff, openedWith(reported, changes)))

describe('a conversation', () => {
  test('A reply names the colleague who signed it, once the log is checked', async () => {
    const answers = [await answered(0, 'экинчи', '2026-11-24T11:00Z')]
    const loaded = await openAll(staff, openedWith(reported, { answers }))
    const checked = { letters: new Set<string>(), answers: new Set<string>() }
    const authors = new Map([[answerName(reported.id, 0), staff.me.id]])
    expect(conversationOf(loaded, { ...checked, authors })[1]?.by).toBe(staff.me.id)
    expect(conversationOf(loaded)[1]?.by).toBeNull()
  })

  test('A conversation follows the sealed minutes, with follow-ups and replies mixed', async () => {
    const followUps = [
      added(await follow('үчүнчү', '2026-11-24T12:00Z')),
      added(await follow('бешинчи', '2026-11-24T14:00Z')),
    ]
    const answers = [
      await answered(0, 'экинчи', '2026-11-24T11:00Z'),
      await answered(1, 'төртүнчү', '2026-11-24T13:00Z'),
    ]
    const messages = await conversation({ followUps, answers })
    expect(messages.map(({ text }) => text)).toEqual([
      'биринчи',
      'экинчи',
      'үчүнчү',
      'төртүнчү',
      'бешинчи',
    ])
    expect(messages.map(({ at }) => at.slice(11, 13))).toEqual(['10', '11', '12', '13', '14'])
  })

  test('The first message is first, and a message without a time ends a day', async () => {
    const followUps = [
      added(await follow('мурун', '2020-01-01T00:00Z')),
      added(await follow('саатсыз', '+275760-09-13T00:00:00.000Z')),
      added(await follow('эртеси', '2026-11-25T00:00Z'), '2026-11-25'),
    ]
    const answers = [await answered(0, 'кечинде', '2026-11-24T23:59Z')]
    expect((await conversation({ followUps, answers })).map(({ text }) => text)).toEqual([
      'биринчи',
      'мурун',
      'кечинде',
      'саатсыз',
      'эртеси',
    ])
  })
})

describe('the letters of several people', () => {
  const thread = async (text: string, at: string, day: string) => {
    const letter = await tell(staff, { text, at }, { kind: 2 })
    const opened = openedWith(letter)
    return { ...opened, item: { ...opened.item, day } }
  }

  test('Letters and their numbers follow the order of time, whichever case goes on', async () => {
    const [first, second, third] = [
      await thread('октябрь', '2026-10-28T10:00Z', '2026-10-28'),
      await thread('эртеси', '2026-10-29T10:00Z', '2026-10-29'),
      await thread('ноябрь', '2026-11-01T10:00Z', '2026-11-01'),
    ]
    for (const [goesOn, ...others] of [
      [first, second, third],
      [second, first, third],
      [third, second, first],
    ] as const) {
      const messages = conversationOf(await openAll(staff, goesOn, others))
      expect(messages.map(({ text, thread: n }) => [text, n])).toEqual([
        ['октябрь', 1],
        ['эртеси', 2],
        ['ноябрь', 3],
      ])
    }
  })

  test('A clock that is years ahead moves a letter no further than its day', async () => {
    const ahead = await thread('саат алдыда', '2031-01-01T00:00Z', '2026-10-28')
    const next = await thread('эртеси', '2026-10-29T10:00Z', '2026-10-29')
    const messages = conversationOf(await openAll(staff, next, [ahead]))
    expect(messages.map(({ text }) => text)).toEqual(['саат алдыда', 'эртеси'])
  })
})

describe('an envelope of another report', () => {
  test('An envelope of another report is not opened under this id', async () => {
    const other = await tell(staff, { text: 'башка кат' })
    const opened = openedWith(reported)
    const swapped = await openAll(staff, { ...opened, envelope: toB64(other.envelope) })
    expect(swapped.first).toBeNull()
    expect(swapped.reply).toBeNull()
  })

  test('A follow-up of another report is not shown', async () => {
    const fine = await follow('ушул адамдан', '2026-11-24T12:00Z')
    const stranger = await tell(staff, { text: 'бөтөн' }, { kind: 4 })
    const first = await follow('биринчи кат эмес', '2026-11-24T12:00Z', { kind: 1 })
    // A server that lists an envelope under another envelope's id, or twice, does not add a
    // message.
    const followUps = [
      added(fine),
      added(stranger),
      added(first),
      { ...added(fine), id: stranger.id },
      added(fine),
    ]
    const { followUps: shown } = await openAll(staff, openedWith(reported, { followUps }))
    expect(shown.map(({ report }) => report?.text ?? null)).toEqual(['ушул адамдан', null, null])
  })

  test('A report has the kind that was sealed, and its danger cannot be hidden', async () => {
    const urgent = await tell(staff, { text: 'тез' }, { kind: 3, danger: true })
    const opened = openedWith(urgent)
    expect(opened.item).toMatchObject({ kind: 1, danger: false })
    expect(await openAll(staff, opened)).toMatchObject({ kind: 3, danger: true })

    const raised = openedWith(reported, { item: { ...openedWith(reported).item, danger: true } })
    expect(await openAll(staff, raised)).toMatchObject({ kind: 2, danger: true })
    const later = added(await follow('азыр', '2026-11-24T12:00Z', { danger: true }))
    const risen = await openAll(staff, openedWith(reported, { followUps: [later] }))
    expect(risen.danger).toBe(true)
  })
})
