// Answers some of the questions that the form asks after the words of a report. Most reports answer
// a few questions.
import {
  CONSENTS,
  NEEDS,
  PEOPLE,
  SIGNS,
  UNDER_18,
  type PlainReport,
  type Sign,
} from '#protocol/report/plain-report'
import type { Situation } from '#scripts/demo/parts'
import { planContact } from '#scripts/demo/plan-contact'
import type { Story } from '#scripts/demo/tell-story'
import { chooseSome, happens, type Chance } from '#scripts/shared/seeded-random'

/** The words and the answers of a report, before anything is sealed. */
export type PlannedWords = Omit<PlainReport, 'v' | 'at' | 'files' | 'down' | 'up' | 'owner' | 'mac'>

const LIKELY_SIGNS: Readonly<Record<Situation, readonly Sign[]>> = {
  building: ['WithholdsDocuments', 'TakesEarnings', 'DebtBondage', 'RestrictsMovement'],
  hotel: ['WithholdsDocuments', 'ForcedActs', 'DebtBondage', 'PhysicalThreats'],
  call_centre: ['ForcedActs', 'RestrictsMovement', 'PhysicalThreats', 'PhysicalAbuse'],
  offer: [],
  sewing: ['TakesEarnings', 'RestrictsMovement', 'WithholdsDocuments'],
  household: ['RestrictsMovement', 'TakesEarnings', 'WithholdsDocuments'],
  begging: ['TakesEarnings', 'ForcedActs', 'PhysicalThreats'],
  pasture: ['WithholdsDocuments', 'TakesEarnings', 'DebtBondage'],
}

export function answerQuestions(chance: Chance, story: Story): Omit<PlannedWords, 'lang' | 'text'> {
  const { voice, situation, place } = story
  const isPlea = voice !== 'tip'
  const signs = chooseSome(chance, LIKELY_SIGNS[situation], chance.below(4))
  const needs = isPlea ? chooseSome(chance, NEEDS, chance.below(4)) : []
  const contact = happens(chance, isPlea ? 60 : 15) ? planContact(chance, story) : null
  return {
    ...(happens(chance, 55) && { place }),
    ...(happens(chance, 50) && { consent: chance.one(CONSENTS) }),
    ...(signs.length > 0 && { signs: SIGNS.filter((sign) => signs.includes(sign)) }),
    ...(needs.length > 0 && { needs: NEEDS.filter((need) => needs.includes(need)) }),
    ...(contact && { contact }),
  }
}

/**
 * Answers the questions about the number of people in the report, and about anybody under 18. Most
 * people skip both.
 */
export const answerPeople = (chance: Chance): Pick<PlannedWords, 'people' | 'under18'> => ({
  ...(happens(chance, 40) && { people: chance.one(PEOPLE) }),
  ...(happens(chance, 30) && { under18: chance.one(UNDER_18) }),
})
