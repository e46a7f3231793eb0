// Invents the record of a person who is helped. The minute of the help chooses the answers, so that
// the texts of a seed stay the same.
import { UNCLASSIFIED, type Classification } from '#site/staff/crypto/classification.ts'
import type { CasePerson } from '#site/staff/crypto/case-record.ts'

const GENDERS = ['Feminine', 'Feminine', 'Feminine', 'Masculine', null] as const
const UNDER_18 = ['no', 'no', 'no', 'no', 'no', 'no', 'yes', 'unknown'] as const
const EXPLOITATIONS = [
  ...[['ForcedLabour'], ['ForcedLabour'], ['ForcedLabour', 'Servitude'], ['SexualExploitation']],
  ...[['ForcedBegging'], 'unknown', null],
] as const
const COUNTRIES = ['RU', 'RU', 'RU', 'RU', 'KZ', 'TR', 'TR', 'AE', 'KR', 'PL', null] as const

const MINUTE_MS = 60_000

/** @param at  milliseconds since 1970 */
export function planPerson(at: number): CasePerson {
  const minute = Math.floor(at / MINUTE_MS)
  // The lengths of the lists share no factor, so that the answers are combined in many ways.
  const choose = <Answer>(from: readonly Answer[]): Answer | null =>
    from[minute % from.length] ?? null
  const exploitation = choose(EXPLOITATIONS)
  const country = choose(COUNTRIES)
  const classes: Classification = {
    ...UNCLASSIFIED,
    ...{ gender: choose(GENDERS), under18: choose(UNDER_18) },
    exploitation:
      typeof exploitation === 'string' ? exploitation : exploitation && [...exploitation],
    exploitedIn: country && [country],
  }
  return {
    ...{ v: 2, kind: 'person', role: 'victim', name: '', contact: '', age: '', text: '' },
    classes,
  }
}
