// Decides which steps of the first day are done, and whom the workspace reminds of them.
import { FIRST_STEPS, type FirstStep, type OwnChoices } from '#protocol/staff/people/own-settings'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { activeKeepersIn } from '../ledger/key-facts.ts'
import { readersIn } from '../ledger/read-roster.ts'

/** With fewer people, the loss or illness of one person blocks the others. */
const ENOUGH_PEOPLE = 2
const PEOPLE = { reader: readersIn, keeper: activeKeepersIn }

/**
 * Returns the steps that are done. The roster shows the second reader and the second keeper; the
 * person's own settings show the other steps.
 *
 * @param today  days since 1970, UTC
 */
export const doneSteps = (
  { done }: Pick<OwnChoices, 'done'>,
  roster: Pick<Roster, 'people'> | null,
  today: number,
): FirstStep[] =>
  FIRST_STEPS.filter((step) =>
    isOfRoster(step)
      ? roster !== null && PEOPLE[step](roster, today).length >= ENOUGH_PEOPLE
      : done.includes(step),
  )

/** Returns true for a step that the roster shows, so that nobody has to mark the step as done. */
export const isOfRoster = (step: FirstStep): step is keyof typeof PEOPLE =>
  step === 'reader' || step === 'keeper'

/** Returns true for the first member, whom the root confirmed. */
export const isFirstMember = (
  { people, rootId }: Pick<Roster, 'people' | 'rootId'>,
  person: string,
): boolean => people.get(person)?.confirmedBy === rootId
