import { beforeAll, describe, expect, test } from 'vitest'
import { concat, fromB64, randomBytes, sha256, toB64, utf8 } from '#protocol/bytes'
import { verifyKeys } from '#protocol/keys/signatures'
import { caseKeyHash, type KeyHashes } from '#protocol/staff/case-log/key-hash'
import { readKeyRows } from '#protocol/staff/case-log/key-rows'
import type { Statement } from '#protocol/staff/statement'
import type { LedgerRow } from '#protocol/staff/ledger/rows'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { CaseWriter, headAt, KEY_HASH, openTeams, rosterOf } from '../support/case-log.ts'
import { LedgerWriter, writer, type Writer } from '../support/ledger.ts'

const caseId = toB64(randomBytes(16))
const name = `${caseId} 1`
let roster: Roster
let ledger: LedgerWriter
let aigul: Writer, sergei: Writer

beforeAll(async () => {
  ;[aigul, sergei] = await Promise.all([writer(), writer()])
  ledger = await LedgerWriter.begin()
  await ledger.certify(aigul, 'admin', 'intake')
  await ledger.certify(sergei, 'caseworker')
  await openTeams(ledger, aigul, 1)
  roster = await rosterOf(ledger)
})

const MADE = { keyNo: 1, generation: 1, keyHash: KEY_HASH }

interface Row {
  change?: object
  of?: string
  said?: Partial<Statement>
}

/** Signs a `key.make` row of a case. */
async function rowBy(
  by: Writer,
  { change = MADE, of = caseId, said = {} }: Row = {},
): Promise<LedgerRow> {
  const log = new CaseWriter(ledger, of)
  await log.add(by, 'key.make', change, said)
  const [row] = log.rows
  if (!row) throw new Error('the log has no row')
  return row
}

const read = async (...rows: LedgerRow[]): Promise<KeyHashes> =>
  (await readKeyRows(rows, roster, verifyKeys())).hashes

test('The hash of a case key covers the case, the number and the key', async () => {
  const key = randomBytes(32)
  const bytes = concat(
    utf8('oasis/v1/case-key-hash'),
    fromB64(caseId),
    new Uint8Array([0, 0, 0, 7]),
    key,
  )
  expect(await caseKeyHash({ caseId, keyNo: 7 }, key)).toBe(toB64(await sha256(bytes)))
})

test('A row that a reader signed proves the hash of its key', async () => {
  expect(await read(await rowBy(aigul))).toEqual(new Map([[name, KEY_HASH]]))
})

test('R25: A row of another case proves nothing about this one', async () => {
  const other = toB64(randomBytes(16))
  const found = await read(await rowBy(aigul, { of: other }))
  expect(found.has(name)).toBe(false)
  expect([...found.keys()]).toEqual([`${other} 1`])
})

test('A row that a reader signed by another ledger names that ledger', async () => {
  const other = { n: 2, hash: KEY_HASH }
  const row = await rowBy(aigul, { said: { ledger: other } })
  expect(await readKeyRows([row], roster, verifyKeys())).toEqual({ hashes: new Map(), fork: other })
  const forged = { ...row, signature: toB64(randomBytes(64)) }
  expect((await readKeyRows([forged], roster, verifyKeys())).fork).toBeNull()
})

test('Of two rows about one key the first one counts', async () => {
  const keyHash = toB64(randomBytes(32))
  const later = await rowBy(aigul, { change: { keyNo: 1, generation: 1, keyHash } })
  expect(await read(await rowBy(aigul), later)).toEqual(new Map([[name, KEY_HASH]]))
})

describe('A row proves nothing', () => {
  const cases: [string, () => Promise<LedgerRow>][] = [
    ['by somebody who is no reader', () => rowBy(sergei)],
    ['by a stranger', async () => rowBy(await writer())],
    [
      'signed before the author was a reader',
      async () => rowBy(aigul, { said: { ledger: await headAt(ledger, 1) } }),
    ],
    [
      'that names a row of another ledger',
      () => rowBy(aigul, { said: { ledger: { n: 2, hash: KEY_HASH } } }),
    ],
    [
      'that names a row which this browser lacks',
      () => rowBy(aigul, { said: { ledger: { n: 99, hash: KEY_HASH } } }),
    ],
    ['without a hash', () => rowBy(aigul, { change: { keyNo: 1, generation: 1 } })],
    [
      'whose change is another than the signed one',
      async () => {
        const keyHash = toB64(randomBytes(32))
        return {
          ...(await rowBy(aigul)),
          change: JSON.stringify({ keyNo: 1, generation: 1, keyHash }),
        }
      },
    ],
    [
      'with another signature',
      async () => ({ ...(await rowBy(aigul)), signature: toB64(randomBytes(64)) }),
    ],
    [
      'with another action',
      async () => {
        const log = new CaseWriter(ledger, caseId)
        await log.add(aigul, 'entry.add', { keyNo: 1, generation: 1, keyHash: KEY_HASH })
        return log.rows[0] ?? (await rowBy(aigul))
      },
    ],
    ['that is no statement', async () => ({ ...(await rowBy(aigul)), statement: '{}' })],
  ]
  for (const [what, make] of cases)
    test(what, async () => {
      expect(await read(await make())).toEqual(new Map())
    })
})
