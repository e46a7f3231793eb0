// Decides which rows of a case log count as work on the case. Replies, entries, referrals, starting
// a case and taking it over count as acts. An act states how many follow-ups its author has read.
// The act therefore no longer counts once the person writes again. Nor does an act count if its
// author had not read the person's latest words. Reading is not an act, and neither is giving the
// case to a colleague. Database triggers enforce the same rules.
import type { CaseAction, ChangeOf } from '../actions.ts'
import type { Statement } from '../statement.ts'
import type { CaseLog } from './state.ts'

/**
 * Returns the number of follow-ups that the author of an act has read; undefined for any other row.
 */
type ReadInAct<Change> = (change: Change, actor: string) => number | undefined

const readIn = ({ followUps }: { followUps?: number | undefined }) => followUps

/** Work with the person. Taking the case up or over is an act, but it does not end an alert. */
const work = {
  'answer.send': readIn,
  'entry.add': readIn,
  'danger.set': readIn,
  'referral.make': readIn,
  'referral.confirm': readIn,
  'referral.mark': readIn,
} satisfies { readonly [Of in CaseAction]?: ReadInAct<ChangeOf<Of>> }

export const WORK_ACTIONS: readonly string[] = Object.keys(work)

const acts: { readonly [Of in CaseAction]?: ReadInAct<ChangeOf<Of>> } = {
  ...work,
  'status.set': ({ to, followUps }) => (to === 'in_progress' ? followUps : undefined),
  'case.assign': ({ to, followUps }, actor) => (to === actor ? followUps : undefined),
}

/** The app signs these rows when somebody opens the case, so they do not count as taking it. */
const ROWS_OF_READING: readonly CaseAction[] = ['key.make', 'letters.take']

/** Records whether a valid row is an act, and whether its author has taken the case. */
export function noteAct<Of extends CaseAction>(
  log: CaseLog,
  action: Of,
  { actor }: Statement,
  change: ChangeOf<Of>,
): void {
  const read = acts[action]?.(change, actor)
  if (read !== undefined) log.acted = Math.max(log.acted ?? 0, read)
  // Nobody has acted on the combined case yet.
  if (action === 'case.absorb') log.acted = null
  const isTaken = log.assignee?.id === actor && !ROWS_OF_READING.includes(action)
  // For `case.assign`, the log already records who assigned the case.
  if (action !== 'case.assign' && isTaken) log.givenBy = null
}

/** Returns true when the last act came after all follow-ups of the case. */
export const hasActed = ({ acted }: Pick<CaseLog, 'acted'>, followUps: number): boolean =>
  acted !== null && acted >= followUps
