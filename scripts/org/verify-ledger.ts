// Replays an exported ledger under the root key of an organisation, and says who is staff.
import { fromB64 } from '#protocol/bytes'
import { replayLedger } from '#protocol/staff/roster'
import type { Member, Roster } from '#protocol/staff/roster-state'
import { readLedgerFile } from '#scripts/org/ledger-file'
import { readPublicFile } from '#scripts/org/public-file'

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
 * @throws Stop for a file that cannot be read
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

function personLine({ id, state, roles, confirmedBy }: Member, { rootId }: Roster): string {
  const by = confirmedBy === rootId ? 'the root' : confirmedBy
  // The roster names who confirmed a person, and not who ended the access afterwards.
  const confirmed = by === null ? [] : [`confirmed by ${by}`]
  const how = (state === 'confirmed' ? confirmed : [state, ...confirmed]).join(', ')
  return `  ${id}  ${roles.join(', ').padEnd(13)}  ${how}`
}
