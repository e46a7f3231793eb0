// Lists the route that releases the tables for a year.
import type { FiguresLeave } from '#protocol/staff/figures'
import { newestRow } from '#worker/store/ledger/chain-rows'
import { deps } from '../edge.ts'
import { signed } from '../staff.ts'
import { shared } from './objects.ts'
import { actionRow, type Row } from './row.ts'

/**
 * The year whose tables are released next. The tables for earlier years have already been released.
 */
let next = 2000

/** Returns tables that may be released now, in a list that is valid for five years. */
export async function tablesOf(year: number): Promise<FiguresLeave> {
  const checkpoint = await newestRow(deps.db, 'checkpoint.sign')
  return {
    ...{ year, since: year - (year % 5), checkpoint: checkpoint?.seq ?? 1 },
    ...{ countries: ['RU'], people: 105, letters: 155 },
    tables: [{ table: 'help', lines: [{ codes: ['legal'], people: 45 }] }],
  }
}

export const FIGURE_ROWS: Row[] = [
  actionRow('figures.leave', {
    body: async (who, year) =>
      signed(who, 'figures.leave', year, await tablesOf(Number(year) || next)),
    object: shared(
      'a year',
      () => String(next++),
      { existing: 201, missing: [409, 'figures_left'], malformed: [400, 'malformed'] },
      { missing: '2999', malformed: 'year' },
    ),
  }),
]
