import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { toB64 } from '#protocol/bytes'
import { Statement } from '#protocol/staff/statement'
import { rootIdOf, type LedgerRow } from '#protocol/staff/ledger/rows'
import { fetchLedger } from '#site/staff/ledger/fetch-ledger.ts'
import { noteFork } from '#site/staff/ledger/remembered-head.ts'
import { acceptRestart } from '#site/staff/ledger/restart-ledger.ts'
import { verifyLedger, type VerifiedLedger } from '#site/staff/ledger/verify-ledger.ts'
import { LedgerWriter, writer, type Writer } from '#test/protocol/support/ledger.ts'
import { memoryStorage } from '../support/memory-storage.ts'

// root ──org.begin──▶ certifies Aigul ──invites──▶ Bermet joins ──Aigul confirms──▶ Bermet
//                                                  └─ fork: Aigul refuses ─▶ nobody
let ledger: LedgerWriter, fork: LedgerWriter
let aigul: Writer, bermet: Writer

beforeAll(async () => {
  ;[aigul, bermet] = await Promise.all([writer(), writer()])
  ledger = await LedgerWriter.begin()
  await ledger.certify(aigul, 'admin', 'intake')
  await ledger.join(bermet, await ledger.invite(aigul, 'intake'))
  fork = ledger.copy()
  await ledger.confirm(aigul, bermet, 'intake')
  await fork.add(aigul, 'person.refuse', bermet.id, bermet.keys)
})

let storage: ReturnType<typeof memoryStorage>
beforeEach(() => {
  storage = memoryStorage()
  vi.stubGlobal('localStorage', storage)
})
afterEach(() => vi.unstubAllGlobals())

/** Returns the text that a browser stores: hash, minute and number of the last row. */
const keptFor = ({ head, rows }: LedgerWriter): string =>
  `${toB64(head)} ${Statement.parse(JSON.parse(rows.at(-1)?.statement ?? '')).at} ${rows.length}`

const verify = (rows: readonly LedgerRow[] = ledger.rows): Promise<VerifiedLedger> =>
  verifyLedger(() => Promise.resolve(rows), ledger.rootKey)

