import { beforeEach, expect, test } from 'vitest'
import type { FiguresLeave } from '#protocol/staff/figures'
import { rowsOfWholeChain } from '../support/chains.ts'
import { expectRefusal, freshEdge } from '../support/edge.ts'
import { checkpointOf } from '../support/routes/checkpoint.ts'
import { tablesOf } from '../support/routes/figures.ts'
import { asStaff, person, signed, type Person } from '../support/staff.ts'

let aigul: Person
let leaving: FiguresLeave
beforeEach(async () => {
  await freshEdge()
  aigul = await person('intake')
  expect((await signCheckpoint()).status).toBe(201)
  leaving = await tablesOf(2024)
})

const signCheckpoint = async (): Promise<Response> =>
  asStaff('checkpoints', 'POST', await checkpointOf(aigul), aigul.cookie)

async function leave(
  change: Partial<FiguresLeave> = {},
  of: { path?: string; subject?: string } = {},
): Promise<Response> {
  const path = of.path ?? String(change.year ?? 2024)
  const subject = of.subject ?? path
  const body = await signed(aigul, 'figures.leave', subject, { ...leaving, ...change })
  return asStaff(`figures/${path}`, 'POST', body, aigul.cookie)
}

test('The tables of a year leave once, and only their row is stored', async () => {
  const before = (await rowsOfWholeChain()) ?? 0
  expect((await leave()).status).toBe(201)
  await expectRefusal(await leave(), 409, 'figures_left')
  await expectRefusal(await leave({ people: 110 }), 409, 'figures_left')
  expect(await rowsOfWholeChain()).toBe(before + 1)
})

test.each<[string, Partial<FiguresLeave>]>([
  ['a year that is not over', { year: 2999, since: 2996 }],
  ['a year before the list of tables', { year: 2024, since: 2025 }],
  ['a year after its list of tables', { year: 2024, since: 2019 }],
])('%s is refused with figures_left', async (_of, change) => {
  await expectRefusal(await leave(change), 409, 'figures_left')
})

test('A list of tables stays the same for five years, and the years leave in order', async () => {
  expect((await leave({ year: 2021, since: 2020 })).status).toBe(201)
  const tables = [...leaving.tables, { table: 'sex' as const, lines: [] }]
  await expectRefusal(await leave({ year: 2022, since: 2020, tables }), 409, 'figures_left')
  const countries = ['RU', 'GE']
  await expectRefusal(await leave({ year: 2022, since: 2020, countries }), 409, 'figures_left')
  await expectRefusal(await leave({ year: 2022, since: 2022, tables }), 409, 'figures_left')
  await expectRefusal(await leave({ year: 2020, since: 2020 }), 409, 'figures_left')
  expect((await leave({ year: 2025, since: 2025, tables })).status).toBe(201)
})

test('Figures that count to an older checkpoint are refused with figures_left', async () => {
  expect((await signCheckpoint()).status).toBe(201)
  await expectRefusal(await leave(), 409, 'figures_left')
})

test.each<[string, Partial<FiguresLeave>]>([
  ['a number that is not rounded', { people: 104 }],
  ['a number of too few people', { people: 5 }],
  [
    'a line of too few people',
    { tables: [{ table: 'sex', lines: [{ codes: ['a1'], people: 5 }] }] },
  ],
  [
    'a table twice',
    {
      tables: [
        { table: 'sex', lines: [] },
        { table: 'sex', lines: [] },
      ],
    },
  ],
  ['no table', { tables: [] }],
  ['a number of too few letters', { letters: 5 }],
])('A row with %s is refused as malformed', async (_of, change) => {
  await expectRefusal(await leave(change), 400, 'malformed')
})

test('A year that was not signed is refused', async () => {
  await expectRefusal(await leave({}, { path: '2023', subject: '2024' }), 403, 'signature_refused')
  await expectRefusal(await leave({}, { path: '2023' }), 400, 'malformed')
})
