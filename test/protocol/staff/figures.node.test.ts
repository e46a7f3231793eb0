// Tests that every browser refuses yearly tables that the rules do not allow, even if the server
// has stored them.
import { beforeAll, expect, test } from 'vitest'
import { randomBytes, toB64 } from '#protocol/bytes'
import type { FiguresLeave } from '#protocol/staff/figures'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { LedgerWriter, writer, type Writer } from '../support/ledger.ts'

let ledger: LedgerWriter
let aigul: Writer, caseworker: Writer
let tables: FiguresLeave

beforeAll(async () => {
  ;[aigul, caseworker] = await Promise.all([writer(), writer()])
  ledger = await LedgerWriter.begin(Date.UTC(2027, 0, 10))
  await ledger.certify(aigul, 'admin', 'intake')
  await ledger.certify(caseworker, 'caseworker')
  await signCheckpoint(ledger)
  tables = {
    ...{ year: 2026, since: 2026, countries: ['RU'], checkpoint: ledger.rows.length },
    ...{ people: 105, letters: null },
    tables: [{ table: 'help', lines: [{ codes: ['legal', 'papers'], people: 'most' }] }],
  }
})

const signCheckpoint = (on: LedgerWriter): Promise<void> =>
  on.add(aigul, 'checkpoint.sign', aigul.id, { cases: 4, digest: toB64(randomBytes(32)) })

const leave = (
  on: LedgerWriter,
  change: Partial<FiguresLeave> = {},
  { by = aigul, subject = '2026' } = {},
): Promise<void> => on.add(by, 'figures.leave', subject, { ...tables, ...change })

const replay = (on: LedgerWriter) => replayLedger(on.rows, on.rootKey)

test('The roster has the tables of a year as they left, with their signer', async () => {
  const copy = ledger.copy()
  await leave(copy)
  const { isWhole, roster } = await replay(copy)
  expect([isWhole, roster.figures]).toEqual([
    true,
    [
      {
        ...tables,
        ...{
          signedBy: aigul.id,
          row: copy.rows.length,
          at: expect.stringContaining('2027-01-') as string,
        },
      },
    ],
  ])
})

test.each<[string, (on: LedgerWriter) => Promise<void>]>([
  ['tables of a caseworker', (on) => leave(on, {}, { by: caseworker })],
  ['tables of a year that is not over', (on) => leave(on, { year: 2027 }, { subject: '2027' })],
  ['tables under another year than the signed one', (on) => leave(on, {}, { subject: '2025' })],
  ['tables before their list', (on) => leave(on, { since: 2027 })],
  ['tables that count to another row', (on) => leave(on, { checkpoint: 1 })],
  ['a number that is not rounded', (on) => leave(on, { people: 104 })],
  ['a number of fewer than eleven', (on) => leave(on, { people: 5 })],
])('A server that has stored %s has a broken ledger', async (_of, add) => {
  const copy = ledger.copy()
  await add(copy)
  const replayed = await replay(copy)
  expect(replayed).toMatchObject({ isWhole: false, at: ledger.rows.length + 1 })
  expect(replayed.roster.figures).toEqual([])
})

test('A second row for a year breaks the ledger, and the first tables stay', async () => {
  const copy = ledger.copy()
  await leave(copy)
  const rows = copy.rows.length
  await leave(copy, { people: 110 })
  const replayed = await replay(copy)
  expect(replayed).toMatchObject({ isWhole: false, at: rows + 1 })
  expect(replayed.roster.figures.map(({ people }) => people)).toEqual([105])
})

test('Another list of tables breaks the ledger until five years are over', async () => {
  const other = [...tables.tables, { table: 'sex' as const, lines: [] }]
  const copy = ledger.copy()
  await leave(copy)
  copy.pass(365 * 86_400_000)
  const early = copy.copy()
  await leave(early, { year: 2027, tables: other }, { subject: '2027' })
  expect((await replay(early)).isWhole).toBe(false)
  await leave(copy, { year: 2027 }, { subject: '2027' })
  copy.pass(5 * 366 * 86_400_000)
  await leave(copy, { year: 2031, since: 2031, tables: other }, { subject: '2031' })
  const replayed = await replay(copy)
  expect(replayed.isWhole).toBe(true)
  expect(replayed.roster.figures.map(({ year }) => year)).toEqual([2026, 2027, 2031])
})

test('Tables that left a demo count in no ledger of a real organisation', async () => {
  const demo = await LedgerWriter.begin(Date.UTC(2027, 0, 10))
  await demo.certify(aigul, 'admin', 'intake')
  await signCheckpoint(demo)
  await leave(demo, { checkpoint: demo.rows.length })
  expect((await replay(demo)).roster.figures).toHaveLength(1)
  // The demo begins under a different root, and its last row follows a demo row, not a real row.
  const real = ledger.copy()
  real.rows.push(...demo.rows.slice(-1))
  expect(await replayLedger(demo.rows, ledger.rootKey)).toMatchObject({ isWhole: false, at: 1 })
  expect(await replay(real)).toMatchObject({ isWhole: false, roster: { figures: [] } })
})
