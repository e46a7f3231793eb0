// Lists the reports with letters that are not in a case yet, and counts the letters that wait in
// R2. Intake must take these letters before the keys of the epochs are deleted.
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { UNTAKEN_PAGE, type UntakenPage } from '#protocol/staff/list/case-pages'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { parseB64 } from '#worker/parse'
import { countUntaken, listUntaken } from '#worker/store/cases/letters'
import { countWaitingOf } from '#worker/store/overflow/waiting-epochs'

/**
 * @param epochs  epoch numbers, separated by commas
 * @param after  `next` of the previous page, or null for the first page
 * @throws Refusal `not_allowed`; `malformed` for invalid epochs or an invalid cursor
 */
export async function listUntakenLetters(
  deps: StaffDeps,
  epochs: string,
  after: string | null,
): Promise<UntakenPage> {
  requireRole(deps.actor, 'intake')
  if (!/^[1-9]\d{0,8}(,[1-9]\d{0,8}){0,49}$/.test(epochs)) throw new Refusal('malformed')
  const numbers = epochs.split(',').map(Number)
  // R2 is read first. A letter that the drain moves between the two reads is therefore counted at
  // least once.
  const waiting = after === null ? await countWaitingOf(deps.bucket, numbers) : null
  const [page, remaining] = await Promise.all([
    listUntaken(deps.db, numbers, after === null ? null : parseB64(after), UNTAKEN_PAGE),
    after === null ? countUntaken(deps.db, numbers) : null,
  ])
  const last = page.at(-1)
  return {
    reports: page.map(toB64),
    next: last && page.length === UNTAKEN_PAGE ? toB64(last) : null,
    remaining,
    waiting,
  }
}
