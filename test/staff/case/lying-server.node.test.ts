// Tests the app against a server that responds with its own keys. Such a server must never be able
// to read a word of a report.
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { contentOf } from '#protocol/report/letter-content'
import { verifyKeys } from '#protocol/keys/signatures'
import { caseKeyHash } from '#protocol/staff/case-log/key-hash'
import { LettersTake } from '#protocol/staff/case-log/changes'
import { NewEntry, NewTaking } from '#protocol/staff/case-log/bodies'
import { readKeyRows } from '#protocol/staff/case-log/key-rows'
import { type StoredCase } from '#protocol/staff/case-log/stored-case'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { type CaseWriter } from '#site/staff/session/case-writer.ts'
import { checkCase } from '#site/staff/case/read/check-case.ts'
import { openKeysOf } from '#site/staff/case/read/key-hashes.ts'
import { grantAll } from '#site/staff/case/write/grants.ts'
import { sendAssignment } from '#site/staff/case/write/send-assignment.ts'
import { takeLetters } from '#site/staff/case/write/take-letters.ts'
import { OpenCaseKey } from '#site/staff/crypto/open-case-key.ts'
import { sealCek } from '#site/staff/crypto/case-letter.ts'
import { EMPTY_SUMMARY, sealRecord, SUMMARY } from '#site/staff/crypto/case-record.ts'
import { openReport } from '#site/staff/crypto/open-report.ts'
import { signCaseChange } from '#site/staff/crypto/sign-change.ts'
import { unlockedBy, unlockKeys } from '#site/staff/crypto/unlock.ts'
import { caseTitle, readCaseWords } from '#site/staff/search/read-case.ts'
import { openAll } from '#site/staff/case/read/load-report.ts'
import { rosterOf } from '#test/protocol/support/case-log.ts'
import { sealedCaseOf } from '#test/protocol/support/sealed-case.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { member } from '../support/ledger.ts'
import { FALSE_GENERATION, LyingServer } from '../support/lying-server.ts'
import { tell } from '../support/people.ts'
import { refusal, showing, type Wire } from '../support/team-edge.ts'
import { copyCases, workedCases, type WorkedCase } from '../support/worked-case.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'

const WORDS = 'Мени батирде кармап турушат'

/** A wire that shows false case keys instead of the stored ones while a lie is set. */
class LyingWire {
  lie: Partial<StoredCase> | null = null
  /** the lie that begins with the next invented refusal */
  next: Partial<StoredCase> | null = null
  /** refusals that the wire invents, keyed by route */
  invented = new Set<string>()
  posted: { route: string; body: string }[] = []
  readonly #id: string

  /** @param id  id of the case that the lie concerns */
  constructor(id: string) {
    this.#id = id
  }

