// Makes a small demo, and opens the entire demo with the staff app's code.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { getPlatformProxy } from 'wrangler'
import { fromB64, sha256, toB64, type Bytes } from '#protocol/bytes'
import { openChunk } from '#protocol/file/open-chunk'
import { hasWrap } from '#protocol/report/letter-content'
import { caseFactsIn, factsHash } from '#protocol/staff/case-log/facts'
import { replayCaseLog } from '#protocol/staff/case-log/replay'
import { StoredCase } from '#protocol/staff/case-log/stored-case'
import { Me } from '#protocol/staff/people/people'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { explainSignIn } from '#scripts/demo/explain-sign-in'
import { demoOrgDir, makeDemo, type DemoSignIn } from '#scripts/demo/make-demo'
import { planReport, type PlannedReport } from '#scripts/demo/plan-report'
import { openKeyFile } from '#scripts/org/files/key-file'
import { fileOfDatabase, storeOf } from '#scripts/shared/database'
import { root } from '#scripts/shared/paths'
import { checkCase } from '#site/staff/case/read/check-case.ts'
import { type CaseReader } from '#site/staff/case/read/key-hashes.ts'
import { openAll, type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { contentChunks } from '#site/staff/case/screen/files/open-file.ts'
import { openPassphraseSlot, paperEntry } from '#site/staff/crypto/passphrase-slot.ts'
import { readPrintedSecret } from '#site/staff/crypto/printed-secret.ts'
import { unlockedBy, unlockKeys, type KeysBeforeProof } from '#site/staff/crypto/unlock.ts'
import { newestLeaves } from '#site/staff/ledger/newest-leaves.ts'

const [TOTAL, SEED, NOW] = [30, 5, Date.now()]
const TIMEOUT_MS = 240_000
const folder = mkdtempSync(join(tmpdir(), 'oasis-demo-'))
const plans = Array.from({ length: TOTAL }, (_, index) => planReport(SEED, index, NOW))

type Row = Record<string, unknown>
let database: DatabaseSync
let signIn: DemoSignIn
let reader: CaseReader
/** the reports as the staff app opens them, keyed by their words */
let loaded: Map<string, LoadedReport>
/** the secrets of the cases in R2, keyed by case id */
let secrets: Map<string, Bytes>

const rowsOf = (sql: string, ...values: Bytes[]): Row[] => database.prepare(sql).all(...values)
const b64 = (value: unknown): string => toB64(value as Bytes)

beforeAll(async () => {
  signIn = await makeDemo({ folder, total: TOTAL, seed: SEED, now: NOW })
  database = new DatabaseSync(fileOfDatabase(folder) ?? '', { readOnly: true })
  const { roster } = await replayed()
  reader = { keys: await unlockedBy(await unlockFirst(), roster), roster }
  secrets = await readObjects('secrets/')
  const reports = await Promise.all(rowsOf('SELECT * FROM reports').map(openRow))
  loaded = new Map(reports.map((report) => [report.first?.report.text ?? '', report]))
}, TIMEOUT_MS)
afterAll(() => {
  database.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Unlocks the first colleague's keys with the secrets that the command prints. */
async function unlockFirst(): Promise<KeysBeforeProof> {
  const [secrets] = signIn.colleagues
  if (!secrets) throw new Error('no colleague')
  const session = await sha256(fromB64(secrets.session))
  const [person = {}] = rowsOf(
    'SELECT people.* FROM people, sessions WHERE person = people.id AND token_hash = ?',
    session,
  )
  const id = person['id'] as Bytes
  const me = Me.parse({
    id: b64(id),
    name: person['name'],
    roles: JSON.parse(String(person['roles'])) as unknown,
    keys: {
      hpkePublic: b64(person['hpke_public']),
      signPublic: b64(person['sign_public']),
      sealedPrivate: b64(person['sealed_private']),
    },
    slots: rowsOf('SELECT * FROM slots WHERE person = ?', id).map((slot) => ({
      id: b64(slot['id']),
      kind: slot['kind'],
      credentialId: null,
      salt: b64(slot['salt']),
      memoryKib: slot['memory_kib'],
      passes: slot['passes'],
      sealedMaster: b64(slot['sealed_master']),
      name: slot['name'],
      addedDay: slot['added_day'],
      triedDay: slot['tried_day'],
    })),
    intake: rowsOf('SELECT * FROM intake_keys JOIN epochs USING (epoch) WHERE person = ?', id).map(
      (each) => ({
        epoch: each['epoch'],
        sealed: b64(each['sealed']),
        hybridKey: b64(each['hybrid_key']),
      }),
    ),
    team: rowsOf('SELECT * FROM team_keys WHERE person = ?', id).map((each) => ({
      generation: each['generation'],
      sealed: b64(each['sealed']),
    })),
    manifest: b64(rowsOf('SELECT manifest FROM epochs')[0]?.['manifest']),
  })
  const printed = await readPrintedSecret(secrets.printedSecret)
  const [slot] = me.slots
  if (!slot || !('secret' in printed)) throw new Error('no slot or no secret')
  return unlockKeys(me, await openPassphraseSlot(slot, secrets.passphrase, printed.secret))
}

const signedRow = (row: Row) => ({
  change: String(row['change']),
  statement: String(row['statement']),
  signature: b64(row['signature']),
})

const sharedBy = ([caseId, secret]: readonly [string, Bytes]) => ({ caseId, secret: toB64(secret) })

/** Opens a report from the rows that the edge would read. */
function openRow(row: Row): Promise<LoadedReport> {
  const id = row['id'] as Bytes
  const owner = row['owner_hash'] as Bytes
  const followUps = rowsOf('SELECT * FROM follow_ups WHERE owner_hash = ? ORDER BY n', owner)
  const replies = rowsOf('SELECT * FROM answers WHERE owner_hash = ? ORDER BY n', owner)
  const opened = StoredCase.parse({
    item: {
      id: b64(id),
      kind: row['kind'],
      danger: row['danger'] === 1,
      day: row['received_day'],
      grade: row['grade'],
      sealedBy: row['sealed_by'],
      status: row['status'],
      followUps: followUps.length,
      ...{ absorbed: 0, assignee: null, rows: 0, seen: null },
      waitsFor: row['waits_for'],
      waitsSince: row['waits_since'] ?? row['received_day'],
      touchedDay: row['touched_day'] ?? row['received_day'],
      acted: Number(row['acted_follow_ups'] ?? -1) >= followUps.length,
      givenBy: null,
      dangerDay: row['danger'] === 1 ? (row['danger_day'] ?? row['received_day']) : null,
      dueDay: row['due_day'],
      closeReason: row['close_reason'],
    },
    ...{ mergedInto: null, absorbed: [], grants: [], keyRows: [] },
    envelope: b64(row['envelope']),
    followUps: followUps.map((each) => ({
      id: b64(each['id']),
      day: each['day'],
      sealedBy: each['sealed_by'],
      envelope: b64(each['envelope']),
    })),
    log: rowsOf('SELECT * FROM case_log WHERE case_id = ? ORDER BY n', id).map(signedRow),
    taken: rowsOf('SELECT * FROM case_letters WHERE case_id = ?', id).map((each) => ({
      id: b64(each['letter']),
      caseId: b64(id),
      keyNo: each['key_no'],
      sealed: b64(each['sealed_cek']),
    })),
    caseKeys: rowsOf('SELECT * FROM case_keys WHERE case_id = ?', id).map((each) => ({
      caseId: b64(id),
      keyNo: each['key_no'],
      generation: each['generation'],
      sealed: b64(each['sealed']),
    })),
    secrets: [...secrets].filter(([caseId]) => caseId === b64(id)).map(sharedBy),
    records: rowsOf('SELECT * FROM case_records WHERE case_id = ?', id).map((each) => ({
      record: Number(each['record']),
      revision: Number(each['revision']),
      keyNo: Number(each['key_no']),
      sealed: b64(each['sealed']),
    })),
    entries: rowsOf('SELECT * FROM case_entries WHERE case_id = ? ORDER BY n', id).map((each) => ({
      n: each['n'],
      sealed: b64(each['sealed']),
    })),
    answers: replies.map(({ n, day, sealed }) => ({ index: n, day, sealed: b64(sealed) })),
    answerable: row['write_hash'] !== null,
  })
  return openAll(reader, opened)
}

const reportOf = (plan: PlannedReport): LoadedReport => {
  const report = loaded.get(plan.plain.text)
  if (!report) throw new Error(`no report says ${plan.plain.text}`)
  return report
}

type EventOf<What> = Extract<PlannedReport['events'][number], { what: What }>

/** Returns the events of one kind. */
const eventsOf = <What extends string>({ events }: PlannedReport, what: What): EventOf<What>[] =>
  events.filter((event): event is EventOf<What> => event.what === what)

test('Every report of the demo opens in the staff app and says what was planned', () => {
  expect(loaded.size).toBe(TOTAL)
  for (const plan of plans) {
    const { first, isOwner, kind, item } = reportOf(plan)
    expect(first?.report).toMatchObject({ lang: plan.plain.lang, text: plan.plain.text })
    expect([kind, item.kind]).toEqual([plan.kind, plan.kind])
    expect(isOwner).toBe(plan.number !== 'foreign')
    expect(first?.report.contact ?? null).toEqual(plan.plain.contact ?? null)
  }
})

test('Every thread of the demo opens with its proofs, its replies and its notes', () => {
  for (const plan of plans) {
    const { followUps, answers, entries } = reportOf(plan)
    const planned = eventsOf(plan, 'followUp')
    expect(followUps.map(({ report, isProven }) => [report?.text, isProven])).toEqual(
      planned.map(({ text, proof }) => [text, proof === 'mac']),
    )
    const replies = plan.isEnded ? [] : eventsOf(plan, 'reply')
    expect(answers.map(({ text }) => text)).toEqual(replies.map(({ text }) => text))
    const wordsOf = ({ entry }: (typeof entries)[number]) =>
      entry?.kind === 'help' ? `${entry.help} ${entry.outcome}` : entry?.text
    const words = plan.events.flatMap((event) => {
      if (event.what === 'help') return `${event.help} ${event.outcome}`
      return event.what === 'note' ? event.text : []
    })
    expect(entries.map(wordsOf)).toEqual(words)
  }
  const all = plans.flatMap((plan) => eventsOf(plan, 'followUp'))
  expect(all.length).toBeGreaterThan(5)
})

test('Each colleague of the demo can sign in by the sheet of paper that is printed', async () => {
  for (const { passphrase, printedSecret } of signIn.colleagues) {
    const printed = await readPrintedSecret(printedSecret)
    if (!('secret' in printed)) throw new Error('no secret')
    const { lookup, proof } = (await paperEntry(passphrase, printed.secret)).signIn
    const hashes = await Promise.all([lookup, proof].map((each) => sha256(fromB64(each))))
    const slots = rowsOf('SELECT 1 FROM slots WHERE lookup_hash = ? AND proof_hash = ?', ...hashes)
    expect(slots).toHaveLength(1)
  }
})

interface LocalBucket {
  list: (options: { prefix: string }) => Promise<{ objects: { key: string }[] }>
  get: (name: string) => Promise<{ arrayBuffer: () => Promise<ArrayBuffer> } | null>
}

/** Opens the local R2 as the worker sees it. */
const openBucket = () =>
  getPlatformProxy<{ FILES: LocalBucket }>({
    configPath: join(root, 'wrangler.toml'),
    persist: { path: join(storeOf(folder), 'v3') },
    remoteBindings: false,
  })

/** Reads the objects in an R2 folder, keyed by the rest of their names. */
async function readObjects(prefix: string): Promise<Map<string, Bytes>> {
  const { env, dispose } = await openBucket()
  const found = new Map<string, Bytes>()
  for (const { key } of (await env.FILES.list({ prefix })).objects) {
    const object = await env.FILES.get(key)
    const bytes = new Uint8Array((await object?.arrayBuffer()) ?? new ArrayBuffer(0))
    found.set(key.slice(prefix.length), bytes)
  }
  await dispose()
  return found
}

test(
  'Every file of the demo is in R2, opens chunk by chunk and has the SHA-256 of its report',
  async () => {
    const { env, dispose } = await openBucket()
    const listed = [...loaded.values()].flatMap(({ first }) => first?.report.files ?? [])
    for (const { id, file } of listed) {
      if (!file) throw new Error('no file')
      const stream = { ...file, id: fromB64(id), key: fromB64(file.key) }
      const content = new Uint8Array(file.size)
      for (let n = 0; n < contentChunks(file); n++) {
        const stored = await env.FILES.get(`files/${id}/${n}`)
        const sealed = new Uint8Array((await stored?.arrayBuffer()) ?? new ArrayBuffer(0))
        content.set(await openChunk(stream, n, sealed), n * file.chunk)
      }
      expect(toB64(await sha256(content))).toBe(file.hash)
    }
    await dispose()
    const types = new Set(listed.map(({ file }) => file?.type))
    expect(types).toEqual(new Set(['image/jpeg', 'audio/wav', 'application/pdf']))
  },
  TIMEOUT_MS,
)

test('The totals of the demo are those of the triggers', () => {
  const stored = rowsOf('SELECT status, danger, total FROM counts WHERE total > 0 ORDER BY 1, 2')
  const counted = rowsOf(
    'SELECT status, danger, count(*) AS total FROM reports GROUP BY 1, 2 ORDER BY 1, 2',
  )
  expect(stored).toEqual(counted)
  const followUps = plans.flatMap((plan) => eventsOf(plan, 'followUp')).length
  expect(rowsOf('SELECT what, total FROM arrivals ORDER BY what')).toEqual([
    { what: 'follow_up', total: followUps },
    { what: 'report', total: TOTAL },
  ])
})

function replayed() {
  const rows = rowsOf('SELECT * FROM ledger ORDER BY seq').map(signedRow)
  const { root: rootKey } = JSON.parse(
    readFileSync(join(demoOrgDir(folder), 'public.json'), 'utf8'),
  ) as { root: string }
  return replayLedger(rows, fromB64(rootKey))
}

test('The ledger of the demo is whole and names its staff with their keys and roles', async () => {
  const { isWhole, roster } = await replayed()
  expect(isWhole).toBe(true)
  const stored = rowsOf('SELECT * FROM people').map((row) => ({
    id: b64(row['id']),
    signPublic: b64(row['sign_public']),
    hpkePublic: b64(row['hpke_public']),
    roles: JSON.parse(String(row['roles'])) as unknown,
    state: 'confirmed',
  }))
  const named = [...roster.people.values()].map(({ id, signPublic, hpkePublic, roles, state }) => ({
    id,
    signPublic,
    hpkePublic,
    roles,
    state,
  }))
  expect(named).toHaveLength(5)
  expect(new Set(named)).toEqual(new Set(stored))
  const open = [...roster.invitations].filter(([, { state }]) => state === 'open')
  expect(open.map(([tokenHash]) => tokenHash)).toEqual(
    rowsOf('SELECT token_hash FROM invitations').map((row) => b64(row['token_hash'])),
  )
})

test('Each case of the demo shows exactly what its colleagues signed', async () => {
  const { roster } = await replayed()
  const head = rowsOf('SELECT hash FROM ledger ORDER BY seq DESC LIMIT 1')[0]?.['hash']
  const stored = (await readObjects('checkpoints/')).get(b64(head))
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(stored)))
  const leaves = await newestLeaves(roster)
  vi.unstubAllGlobals()
  expect(leaves?.size).toBe(roster.checkpoint?.cases)
  for (const { sealed } of loaded.values()) {
    const caseId = sealed.item.id
    const log = await replayCaseLog(sealed.log, { caseId, roster })
    const leaf = leaves?.get(caseId)
    expect(leaf && [leaf.n, toB64(leaf.facts)]).toEqual(
      log.rows > 0 ? [log.rows, toB64(await factsHash(caseId, caseFactsIn(log)))] : undefined,
    )
  }
  for (const { sealed } of loaded.values())
    expect(await checkCase(sealed, roster)).toEqual({
      ...{ fault: null, known: 'fine', statusDiffers: false, missing: 0 },
      ...{ dangerDiffers: false, assigneeDiffers: false, absorbedEntries: new Map() },
      absorbedRecords: new Map(),
      ...{ letters: new Set(), answers: new Set(), entries: new Set(), records: new Set() },
      authors: expect.any(Map) as Map<string, string>,
    })
  expect(rowsOf('SELECT * FROM case_log').length).toBeGreaterThan(10)
})

test('Every report that a colleague has opened is in a case, with no wrap left', () => {
  for (const plan of plans) {
    const { sealed, untaken } = reportOf(plan)
    expect(plan.isTaken).toBe(plan.events.some(({ what }) => what !== 'followUp'))
    expect(hasWrap(fromB64(sealed.envelope))).toBe(!plan.isTaken)
    expect(sealed.taken.length > 0).toBe(plan.isTaken)
    if (!plan.isTaken) expect(untaken.length).toBeGreaterThan(0)
  }
})

test('The passphrase beside root.key opens the keys, so that somebody can practise', async () => {
  const read = (name: string): string => readFileSync(join(demoOrgDir(folder), name), 'utf8')
  const opened = await openKeyFile(read('throw-away-passphrase.txt').trim(), read('root.key'))
  expect(opened.root.length).toBeGreaterThan(0)
})

test('The demo says with what to sign in and by which invitation to join', () => {
  const [secrets] = signIn.colleagues
  const text = explainSignIn(
    { origin: 'http://127.0.0.1:8787', staffOrigin: 'http://localhost:8787' },
    signIn,
  )
  for (const part of [
    'http://localhost:8787/staff/',
    secrets?.passphrase,
    secrets?.printedSecret,
    signIn.invitation,
  ])
    expect(text).toContain(part)
})
