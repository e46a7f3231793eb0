import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { fromB64, randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { NewEntry } from '#protocol/staff/case-log/bodies'
import { caseKeyHash } from '#protocol/staff/case-log/key-hash'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { answerName } from '#protocol/staff/case-log/state'
import { conversationOf } from '#site/staff/case/read/conversation.ts'
import { openAll } from '#site/staff/case/read/load-report.ts'
import { noteOf } from '#site/staff/case/write/note-of.ts'
import { sendReply } from '#site/staff/case/write/send-reply.ts'
import { sendStatus } from '#site/staff/case/write/send-status.ts'
import { takeLetters } from '#site/staff/case/write/take-letters.ts'
import { openEntry, sealEntry } from '#site/staff/crypto/case-entry.ts'
import { OpenCaseKey } from '#site/staff/crypto/open-case-key.ts'
import { openReport } from '#site/staff/crypto/open-report.ts'
import { colleagues, openTeam, type Colleagues } from '../support/colleagues.ts'
import { member } from '../support/ledger.ts'
import { sealsBySuite2, tell } from '../support/people.ts'
import { teamKey } from '../support/team.ts'
import { copyCases, WorkedCase, workedCases } from '../support/worked-case.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'

let team: Colleagues
let begun: WorkedCase[]
beforeAll(async () => {
  team = await colleagues()
  begun = await workedCases(team, ['Паспортумду алып коюшту'])
})

let work: WorkedCase
beforeEach(async () => {
  const [one] = await copyCases(begun)
  work = one!
})
afterEach(() => vi.unstubAllGlobals())

const load = (by = team.aigul) => work.load(by)
const note = async (by: Colleagues['aigul'], text: string) =>
  writeIn(by, (await load(by)).sealed).entry(noteOf(text))
const notesFor = async (by = team.aigul) =>
  (await load(by)).entries.map((each) => [each.author, each.entry?.text])
const check = (stored?: StoredCase, by = team.aigul) => work.check(by, stored)
const fine = {
  ...{ fault: null, known: 'fine', statusDiffers: false, missing: 0 },
  ...{ dangerDiffers: false, assigneeDiffers: false, absorbedEntries: new Map() },
  absorbedRecords: new Map(),
  ...{ letters: new Set(), answers: new Set(), entries: new Set(), records: new Set() },
  authors: expect.any(Map) as Map<string, string>,
}

describe('taking letters in', () => {
  test('A letter that is opened loses its wrap, and reads the same through the case', async () => {
    const before = await load()
    await takeLetters(team.aigul, before)
    const later = await work.writeAgain({ text: 'Мен азыр бошмун' })
    const after = await work.openAndTake(team.bermet)
    expect((await work.stored()).taken.map(({ id }) => id)).toEqual([work.id, later.id])
    expect(after.first).toMatchObject({ id: work.id, report: before.first?.report })
    expect(after.followUps).toMatchObject([
      { id: later.id, report: { text: 'Мен азыр бошмун' }, isProven: true },
    ])
    expect(after.untaken).toEqual([])
    expect(await check()).toEqual(fine)
  })

  test('R36: With the key of the epoch, nobody opens a letter that was taken', async () => {
    await work.openAndTake(team.aigul)
    const { intake } = team.aigul.keys
    const stored = await work.stored()
    await expect(openReport(intake, fromB64(stored.envelope))).rejects.toMatchObject({
      code: 'cannot_open',
    })
    const keys = { ...team.aigul.keys, team: new Map() }
    const loaded = await openAll({ ...team.aigul, keys }, stored)
    expect([loaded.first, loaded.untaken]).toEqual([null, []])
  })

  test('R36: Database, epoch key and team key open nothing without the secret in R2', async () => {
    await work.openAndTake(team.aigul)
    await note(team.aigul, 'Белги')
    const stored = await work.stored()
    for (const secrets of [[], [{ caseId: work.id, secret: toB64(randomBytes(32)) }]]) {
      const { first, entries } = await openAll(team.aigul, { ...stored, secrets })
      expect([first, entries.map((each) => each.entry)]).toEqual([null, [null]])
    }
  })

  test('A letter of suite 2 is taken as well', async () => {
    const seal = sealsBySuite2(team.staff)
    const reported = await tell(team.staff, { text: 'Экинчи' }, {}, seal)
    const other = new WorkedCase(await work.edge.post(reported), work.edge)
    expect((await other.openAndTake(team.aigul)).first?.report.text).toBe('Экинчи')
    expect((await other.stored()).taken).toHaveLength(1)
  })

  test('Forty letters are taken by three rows', async () => {
    for (let n = 0; n < 39; n++) await work.writeAgain({ text: `Кат ${n}` }, { n })
    const { followUps } = await work.openAndTake(team.aigul)
    const { taken, log } = await work.stored()
    expect([taken.length, log.length]).toEqual([40, 4])
    expect(followUps.map(({ report }) => report?.text)).toContain('Кат 38')
    expect(await check()).toEqual(fine)
  })

  test('A letter that does not open is not taken, and a stranger takes no follow-ups', async () => {
    await work.writeDamaged()
    await work.openAndTake(team.aigul)
    expect((await work.stored()).taken.map(({ id }) => id)).toEqual([work.id])
    const foreign = await tell(team.staff, { text: 'x', owner: toB64(randomBytes(32)) })
    const stranger = new WorkedCase(await work.edge.post(foreign), work.edge)
    await stranger.writeAgain({ text: 'y' })
    const { followUps, untaken } = await stranger.load(team.aigul)
    expect([followUps.length, untaken.map(({ id }) => id)]).toEqual([1, [foreign.id]])
  })

  test('A failure of taking in hides no letter, and the next load takes it', async () => {
    const loaded = await load()
    const { wire } = work.edge
    work.edge.wire = () => Promise.reject(new TypeError('no network'))
    await expect(takeLetters(team.aigul, loaded)).rejects.toMatchObject({ code: 'network' })
    work.edge.wire = wire
    expect((await load()).first?.report.text).toBe('Паспортумду алып коюшту')
    await work.openAndTake(team.aigul)
    expect((await work.stored()).taken).toHaveLength(1)
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
    expect((await work.stored()).caseKeys).toHaveLength(1)
    expect(work.edge.refused.length).toBeGreaterThan(0)
  })

  test('R38: A report’s content key neither opens nor writes a note', async () => {
    const { first } = await work.openAndTake(team.aigul)
    await note(team.aigul, 'Полиция билет')
    const author = team.aigul.keys.personId
    const forged = await keyFrom(first?.cek ?? randomBytes(32))
    const shown = await work.stored()
    const [entry] = shown.entries
    await expect(openEntry(forged, author, entry?.sealed ?? '')).rejects.toMatchObject({
      code: 'cannot_open',
    })
    const sealed = await sealEntry(forged, author, noteOf('Ишенбегиле'))
    const stored = { ...shown, entries: [{ n: entry?.n ?? 0, sealed }] }
    expect((await openAll(team.aigul, stored)).entries).toMatchObject([{ entry: null }])
    expect((await check(stored)).entries).toEqual(new Set([entry?.n]))
  })

  /** Derives the keys of a case from bytes, as the app does from a case key. */
  async function keyFrom(bytes: Bytes): Promise<OpenCaseKey> {
    const named = { caseId: work.id, keyNo: 1 }
    return OpenCaseKey.prove(named, bytes.slice(), await caseKeyHash(named, bytes))
  }

  test('A note of another author, case or key does not open', async () => {
    await note(team.aigul, 'Белги')
    const stored = await work.stored()
    const { caseKeys, secrets } = stored
    const [entry] = stored.entries
    const other = toB64(randomBytes(16))
    const elsewhere: StoredCase = {
      ...stored,
      item: { ...stored.item, id: other },
      caseKeys: caseKeys.map((key) => ({ ...key, caseId: other })),
      secrets: secrets.map((secret) => ({ ...secret, caseId: other })),
    }
    expect((await openAll(team.aigul, elsewhere)).entries).toMatchObject([{ entry: null }])
    await note(team.bermet, 'Башка')
    const both = await work.stored()
    const swapped = {
      ...both,
      entries: both.entries.map(({ n }) => ({ n, sealed: entry?.sealed ?? '' })),
    }
    const { entries } = await openAll(team.aigul, swapped)
    expect(entries.map((each) => each.entry?.text)).toEqual(['Белги', undefined])
  })

  test('The sealed length of a note shows one of three sizes', async () => {
    const lengths: number[] = []
    for (const letters of [1, 300, 3000]) await note(team.aigul, 'ы'.repeat(letters))
    for (const { sealed } of (await work.stored()).entries)
      lengths.push(fromB64(sealed).length - 28)
    expect(lengths).toEqual([512, 2048, 8192])
  })

  test('A note that is too long is refused before anything is sent', async () => {
    const loaded = await load()
    const room = 8192 - 4 - JSON.stringify(noteOf('')).length
    await writeIn(team.aigul, loaded.sealed).entry(noteOf('q'.repeat(room)))
    const stored = await work.stored()
    const long = noteOf('q'.repeat(room + 1))
    await expect(writeIn(team.aigul, loaded.sealed).entry(long)).rejects.toMatchObject({
      code: 'text_too_long',
    })
    expect(await work.stored()).toEqual(stored)
  })

  test('After a reader left, the next write makes a new key, and old notes open', async () => {
    await note(team.aigul, 'Эски')
    const keys = await withGeneration2()
    const ledger = team.ledger.copy()
    const roster = await openTeam(ledger, team.writers.aigul, keys, 2)
    const by = { keys, roster }
    await work.edge.addRows(ledger.rows.slice(team.ledger.rows.length))
    await note(by, 'Жаңы')
    await note(by, 'Дагы')
    const { caseKeys } = await work.stored()
    expect(caseKeys.map(({ keyNo, generation }) => [keyNo, generation])).toEqual([
      [1, 1],
      [2, 2],
    ])
    expect((await notesFor(by)).map(([, text]) => text)).toEqual(['Эски', 'Жаңы', 'Дагы'])
    expect((await notesFor()).map(([, text]) => text)).toEqual(['Эски', undefined, undefined])
    expect(await check(undefined, by)).toEqual(fine)
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
    expect((await work.stored()).log).toEqual([])
  })

  test('To a case whose log is broken, no note is sent', async () => {
    await note(team.aigul, 'Бир')
    const signature = toB64(randomBytes(64))
    work.show((stored) => ({
      ...stored,
      log: stored.log.with(0, { ...stored.log[0]!, signature }),
    }))
    await expect(note(team.aigul, 'Эки')).rejects.toMatchObject({ code: 'ledger_broken' })
    expect((await work.stored()).entries).toHaveLength(1)
  })
})

describe('a case that a server puts back to an older state', () => {
  /** A case with a follow-up, two notes, two replies and a status. */
  async function worked(): Promise<StoredCase> {
    await work.openAndTake(team.aigul)
    await note(team.aigul, 'Бир')
    await sendStatus(team.aigul, await load(), 'in_progress')
    await sendReply(team.aigul, await load(), 'Окудук')
    await sendReply(team.bermet, await load(team.bermet), 'Дагы')
    await note(team.bermet, 'Эки')
    expect(await check()).toEqual(fine)
    return work.stored()
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
    await work.writeDamaged()
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
      answers: new Set([answerName(work.id, 1)]),
    })
    expect(await check({ ...stored, answers: [first!] })).toEqual({ ...fine, missing: 1 })
    // The person may end the thread, which deletes the replies.
    expect(await check({ ...stored, answers: [], answerable: false })).toEqual(fine)
    const loaded = await openAll(team.aigul, swapped)
    const marked = conversationOf(loaded, await check(swapped))
      .filter(({ doubts }) => doubts.includes('differs'))
      .map(({ key }) => key)
    expect(marked).toEqual([`answer-${work.id}-1`])
  })

  test('R38: A letter that is replaced, put back with its wrap or removed is marked', async () => {
    await work.writeAgain({ text: 'Кийинки' })
    const stored = await worked()
    const [followUp] = stored.followUps
    const replaced = { ...stored, envelope: followUp!.envelope }
    expect(await check(replaced)).toEqual({ ...fine, letters: new Set([work.id]) })
    const wrapped = {
      ...stored,
      envelope: toB64(work.reported.envelope),
      taken: stored.taken.filter(({ id }) => id !== work.id),
    }
    expect(await check(wrapped)).toEqual({ ...fine, letters: new Set([work.id]) })
    const marked = conversationOf(await openAll(team.aigul, wrapped), await check(wrapped))
    expect(marked[0]).toMatchObject({ text: 'Паспортумду алып коюшту', doubts: ['differs'] })
    expect(await check({ ...stored, followUps: [] })).toEqual({ ...fine, missing: 1 })
  })

  test('A person whom the roster does not know signs nothing that counts', async () => {
    await worked()
    const { sign } = (await member()).staff.keys
    const stranger = { ...team.bermet, keys: { ...team.bermet.keys, sign } }
    await expect(note(stranger, 'x')).rejects.toMatchObject({ code: 'signature_refused' })
    // A dishonest server would accept the row.
    const taken: NewEntry[] = []
    work.edge.wire = ({ path, body, pass }) => {
      if (!path.endsWith('/entries')) return pass()
      taken.push(NewEntry.parse(JSON.parse(body as string)))
      return Promise.resolve(Response.json({}, { status: 201 }))
    }
    await note(stranger, 'x')
    const [{ signed, sealed }] = taken as [NewEntry]
    const { log, entries, ...rest } = await work.stored()
    const n = log.length + 1
    const grown = { ...rest, log: [...log, signed], entries: [...entries, { n, sealed }] }
    expect(await check(grown)).toMatchObject({ fault: { is: 'broken', at: n } })
    expect((await check(grown)).entries).toEqual(new Set([n]))
  })
})
