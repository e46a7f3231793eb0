// Tests checkpoints in the browser against a server that cuts, forges or withholds case logs.
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { NO_ROW } from '#protocol/staff/chain'
import { HEADS_PAGE } from '#protocol/staff/ledger/checkpoint'
import { LEAF_BYTES, writeHeads } from '#protocol/staff/ledger/checkpoint-leaves'
import { replayCaseLog } from '#protocol/staff/case-log/replay'
import { dayNumber } from '#protocol/time'
import { headOf, type LedgerRow } from '#protocol/staff/ledger/rows'
import { signCaseChange } from '#site/staff/crypto/sign-change.ts'
import { checkAgainstCheckpoint } from '#site/staff/ledger/against-checkpoint.ts'
import { type AgainstKnown } from '#site/staff/case/read/against-known.ts'
import { forgetSeen } from '#site/staff/ledger/known-heads.ts'
import { checkCase } from '#site/staff/case/read/check-case.ts'
import { requireLog } from '#site/staff/case/read/require-log.ts'
import { signCheckpoint } from '#site/staff/ledger/sign-checkpoint.ts'
import { LedgerWriter } from '#test/protocol/support/ledger.ts'
import { CheckpointServer } from '../support/checkpoint-server.ts'
import { member, type Member } from '../support/ledger.ts'
import { openedWith, tell } from '../support/people.ts'

// ledger:  root ──org.begin──▶ certifies Aigul, Bermet ──Aigul──▶ checkpoint
// case A:  1 ── 2 ── 3        the server drops 3, or writes another 3
// case B:  1
let begun: LedgerWriter
let aigul: Member, bermet: Member
beforeAll(async () => {
  ;[aigul, bermet] = await Promise.all([member(), member()])
  begun = await LedgerWriter.begin()
  await begun.certify(aigul.writer, 'admin', 'intake')
  await begun.certify(bermet.writer, 'intake')
})

const caseA = toB64(new Uint8Array(16).fill(0x11))
const caseB = toB64(new Uint8Array(16).fill(0xf0))

let server: CheckpointServer
beforeEach(async () => {
  server = new CheckpointServer(begun.copy(), aigul.staff.keys)
  forgetSeen()
  vi.stubGlobal('fetch', (path: string, { body }: { body?: Bytes }) => server.answer(path, body))
  for (const id of [caseA, caseA, caseA, caseB]) await server.extend(id)
})
afterEach(() => vi.unstubAllGlobals())

const sign = async (who: Member): ReturnType<typeof signCheckpoint> =>
  signCheckpoint(who.staff.keys, await server.roster())
const rowsOf = (id: string): LedgerRow[] => server.logs.get(id) ?? []
const check = async (id: string, rows = rowsOf(id)) =>
  checkAgainstCheckpoint(await server.roster(), id, rows)

describe('a checkpoint of all case logs', () => {
  test('A checkpoint is a row that browsers accept, and the next one follows it', async () => {
    expect(await sign(aigul)).toEqual({ is: 'signed' })
    expect((await server.roster()).checkpoint).toMatchObject({
      signedBy: aigul.writer.id,
      cases: 2,
    })
    await server.extend(caseB)
    await server.extend(toB64(randomBytes(16)))
    expect(await sign(bermet)).toEqual({ is: 'signed' })
    expect((await server.roster()).checkpoint).toMatchObject({
      signedBy: bermet.writer.id,
      cases: 3,
    })
  })

  test('All pages of heads are in the checkpoint', async () => {
    const [row] = rowsOf(caseB)
    if (!row) throw new Error('no row')
    for (let n = 0; n < HEADS_PAGE; n++) server.logs.set(toB64(randomBytes(16)), [row])
    expect(await sign(aigul)).toEqual({ is: 'signed' })
    expect((await server.roster()).checkpoint?.cases).toBe(HEADS_PAGE + 2)
  })

  test('Pages of heads that never end are refused', async () => {
    const page = writeHeads(
      Array.from({ length: HEADS_PAGE }, (_, n) => ({
        caseId: new Uint8Array([n >> 8, n & 255, ...new Uint8Array(14)]),
        n: 1,
        hash: NO_ROW,
      })),
    )
    server.leaves = () => Promise.resolve(page)
    await expect(sign(aigul)).rejects.toMatchObject({ code: 'malformed' })
  })

  test('Of two browsers with one roster one signs, and the other gets moved', async () => {
    const roster = await server.roster()
    expect(await signCheckpoint(aigul.staff.keys, roster)).toEqual({ is: 'signed' })
    expect(await signCheckpoint(bermet.staff.keys, roster)).toEqual({ is: 'moved' })
    expect(server.checkpoints.size).toBe(1)
  })
})

