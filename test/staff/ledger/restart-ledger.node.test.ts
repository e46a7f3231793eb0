// Tests how browsers continue after a restore, and that a server alone cannot make them continue.
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { fromB64, toB64 } from '#protocol/bytes'
import { rowHash, SignedChange } from '#protocol/staff/chain'
import { dayNumber } from '#protocol/time'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { isKeeper } from '#site/staff/ledger/read-roster.ts'
import { acceptRestart, sendRestart } from '#site/staff/ledger/restart-ledger.ts'
import {
  verifyLedger,
  type OtherLedger,
  type VerifiedLedger,
} from '#site/staff/ledger/verify-ledger.ts'
import { LedgerWriter } from '#test/protocol/support/ledger.ts'
import { member, type Member } from '../support/ledger.ts'
import { memoryStorage } from '../support/memory-storage.ts'

const HOUR_MS = 3_600_000
const LAST_DAY = dayNumber(Date.now()) + 100

// root ──▶ certifies Aigul, a keeper, and Bermet ──invites──▶ lost rows
//                                           └─ restored here ──Aigul──▶ restart
let ledger: LedgerWriter
let aigul: Member, bermet: Member
beforeAll(async () => {
  ;[aigul, bermet] = await Promise.all([member(), member()])
  ledger = await LedgerWriter.begin(Date.now() - 5 * HOUR_MS)
  await ledger.certify(aigul.writer, 'admin', 'intake')
  await ledger.certify(bermet.writer, 'admin', 'intake')
  await ledger.certifyKeeper(aigul.writer, LAST_DAY)
})

let storage: ReturnType<typeof memoryStorage>
let lost: LedgerWriter
beforeEach(async () => {
  storage = memoryStorage()
  vi.stubGlobal('localStorage', storage)
  lost = ledger.copy()
  await lost.invite(bermet.writer, 'intake')
})
afterEach(() => vi.unstubAllGlobals())

const verify = ({ rows, rootKey }: LedgerWriter): Promise<VerifiedLedger> =>
  verifyLedger(() => Promise.resolve(rows), rootKey)

/**
 * The browser first sees the lost rows, and then the rows that the server shows after the restore.
 */
async function olderAt(restored: LedgerWriter): Promise<OtherLedger> {
  expect(await verify(lost)).toMatchObject({ is: 'whole' })
  const verified = await verify(restored)
  if (verified.is !== 'older') throw new Error(`the ledger is ${verified.is}`)
  return verified
}

const headOf = ({ rows, head }: LedgerWriter) => ({ n: rows.length, hash: toB64(head) })
const restartOf = (kept: LedgerWriter) => ({ kept: headOf(kept), cut: headOf(lost) })

/** The restored ledger with a restart by Aigul, `afterMs` after its last row. */
async function restarted(afterMs = HOUR_MS): Promise<LedgerWriter> {
  const copy = ledger.copy()
  copy.pass(afterMs)
  await copy.add(aigul.writer, 'ledger.restart', aigul.writer.id, restartOf(copy))
  return copy
}

test('After a restore the keeper signs a restart, and their own browser goes on', async () => {
  const restored = ledger.copy()
  const older = await olderAt(restored)
  expect(older).toMatchObject({
    restart: null,
    lost: { n: lost.rows.length, head: lost.head },
  })
  vi.stubGlobal('fetch', async (path: string, { body }: { body: string }) => {
    expect(path).toBe('/api/staff/ledger/restart')
    const signed = SignedChange.parse(JSON.parse(body))
    restored.rows.push(signed)
    restored.head = await rowHash(restored.head, {
      ...signed,
      signature: fromB64(signed.signature),
    })
    return new Response(null, { status: 204 })
  })
  await sendRestart(aigul.staff.keys, older)
  const verified = await verify(restored)
  expect(verified).toMatchObject({
    is: 'whole',
    roster: { restart: { signedBy: aigul.writer.id } },
  })
  expect(JSON.parse(restored.rows.at(-1)?.change ?? '')).toEqual(restartOf(ledger))
})

test('A restart that the server refuses leaves the ledger older', async () => {
  const older = await olderAt(ledger)
  vi.stubGlobal('fetch', () =>
    Promise.resolve(Response.json({ error: { code: 'not_allowed' } }, { status: 403 })),
  )
  await expect(sendRestart(aigul.staff.keys, older)).rejects.toMatchObject({ code: 'not_allowed' })
  expect(await verify(ledger)).toMatchObject({ is: 'older' })
})

test('A colleague sees who restarted, stays older, and goes on only when asked', async () => {
  const restored = await restarted()
  const older = await olderAt(restored)
  expect(older.restart).toMatchObject({ signedBy: aigul.writer.id, row: restored.rows.length })
  expect(await verify(restored)).toMatchObject({ is: 'older' })
  await restored.invite(bermet.writer, 'intake')
  const later = await verify(restored)
  if (later.is !== 'older') throw new Error('the ledger is not older')
  acceptRestart(later)
  expect(await verify(restored)).toMatchObject({ is: 'whole' })
  // The restored ledger is now the valid chain, so the lost rows belong to another chain.
  expect(await verify(lost)).toMatchObject({ is: 'older', restart: null })
})

test('R33: A restart that this browser has seen does not excuse an older ledger', async () => {
  const restored = await restarted()
  const shown = restored.copy()
  restored.pass(HOUR_MS)
  await restored.invite(bermet.writer, 'intake')
  expect(await verify(restored)).toMatchObject({ is: 'whole' })
  expect(await verify(shown)).toMatchObject({ is: 'older', restart: null })
})

test('R33: A restart by somebody who is not a keeper breaks the ledger', async () => {
  await verify(lost)
  const forged = ledger.copy()
  await forged.add(bermet.writer, 'ledger.restart', bermet.writer.id, restartOf(forged))
  expect(await verify(forged)).toMatchObject({ is: 'broken', at: forged.rows.length })
})

test('A restart by a clock that is ten minutes behind counts', async () => {
  lost.pass(9 * 60_000)
  await lost.invite(bermet.writer, 'intake')
  expect((await olderAt(await restarted(0))).restart).not.toBeNull()
})

test('Only a reader with a certificate that has not ended is a keeper', async () => {
  const { roster } = await replayLedger(ledger.rows, ledger.rootKey)
  const at = (id: string, day: number): boolean => isKeeper(roster, id, day * 24 * HOUR_MS)
  expect(at(aigul.writer.id, LAST_DAY)).toBe(true)
  expect(at(aigul.writer.id, LAST_DAY + 1)).toBe(false)
  expect(at(bermet.writer.id, LAST_DAY)).toBe(false)
  expect(at('nobody', LAST_DAY)).toBe(false)
})
