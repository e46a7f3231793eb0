// Remembers the heads of case logs that this tab has seen. Also remembers the head after this
// browser's own last row in each of the newest cases. So a server cannot drop rows from a case, or
// leave the case out of a checkpoint, unnoticed. A head is a hash; it does not identify a person or
// open anything.
import { fromB64, sameBytes, toB64, type Bytes } from '#protocol/bytes'
import { NO_ROW, rowHash, type SignedChange } from '#protocol/staff/chain'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { minuteOf } from '#protocol/time'

/** The browser remembers only the newest cases, up to this number. */
const MOST = 200

export interface SignedCase {
  /** base64url */
  caseId: string
  /** row hash, base64url */
  head: string
  /** UTC minute when this browser signed the row, or last found it in the log */
  at: string
}

type Organisation = Pick<Roster, 'rootId'>

const placeOf = ({ rootId }: Organisation): string => `oasis-staff-signed-${rootId}`

/** Lists the cases, newest last. */
export function signedCases(of: Organisation): SignedCase[] {
  try {
    const lines = (localStorage.getItem(placeOf(of)) ?? '').split('\n')
    return lines.flatMap((line) => {
      const [caseId = '', head = '', at = ''] = line.split(' ')
      return at === '' ? [] : [{ caseId, head, at }]
    })
  } catch {
    // Storage is disabled, so only the checkpoint reveals rows that a server has removed.
    return []
  }
}

/** The head that each log had when this tab last found all known heads in it. */
const seen = new Map<string, string>()

/** Remembers the last row of a log that is valid and contains every known head. */
export function rememberSeen(caseId: string, head: Bytes): void {
  if (!sameBytes(head, NO_ROW)) seen.set(caseId, toB64(head))
}

/**
 * Forgets everything that this tab has seen, after the person has accepted a restart of the ledger.
 */
export const forgetSeen = (): void => seen.clear()

/** A row from this browser that the edge has stored. */
export interface OwnRow {
  caseId: string
  /** hash of the previous row, base64url */
  prev: string
  signed: SignedChange
}

/**
 * Remembers several of this browser's own rows in one call, because each call writes the entire
 * memory.
 */
export async function rememberSigned(of: Organisation, rows: readonly OwnRow[]): Promise<void> {
  const heads = rows.map(async ({ caseId, prev, signed: { statement, signature } }) => {
    const hash = await rowHash(fromB64(prev), { statement, signature: fromB64(signature) })
    rememberSeen(caseId, hash)
    return { caseId, head: toB64(hash) }
  })
  rememberHeads(of, await Promise.all(heads))
}

/** Returns the heads that a case log must contain, base64url, beginning with this tab's newest. */
export const knownHeads = (of: Organisation, caseId: string): string[] => [
  ...[seen.get(caseId) ?? []].flat(),
  ...signedCases(of).flatMap((each) => (each.caseId === caseId ? [each.head] : [])),
]

/** Remembers heads that this browser has signed or found in a log. */
export function rememberHeads(
  of: Organisation,
  heads: readonly Pick<SignedCase, 'caseId' | 'head'>[],
): void {
  const known = new Map(signedCases(of).map((each) => [each.caseId, each]))
  const at = minuteOf(Date.now())
  for (const { caseId, head } of heads) {
    known.delete(caseId)
    known.set(caseId, { caseId, head, at })
  }
  keep(of, [...known.values()])
}

/** Forgets cases that lost rows in a restart of the ledger. */
export const forgetSigned = (of: Organisation, ids: readonly string[]): void =>
  keep(
    of,
    signedCases(of).filter(({ caseId }) => !ids.includes(caseId)),
  )

function keep(of: Organisation, cases: readonly SignedCase[]): void {
  const lines = cases.slice(-MOST).map(({ caseId, head, at }) => `${caseId} ${head} ${at}`)
  try {
    localStorage.setItem(placeOf(of), lines.join('\n'))
  } catch {
    // Storage is disabled.
  }
}
