// Makes a case as the edge returns it to a reader: a key, a taken letter, and notes. Also makes the
// reader who opens the case, and the roster for checking the case.
import { concat, fromB64, randomBytes, sha256, toB64, u32, type Bytes } from '#protocol/bytes'
import { sealAesGcm } from '#protocol/crypto/aead-seal'
import { padText } from '#protocol/crypto/padding'
import { CEK_BYTES, HASH_BYTES, ID_BYTES, SUITE, VERSION } from '#protocol/limits'
import { commitmentTo, KIND } from '#protocol/report/envelope'
import { contentHashOf } from '#protocol/report/letter-content'
import type { CaseAction } from '#protocol/staff/actions'
import { NO_ROW, rowHash } from '#protocol/staff/chain'
import { StoredCase } from '#protocol/staff/case-log/stored-case'
import { dayOf, minuteOf } from '#protocol/time'
import { sealEntry } from '#site/staff/crypto/case-entry.ts'
import { makeCaseKey } from '#site/staff/crypto/case-key.ts'
import { sealCek } from '#site/staff/crypto/case-letter.ts'
import { makeKeys } from '#site/staff/crypto/make-keys.ts'
import { signCaseChange } from '#site/staff/crypto/sign-change.ts'
import { importTeam, TeamKey } from '#site/staff/crypto/team-key.ts'

const nowMs = Date.now()
const caseId = toB64(randomBytes(ID_BYTES))

/** Makes the header ‖ body of a letter, as the edge stores them once the letter has been taken. */
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

/** Makes a generation of the team key, proved against a roster that lists only this generation. */
export async function makeTeamKey(generation: number): Promise<TeamKey> {
  const copy = await importTeam(generation, randomBytes(32))
  const named = { generation, commitment: copy.commitment, openedBy: '', row: 1, hasEnded: false }
  const key = TeamKey.prove(copy, { teams: new Map([[generation, named]]) })
  if (!key) throw new Error('the roster names another key')
  return key
}

/** @param rows  the rows of the case log; each row after the second is a note */
export async function makeOpenableCase(rows: number) {
  const { keys: person, sign } = await makeKeys()
  const personId = toB64(randomBytes(ID_BYTES))
  const [team, secret] = [await makeTeamKey(1), randomBytes(32)]
  const { key, keyHash, sealed } = await makeCaseKey(team, { caseId, keyNo: 1 }, secret)
  const log: StoredCase['log'] = []
  const entries: StoredCase['entries'] = []
  const line = { rows: 1, head: randomBytes(HASH_BYTES) }
  let head = NO_ROW
  const add = async (action: CaseAction, change: object): Promise<void> => {
    const place = { prev: toB64(head), nowMs }
    const row = await signCaseChange(
      { keys: { personId, sign }, roster: line },
      { action, subject: caseId, change },
      place,
    )
    head = await rowHash(head, { ...row, signature: fromB64(row.signature) })
    log.push(row)
  }
  const cek = randomBytes(CEK_BYTES)
  const letter = await takenLetter(cek)
  await add('key.make', { keyNo: 1, generation: 1, keyHash })
  const contentHash = toB64(await contentHashOf(letter))
  await add('letters.take', { keyNo: 1, letters: [{ id: caseId, contentHash }] })
  while (log.length < rows) {
    const note = { v: 1, kind: 'note', at: minuteOf(nowMs), text: 'ы'.repeat(400) } as const
    const entry = await sealEntry(key, personId, note)
    await add('entry.add', { keyNo: 1, entryHash: toB64(await sha256(fromB64(entry))) })
    entries.push({ n: log.length, sealed: entry })
  }
  const opened = StoredCase.parse({
    item: {
      ...{ id: caseId, kind: KIND.tip, danger: false, day: dayOf(nowMs), grade: 1 },
      ...{ sealedBy: 'device', status: 'new', followUps: 0, absorbed: 0, assignee: null },
      ...{ waitsFor: 'us', waitsSince: dayOf(nowMs), touchedDay: dayOf(nowMs), dueDay: null },
      ...{ closeReason: null, rows, seen: null, acted: false, givenBy: null, dangerDay: null },
    },
    mergedInto: null,
    absorbed: [],
    envelope: toB64(letter),
    followUps: [],
    log,
    taken: [{ id: caseId, caseId, keyNo: 1, sealed: await sealCek(key, caseId, cek) }],
    caseKeys: [{ caseId, keyNo: 1, generation: 1, sealed }],
    keyRows: [],
    grants: [],
    secrets: [{ caseId, secret: toB64(secret) }],
    entries,
    records: [],
    answers: [],
    answerable: true,
  })
  const span = { signPublic: person.signPublic, from: 1, until: null }
  const named = { generation: 1, commitment: '', openedBy: personId, row: 1, hasEnded: false }
  const readers = new Map([[personId, [span]]])
  const roster = {
    readers,
    caseworkers: new Map(),
    teams: new Map([[1, named]]),
    ...{ hashes: [line.head], restart: null, rootId: personId, checkpoint: null },
  }
  const keys = { personId, intake: new Map(), team: new Map([[1, team]]) }
  return { reader: { keys, roster }, opened }
}
