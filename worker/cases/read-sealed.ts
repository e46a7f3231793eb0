// Returns many sealed cases at once, for the search index of a device. Only a device opens them.
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { OpenedReport } from '#protocol/staff/opened-report'
import {
  SEALED_AT_ONCE,
  SEALED_LETTERS,
  SEALED_ROWS,
  type SealedCases,
} from '#protocol/staff/pieces'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { b64OfHex, bytesOfHex, hexOf } from '#worker/hex'
import { parseB64 } from '#worker/parse'
import {
  listSealedLines,
  readSealedRows,
  type SealedLine,
  type SealedRows,
} from '#worker/store/sealed-cases'
import { findShare } from '#worker/store/shares'
import { queueItem } from './list-queue.ts'
import { onlyAssignedTo } from './read-tally.ts'

/**
 * Reads the cases that exist and that the actor may see.
 *
 * @param ids  base64url ids, joined by commas
 * @throws Refusal `not_allowed`; `malformed` for no id or too many; `unavailable` when R2 does not
 *   give a share
 */
export async function readSealedCases(deps: StaffDeps, ids: string): Promise<SealedCases> {
  requireRole(deps.actor, 'intake', 'caseworker')
  const asked = ids.split(',')
  if (asked.length > SEALED_AT_ONCE) throw new Refusal('malformed')
  const wanted = [...new Set(asked)].map(parseB64)
  const { id: reader } = deps.actor
  // The lines come first: a count that is older than the words makes a device read them again.
  const lines = await listSealedLines(deps.db, wanted, reader, onlyAssignedTo(deps))
  const now = lines.slice(0, roomFor(lines))
  const left = lines.slice(now.length).map(({ line }) => toB64(line.id))
  if (now.length === 0) return { cases: [], left }
  const rows = await readSealedRows(
    deps.db,
    now.map(({ line }) => line.id),
    reader,
  )
  const [parts, shares] = [partsOf(rows), await sharesOf(deps, rows)]
  return { cases: now.map((line) => sealedCase(line, parts, shares)), left }
}

/** Counts the cases that fit into a page: at least one, and none after a full page. */
function roomFor(lines: readonly SealedLine[]): number {
  let [letters, rows] = [0, 0]
  const full = lines.findIndex(({ line }, at) => {
    letters += 1 + line.followUps
    rows += line.rows
    return at > 0 && (letters > SEALED_LETTERS || rows > SEALED_ROWS)
  })
  return full < 0 ? lines.length : full
}

/** The rows of a page by the digits of their report, case or letter. */
type Parts = { [Part in keyof SealedRows]: ReadonlyMap<string, SealedRows[Part]> }

/** Groups the rows once, because a search through all rows for each case costs more than 10 ms. */
const partsOf = (rows: SealedRows): Parts => ({
  envelopes: by('id', rows.envelopes),
  followUps: by('report', rows.followUps),
  log: by('case_id', rows.log),
  taken: by('letter', rows.taken),
  caseKeys: by('case_id', rows.caseKeys),
  entries: by('case_id', rows.entries),
  answers: by('report', rows.answers),
  records: by('case_id', rows.records),
  grants: by('case_id', rows.grants),
})

const by = (column: string, rows: SealedRows['log']): ReadonlyMap<string, SealedRows['log']> =>
  Map.groupBy(rows, (row) => text(row[column]))

const text = (value: unknown): string => String(value)
const b64 = (value: unknown): string => b64OfHex(String(value))

/** Reads the shares of all cases that have a key, by the digits of the case. */
async function sharesOf(
  { bucket }: StaffDeps,
  { caseKeys }: SealedRows,
): Promise<ReadonlyMap<string, string>> {
  const cases = [...new Set(caseKeys.map((row) => text(row['case_id'])))]
  try {
    const found = await Promise.all(
      cases.map(async (id) => [id, await findShare(bucket, bytesOfHex(id))] as const),
    )
    return new Map(found.flatMap(([id, share]) => (share ? [[id, toB64(share)] as const] : [])))
  } catch (cause) {
    throw new Refusal('unavailable', { cause })
  }
}

function sealedCase(
  { line, mergedInto, isAnswerable }: SealedLine,
  parts: Parts,
  shares: ReadonlyMap<string, string>,
): OpenedReport {
  const item = queueItem(line)
  const digits = hexOf(line.id)
  const rowsOf = (part: keyof Parts): SealedRows['log'] => parts[part].get(digits) ?? []
  const followUps = rowsOf('followUps')
  const taken = [digits, ...followUps.map((row) => text(row['id']))].flatMap(
    (letter) => parts.taken.get(letter) ?? [],
  )
  const cases = [...new Set([digits, ...taken.map((row) => text(row['case_id']))])]
  const caseKeys = cases.flatMap((each) => parts.caseKeys.get(each) ?? [])
  return {
    item,
    mergedInto: mergedInto && toB64(mergedInto),
    // The device reads each absorbed report by itself.
    absorbed: [],
    envelope: b64(rowsOf('envelopes')[0]?.['envelope'] ?? ''),
    followUps: followUps.map((row) => ({
      id: b64(row['id']),
      day: text(row['day']),
      sealedBy: row['sealed_by'] === 'worker' ? ('worker' as const) : ('device' as const),
      envelope: b64(row['envelope']),
    })),
    log: rowsOf('log').map((row) => ({
      change: text(row['change']),
      statement: text(row['statement']),
      signature: b64(row['signature']),
    })),
    taken: taken.map((row) => ({
      id: b64(row['letter']),
      caseId: b64(row['case_id']),
      keyNo: Number(row['key_no']),
      sealed: b64(row['sealed']),
    })),
    caseKeys: caseKeys.map((row) => ({
      caseId: b64(row['case_id']),
      keyNo: Number(row['key_no']),
      generation: Number(row['generation']),
      sealed: b64(row['sealed']),
    })),
    grants: cases
      .flatMap((each) => parts.grants.get(each) ?? [])
      .map((row) => ({
        caseId: b64(row['case_id']),
        keyNo: Number(row['key_no']),
        sealed: b64(row['sealed']),
      })),
    shares: [...new Set(caseKeys.map((row) => text(row['case_id'])))].flatMap((each) => {
      const share = shares.get(each)
      return share === undefined ? [] : [{ caseId: b64(each), share }]
    }),
    entries: rowsOf('entries').map((row) => ({ n: Number(row['n']), sealed: b64(row['sealed']) })),
    records: rowsOf('records').map((row) => ({
      record: Number(row['record']),
      revision: Number(row['revision']),
      keyNo: Number(row['key_no']),
      sealed: b64(row['sealed']),
    })),
    answers: rowsOf('answers').map((row) => ({
      slot: Number(row['slot']),
      day: text(row['day']),
      sealed: b64(row['sealed']),
    })),
    answerable: isAnswerable,
  }
}
