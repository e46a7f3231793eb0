import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { openReply } from '#protocol/report/reply'
import { fromB64, toB64 } from '#protocol/bytes'
import { SignedChange } from '#protocol/staff/chain'
import { ReplyChange, CaseChange, StatusChange, type OpenedReport } from '#protocol/staff/cases'
import { listNews, reportNews } from '#site/staff/workspace/news.ts'
import { emptyCaseFile, noteBytesLeft, openCaseFile } from '#site/staff/crypto/case-file.ts'
import { addNote, noteOf } from '#site/staff/report/notes/add-note.ts'
import { replyBytesLeft, sendReply } from '#site/staff/report/reply/send-reply.ts'
import { sendStatus } from '#site/staff/report/send-status.ts'
import { loadReport, openAll } from '#site/staff/report/load-report.ts'
import { openedWith, staffed, tell, type Staffed, type Filed } from '../support/people.ts'

let staff: Staffed
let reported: Filed
beforeAll(async () => {
  staff = await staffed()
  reported = await tell(staff, { text: 'Паспортумду алып коюшту' }, { kind: 2 })
})

// Imitates the edge, which is strict about revisions, reply indexes and unread follow-ups.
let stored: OpenedReport
beforeEach(() => {
  stored = openedWith(reported)
  vi.stubGlobal('fetch', (path: string, { method, body }: RequestInit) =>
    Promise.resolve(edge(path, method ?? 'GET', body as string | undefined)),
  )
})
afterEach(() => vi.unstubAllGlobals())

function edge(path: string, method: string, body: string | undefined): Response {
  if (path.endsWith('/head')) return Response.json({ head: toB64(new Uint8Array(32)) })
  if (method === 'GET') return Response.json(stored)
  const { change } = SignedChange.parse(JSON.parse(body ?? ''))
  if (path.endsWith('/case')) {
    const { revision, sealed } = CaseChange.parse(JSON.parse(change))
    if (revision !== (stored.caseFile?.revision ?? 0)) return refusal('case_changed')
    stored = { ...stored, caseFile: { revision: revision + 1, sealed } }
    return new Response(null, { status: 204 })
  }
  if (path.endsWith('/status')) {
    const { from, to, followUps } = StatusChange.parse(JSON.parse(change))
    if (followUps !== stored.followUps.length) return refusal('report_grew')
    if (from !== stored.item.status) return refusal('status_changed')
    stored = { ...stored, item: { ...stored.item, status: to } }
    return new Response(null, { status: 204 })
  }
  const { followUps, ...answer } = ReplyChange.parse(JSON.parse(change))
  if (followUps !== stored.followUps.length) return refusal('report_grew')
  if (stored.answers.some(({ slot }) => slot === answer.slot)) return refusal('slot_taken')
  stored = { ...stored, answers: [...stored.answers, { ...answer, day: '2026-11-25' }] }
  return Response.json({}, { status: 201 })
}
const refusal = (code: string) => Response.json({ error: { code } }, { status: 409 })
/** Adds a follow-up of the reporter. */
const add = () => {
  const id = 'A'.repeat(22)
  const followUp = { id, day: '2026-11-25', sealedBy: 'device' as const, envelope: 'AAAA' }
  stored = { ...stored, followUps: [...stored.followUps, followUp] }
}
const load = () => loadReport(staff.keys, stored.item.id)

describe('notes', () => {
  test('Notes are kept in the sealed case file, one after another', async () => {
    await addNote(staff.keys, await load(), noteOf('Айгүл', 'Биринчи'))
    await addNote(staff.keys, await load(), noteOf('Бакыт', 'Экинчи'))
    const { caseFile, revision } = await load()
    expect(caseFile?.notes.map(({ author, text }) => `${author}: ${text}`)).toEqual([
      'Айгүл: Биринчи',
      'Бакыт: Экинчи',
    ])
    expect(revision).toBe(2)
    expect(stored.caseFile?.sealed).not.toContain('Биринчи')
  })

  test('A stale note is refused, and both notes are there after a retry', async () => {
    const mine = await load()
    await addNote(staff.keys, await load(), noteOf('Бакыт', 'Менден мурда'))
    await expect(addNote(staff.keys, mine, noteOf('Айгүл', 'Меники'))).rejects.toMatchObject({
      code: 'case_changed',
    })
    const fresh = await load()
    expect(fresh.caseFile?.notes.map(({ text }) => text)).toEqual(['Менден мурда'])
    await addNote(staff.keys, fresh, noteOf('Айгүл', 'Меники'))
    expect((await load()).caseFile?.notes.map(({ text }) => text)).toEqual([
      'Менден мурда',
      'Меники',
    ])
  })

  test('Fields of a later version survive, and an unreadable case file is kept', async () => {
    const loaded = await load()
    const file = { v: 1 as const, notes: [], tags: ['жумуш'] }
    await addNote(staff.keys, { ...loaded, caseFile: file }, noteOf('Айгүл', 'Белги'))
    expect(await load()).toMatchObject({ caseFile: { tags: ['жумуш'] } })

    stored = { ...stored, caseFile: { revision: 5, sealed: toB64(new Uint8Array(64)) } }
    const broken = await load()
    expect(broken.caseFile).toBeNull()
    await expect(addNote(staff.keys, broken, noteOf('Айгүл', 'x'))).rejects.toMatchObject({
      code: 'cannot_open',
    })
  })

  test('Forty notes of 7,000 letters fit, and the sealed length reveals little', async () => {
    const lengths = new Set<number>()
    for (let n = 0; n < 40; n++) {
      await addNote(staff.keys, await load(), noteOf('Айгүл', 'ы'.repeat(7000)))
      lengths.add(fromB64(stored.caseFile?.sealed ?? '').length - 28)
    }
    expect((await load()).caseFile?.notes).toHaveLength(40)
    expect([...lengths]).toEqual([16, 32, 64, 128, 256, 512, 1024].map((kib) => kib * 1024))
  })

  test('A note above the limit is refused as too long before anything is sent', async () => {
    const loaded = await load()
    const room = noteBytesLeft(emptyCaseFile(), noteOf('Айгүл', ''))
    await addNote(staff.keys, loaded, noteOf('Айгүл', 'q'.repeat(room)))
    const saved = stored
    await expect(
      addNote(staff.keys, loaded, noteOf('Айгүл', 'q'.repeat(room + 1))),
    ).rejects.toMatchObject({
      code: 'text_too_long',
    })
    expect(stored).toBe(saved)
  })

  test('A case file does not open for another report', async () => {
    await addNote(staff.keys, await load(), noteOf('Айгүл', 'Белги'))
    const { first } = await load()
    if (!first) throw new Error('not opened')
    await expect(
      openCaseFile(first.cek, 'AAAAAAAAAAAAAAAAAAAAAA', stored.caseFile?.sealed ?? ''),
    ).rejects.toMatchObject({ code: 'cannot_open' })
  })
})

