import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { fromB64, randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { caseKeyHash } from '#protocol/staff/case-log/key-hash'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { answerName } from '#protocol/staff/case-log/state'
import { checkCase } from '#site/staff/case/read/check-case.ts'
import { conversationOf } from '#site/staff/case/read/conversation.ts'
import { loadReport, openAll } from '#site/staff/case/read/load-report.ts'
import { noteOf } from '#site/staff/case/write/note-of.ts'
import { sendReply } from '#site/staff/case/write/send-reply.ts'
import { sendStatus } from '#site/staff/case/write/send-status.ts'
import { takeLetters } from '#site/staff/case/write/take-letters.ts'
import { openEntry, sealEntry } from '#site/staff/crypto/case-entry.ts'
import { OpenCaseKey } from '#site/staff/crypto/open-case-key.ts'
import { openReport } from '#site/staff/crypto/open-report.ts'
import { CaseEdge } from '../support/case-edge.ts'
import { colleagues, openTeam, type Colleagues } from '../support/colleagues.ts'
import { openedWith, sealsBySuite2, tell, writeAgain, type Filed } from '../support/people.ts'
import { teamKey } from '../support/team.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'

let team: Colleagues
beforeAll(async () => {
  team = await colleagues()
})

let reported: Filed
let edge: CaseEdge
beforeEach(async () => {
  reported = await tell(team.staff, { text: 'Паспортумду алып коюшту' }, { kind: 2 })
  edge = new CaseEdge(openedWith(reported))
  vi.stubGlobal('fetch', (path: string, { method, body }: RequestInit) =>
    edge.answer(path, method ?? 'GET', body as string | undefined),
  )
})
afterEach(() => vi.unstubAllGlobals())

const load = (by = team.aigul) => loadReport(by, reported.id)
/** Opens the report as a colleague does, and takes its letters in. */
async function openAndTake(by = team.aigul) {
  const loaded = await load(by)
  await takeLetters(by, loaded)
  return loaded
}
const note = async (by: Colleagues['aigul'], text: string) =>
  writeIn(by, (await load(by)).sealed).entry(noteOf(text))
const notesFor = async (by = team.aigul) =>
  (await load(by)).entries.map((each) => [each.author, each.entry?.text])
const check = async (stored = edge.stored, { roster } = team.aigul) => checkCase(stored, roster)
const fine = {
  ...{ fault: null, known: 'fine', statusDiffers: false, missing: 0 },
  ...{ dangerDiffers: false, assigneeDiffers: false, absorbedEntries: new Map() },
  absorbedRecords: new Map(),
  ...{ letters: new Set(), answers: new Set(), entries: new Set(), records: new Set() },
  authors: expect.any(Map) as Map<string, string>,
}

describe('taking letters in', () => {
  test('A letter that is opened loses its wrap, and reads the same through the case', async () => {
    const before = await openAndTake()
    const later = await writeAgain(team.staff, reported, { text: 'Мен азыр бошмун' })
    edge.arrive(later.id, later.envelope)
    await openAndTake(team.bermet)
    expect(edge.stored.taken.map(({ id }) => id)).toEqual([reported.id, later.id])
    const after = await load(team.bermet)
    expect(after.first).toMatchObject({ id: reported.id, report: before.first?.report })
    expect(after.followUps).toMatchObject([
      { id: later.id, report: { text: 'Мен азыр бошмун' }, isProven: true },
    ])
    expect(after.untaken).toEqual([])
    expect(await check()).toEqual(fine)
  })

  test('R36: With the key of the epoch, nobody opens a letter that was taken', async () => {
    await openAndTake()
    const { intake } = team.aigul.keys
    const { envelope } = edge.stored
    await expect(openReport(intake, fromB64(envelope))).rejects.toMatchObject({
      code: 'cannot_open',
    })
    const keys = { ...team.aigul.keys, team: new Map() }
    const loaded = await openAll({ ...team.aigul, keys }, edge.stored)
    expect([loaded.first, loaded.untaken]).toEqual([null, []])
  })

  test('R36: Database, epoch key and team key open nothing without the secret in R2', async () => {
    await openAndTake()
    await note(team.aigul, 'Белги')
    for (const secrets of [[], [{ caseId: reported.id, secret: toB64(randomBytes(32)) }]]) {
      const { first, entries } = await openAll(team.aigul, { ...edge.stored, secrets })
      expect([first, entries.map((each) => each.entry)]).toEqual([null, [null]])
    }
  })

  test('A letter of suite 2 is taken as well', async () => {
    const seal = sealsBySuite2(team.staff)
    reported = await tell(team.staff, { text: 'Экинчи' }, {}, seal)
    edge = new CaseEdge(openedWith(reported))
    await openAndTake()
    expect((await load()).first?.report.text).toBe('Экинчи')
  })

  test('Forty letters are taken by three rows', async () => {
    for (let n = 0; n < 39; n++) {
      const later = await writeAgain(team.staff, reported, { text: `Кат ${n}` }, { n })
      edge.arrive(later.id, later.envelope)
    }
    await openAndTake()
    expect([edge.stored.taken.length, edge.stored.log.length]).toEqual([40, 4])
    expect((await load()).followUps.map(({ report }) => report?.text)).toContain('Кат 38')
    expect(await check()).toEqual(fine)
  })

  test('A letter that does not open is not taken, and a stranger takes no follow-ups', async () => {
    edge.arrive('A'.repeat(22))
    const foreign = await tell(team.staff, { text: 'x', owner: toB64(randomBytes(32)) })
    const later = await writeAgain(team.staff, foreign, { text: 'y' })
    await openAndTake()
    expect(edge.stored.taken.map(({ id }) => id)).toEqual([reported.id])
    const stranger = new CaseEdge(openedWith(foreign))
    stranger.arrive(later.id, later.envelope)
    const { untaken } = await openAll(team.aigul, stranger.stored)
    expect(untaken.map(({ id }) => id)).toEqual([foreign.id])
  })

  test('A failure of taking in hides no letter, and the next load takes it', async () => {
    const loaded = await load()
    const gone = vi.spyOn(edge, 'answer').mockRejectedValue(new TypeError('no network'))
    await expect(takeLetters(team.aigul, loaded)).rejects.toMatchObject({ code: 'network' })
    gone.mockRestore()
    expect((await load()).first?.report.text).toBe('Паспортумду алып коюшту')
    await openAndTake()
    expect(edge.stored.taken).toHaveLength(1)
  })
})

describe('notes', () => {
  test('Two colleagues who write at once both keep their notes, with their names', async () => {
    const [mine, theirs] = await Promise.all([load(), load(team.bermet)])
    await Promise.all([
      writeIn(team.aigul, mine.sealed).entry(noteOf('Айгүлдүн белгиси')),
      writeIn(team.bermet, theirs.sealed).entry(noteOf('Берметтин белгиси')),
    ])
    const both = [
      [team.aigul.keys.personId, 'Айгүлдүн белгиси'],
      [team.bermet.keys.personId, 'Берметтин белгиси'],
    ]
    expect((await notesFor()).sort()).toEqual(both.sort())
    expect(await notesFor(team.bermet)).toEqual(await notesFor())
    expect(await check()).toEqual(fine)
    expect(edge.stored.caseKeys).toHaveLength(1)
    expect(edge.refused.length).toBeGreaterThan(0)
  })

  test('R38: The content key of a report neither opens nor writes a note', async () => {
    const { first } = await openAndTake()
    await note(team.aigul, 'Полиция билет')
    const author = team.aigul.keys.personId
    const forged = await keyFrom(first?.cek ?? randomBytes(32))
    const [entry] = edge.stored.entries
    await expect(openEntry(forged, author, entry?.sealed ?? '')).rejects.toMatchObject({
      code: 'cannot_open',
    })
    const sealed = await sealEntry(forged, author, noteOf('Ишенбегиле'))
    const stored = { ...edge.stored, entries: [{ n: entry?.n ?? 0, sealed }] }
    expect((await openAll(team.aigul, stored)).entries).toMatchObject([{ entry: null }])
    expect((await check(stored)).entries).toEqual(new Set([entry?.n]))
  })

  /** Makes keys of a case from bytes, as the app does from a case key. */
  async function keyFrom(bytes: Bytes): Promise<OpenCaseKey> {
    const named = { caseId: reported.id, keyNo: 1 }
    return OpenCaseKey.prove(named, bytes.slice(), await caseKeyHash(named, bytes))
  }

  test('A note of another author, case or key does not open', async () => {
    await note(team.aigul, 'Белги')
    const [entry] = edge.stored.entries
    const { caseKeys, secrets } = edge.stored
    const other = toB64(randomBytes(16))
    const elsewhere: StoredCase = {
      ...edge.stored,
      item: { ...edge.stored.item, id: other },
      caseKeys: caseKeys.map((key) => ({ ...key, caseId: other })),
      secrets: secrets.map((secret) => ({ ...secret, caseId: other })),
    }
    expect((await openAll(team.aigul, elsewhere)).entries).toMatchObject([{ entry: null }])
    await note(team.bermet, 'Башка')
    const swapped = {
      ...edge.stored,
      entries: edge.stored.entries.map(({ n }) => ({ n, sealed: entry?.sealed ?? '' })),
    }
    const { entries } = await openAll(team.aigul, swapped)
    expect(entries.map((each) => each.entry?.text)).toEqual(['Белги', undefined])
  })

  test('The sealed length of a note shows one of three sizes', async () => {
    const lengths: number[] = []
    for (const letters of [1, 300, 3000]) await note(team.aigul, 'ы'.repeat(letters))
    for (const { sealed } of edge.stored.entries) lengths.push(fromB64(sealed).length - 28)
    expect(lengths).toEqual([512, 2048, 8192])
  })

  test('A note that is too long is refused before anything is sent', async () => {
    const loaded = await load()
    const room = 8192 - 4 - JSON.stringify(noteOf('')).length
    await writeIn(team.aigul, loaded.sealed).entry(noteOf('q'.repeat(room)))
    const { stored } = edge
    const long = noteOf('q'.repeat(room + 1))
    await expect(writeIn(team.aigul, loaded.sealed).entry(long)).rejects.toMatchObject({
      code: 'text_too_long',
    })
    expect(edge.stored).toBe(stored)
  })

  test('After a reader left, the next write makes a new key, and old notes open', async () => {
    await note(team.aigul, 'Эски')
    const keys = await withGeneration2()
    const ledger = team.ledger.copy()
    const roster = await openTeam(ledger, team.writers.aigul, keys, 2)
    const by = { keys, roster }
    await note(by, 'Жаңы')
    await note(by, 'Дагы')
    expect(edge.stored.caseKeys.map(({ keyNo, generation }) => [keyNo, generation])).toEqual([
      [1, 1],
      [2, 2],
    ])
    expect((await notesFor(by)).map(([, text]) => text)).toEqual(['Эски', 'Жаңы', 'Дагы'])
    expect((await notesFor()).map(([, text]) => text)).toEqual(['Эски', undefined, undefined])
    expect(await check(edge.stored, by)).toEqual(fine)
  })

  /** Gives Aigul a second generation of the team key. */
  async function withGeneration2() {
    const { keys } = team.aigul
    return { ...keys, team: new Map([...keys.team, [2, await teamKey(2)]]) }
  }

  test('Without the team key that the roster names, no note is sent', async () => {
    const { keys, roster } = team.aigul
    const other = { ...keys, team: new Map([[1, await teamKey(1)]]) }
    await expect(
      writeIn({ keys: other, roster }, (await load()).sealed).entry(noteOf('x')),
    ).rejects.toMatchObject({ code: 'cannot_open' })
    expect(edge.stored.log).toEqual([])
  })

  test('To a case whose log is broken, no note is sent', async () => {
    await note(team.aigul, 'Бир')
    const [first, ...rest] = edge.stored.log
    edge.stored = {
      ...edge.stored,
      log: [{ ...first!, signature: toB64(randomBytes(64)) }, ...rest],
    }
    await expect(note(team.aigul, 'Эки')).rejects.toMatchObject({ code: 'ledger_broken' })
  })
})

describe('a case that a server puts back to an older state', () => {
  /** A case with a follow-up, two notes, two replies and a status. */
  async function worked(): Promise<StoredCase> {
    await openAndTake()
    await note(team.aigul, 'Бир')
    await sendStatus(team.aigul, await load(), 'in_progress')
    await sendReply(team.aigul, await load(), 'Окудук')
    await sendReply(team.bermet, await load(team.bermet), 'Дагы')
    await note(team.bermet, 'Эки')
    expect(await check()).toEqual(fine)
    return edge.stored
  }

  test('R38: Rows that are dropped at the end of a log are noticed by this tab', async () => {
    const stored = await worked()
    const older = { ...stored, log: stored.log.slice(0, -1), entries: stored.entries.slice(0, -1) }
    expect(await check(older)).toEqual({ ...fine, known: 'older' })
    const none = { ...stored, log: [] }
    expect(await check(none)).toMatchObject({ known: 'older', statusDiffers: true })
  })

  test('R38: A row that is dropped within a log breaks it', async () => {
    const stored = await worked()
    expect(await check({ ...stored, log: stored.log.toSpliced(2, 1) })).toMatchObject({
      fault: { is: 'broken', at: 3 },
      known: 'older',
    })
  })

  test('R38: A status that nobody signed is marked', async () => {
    const stored = await worked()
    const rewritten = { ...stored, item: { ...stored.item, status: 'closed' as const } }
    expect(await check(rewritten)).toEqual({ ...fine, statusDiffers: true })
    const reopened = { ...stored, item: { ...stored.item, status: 'new' as const } }
    expect(await check(reopened)).toEqual({ ...fine, statusDiffers: true })
    edge.arrive('A'.repeat(22))
    expect(await check()).toEqual(fine)
  })

  test('R38: An entry that is removed, put back or planted is marked', async () => {
    const stored = await worked()
    const [first, last] = stored.entries
    expect(await check({ ...stored, entries: [first!] })).toEqual({ ...fine, missing: 1 })
    const back = { ...last!, sealed: first!.sealed }
    expect(await check({ ...stored, entries: [first!, back] })).toEqual({
      ...fine,
      entries: new Set([last!.n]),
    })
    const planted = { n: 40, sealed: first!.sealed }
    expect((await check({ ...stored, entries: [first!, last!, planted] })).entries).toEqual(
      new Set([40]),
    )
  })

  test('R38: A reply that is swapped, planted or removed is marked beside its words', async () => {
    const stored = await worked()
    const [first, last] = stored.answers
    const swapped = { ...stored, answers: [first!, { ...last!, sealed: first!.sealed }] }
    expect(await check(swapped)).toEqual({
      ...fine,
      answers: new Set([answerName(reported.id, 1)]),
    })
    expect(await check({ ...stored, answers: [first!] })).toEqual({ ...fine, missing: 1 })
    // The person may end the thread, which deletes the replies.
    expect(await check({ ...stored, answers: [], answerable: false })).toEqual(fine)
    const loaded = await openAll(team.aigul, swapped)
    const marked = conversationOf(loaded, await check(swapped))
      .filter(({ doubts }) => doubts.includes('differs'))
      .map(({ key }) => key)
    expect(marked).toEqual([`answer-${reported.id}-1`])
  })

  test('R38: A letter that is replaced, put back with its wrap or removed is marked', async () => {
    const later = await writeAgain(team.staff, reported, { text: 'Кийинки' })
    edge.arrive(later.id, later.envelope)
    const stored = await worked()
    const [followUp] = stored.followUps
    const replaced = { ...stored, envelope: followUp!.envelope }
    expect(await check(replaced)).toEqual({ ...fine, letters: new Set([reported.id]) })
    const wrapped = {
      ...stored,
      envelope: toB64(reported.envelope),
      taken: stored.taken.filter(({ id }) => id !== reported.id),
    }
    expect(await check(wrapped)).toEqual({ ...fine, letters: new Set([reported.id]) })
    const marked = conversationOf(await openAll(team.aigul, wrapped), await check(wrapped))
    expect(marked[0]).toMatchObject({ text: 'Паспортумду алып коюшту', doubts: ['differs'] })
    expect(await check({ ...stored, followUps: [] })).toEqual({ ...fine, missing: 1 })
  })

  test('A person whom the roster does not know signs nothing that counts', async () => {
    await worked()
    const stranger = await colleagues()
    await note(
      { ...team.bermet, keys: { ...team.bermet.keys, sign: stranger.aigul.keys.sign } },
      'x',
    )
    expect(await check()).toMatchObject({ fault: { is: 'broken', at: edge.stored.log.length } })
    expect((await check()).entries.size).toBe(1)
  })
})
