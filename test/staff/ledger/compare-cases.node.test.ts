// Tests the daily comparison of all cases against a server that truncates, forks or omits some of
// them. The server lies to a browser, or to the colleague who signs the checkpoint.
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { fromB64, randomBytes, sameBytes, toB64 } from '#protocol/bytes'
import { factsHash } from '#protocol/staff/case-log/facts'
import { NO_ROW } from '#protocol/staff/chain'
import { leavesOf } from '#protocol/staff/ledger/checkpoint'
import { readLeaves } from '#protocol/staff/ledger/checkpoint-leaves'
import { headOf, type LedgerRow } from '#protocol/staff/ledger/rows'
import { dayNumber } from '#protocol/time'
import { chanceFrom } from '#scripts/shared/seeded-random'
import { compareCases } from '#site/staff/ledger/compare-cases.ts'
import { forgetSeen, forgetSigned, rememberHeads } from '#site/staff/ledger/known-heads.ts'
import { signCheckpoint } from '#site/staff/ledger/sign-checkpoint.ts'
import { LedgerWriter } from '#test/protocol/support/ledger.ts'
import { CheckpointServer } from '../support/checkpoint-server.ts'
import { member, type Member } from '../support/ledger.ts'
import { memoryStorage } from '../support/memory-storage.ts'

const HOUR_MS = 3_600_000
let begun: LedgerWriter
let aigul: Member, bermet: Member
beforeAll(async () => {
  ;[aigul, bermet] = await Promise.all([member(), member()])
  begun = await LedgerWriter.begin(Date.now() - 9 * HOUR_MS)
  await begun.certify(aigul.writer, 'admin', 'intake')
  await begun.certify(bermet.writer, 'intake')
})

let server: CheckpointServer
let storages: Map<Member, ReturnType<typeof memoryStorage>>
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  server = new CheckpointServer(begun.copy(), aigul.staff.keys)
  storages = new Map([aigul, bermet].map((who) => [who, memoryStorage()]))
  vi.stubGlobal('fetch', (path: string, { body }: { body?: never }) => server.answer(path, body))
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** Switches to a colleague's browser, which remembers only what it has signed. */
function at(who: Member): void {
  forgetSeen()
  vi.stubGlobal('localStorage', storages.get(who))
}

const sign = async (who: Member) => {
  at(who)
  return signCheckpoint(who.staff.keys, await server.roster())
}
const compare = async (who: Member) => {
  at(who)
  return compareCases(await server.roster(), false)
}
/** Adds a row, which Aigul signs in her browser. */
async function write(id: string): Promise<void> {
  await server.extend(id)
  at(aigul)
  rememberHeads(await server.roster(), [{ caseId: id, head: toB64(await headOf(rowsOf(id))) }])
}
const rowsOf = (id: string): LedgerRow[] => server.logs.get(id) ?? []
const newId = (): string => toB64(randomBytes(16))
const pass = (hours: number): void => void vi.setSystemTime(Date.now() + hours * HOUR_MS)

describe('R52: a case in which this browser signed', () => {
  let own: string
  beforeEach(async () => {
    own = newId()
    await write(own)
    await write(own)
    await server.extend(newId())
  })

  test('A log that has grown out of one’s own row is fine, even after many days', async () => {
    for (let day = 0; day < 3; day++) {
      await server.extend(own)
      expect(await compare(aigul)).toMatchObject({ is: 'held' })
      expect(await sign(bermet)).toEqual({ is: 'signed' })
      pass(24)
    }
    expect(await compare(aigul)).toMatchObject({ is: 'held' })
  })

  test('A cut, a fork and a missing case are named, before any checkpoint', async () => {
    const whole = rowsOf(own)
    server.logs.set(own, whole.slice(0, 1))
    expect(await compare(aigul)).toEqual({ is: 'cut', cases: [own] })
    pass(48)
    await server.extend(own)
    await server.extend(own)
    expect(rowsOf(own)).toHaveLength(3)
    expect(await compare(aigul)).toEqual({ is: 'cut', cases: [own] })
    expect(await sign(aigul)).toEqual({ is: 'cut', cases: [own] })
    server.logs.delete(own)
    expect(await compare(aigul)).toEqual({ is: 'cut', cases: [own] })
    server.logs.set(own, whole)
    expect(await compare(aigul)).toMatchObject({ is: 'held' })
  })

  test('A row signed here during the check is not a cut, and is remembered', async () => {
    const fresh = newId()
    const heads = server.leaves.bind(server)
    server.leaves = async (after) => {
      const shown = await heads(after)
      await write(own)
      await write(fresh)
      return shown
    }
    expect(await compare(aigul)).toMatchObject({ is: 'held' })
    server.leaves = heads
    server.logs.set(own, rowsOf(own).slice(0, -1))
    expect(await compare(aigul)).toEqual({ is: 'cut', cases: [own] })
  })

  test('A case that a colleague was not shown is named at the next comparison', async () => {
    const whole = rowsOf(own)
    pass(2)
    server.logs.delete(own)
    expect(await sign(bermet)).toEqual({ is: 'signed' })
    server.logs.set(own, whole)
    expect(await compare(aigul)).toEqual({ is: 'cut', cases: [own] })
  })

  test('A shorter log that a colleague was shown and signed is noticed', async () => {
    const whole = rowsOf(own)
    pass(2)
    server.logs.set(own, whole.slice(0, 1))
    expect(await sign(bermet)).toEqual({ is: 'signed' })
    server.logs.set(own, whole)
    expect(await compare(aigul)).toEqual({ is: 'cut', cases: [own] })
  })

  test('What a restart has cut is listed once', async () => {
    server.logs.set(own, rowsOf(own).slice(0, 1))
    await server.ledger.certifyKeeper(aigul.writer, dayNumber(Date.now()) + 100)
    const { rows, head } = server.ledger
    const kept = { n: rows.length, hash: toB64(head) }
    const cut = { n: rows.length + 1, hash: toB64(randomBytes(32)) }
    server.ledger.pass(9 * HOUR_MS)
    await server.ledger.add(aigul.writer, 'ledger.restart', aigul.writer.id, { kept, cut })
    expect(await compare(aigul)).toEqual({ is: 'restarted', cases: [own] })
    forgetSigned(await server.roster(), [own])
    expect(await compare(aigul)).toMatchObject({ is: 'held' })
    // An earlier restart does not excuse the loss of rows that were signed later.
    pass(1)
    await write(own)
    server.logs.set(own, rowsOf(own).slice(0, 1))
    expect(await compare(aigul)).toEqual({ is: 'cut', cases: [own] })
  })
})