describe('unread follow-ups', () => {
  test('An unread follow-up stops a reply and a change of status until staff load it', async () => {
    const before = await load()
    add()
    const refused = { code: 'report_grew' }
    await expect(sendReply(staff.keys, before, 'Кеч')).rejects.toMatchObject(refused)
    await expect(sendStatus(staff.keys, before, 'closed')).rejects.toMatchObject(refused)
    expect(stored).toMatchObject({ answers: [], item: { status: 'new' } })
    await sendReply(staff.keys, await load(), 'Окудук')
    await sendStatus(staff.keys, await load(), 'closed')
    expect(stored).toMatchObject({ answers: [{ slot: 0 }], item: { status: 'closed' } })
  })

  test('Unread follow-ups, replies and notes count for their own report only', async () => {
    const loaded = await load()
    const { id } = loaded.item
    const now = { id, followUps: 2, answers: 1, revision: 3 }
    expect(reportNews(now, loaded)).toEqual({ letters: 2, answers: 1, notes: 3 })
    const none = { letters: 0, answers: 0, notes: 0 }
    for (const latest of [null, undefined, { ...now, id: 'A'.repeat(22) }])
      expect(reportNews(latest, loaded)).toEqual(none)
    // A response older than the view adds nothing.
    expect(reportNews({ id, followUps: 0, answers: 0, revision: 0 }, loaded)).toEqual(none)
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
    await sendReply(staff.keys, await load(), 'Окудук')
    await sendReply(staff.keys, await load(), 'Дагы')
    const { down } = reported.receipt
    const read = stored.answers.map(({ slot, sealed }) =>
      openReply(down, reported.ownerHash, slot, fromB64(sealed)),
    )
    expect((await Promise.all(read)).map((answer) => answer?.text)).toEqual(['Окудук', 'Дагы'])
    expect((await load()).answers.map(({ text }) => text)).toEqual(['Окудук', 'Дагы'])
  })

  test('A reply at an index that is taken meanwhile is refused with slot_taken', async () => {
    const mine = await load()
    await sendReply(staff.keys, await load(), 'Мурда')
    await expect(sendReply(staff.keys, mine, 'Кеч')).rejects.toMatchObject({
      code: 'slot_taken',
    })
  })

  test('A reply is impossible without a number and after the thread was destroyed', async () => {
    const nameless = await tell(staff, { text: 'Ким экеним белгисиз', down: '' })
    for (const opened of [openedWith(reported, { answerable: false }), openedWith(nameless)]) {
      const loaded = await openAll(staff.keys, opened)
      expect(loaded.reply).toBeNull()
      await expect(sendReply(staff.keys, loaded, 'x')).rejects.toMatchObject({
        code: 'no_return_number',
      })
    }
  })

  test('A reply that reaches the shown limit is sent, and a longer reply is refused', async () => {
    const loaded = await load()
    const left = replyBytesLeft('')
    await sendReply(staff.keys, loaded, 'q'.repeat(left))
    await expect(sendReply(staff.keys, await load(), 'q'.repeat(left + 2))).rejects.toMatchObject({
      code: 'text_too_long',
    })
  })
})

describe('a broken part', () => {
  test('A report with a part that cannot be opened shows its other parts', async () => {
    const added = { id: 'x', day: '2026-11-25', sealedBy: 'device' as const, envelope: 'AAAA' }
    const loaded = await openAll(staff.keys, openedWith(reported, { followUps: [added] }))
    expect(loaded.first?.report.text).toBe('Паспортумду алып коюшту')
    expect(loaded.followUps).toEqual([
      { id: 'x', day: '2026-11-25', report: null, isProven: false, missingBefore: 0 },
    ])
  })
})