  answer: Wire = (sent) => {
    const [route = ''] = sent.path.split('/').slice(-1)
    if (sent.method !== 'GET') this.posted.push({ route, body: sent.body as string })
    if (this.invented.delete(route) && this.next) {
      this.lie = this.next
      return Promise.resolve(refusal('case_key_changed'))
    }
    const { lie } = this
    return lie ? showing(this.#id, (stored) => ({ ...stored, ...lie }))(sent) : sent.pass()
  }
}

let team: Colleagues
let begun: WorkedCase[]
let work: WorkedCase
let server: LyingServer
let wire: LyingWire
let reader: CaseWriter

beforeAll(async () => {
  team = await colleagues()
  begun = await workedCases(team, [WORDS])
})
beforeEach(async () => {
  const [one] = await copyCases(begun)
  work = one!
  server = new LyingServer(work.id)
  wire = new LyingWire(work.id)
  work.edge.wire = wire.answer
  // The server adds a copy of its own team key to the reader's copies.
  const me = await server.fed(team.staff.me)
  const roster = { ...team.aigul.roster, epochs: team.staff.roster.epochs }
  const keys = await unlockedBy(await unlockKeys(me, team.staff.master.slice()), roster)
  reader = { keys, roster }
})
afterEach(() => vi.unstubAllGlobals())

const note = (text: string) => ({ v: 1, kind: 'note', at: '2026-11-29T21:00Z', text }) as const

/** Returns everything that a browser sent and that the server's own case key can open. */
async function readByServer(author: string): Promise<Bytes[]> {
  const read: (Bytes | null)[] = []
  for (const { route, body } of wire.posted) {
    if (route === 'letters') {
      const { signed, sealed } = NewTaking.parse(JSON.parse(body))
      const { letters } = LettersTake.parse(JSON.parse(signed.change))
      for (const [at, { id }] of letters.entries())
        read.push(await server.readCek(id, sealed[at] ?? ''))
    }
    if (route === 'entries')
      read.push(await server.readEntry(author, NewEntry.parse(JSON.parse(body)).sealed))
  }
  return read.filter((each) => each !== null)
}

describe('a server that feeds a team key and a case key of its own', () => {
  test('R36: A new report whose letter is taken stays closed to the server', async () => {
    wire.next = await server.keys()
    wire.invented.add('letters')
    const loaded = await work.load(reader)
    expect(loaded.first?.report.text).toBe(WORDS)
    await expect(takeLetters(reader, loaded)).rejects.toMatchObject({ code: 'cannot_open' })
    wire.lie = null
    expect((await work.openAndTake(reader)).first?.report.text).toBe(WORDS)
    expect(wire.posted.filter(({ route }) => route === 'letters')).toHaveLength(2)
    expect(await readByServer(reader.keys.personId)).toEqual([])
  })

  test('R36: A note is never sealed under the server’s key, and none is sent', async () => {
    await work.openAndTake(reader)
    wire.next = await server.keys()
    wire.invented.add('entries')
    const { sealed } = await work.load(reader)
    await expect(writeIn(reader, sealed).entry(note('Булак: Б.'))).rejects.toMatchObject({
      code: 'cannot_open',
    })
    expect(wire.posted.filter(({ route }) => route === 'entries')).toHaveLength(1)
    expect(await readByServer(reader.keys.personId)).toEqual([])
  })

  test('A foreign case key under the true team key opens nothing and is not given', async () => {
    await work.openAndTake(reader)
    // A former colleague gave the team key to the server.
    const stored = await work.stored()
    const lied = { ...stored, ...(await server.keys(1, reader.keys.team.get(1)?.key)) }
    const { first, damagedKeys } = await openAll(reader, lied)
    expect([first, damagedKeys.length]).toEqual([null, 1])
    const { writer } = await member()
    await expect(grantAll(reader, [lied], writer.keys)).rejects.toMatchObject({
      code: 'cannot_open',
    })
    expect(await grantAll(reader, [stored], writer.keys)).toHaveLength(1)
  })

  test('R36: A case whose newest key the server hides takes no entry and gets no key', async () => {
    const { sealed } = await work.openAndTake(reader)
    wire.posted = []
    await expect(
      writeIn(reader, { ...sealed, caseKeys: [] }).entry(note('Булак: Б.')),
    ).rejects.toMatchObject({ code: 'cannot_open' })
    expect(wire.posted).toEqual([])
  })

  test('A case key that fits the hash of another number is not a key of the case', async () => {
    const [bytes, named] = [randomBytes(32), { caseId: work.id, keyNo: 1 }]
    const keyHash = await caseKeyHash({ ...named, keyNo: 2 }, bytes)
    await expect(OpenCaseKey.prove(named, bytes, keyHash)).rejects.toMatchObject({
      code: 'cannot_open',
    })
  })

  test('The keys of the reader hold no generation that the roster does not name', () => {
    expect([...reader.keys.team.keys()]).toEqual([1])
    expect(reader.keys.team.has(FALSE_GENERATION)).toBe(false)
  })
})

describe('a server that seals a grant of its own to a caseworker', () => {
  let caseworker: CaseWriter
  let roster: Roster

  beforeEach(async () => {
    const { staff, writer } = await member()
    const ledger = team.ledger.copy()
    await ledger.certify(writer, 'caseworker')
    roster = await rosterOf(ledger)
    await work.edge.addRows(ledger.rows.slice(team.ledger.rows.length))
    await work.edge.addCaseworker(staff)
    caseworker = { keys: { ...staff.keys, intake: new Map(), team: new Map() }, roster }
    const aigul = { ...team.aigul, roster }
    await sendAssignment(aigul, await work.openAndTake(aigul), writer.id, null)
    work.edge.reader = writer.id
    expect((await work.load(caseworker)).first?.report.text).toBe(WORDS)
    wire.lie = await server.grant(writer.keys.hpkePublic, await work.stored())
  })

  test('R36: A note of the caseworker is refused, and nothing is sent', async () => {
    wire.posted = []
    const shown = { ...(await work.stored()), ...wire.lie }
    await expect(writeIn(caseworker, shown).entry(note('Булак: Б.'))).rejects.toMatchObject({
      code: 'needs_reader',
    })
    expect(wire.posted).toEqual([])
  })

  test('R36: The caseworker reads nothing under the forged grant', async () => {
    const { first, damagedGrants } = await work.load(caseworker)
    expect([first, damagedGrants]).toEqual([null, 1])
  })
})

describe('a server that writes letters and titles under a case key of its own', () => {
  let forged: StoredCase

  /** The true case, with a letter and a title that the server wrote under its own case key. */
  beforeEach(async () => {
    await work.openAndTake(reader)
    const letter = await tell(team.staff, { text: 'Баары жакшы, бул номерге чалгыла' })
    const { cek } = await openReport(team.staff.keys.intake, letter.envelope)
    const named = { caseId: work.id, keyNo: 1 }
    const bytes = server.caseKey
    // The server runs the app's code, but supplies its own hash of the key.
    const key = await OpenCaseKey.prove(named, bytes.slice(), await caseKeyHash(named, bytes))
    const place = { record: SUMMARY, revision: 1 }
    const summary = { ...EMPTY_SUMMARY, title: 'Спам', tags: ['таштанды'] }
    forged = {
      ...(await work.stored()),
      ...(await server.keys()),
      envelope: toB64(contentOf(letter.envelope)),
      taken: [{ id: work.id, ...named, sealed: await sealCek(key, work.id, cek) }],
      records: [{ ...place, keyNo: 1, sealed: await sealRecord(key, place, summary) }],
    }
  })

  /** Reads the words of the case, as the list and the index do. */
  const indexed = async (opened: StoredCase) => {
    const sealed = sealedCaseOf(opened)
    const { hashes } = await readKeyRows(sealed.keyRows, reader.roster, verifyKeys())
    return readCaseWords(reader.keys, hashes, sealed)
  }

  test('R36: List and index show no title, tag or word of the server', async () => {
    const read = await indexed(forged)
    expect([caseTitle(read), read.tags, read.words]).toEqual(['', [], ''])
    expect((await indexed(await work.stored())).words).toBe(WORDS)
  })

  test('R36: A row of the server for its key proves nothing in the index', async () => {
    const { writer, staff } = await member()
    const keyHash = await caseKeyHash({ caseId: work.id, keyNo: 1 }, server.caseKey)
    const change = { keyNo: 1, generation: 1, keyHash }
    const keys = { personId: writer.id, sign: staff.keys.sign }
    const row = await signCaseChange(
      { keys, roster: reader.roster },
      { action: 'key.make', subject: work.id, change },
      { prev: toB64(randomBytes(32)), nowMs: Date.now() },
    )
    const read = await indexed({ ...forged, log: [row] })
    expect([caseTitle(read), read.words]).toEqual(['', ''])
  })

  test('R36: The case itself shows nothing of the server, and marks the record', async () => {
    const loaded = await openAll(reader, forged)
    expect([loaded.first, loaded.records.map(({ kept }) => kept)]).toEqual([null, [null]])
    expect((await checkCase(forged, reader.roster)).records).toEqual(new Set([SUMMARY]))
  })

  test('R36: A row beside the log does not prove any key of the shown case', async () => {
    const stored = await work.stored()
    const [row] = stored.log
    const opened = { ...stored, log: [], keyRows: row ? [row] : [] }
    expect((await openKeysOf(reader, [opened])).size).toBe(0)
    expect((await openKeysOf(reader, [stored])).size).toBe(1)
  })
})