describe('R52: a checkpoint', () => {
  test('A log that was forked below its leaf is named, although it is longer', async () => {
    const id = newId()
    await server.extend(id)
    await server.extend(id)
    expect(await sign(aigul)).toEqual({ is: 'signed' })
    server.logs.set(id, rowsOf(id).slice(0, 1))
    pass(24)
    for (let row = 0; row < 3; row++) await server.extend(id)
    expect(await sign(bermet)).toEqual({ is: 'cut', cases: [id] })
  })

  test('A leaf holds what the log proves, and zeros for a broken log', async () => {
    const [fine, broken] = [newId(), newId()].sort() as [string, string]
    await server.extend(fine)
    server.logs.set(broken, [...rowsOf(fine)])
    expect(await sign(aigul)).toEqual({ is: 'signed' })
    const stored = server.checkpoints.get(server.ledger.rows.length) ?? NO_ROW
    const facts = new Map(
      readLeaves(leavesOf(stored)).map((leaf) => [toB64(leaf.caseId), leaf.facts]),
    )
    const state = { status: 'in_progress', closeReason: null, danger: null } as const
    expect(facts.get(fine)).toEqual(await factsHash(fine, { ...state, keys: [], records: [] }))
    expect(facts.get(broken)).toEqual(NO_ROW)
  })

  test('A head whose log the server hides is signed by nobody', async () => {
    const id = newId()
    await server.extend(id)
    server.rows = () => Response.json({ logs: [], left: [id] })
    expect(await sign(aigul)).toEqual({ is: 'withheld' })
  })

  test('A log that lacks its head is withheld, and nobody signs it', async () => {
    const id = newId()
    await server.extend(id)
    const shorter = rowsOf(id)
    await server.extend(id)
    server.rows = () => Response.json({ logs: [{ case: id, rows: shorter }], left: [] })
    expect(await sign(aigul)).toEqual({ is: 'withheld' })
  })

  test('Of 1,000 forged cases none is unnoticed at the next comparison', async () => {
    const draw = chanceFrom(20_261_130).below
    const ids = Array.from({ length: 12 }, newId)
    for (const id of ids) for (let n = 0; n < 3; n++) await write(id)
    expect(await sign(bermet)).toEqual({ is: 'signed' })
    pass(24)
    for (const id of ids) await write(id)
    const whole = new Map(server.logs)
    const fork = async (id: string, below: number): Promise<void> => {
      server.logs.set(id, (whole.get(id) ?? []).slice(0, below))
      pass(24)
      for (let n = 0; n < 5 - below; n++) await server.extend(id)
      pass(-24)
    }
    const forks = new Map<string, LedgerRow[]>()
    for (const id of ids) {
      await fork(id, 1 + draw(2))
      forks.set(id, rowsOf(id))
    }
    let unnoticed = 0
    for (let round = 0; round < 1000; round++) {
      server.logs.clear()
      for (const [id, rows] of whole) server.logs.set(id, rows)
      const id = ids[draw(ids.length)] ?? ''
      const lie = draw(3)
      // Aigul signed four rows, but the leaf has only three of them.
      if (lie === 0) server.logs.set(id, (whole.get(id) ?? []).slice(0, draw(4)))
      else if (lie === 1) server.logs.delete(id)
      else server.logs.set(id, forks.get(id) ?? [])
      const found = await compare(aigul)
      if (found.is !== 'cut' || !found.cases.includes(id)) unnoticed += 1
    }
    expect(unnoticed).toBe(0)
    server.logs.clear()
    for (const [id, rows] of whole) server.logs.set(id, rows)
    const held = await compare(aigul)
    if (held.is !== 'held') throw new Error(held.is)
    const hashes = await Promise.all(ids.map((id) => headOf(whole.get(id) ?? [])))
    const named = ids.every((id, n) =>
      held.leaves.some(
        (leaf) => toB64(leaf.caseId) === id && sameBytes(leaf.hash, hashes[n] ?? fromB64('')),
      ),
    )
    expect(named).toBe(true)
  })
})
