// Takes a brief look at all cases: rows without envelopes, the numbers of letters and keys, and log
// heads. Two looks together show which cases changed between them.
import { createHash } from 'node:crypto'
import type { ChainEnd } from '#scripts/backup/chain-ends'
import type { BackupDatabase } from '#scripts/backup/stores'
import { columnsOf, pagesOfTable, selectOf, type TableShapes } from '#scripts/backup/tables'

interface SeenCase {
  /** the owner hash of its thread; null for a case whose report no longer exists */
  owner: string | null
  /** a hash of its facts */
  facts: string
  /** the last row of its log; null without a log */
  head: ChainEnd | null
}

/** The cases that a look has seen, keyed by their ids. */
export type CaseLook = ReadonlyMap<string, SeenCase>

/** Selects the follow-ups and the case keys of a report, which are not in its row. */
const MORE = `(SELECT max(n) FROM follow_ups WHERE follow_ups.owner_hash = reports.owner_hash
    AND follow_ups.write_hash IS reports.write_hash) AS last_follow_up,
  (SELECT group_concat(key_no || ' ' || generation || ' ' || is_lost) FROM
  (SELECT * FROM case_keys WHERE case_id = reports.id ORDER BY key_no)) AS keys`

export async function lookAtCases(database: BackupDatabase, shape: TableShapes): Promise<CaseLook> {
  const seen = new Map<string, SeenCase>()
  const columns = columnsOf(shape, 'reports').filter(({ name }) => name !== 'envelope')
  const select = selectOf('reports', columns).replace('FROM reports', `, ${MORE} FROM reports`)
  for await (const page of pagesOfTable(database, shape, 'reports', select))
    for (const row of page) {
      const facts = createHash('sha256').update(JSON.stringify(row)).digest('base64')
      seen.set(String(row['id']), { owner: String(row['owner_hash']), facts, head: null })
    }
  for await (const page of pagesOfTable(database, shape, 'case_heads'))
    for (const row of page) {
      const id = String(row['case_id'])
      const head = { n: Number(row['n']), hash: String(row['hash']) }
      seen.set(id, { owner: null, facts: '', ...seen.get(id), head })
    }
  return seen
}

/** Lists the cases that differ between two looks. */
export const changedCases = (before: CaseLook, after: CaseLook): string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter((id) => {
    const [one, other] = [before.get(id), after.get(id)]
    return one?.facts !== other?.facts || one?.head?.hash !== other?.head?.hash
  })
