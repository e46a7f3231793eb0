// Replays an exported ledger under an organisation's root key, and lists the staff. Can also
// compare the exported ledger with the ledger of a restored database.
import { fromB64 } from '#protocol/bytes'
import { Statement } from '#protocol/staff/statement'
import type { LedgerRow } from '#protocol/staff/ledger/rows'
import { replayLedger } from '#protocol/staff/ledger/roster'
import type { Member, Roster } from '#protocol/staff/ledger/roster-state'
import { readLedgerFile } from '#scripts/org/files/ledger-file'
import { readPublicFile } from '#scripts/org/files/public-file'

export interface LedgerVerdict {
  isWhole: boolean
  /** the sentences to print */
  lines: string[]
}

/**
 * Verifies the rows of a file.
 *
 * @param publicPath  the path of public.json
 * @param path        the file with `rows`
 * @throws Stop for an unreadable file
 */
export async function verifyLedgerFile(publicPath: string, path: string): Promise<LedgerVerdict> {
  const rows = readLedgerFile(path)
  const replayed = await replayLedger(rows, fromB64(readPublicFile(publicPath).root))
  const { isWhole, roster } = replayed
  const found = isWhole
    ? `All ${rows.length} rows hold. The ledger names:`
    : `Row ${replayed.at} of ${rows.length} is broken: believe no row from there on. ` +
      'The rows before it name:'
  const people = [...roster.people.values()].map((member) => personLine(member, roster))
  return { isWhole, lines: [found, ...(people.length > 0 ? people : ['  nobody'])] }
}

/**
 * Compares a saved ledger with the shorter ledger of a restored database.
 *
 * @returns `isWhole` is true when `second` is the beginning of `path`; the lines list the rows that
 *   `second` lacks
 * @throws Stop for an unreadable file
 */
export function compareLedgerFiles(path: string, second: string): LedgerVerdict {
  const [rows, restored] = [readLedgerFile(path), readLedgerFile(second)]
  const at = restored.findIndex((row, index) => !isSameRow(row, rows[index]))
  if (at >= 0) {
    const fault = `Row ${at + 1} of ${second} is not in ${path}: it is no beginning of that ledger.`
    return { isWhole: false, lines: [fault] }
  }
  const lacking = rows.slice(restored.length).map(({ statement }, index) => {
    const { action, actor, subject, at: time } = Statement.parse(JSON.parse(statement))
    return `  row ${restored.length + index + 1}  ${time}  ${action}  ${subject}  by ${actor}`
  })
  const found = `The ${restored.length} rows of ${second} are the beginning of ${path}.`
  const lack = lacking.length > 0 ? 'It lacks these rows:' : 'It lacks no row.'
  return { isWhole: true, lines: [`${found} ${lack}`, ...lacking] }
}

const isSameRow = (row: LedgerRow, other: LedgerRow | undefined): boolean =>
  row.statement === other?.statement &&
  row.change === other.change &&
  row.signature === other.signature

function personLine({ id, state, roles, confirmedBy }: Member, { rootId }: Roster): string {
  const by = confirmedBy === rootId ? 'the root' : confirmedBy
  // The roster records who confirmed a member, but not who later ended the member's access.
  const confirmed = by === null ? [] : [`confirmed by ${by}`]
  const how = (state === 'confirmed' ? confirmed : [state, ...confirmed]).join(', ')
  return `  ${id}  ${roles.join(', ').padEnd(13)}  ${how}`
}
