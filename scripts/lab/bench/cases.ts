// Measures the browser's work on cases: opening one with a long log, and re-wrapping many after
// somebody left. Node runs the same code with the same WebCrypto calls.
import { concat, fromB64, randomBytes, sha256, toB64, u32, type Bytes } from '#protocol/bytes'
import { sealAesGcm } from '#protocol/crypto/aead-seal'
import { padText } from '#protocol/crypto/padding'
import { CEK_BYTES, HASH_BYTES, ID_BYTES, SUITE, VERSION } from '#protocol/limits'
import { commitmentTo, KIND } from '#protocol/report/envelope'
import { contentHashOf } from '#protocol/report/letter-content'
import { CASE_KEY_BYTES, type CaseKey } from '#protocol/staff/case-bodies'
import { OpenedReport } from '#protocol/staff/opened-report'
import { NO_ROW, rowHash } from '#protocol/staff/chain'
import type { CaseAction } from '#protocol/staff/actions'
import { dayOf, minuteOf } from '#protocol/time'
import { step } from '#scripts/shared/progress'
import { checkCase } from '#site/staff/case/check-case.ts'
import { importAeadKey } from '#site/staff/crypto/aead-key.ts'
import { sealEntry } from '#site/staff/crypto/case-entry.ts'
import { makeCaseKey, rewrapCaseKey, sealCek } from '#site/staff/crypto/case-key.ts'
import { makeKeys } from '#site/staff/crypto/make-keys.ts'
import { signChange } from '#site/staff/crypto/sign-change.ts'
import { openAll } from '#site/staff/report/load-report.ts'

const ROWS = 60
const ROUNDS = 5
const OPENING_BOUND_MS = 150
const CASES = 10_000
const REWRAP_BOUND_MS = 10_000

const nowMs = Date.now()
const caseId = toB64(randomBytes(ID_BYTES))

/** Makes header ‖ body of a letter, as the edge keeps it after the taking. */
async function takenLetter(cek: Bytes): Promise<Bytes> {
  const random = [randomBytes(ID_BYTES), await commitmentTo(cek)]
  const header = concat(
    new Uint8Array([VERSION, KIND.tip, 0, SUITE]),
    u32(1),
    ...random,
    randomBytes(2 * HASH_BYTES),
  )
  const json = JSON.stringify({ v: 1, lang: 'ky', at: minuteOf(nowMs), text: 'ы'.repeat(1500) })
  const body = await sealAesGcm(cek, new Uint8Array(12), header, padText(json, 3839))
  return concat(header, body)
}

/** Makes a case with a key, a letter and notes, and measures opening and checking it. */
async function benchOpening(): Promise<number> {
  const { keys, sign } = await makeKeys()
  const personId = toB64(randomBytes(ID_BYTES))
  const [team, share] = [await importAeadKey(randomBytes(CASE_KEY_BYTES)), randomBytes(32)]
  const { key, sealed } = await makeCaseKey(team, { caseId, keyNo: 1 }, share)
  const log: OpenedReport['log'] = []
  const entries: OpenedReport['entries'] = []
  let head = NO_ROW
  const add = async (action: CaseAction, change: object): Promise<void> => {
    const place = { prev: toB64(head), nowMs }
    const row = await signChange({ personId, sign }, { action, subject: caseId, change }, place)
    head = await rowHash(head, { ...row, signature: fromB64(row.signature) })
    log.push(row)
  }
  const cek = randomBytes(CEK_BYTES)
  const letter = await takenLetter(cek)
  await add('key.make', { keyNo: 1, generation: 1 })
  const contentHash = toB64(await contentHashOf(letter))
  await add('letters.take', { keyNo: 1, letters: [{ id: caseId, contentHash }] })
  while (log.length < ROWS) {
    const note = { v: 1, kind: 'note', at: minuteOf(nowMs), text: 'ы'.repeat(400) } as const
    const entry = await sealEntry(key, personId, note)
    await add('entry.add', { keyNo: 1, entryHash: toB64(await sha256(fromB64(entry))) })
    entries.push({ n: log.length, sealed: entry })
  }
  const opened = OpenedReport.parse({
    item: {
      ...{ id: caseId, kind: KIND.tip, danger: false, day: dayOf(nowMs), grade: 1 },
      ...{ sealedBy: 'device', status: 'new', followUps: 0 },
    },
    envelope: toB64(letter),
    followUps: [],
    log,
    taken: [{ id: caseId, caseId, keyNo: 1, sealed: await sealCek(key, caseId, cek) }],
    caseKeys: [{ caseId, keyNo: 1, generation: 1, sealed }],
    shares: [{ caseId, share: toB64(share) }],
    entries,
    answers: [],
    answerable: true,
  })
  const span = { signPublic: keys.signPublic, from: '2000-01-01', until: null }
  const named = { generation: 1, commitment: '', openedBy: personId, row: 1, hasEnded: false }
  const readers = new Map([[personId, [span]]])
  const roster = {
    readers,
    caseworkers: new Map(),
    teams: new Map([[1, named]]),
    checkpoint: null,
  }
  const reader = { intake: new Map(), team: new Map([[1, team]]) }
  return medianOf(`Opening and checking a case with ${ROWS} rows`, OPENING_BOUND_MS, async () => {
    const { first, entries: notes } = await openAll(reader, opened)
    const { brokenAt } = await checkCase(opened, roster)
    const isOpen = first !== null && notes.every(({ entry }) => entry !== null)
    if (!isOpen || brokenAt !== null) throw new Error('the case of the measurement is broken')
  })
}

async function benchRewrapping(): Promise<number> {
  const [from, to] = [await importAeadKey(randomBytes(32)), await importAeadKey(randomBytes(32))]
  const { sealed } = await makeCaseKey(from, { caseId, keyNo: 1 }, randomBytes(32))
  const stored: CaseKey = { caseId, keyNo: 1, generation: 1, sealed }
  return medianOf(`Re-wrapping ${CASES} cases`, REWRAP_BOUND_MS, async () => {
    for (let done = 0; done < CASES; done += 40)
      await Promise.all(Array.from({ length: 40 }, () => rewrapCaseKey(from, to, stored)))
  })
}

/** Prints the median time. @returns 1 when it is over its bound, else 0 */
async function medianOf(what: string, boundMs: number, work: () => Promise<void>): Promise<number> {
  const times: number[] = []
  await step(what, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const began = performance.now()
      await work()
      times.push(performance.now() - began)
    }
  })
  const median = times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? NaN
  const fits = median <= boundMs
  console.log(
    `${fits ? '  ' : '! '}${what}, in Node: ${median.toFixed(0)} ms   bound ${boundMs} ms`,
  )
  return fits ? 0 : 1
}

export async function benchCases(): Promise<number> {
  return (await benchOpening()) + (await benchRewrapping())
}
