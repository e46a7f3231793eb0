import { beforeAll, expect, test } from 'vitest'
import { fromB64, randomBytes, toB64 } from '#protocol/bytes'
import { NO_ROW, rowHash } from '#protocol/staff/chain'
import { brokenLogRows, type StoredLogRow } from '#scripts/lab/simulate/verify-logs'
import { signChange } from '#site/staff/crypto/sign-change.ts'
import { signingPair, type SigningPair } from '#test/protocol/support/organisation.ts'

const [ID, CASE_ID] = [randomBytes(16), randomBytes(16)]
let signing: SigningPair
let rows: StoredLogRow[]

beforeAll(async () => {
  signing = await signingPair()
  rows = []
  for (let n = 1; n <= 3; n++) {
    const prevHash = rows.at(-1)?.hash ?? NO_ROW
    const { statement, signature } = await signChange(
      { personId: toB64(ID), sign: signing.privateKey },
      { action: 'status.set', subject: toB64(CASE_ID), change: { n } },
      { prev: toB64(prevHash), nowMs: Date.UTC(2026, 10, 24) },
    )
    const row = { statement, signature: fromB64(signature) }
    const hash = await rowHash(prevHash, row)
    rows.push({ caseId: CASE_ID, n, prevHash, hash, actor: ID, ...row })
  }
})

const broken = (changed: readonly StoredLogRow[], signPublic = signing.publicKey) =>
  brokenLogRows(changed, [{ id: ID, signPublic, signPrivate: signing.privateKey }])

test('A whole log has no broken row', async () => {
  expect(await broken(rows)).toEqual([])
})

test('A log with a missing, a changed or a foreign row is broken', async () => {
  const last = `row 3 of ${toB64(CASE_ID)}`
  expect(await broken(rows.toSpliced(1, 1))).toEqual([last])
  const changed = rows.map((row) => (row.n === 3 ? { ...row, actor: randomBytes(16) } : row))
  expect(await broken(changed)).toEqual([last])
  const moved = rows.map((row) => (row.n === 3 ? { ...row, n: 4 } : row))
  expect(await broken(moved)).toEqual([`row 4 of ${toB64(CASE_ID)}`])
  expect(await broken(rows, (await signingPair()).publicKey)).toHaveLength(3)
})