describe('a ledger that this browser verifies', () => {
  test('A whole ledger gives the roster, and the browser remembers only its head', async () => {
    const verified = await verify()
    expect(verified).toMatchObject({ is: 'whole' })
    const rootId = await rootIdOf(ledger.rootKey)
    const [[place, kept] = []] = [...storage.kept]
    expect([place, kept]).toEqual([`oasis-staff-ledger-${rootId}`, keptFor(ledger)])
    expect(kept).toMatch(/^[\w-]{43} 2026-11-26T00:0\dZ \d$/)
  })

  test('R33: A server that shows an older ledger is found; the newer counts again', async () => {
    await verify()
    for (const rows of [ledger.rows.slice(0, -1), ledger.rows.slice(0, 1), []])
      expect(await verify(rows)).toMatchObject({ is: 'older', rows })
    expect(await verify()).toMatchObject({ is: 'whole' })
  })

  test('R33: A server that shows another chain of the same root is found', async () => {
    await verify()
    expect(await verify(fork.rows)).toMatchObject({ is: 'older' })
    // The other chain is validly signed on its own, so only the remembered head reveals it.
    storage.kept.clear()
    expect(await verify(fork.rows)).toMatchObject({ is: 'whole' })
  })

  test('A ledger that has grown is whole, and the browser remembers the new head', async () => {
    await verify(ledger.rows.slice(0, 2))
    expect(await verify()).toMatchObject({ is: 'whole' })
    expect([...storage.kept.values()]).toEqual([keptFor(ledger)])
  })

  test('R49: A ledger in which a colleague has another row is a fork until a restart', async () => {
    const { roster } = await verify()
    const n = ledger.rows.length
    noteFork(roster, { n, hash: toB64(ledger.head) })
    expect(await verify()).toMatchObject({ is: 'whole' })
    noteFork(roster, { n, hash: toB64(fork.head) })
    const forked = await verify()
    expect(forked).toMatchObject({ is: 'fork', lost: { n, head: fork.head }, restart: null })
    expect(await verify()).toMatchObject({ is: 'fork' })
    if (forked.is !== 'fork') throw new Error('no fork')
    acceptRestart(forked)
    expect(await verify()).toMatchObject({ is: 'whole' })
  })

  test('A row of a newer version is remembered, and the ledger is not whole', async () => {
    const newer = ledger.copy()
    const said = { v: 3, action: 'person.rename' } as unknown as Partial<Statement>
    await newer.add(newer.root, 'person.certify', newer.root.id, {}, said)
    await newer.certify(await writer(), 'intake')
    const verified = await verify(newer.rows)
    expect(verified).toMatchObject({ is: 'newer', at: ledger.rows.length + 1 })
    expect(verified.roster.rows).toBe(newer.rows.length)
    expect(await verify()).toMatchObject({ is: 'older' })
    const stranger = await writer()
    await newer.add(stranger, 'person.certify', stranger.id, {}, said)
    expect(await verify(newer.rows)).toMatchObject({ is: 'broken', at: newer.rows.length })
  })

  test('R33: A broken ledger names its first broken row and is not remembered', async () => {
    const rows = ledger.rows.map((row) => ({ ...row }))
    const [, , third] = rows
    if (!third) throw new Error('no third row')
    third.change = third.change.replace('"intake"', '"admin"')
    const broken = await verify(rows)
    expect(broken).toMatchObject({ is: 'broken', at: 3 })
    expect(broken.roster.rows).toBe(2)
    expect(storage.kept.size).toBe(0)
  })

  test('An empty ledger is broken, because every organisation has begun', async () => {
    expect(await verify([])).toMatchObject({ is: 'broken', at: 1 })
  })

  test('R33: A ledger of another root is broken, although its head is remembered', async () => {
    await verify()
    const other = await LedgerWriter.begin()
    expect(await verifyLedger(() => Promise.resolve(ledger.rows), other.rootKey)).toMatchObject({
      is: 'broken',
      at: 1,
    })
    expect(await verifyLedger(() => Promise.resolve(other.rows), other.rootKey)).toMatchObject({
      is: 'whole',
    })
    expect(storage.kept.size).toBe(2)
  })

  test('Another tab that verifies a newer row in the meantime raises no alarm', async () => {
    const first = ledger.rows.slice(0, -1)
    await verify(first)
    const slow = verifyLedger(async () => {
      await verify()
      return first
    }, ledger.rootKey)
    expect(await slow).toMatchObject({ is: 'whole' })
    expect([...storage.kept.values()]).toEqual([keptFor(ledger)])
    expect(await verify(first)).toMatchObject({ is: 'older' })
  })

  test('Storage that is switched off or holds other words does not stop verifying', async () => {
    storage.kept.set(`oasis-staff-ledger-${await rootIdOf(ledger.rootKey)}`, '?')
    expect(await verify()).toMatchObject({ is: 'whole' })
    vi.stubGlobal('localStorage', undefined)
    expect(await verify()).toMatchObject({ is: 'whole' })
  })
})

describe('fetching the ledger', () => {
  const serve = (pages: Readonly<Record<string, object>>): void => {
    vi.stubGlobal('fetch', (path: string) => Promise.resolve(Response.json(pages[path])))
  }

  test('Every page is fetched, in order', async () => {
    serve({
      '/api/staff/ledger?after=0': { rows: ledger.rows.slice(0, 2), next: 2 },
      '/api/staff/ledger?after=2': { rows: ledger.rows.slice(2), next: null },
    })
    expect(await fetchLedger()).toEqual(ledger.rows)
  })

  test('Pages that do not go forward are refused, because they would never end', async () => {
    serve({ '/api/staff/ledger?after=0': { rows: ledger.rows.slice(0, 1), next: 0 } })
    await expect(fetchLedger()).rejects.toMatchObject({ code: 'malformed' })
    serve({ '/api/staff/ledger?after=0': { rows: [], next: 9 } })
    await expect(fetchLedger()).rejects.toMatchObject({ code: 'malformed' })
  })
})
