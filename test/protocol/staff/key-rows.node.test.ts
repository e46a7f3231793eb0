import { beforeAll, describe, expect, test } from 'vitest'
import { concat, fromB64, randomBytes, sha256, toB64, utf8 } from '#protocol/bytes'
import { verifyKeys } from '#protocol/keys/signatures'
import { caseKeyHash } from '#protocol/staff/case-key-hash'
import { readKeyRows } from '#protocol/staff/key-rows'
import type { LedgerRow } from '#protocol/staff/ledger'
import type { Roster } from '#protocol/staff/roster-state'
import { CaseWriter, KEY_HASH, openTeams, rosterOf } from '../support/case-log.ts'
import { LedgerWriter, writer, type Writer } from '../support/ledger.ts'

const caseId = toB64(randomBytes(16))
const name = `${caseId} 1`
let roster: Roster
let aigul: Writer, sergei: Writer

beforeAll(async () => {
  ;[aigul, sergei] = await Promise.all([writer(), writer()])
  const ledger = await LedgerWriter.begin()
  await ledger.certify(aigul, 'admin', 'intake')
  await ledger.certify(sergei, 'caseworker')
  await openTeams(ledger, aigul, 1)
  roster = await rosterOf(ledger)
})

const MADE = { keyNo: 1, generation: 1, keyHash: KEY_HASH }

/** Signs a row `key.make` of a case. */
async function rowBy(
  by: Writer,
  { change = MADE, of = caseId, day = '' }: { change?: object; of?: string; day?: string } = {},
): Promise<LedgerRow> {
  const log = new CaseWriter(of)
  if (day !== '') log.day = day
  await log.add(by, 'key.make', change)
  const [row] = log.rows
  if (!row) throw new Error('the log has no row')
  return row
}

const read = (...rows: LedgerRow[]) => readKeyRows(rows, roster, verifyKeys())

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

test('Of two rows about one key the first one counts', async () => {
  const keyHash = toB64(randomBytes(32))
  const later = await rowBy(aigul, { change: { keyNo: 1, generation: 1, keyHash } })
  expect(await read(await rowBy(aigul), later)).toEqual(new Map([[name, KEY_HASH]]))
})

describe('A row proves nothing', () => {
  const cases: [string, () => Promise<LedgerRow>][] = [
    ['by somebody who is no reader', () => rowBy(sergei)],
    ['by a stranger', async () => rowBy(await writer())],
    ['of a day on which the author was no reader', () => rowBy(aigul, { day: '2020-01-01' })],
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
        const log = new CaseWriter(caseId)
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
