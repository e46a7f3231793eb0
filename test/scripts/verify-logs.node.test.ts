import { beforeAll, expect, test } from 'vitest'
import { fromB64, randomBytes, toB64 } from '#protocol/bytes'
import { NO_ROW, rowHash } from '#protocol/staff/chain'
import { replayLogs, type StoredLogRow } from '#scripts/lab/simulate/verify-logs'
import { ONLY_ROW } from '#scripts/lab/simulate/only-row'
import { signCaseChange } from '#site/staff/crypto/sign-change.ts'
import { signingPair, type SigningPair } from '#test/protocol/support/organisation.ts'
import { KEY_HASH } from '#test/protocol/support/case-log.ts'

const [ID, CASE_ID] = [randomBytes(16), randomBytes(16)]
let signing: SigningPair
let rows: StoredLogRow[]

beforeAll(async () => {
  signing = await signingPair()
  rows = []
  for (let n = 1; n <= 3; n++) {
    const prevHash = rows.at(-1)?.hash ?? NO_ROW
    const { change, statement, signature } = await signCaseChange(
      {
        keys: { personId: toB64(ID), sign: signing.privateKey },
        roster: { rows: ONLY_ROW.n, head: fromB64(ONLY_ROW.hash) },
      },
      {
        action: 'key.make',
        subject: toB64(CASE_ID),
        change: { keyNo: n, generation: 1, keyHash: KEY_HASH },
      },
      { prev: toB64(prevHash), nowMs: Date.UTC(2026, 10, 24) },
    )
    const row = { change, statement, signature: fromB64(signature) }
    const hash = await rowHash(prevHash, row)
    rows.push({ caseId: CASE_ID, n, prevHash, hash, actor: ID, ...row })
  }
})

const broken = async (changed: readonly StoredLogRow[], signPublic = signing.publicKey) => {
  const members = [{ id: ID, signPublic, signPrivate: signing.privateKey }]
  return (await replayLogs(changed, members)).broken
}

test('A whole log has no broken row', async () => {
  expect(await broken(rows)).toEqual([])
})

test('A log with a missing, a changed or a foreign row is broken', async () => {
  const [second, last] = [2, 3].map((n) => `row ${n} of ${toB64(CASE_ID)}`)
  expect(await broken(rows.toSpliced(1, 1))).toEqual([second])
  const changed = rows.map((row) => (row.n === 3 ? { ...row, actor: randomBytes(16) } : row))
  expect(await broken(changed)).toEqual([last])
  const moved = rows.map((row) => (row.n === 3 ? { ...row, n: 4 } : row))
  expect(await broken(moved)).toEqual([last])
  const first = `row 1 of ${toB64(CASE_ID)}`
  expect(await broken(rows, (await signingPair()).publicKey)).toEqual([first])
})
