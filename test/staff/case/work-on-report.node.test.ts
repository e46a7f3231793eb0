import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { openReply } from '#protocol/report/reply'
import { fromB64 } from '#protocol/bytes'
import { openAll } from '#site/staff/case/read/load-report.ts'
import { reportNews } from '#site/staff/case/screen/report-news.ts'
import { replyBytesLeft, sendReply } from '#site/staff/case/write/send-reply.ts'
import { sendStatus } from '#site/staff/case/write/send-status.ts'
import { type CaseWriter } from '#site/staff/session/case-writer.ts'
import { listNews } from '#site/staff/session/news.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { openedWith, tell } from '../support/people.ts'
import { copyCases, workedCases, type WorkedCase } from '../support/worked-case.ts'

let team: Colleagues
let aigul: CaseWriter
let begun: WorkedCase[]
beforeAll(async () => {
  team = await colleagues()
  ;({ aigul } = team)
  begun = await workedCases(team, ['Паспортумду алып коюшту'])
})

let work: WorkedCase
beforeEach(async () => {
  const [one] = await copyCases(begun)
  work = one!
})
afterEach(() => vi.unstubAllGlobals())

const load = () => work.load(aigul)

describe('unread follow-ups', () => {
  test('R37: An unread follow-up stops a reply or a status until staff load it', async () => {
    const before = await load()
    await work.writeDamaged()
    const refused = { code: 'report_grew' }
    await expect(sendReply(aigul, before, 'Кеч')).rejects.toMatchObject(refused)
    await expect(sendStatus(aigul, before, 'closed', 'helped')).rejects.toMatchObject(refused)
    expect(await work.stored()).toMatchObject({ answers: [], item: { status: 'new' } })
    await sendReply(aigul, await load(), 'Окудук')
    await sendStatus(aigul, await load(), 'closed', 'helped')
    expect(await work.stored()).toMatchObject({
      answers: [{ index: 0 }],
      item: { status: 'closed', closeReason: 'helped' },
    })
  })

  const grown = { followUps: 2, answers: 1, entries: 3, revisions: 2, rows: 9, writers: [] }
  const nothing = { letters: 0, answers: 0, notes: 0, records: 0, status: 0, holder: 0 }

  test('News of a case counts for its own report only, and each sort by itself', async () => {
    const loaded = await load()
    const { id } = loaded.item
    const now = { id, ...grown, status: 'in_progress', assignee: 'B'.repeat(22) } as const
    expect(reportNews(now, loaded)).toEqual({
      ...{ letters: 2, answers: 1, notes: 3 },
      ...{ records: 2, status: 1, holder: 1 },
    })
    for (const latest of [null, undefined, { ...now, id: 'A'.repeat(22) }])
      expect(reportNews(latest, loaded)).toEqual(nothing)
  })

  test('A poll that is older than the view is not news, whatever status it names', async () => {
    const loaded = await load()
    const { id, rows } = loaded.item
    const none = { followUps: 0, answers: 0, entries: 0, revisions: 0, writers: [] }
    const older = { id, ...none, rows, status: 'closed', assignee: 'B'.repeat(22) } as const
    expect(reportNews(older, loaded)).toEqual(nothing)
    const later = { ...older, rows: rows + 1 }
    expect(reportNews(later, loaded)).toEqual({ ...nothing, status: 1, holder: 1 })
  })

  test('New reports and follow-ups are news until the list is loaded again', () => {
    const loaded = { reports: 5, followUps: 2 }
    expect(listNews({ reports: 6, followUps: 4 }, loaded)).toEqual({ reports: 1, letters: 2 })
    const none = { reports: 0, letters: 0 }
    expect(listNews(loaded, loaded)).toEqual(none)
    expect(listNews(undefined, loaded)).toEqual(none)
    expect(listNews(loaded, undefined)).toEqual(none)
  })
})

describe('replies', () => {
  test('A reply can be read by the reporter with the number and by staff', async () => {
    await sendReply(aigul, await load(), 'Окудук')
    await sendReply(aigul, await load(), 'Дагы')
    const { receipt, ownerHash } = work.reported
    const { answers } = await work.stored()
    const read = answers.map(({ index, sealed }) =>
      openReply(receipt.down, ownerHash, index, fromB64(sealed)),
    )
    expect((await Promise.all(read)).map((answer) => answer?.text)).toEqual(['Окудук', 'Дагы'])
    expect((await load()).answers.map(({ text }) => text)).toEqual(['Окудук', 'Дагы'])
  })

  test('A reply at an index that is taken in the meantime is refused with slot_taken', async () => {
    const mine = await load()
    await sendReply(aigul, await load(), 'Мурда')
    await expect(sendReply(aigul, mine, 'Кеч')).rejects.toMatchObject({
      code: 'slot_taken',
    })
  })

  test('A reply is impossible without a number and after the thread was destroyed', async () => {
    const { reported } = work
    const nameless = await tell(team.staff, { text: 'Ким экеним белгисиз', down: '' })
    for (const opened of [openedWith(reported, { answerable: false }), openedWith(nameless)]) {
      const loaded = await openAll(aigul, opened)
      expect(loaded.reply).toBeNull()
      await expect(sendReply(aigul, loaded, 'x')).rejects.toMatchObject({
        code: 'no_return_number',
      })
    }
  })

  test('A reply that reaches the shown limit is sent, and a longer reply is refused', async () => {
    const loaded = await load()
    const left = replyBytesLeft('')
    await sendReply(aigul, loaded, 'q'.repeat(left))
    await expect(sendReply(aigul, await load(), 'q'.repeat(left + 2))).rejects.toMatchObject({
      code: 'text_too_long',
    })
  })
})

describe('a broken part', () => {
  test('A report with a part that cannot be opened shows its other parts', async () => {
    const added = { id: 'x', day: '2026-11-25', sealedBy: 'device' as const, envelope: 'AAAA' }
    const loaded = await openAll(aigul, openedWith(work.reported, { followUps: [added] }))
    expect(loaded.first?.report.text).toBe('Паспортумду алып коюшту')
    expect(loaded.followUps).toEqual([
      { id: 'x', day: '2026-11-25', report: null, isProven: false, missingBefore: 0 },
    ])
  })
})
