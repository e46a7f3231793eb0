// Builds one sealed case from the rows that the database returns. The database returns bytes as
// hexadecimal digits.
import { toB64, type Bytes } from '#protocol/bytes'
import type { CaseAction } from '#protocol/staff/actions'
import type { SealedCase } from '#protocol/staff/list/sealed-cases'
import { b64OfHex, bytesOfHex, hexOf } from '#worker/hex'
import type { HexRow, SealedLine, SealedRows } from '#worker/store/list/sealed-cases'

/** The rows of a page, keyed by the hexadecimal id of their report, case or letter. */
type Parts = { [Part in keyof SealedRows]: ReadonlyMap<string, SealedRows[Part]> }

/** Groups the rows once, because searching all rows for each case would take more than 10 ms. */
export const partsOf = (rows: SealedRows): Parts => ({
  envelopes: by('id', rows.envelopes),
  followUps: by('report', rows.followUps),
  taken: by('letter', rows.taken),
  caseKeys: by('case_id', rows.caseKeys),
  entries: by('case_id', rows.entries),
  answers: by('report', rows.answers),
  records: by('case_id', rows.records),
  grants: by('case_id', rows.grants),
  states: by('case_id', rows.states),
})

const by = (column: string, rows: HexRow[]): ReadonlyMap<string, HexRow[]> =>
  Map.groupBy(rows, (row) => text(row[column]))

const text = (value: unknown): string => String(value)
const b64 = (value: unknown): string => b64OfHex(String(value))
const bytes = (value: unknown): Bytes => bytesOfHex(String(value))

export function buildSealedCase(
  { id, day, mergedInto, ...extent }: SealedLine,
  parts: Parts,
  secrets: ReadonlyMap<string, string>,
): SealedCase {
  const digits = hexOf(id)
  const rowsOf = (part: keyof Parts): HexRow[] => parts[part].get(digits) ?? []
  const lastOf = (action: CaseAction, column: 'change' | 'at' = 'change'): string | null => {
    const last = rowsOf('states').findLast((row) => row['action'] === action)
    return last ? text(last[column]) : null
  }
  const followUps = rowsOf('followUps')
  const taken = [digits, ...followUps.map((row) => text(row['id']))].flatMap(
    (letter) => parts.taken.get(letter) ?? [],
  )
  const cases = [...new Set([digits, ...taken.map((row) => text(row['case_id']))])]
  const caseKeys = cases.flatMap((each) => parts.caseKeys.get(each) ?? [])
  return {
    ...{ id: toB64(id), day, extent },
    signed: {
      status: lastOf('status.set'),
      danger: lastOf('danger.set'),
      merge: lastOf('case.merge'),
      statusDay: lastOf('status.set', 'at'),
    },
    mergedInto: mergedInto && toB64(mergedInto),
    envelope: bytes(rowsOf('envelopes')[0]?.['envelope'] ?? ''),
    followUps: followUps.map((row) => ({
      id: b64(row['id']),
      day: text(row['day']),
      envelope: bytes(row['envelope']),
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
    keyRows: caseKeys
      .filter((row) => row['statement'] !== null)
      .map((row) => ({
        change: text(row['change']),
        statement: text(row['statement']),
        signature: b64(row['signature']),
      })),
    grants: cases
      .flatMap((each) => parts.grants.get(each) ?? [])
      .map((row) => ({
        caseId: b64(row['case_id']),
        keyNo: Number(row['key_no']),
        sealed: b64(row['sealed']),
      })),
    secrets: [...new Set(caseKeys.map((row) => text(row['case_id'])))].flatMap((each) => {
      const secret = secrets.get(each)
      return secret === undefined ? [] : [{ caseId: b64(each), secret }]
    }),
    entries: rowsOf('entries').map((row) => ({
      n: Number(row['n']),
      sealed: b64(row['sealed']),
      statement: text(row['statement']),
      change: text(row['change']),
    })),
    records: rowsOf('records').map((row) => ({
      record: Number(row['record']),
      revision: Number(row['revision']),
      keyNo: Number(row['key_no']),
      sealed: b64(row['sealed']),
    })),
    answers: rowsOf('answers').map((row) => ({
      index: Number(row['n']),
      day: text(row['day']),
      sealed: bytes(row['sealed']),
    })),
  }
}
