// Decides which steps of the first day are done, and which person the workspace reminds of them.
import { FIRST_STEPS, type FirstStep, type OwnChoices } from '#protocol/staff/people/own-settings'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { readersIn } from '../ledger/read-roster.ts'

const ENOUGH_READERS = 2

/**
 * Returns the steps that are done. The roster shows the second reader, and the person's own
 * settings show the other steps.
 */
export const doneSteps = (
  { done }: Pick<OwnChoices, 'done'>,
  roster: Pick<Roster, 'people'> | null,
): FirstStep[] =>
  FIRST_STEPS.filter((step) =>
    step === 'reader'
      ? roster !== null && readersIn(roster).length >= ENOUGH_READERS
      : done.includes(step),
  )

/** Returns true for the first member, whom the root confirmed. */
export const isFirstMember = (
  { people, rootId }: Pick<Roster, 'people' | 'rootId'>,
  person: string,
): boolean => people.get(person)?.confirmedBy === rootId