describe('R25: a server that drops the tail of a case log after a checkpoint', () => {
  beforeEach(async () => {
    expect(await sign(aigul)).toEqual({ is: 'signed' })
  })

  test('A browser that never saw the tail finds the case, and signs nothing', async () => {
    server.logs.set(caseA, rowsOf(caseA).slice(0, 2))
    expect(await sign(bermet)).toEqual({ is: 'cut', cases: [caseA] })
    server.logs.delete(caseB)
    expect(await sign(bermet)).toEqual({ is: 'cut', cases: [caseA, caseB] })
    expect(server.checkpoints.size).toBe(1)
  })

  test('Another row in place of the last one is found', async () => {
    server.logs.set(caseA, rowsOf(caseA).slice(0, 2))
    const before = await headOf(rowsOf(caseA))
    vi.setSystemTime(Date.now() + 86_400_000)
    await server.extend(caseA)
    vi.useRealTimers()
    expect(await headOf(rowsOf(caseA))).not.toEqual(before)
    expect(await sign(bermet)).toEqual({ is: 'cut', cases: [caseA] })
  })

  test('Without the leaves of the last checkpoint, or with others, nothing is signed', async () => {
    const [row, stored] = [...server.checkpoints][0] ?? []
    if (row === undefined || !stored) throw new Error('no checkpoint')
    server.logs.set(caseA, rowsOf(caseA).slice(0, 2))
    vi.resetModules()
    const fresh = await import('#site/staff/ledger/sign-checkpoint.ts')
    for (const shown of [null, stored.slice(0, -LEAF_BYTES), stored.slice(0, -1)]) {
      if (shown) server.checkpoints.set(row, shown)
      else server.checkpoints.delete(row)
      const signing = fresh.signCheckpoint(bermet.staff.keys, await server.roster())
      expect(await signing).toEqual({ is: 'withheld' })
    }
  })

  test('After a restart the leaves may be gone, but those that are there still count', async () => {
    await server.ledger.certifyKeeper(aigul.writer, dayNumber(Date.now()) + 100)
    const { rows, head } = server.ledger
    const kept = { n: rows.length, hash: toB64(head) }
    const cut = { n: rows.length + 1, hash: toB64(randomBytes(32)) }
    await server.ledger.add(aigul.writer, 'ledger.restart', aigul.writer.id, { kept, cut })
    server.logs.delete(caseB)
    expect(await sign(bermet)).toEqual({ is: 'cut', cases: [caseB] })
    server.checkpoints.clear()
    // An open tab keeps the leaves; a fresh tab has none.
    vi.resetModules()
    const fresh = await import('#site/staff/ledger/sign-checkpoint.ts')
    // The server can no longer show the leaves, but work must continue, even in an old case.
    const restarted = await server.roster()
    const acting = { keys: aigul.staff.keys, roster: restarted }
    const { requireLog: requireFresh } = await import('#site/staff/case/read/require-log.ts')
    const log = await requireFresh(acting, { item: { id: caseA }, log: rowsOf(caseA) })
    expect(log.rows).toBe(3)
    const signing = fresh.signCheckpoint(bermet.staff.keys, restarted)
    expect(await signing).toEqual({ is: 'signed' })
  })

  test('A case whose log reaches the checkpoint is held, and a cut one is older', async () => {
    expect(await check(caseA)).toBe('held')
    const tail = rowsOf(caseA)
    await server.extend(caseA)
    expect(await check(caseA)).toBe('held')
    for (const rows of [
      [],
      tail.slice(0, 1),
      tail.slice(0, 2),
      [...tail.slice(0, 2), ...rowsOf(caseB)],
    ])
      expect(await check(caseA, rows)).toBe('older')
  })

  test('A case that is opened with a cut log or a forged bucket is marked as older', async () => {
    const opened = openedWith(await tell(aigul.staff, { text: 'Паспортумду алып коюшту' }))
    const item = { ...opened.item, id: caseA }
    const knownOf = async (log: LedgerRow[]): Promise<AgainstKnown> =>
      (await checkCase({ ...opened, item, log }, await server.roster())).known
    const row = server.ledger.rows.length
    const stored = server.checkpoints.get(row)
    if (!stored) throw new Error('no checkpoint')
    server.checkpoints.set(
      row,
      stored.map((byte, at) => (at === 0 ? byte ^ 1 : byte)),
    )
    expect(await knownOf(rowsOf(caseA))).toBe('older')
    server.checkpoints.delete(row)
    expect(await knownOf(rowsOf(caseA))).toBe('withheld')
    const acting = requireLog(
      { keys: aigul.staff.keys, roster: await server.roster() },
      { item, log: rowsOf(caseA) },
    )
    await expect(acting).rejects.toMatchObject({ code: 'checkpoint_withheld' })
    server.checkpoints.set(row, stored)
    expect(await knownOf(rowsOf(caseA))).toBe('fine')
    expect(await knownOf(rowsOf(caseA).slice(0, 2))).toBe('older')
    // A checkpoint never changes, so this tab requests each part of the checkpoint only once.
    server.checkpoints.delete(row)
    expect(await knownOf(rowsOf(caseA).slice(0, 2))).toBe('older')
  })

  test('R36: A row that somebody who left adds by an old ledger is late', async () => {
    const before = await server.roster()
    await server.ledger.add(aigul.writer, 'person.remove', bermet.writer.id, bermet.writer.keys)
    expect(await sign(aigul)).toEqual({ is: 'signed' })
    const added = async (id: string): Promise<LedgerRow[]> => {
      const prev = toB64(await headOf(rowsOf(id)))
      const change = { from: 'new', to: 'in_progress', followUps: 0 }
      const row = { action: 'status.set', subject: id, change } as const
      const by = { keys: bermet.staff.keys, roster: before }
      const place = { prev, nowMs: Date.now() }
      return [...rowsOf(id), await signCaseChange(by, row, place)]
    }
    for (const id of [caseA, toB64(randomBytes(16))]) {
      expect(await check(id, await added(id))).toBe('late')
      // The replay alone would accept the row, because no colleague who saw the departure has
      // signed here.
      if (id === caseA) continue
      const log = await replayCaseLog(await added(id), {
        caseId: id,
        roster: await server.roster(),
      })
      expect(log.fault).toBeNull()
    }
  })

  test('R52: A case that the checkpoint lacks, and that is older by days, is marked', async () => {
    const id = toB64(randomBytes(16))
    vi.setSystemTime(Date.now() - 3 * 86_400_000)
    await server.extend(id)
    vi.useRealTimers()
    expect(await check(id)).toBe('older')
  })

  test('A case that is newer than the checkpoint is unknown', async () => {
    const id = toB64(randomBytes(16))
    await server.extend(id)
    expect(await check(id)).toBe('unknown')
    expect(
      await checkAgainstCheckpoint({ ...(await server.roster()), checkpoint: null }, caseA, []),
    ).toBe('unknown')
  })

  test('R52: A server that withholds the part about a case hides no cut', async () => {
    vi.resetModules()
    const { checkAgainstCheckpoint: checkFresh } =
      await import('#site/staff/ledger/against-checkpoint.ts')
    const roster = await server.roster()
    server.hidesParts = true
    expect(await checkFresh(roster, caseA, rowsOf(caseA).slice(0, 2))).toBe('older')
    expect(await checkFresh(roster, caseA, rowsOf(caseA))).toBe('held')
  })

  test('A bucket that is withheld or of another checkpoint proves nothing', async () => {
    const row = server.ledger.rows.length
    const stored = server.checkpoints.get(row)
    if (!stored) throw new Error('no checkpoint')
    server.checkpoints.delete(row)
    await expect(check(caseA)).rejects.toMatchObject({ code: 'not_found' })
    server.checkpoints.set(row, stored)
    await server.extend(caseB)
    expect(await sign(aigul)).toEqual({ is: 'signed' })
    server.checkpoints.set(server.ledger.rows.length, stored)
    await expect(check(caseA)).rejects.toMatchObject({ code: 'malformed' })
  })
})
