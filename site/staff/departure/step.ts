// Describes the steps after a departure. Each step runs with the newest roster and keys, so that
// any reader can continue after an interruption.
import { Refusal } from '#protocol/errors'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { retryOn } from '../api/retry-on.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'
import { type CaseWriter } from '../session/case-writer.ts'
import { findDamaged, type DamagedKey } from './damaged-keys.ts'
import { unended } from './state.ts'
import { type BulkAct } from './rewrap-cases.ts'

export type DepartureStepName =
  | 'epoch'
  | 'retire'
  | 'team'
  | 'take'
  | 'rewrap'
  | 'pieces'
  | 'team_end'

/** A keeper opens and retires epochs. */
export const needsKeeper = (name: DepartureStepName): boolean =>
  name === 'epoch' || name === 'retire'

/** The numbers of items that a step still has to process. */
export interface StepLeft {
  /** items that a browser can process now */
  todo: number
  /**
   * letters in R2 that the edge has yet to move into the database; the step cannot end until then
   */
  awaited: number
}

/**
 * The numbers of remaining items, keyed by step. A step without numbers has not been counted yet.
 */
export type StepsLeft = ReadonlyMap<DepartureStepName, StepLeft>

export const isNothing = ({ todo, awaited }: StepLeft): boolean => todo + awaited === 0

/** A step whose work may take several requests. */
export interface DepartureStep {
  name: DepartureStepName
  remaining: (roster: Roster) => Promise<StepLeft>
  /** does all the remaining work, and reports the number of finished items */
  run: (onProgress: (done: number) => void) => Promise<void>
}

export interface Departing {
  keys: UnlockedKeys
  /** verifies the ledger again and returns the newest roster */
  nextRoster: () => Promise<Roster>
  /** opens the shared keys again, including the newest */
  nextKeys: () => Promise<UnlockedKeys>
}

export const countLeft = async (
  steps: readonly DepartureStep[],
  roster: Roster,
): Promise<StepsLeft> =>
  new Map(
    await Promise.all(
      steps.map(async ({ name, remaining }) => [name, await remaining(roster)] as const),
    ),
  )

/**
 * Runs `change` for the newest roster, again and again, until no work is left. A checkpoint follows
 * each change to people, so the ledger may grow while a step is signing.
 *
 * @throws Refusal `ledger_broken` when the ledger lacks the row that the server claimed to have
 *   stored
 */
export async function repeatFor(
  { nextRoster }: Departing,
  left: (roster: Roster) => number,
  change: (roster: Roster) => Promise<void>,
  onProgress: (done: number) => void,
): Promise<void> {
  let signedAt = 0
  for (let done = 0; ; done++) {
    const isChanged = await retryOn(['chain_moved'], async () => {
      const roster = await nextRoster()
      if (left(roster) === 0) return false
      if (roster.rows <= signedAt) throw new Refusal('ledger_broken')
      await change(roster)
      signedAt = roster.rows
      return true
    })
    if (!isChanged) return
    onProgress(done + 1)
  }
}

/** Fetches the newest keys and roster, and runs the bulk actions with them, one after another. */
export async function runBulk(
  { nextRoster, nextKeys }: Departing,
  actsOf: (by: CaseWriter) => BulkAct[],
  onProgress: (done: number) => void,
): Promise<void> {
  const by = { keys: await nextKeys(), roster: await nextRoster() }
  let before = 0
  for (const act of actsOf(by)) {
    let done = 0
    await act.run((now) => onProgress(before + (done = now)))
    before += done
  }
}

/** Finds the case keys that could not be rewrapped. */
export async function damagedKeys({ nextRoster, nextKeys }: Departing): Promise<DamagedKey[]> {
  const by = { keys: await nextKeys(), roster: await nextRoster() }
  const found: DamagedKey[] = []
  for (const { generation } of unended(by.roster))
    found.push(...(await findDamaged(by, generation)))
  return found
}
