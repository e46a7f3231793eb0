// Decides which rows of a case log count as work on the case. A colleague acts by a reply, an entry
// or a referral, or by taking a case up or over. An act states how many follow-ups its author has
// read. So it no longer counts after the person's next word. An act by an author who had not read
// the last words does not count either. Reading is no act, and neither is giving the case to a
// colleague. Triggers of the database enforce the same rules.
import type { CaseAction, ChangeOf } from '../actions.ts'
import type { Statement } from '../statement.ts'
import type { CaseLog } from './state.ts'

/** Returns the follow-ups that the author of an act has read; undefined for any other row. */
type ReadInAct<Change> = (change: Change, actor: string) => number | undefined

const acts: { readonly [Of in CaseAction]?: ReadInAct<ChangeOf<Of>> } = {
  'answer.send': ({ followUps }) => followUps,
  'entry.add': ({ followUps }) => followUps,
  'danger.set': ({ followUps }) => followUps,
  'referral.make': ({ followUps }) => followUps,
  'referral.confirm': ({ followUps }) => followUps,
  'referral.mark': ({ followUps }) => followUps,
  'status.set': ({ to, followUps }) => (to === 'in_progress' ? followUps : undefined),
  'case.assign': ({ to, followUps }, actor) => (to === actor ? followUps : undefined),
}

/** The app signs these rows when somebody opens the case, so they do not take it. */
const ROWS_OF_READING: readonly CaseAction[] = ['key.make', 'letters.take']

/** Records the acts in a valid row, and who has taken the case. */
export function noteAct<Of extends CaseAction>(
  log: CaseLog,
  action: Of,
  { actor }: Statement,
  change: ChangeOf<Of>,
): void {
  const read = acts[action]?.(change, actor)
  if (read !== undefined) log.acted = Math.max(log.acted ?? 0, read)
  // Nobody has acted on both cases yet.
  if (action === 'case.absorb') log.acted = null
  const isTaken = log.assignee?.id === actor && !ROWS_OF_READING.includes(action)
  // The rule of an assignment has already noted who gave the case.
  if (action !== 'case.assign' && isTaken) log.givenBy = null
}

/** Returns true when the last act came after all follow-ups of the case. */
export const hasActed = ({ acted }: Pick<CaseLog, 'acted'>, followUps: number): boolean =>
  acted !== null && acted >= followUps
