import { beforeAll, describe, expect, test } from 'vitest'
import { sealAnswer } from '#protocol/answer'
import { toB64 } from '#protocol/bytes'
import { type OpenPart } from '#protocol/envelope'
import { type OpenedReport } from '#protocol/staff'
import { conversationOf } from '#site/staff/reports/conversation.ts'
import { openAll } from '#site/staff/reports/load-report.ts'
import { idOf, openedWith, staffed, tell, type Staffed, type Told } from './people.ts'

let staff: Staffed
let told: Told
beforeAll(async () => {
  staff = await staffed()
  told = await tell(staff, { text: 'биринчи', at: '2026-11-24T10:00Z' }, { kind: 2 })
})

const follow = (text: string, at: string, open: Partial<OpenPart> = {}) =>
  tell(staff, { text, at }, { kind: 4, lookupHash: told.lookupHash, ...open })
const added = (each: Told, day = '2026-11-24'): OpenedReport['followUps'][number] => ({
  id: idOf(each),
  day,
  sealedBy: 'device',
  envelope: toB64(each.envelope),
})
const answered = async (slot: number, text: string, at: string, day = '2026-11-24') => ({
  slot,
  day,
  sealed: toB64(await sealAnswer(told.receipt.down, told.lookupHash, slot, { v: 1, at, text })),
})
const conversation = async (changes: Partial<OpenedReport>) =>
  conversationOf(await openAll(staff.keys, openedWith(told, changes)))

describe('a conversation', () => {
  test('stands in the order of the sealed minutes, questions and answers mixed', async () => {
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

  test('begins with the first message whatever clocks said, and puts what has no minute at the end of its day', async () => {
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

describe('what belongs to another report', () => {
  test('is not opened under this one’s name', async () => {
    const other = await tell(staff, { text: 'башка кат' })
    const opened = openedWith(told)
    const swapped = await openAll(staff.keys, { ...opened, envelope: toB64(other.envelope) })
    expect(swapped.first).toBeNull()
    expect(swapped.reply).toBeNull()
  })

  test('is not shown as added later', async () => {
    const fine = await follow('ушул адамдан', '2026-11-24T12:00Z')
    const stranger = await tell(staff, { text: 'бөтөн' }, { kind: 4 })
    const first = await follow('биринчи кат эмес', '2026-11-24T12:00Z', { kind: 1 })
    const followUps = [
      added(fine),
      added(stranger),
      added(first),
      { ...added(fine), id: idOf(stranger) },
    ]
    const { followUps: shown } = await openAll(staff.keys, openedWith(told, { followUps }))
    expect(shown.map(({ report }) => report?.text ?? null)).toEqual([
      'ушул адамдан',
      null,
      null,
      null,
    ])
  })

  test('kind is what was sealed, and danger cannot be hidden', async () => {
    const urgent = await tell(staff, { text: 'тез' }, { kind: 3, danger: true })
    const opened = openedWith(urgent)
    expect(opened.item).toMatchObject({ kind: 1, danger: false })
    expect(await openAll(staff.keys, opened)).toMatchObject({ kind: 3, danger: true })

    const raised = openedWith(told, { item: { ...openedWith(told).item, danger: true } })
    expect(await openAll(staff.keys, raised)).toMatchObject({ kind: 2, danger: true })
    const later = added(await follow('азыр', '2026-11-24T12:00Z', { danger: true }))
    const risen = await openAll(staff.keys, openedWith(told, { followUps: [later] }))
    expect(risen.danger).toBe(true)
  })
})
