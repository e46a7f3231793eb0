import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { openAnswer } from '#protocol/answer'
import { fromB64, toB64 } from '#protocol/bytes'
import { AnswerChange, CaseChange, SignedChange, type OpenedReport } from '#protocol/staff'
import { openCaseFile } from '#site/staff/keys/case-file.ts'
import { addNote } from '#site/staff/reports/add-note.ts'
import { answerBytesLeft, answerReport } from '#site/staff/reports/answer-report.ts'
import { loadReport, openAll } from '#site/staff/reports/load-report.ts'
import { openedWith, staffed, tell, type Staffed, type Told } from './people.ts'

let staff: Staffed
let told: Told
beforeAll(async () => {
  staff = await staffed()
  told = await tell(staff, { text: 'Паспортумду алып коюшту' }, { kind: 2 })
})

// An edge of our own, as strict as the real one about revisions and slots.
let stored: OpenedReport
beforeEach(() => {
  stored = openedWith(told)
  vi.stubGlobal('fetch', (path: string, { method, body }: RequestInit) =>
    Promise.resolve(edge(path, method ?? 'GET', body as string | undefined)),
  )
})
afterEach(() => vi.unstubAllGlobals())

function edge(path: string, method: string, body: string | undefined): Response {
  if (path.endsWith('/audit/head')) return Response.json({ head: toB64(new Uint8Array(32)) })
  if (method === 'GET') return Response.json(stored)
  const { change } = SignedChange.parse(JSON.parse(body ?? ''))
  if (path.endsWith('/case')) {
    const { revision, sealed } = CaseChange.parse(JSON.parse(change))
    if (revision !== (stored.caseFile?.revision ?? 0)) return refusal('case_changed')
    stored = { ...stored, caseFile: { revision: revision + 1, sealed } }
    return new Response(null, { status: 204 })
  }
  const answer = AnswerChange.parse(JSON.parse(change))
  if (stored.answers.some(({ slot }) => slot === answer.slot)) return refusal('slot_taken')
  stored = { ...stored, answers: [...stored.answers, { ...answer, day: '2026-11-25' }] }
  return Response.json({}, { status: 201 })
}
const refusal = (code: string) => Response.json({ error: { code } }, { status: 409 })
const load = () => loadReport(staff.keys, stored.item.id)

describe('notes', () => {
  test('are kept in the sealed case file, one after another', async () => {
    await addNote(staff.keys, await load(), 'Айгүл', 'Биринчи')
    await addNote(staff.keys, await load(), 'Бакыт', 'Экинчи')
    const { caseFile, revision } = await load()
    expect(caseFile?.notes.map(({ author, text }) => `${author}: ${text}`)).toEqual([
      'Айгүл: Биринчи',
      'Бакыт: Экинчи',
    ])
    expect(revision).toBe(2)
    expect(stored.caseFile?.sealed).not.toContain('Биринчи')
  })

  test('a stale write is refused, and both versions are there afterwards', async () => {
    const mine = await load()
    await addNote(staff.keys, await load(), 'Бакыт', 'Менден мурда')
    await expect(addNote(staff.keys, mine, 'Айгүл', 'Меники')).rejects.toMatchObject({
      code: 'case_changed',
    })
    const fresh = await load()
    expect(fresh.caseFile?.notes.map(({ text }) => text)).toEqual(['Менден мурда'])
    await addNote(staff.keys, fresh, 'Айгүл', 'Меники')
    expect((await load()).caseFile?.notes.map(({ text }) => text)).toEqual([
      'Менден мурда',
      'Меники',
    ])
  })

  test('fields of a later version survive, and a file that cannot be opened is not overwritten', async () => {
    const loaded = await load()
    const file = { v: 1 as const, notes: [], tags: ['жумуш'] }
    await addNote(staff.keys, { ...loaded, caseFile: file }, 'Айгүл', 'Белги')
    expect(await load()).toMatchObject({ caseFile: { tags: ['жумуш'] } })

    stored = { ...stored, caseFile: { revision: 5, sealed: toB64(new Uint8Array(64)) } }
    const broken = await load()
    expect(broken.caseFile).toBeNull()
    await expect(addNote(staff.keys, broken, 'Айгүл', 'x')).rejects.toMatchObject({
      code: 'cannot_open',
    })
  })

  test('a case file does not open for another report', async () => {
    await addNote(staff.keys, await load(), 'Айгүл', 'Белги')
    const { first } = await load()
    if (!first) throw new Error('not opened')
    await expect(
      openCaseFile(first.cek, 'AAAAAAAAAAAAAAAAAAAAAA', stored.caseFile?.sealed ?? ''),
    ).rejects.toMatchObject({ code: 'cannot_open' })
  })
})

describe('answers', () => {
  test('are read by the reporter with the number, and by staff', async () => {
    await answerReport(staff.keys, await load(), 'Окудук')
    await answerReport(staff.keys, await load(), 'Дагы')
    const { down } = told.receipt
    const read = stored.answers.map(({ slot, sealed }) =>
      openAnswer(down, told.lookupHash, slot, fromB64(sealed)),
    )
    expect((await Promise.all(read)).map((answer) => answer?.text)).toEqual(['Окудук', 'Дагы'])
    expect((await load()).answers.map(({ text }) => text)).toEqual(['Окудук', 'Дагы'])
  })

  test('a place taken meanwhile is refused', async () => {
    const mine = await load()
    await answerReport(staff.keys, await load(), 'Мурда')
    await expect(answerReport(staff.keys, mine, 'Кеч')).rejects.toMatchObject({
      code: 'slot_taken',
    })
  })

  test('are impossible without a number, and after the thread was destroyed', async () => {
    const nameless = await tell(staff, { text: 'Ким экеним белгисиз', down: '' })
    for (const opened of [openedWith(told, { answerable: false }), openedWith(nameless)]) {
      const loaded = await openAll(staff.keys, opened)
      expect(loaded.reply).toBeNull()
      await expect(answerReport(staff.keys, loaded, 'x')).rejects.toMatchObject({
        code: 'no_return_number',
      })
    }
  })

  test('the room for letters is the room that sealing has', async () => {
    const loaded = await load()
    const left = answerBytesLeft('')
    await answerReport(staff.keys, loaded, 'q'.repeat(left))
    await expect(
      answerReport(staff.keys, await load(), 'q'.repeat(left + 1)),
    ).rejects.toMatchObject({ code: 'text_too_long' })
  })
})

describe('a report of which a part cannot be opened', () => {
  test('shows the rest', async () => {
    const added = { id: 'x', day: '2026-11-25', sealedBy: 'device' as const, envelope: 'AAAA' }
    const loaded = await openAll(staff.keys, openedWith(told, { followUps: [added] }))
    expect(loaded.first?.report.text).toBe('Паспортумду алып коюшту')
    expect(loaded.followUps).toEqual([{ id: 'x', day: '2026-11-25', report: null }])
  })
})
