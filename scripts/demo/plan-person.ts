// Plans the person whom an invented report is about. Colleagues record some codes, record some
// answers as unknown, and leave many questions unasked.
import { MINUTE_MS } from '#scripts/demo/plan-thread'
import type { ThreadEvent } from '#scripts/demo/plan-thread'
import { PARTS, type Situation } from '#scripts/demo/parts'
import type { Story } from '#scripts/demo/tell-story'
import { chooseSome, happens, type Chance } from '#scripts/shared/seeded-random'
import { type CasePerson } from '#site/staff/crypto/case-record.ts'
import {
  CONTROLS,
  RECRUITMENTS,
  UNCLASSIFIED,
  type Band,
  type Classification,
} from '#site/staff/crypto/classification.ts'

const SITUATION_CODES: Readonly<Record<Situation, Partial<Classification>>> = {
  building: { exploitation: ['ForcedLabour'], industry: 'F_Construction', exploitedIn: ['RU'] },
  hotel: {
    ...({ exploitation: ['SexualExploitation'], sexualExploitation: ['Prostitution'] } as const),
    exploitedIn: ['TR'],
  },
  call_centre: {
    ...({ exploitation: ['ForcedLabour'], industry: 'J_InformationAndCommunication' } as const),
    exploitedIn: 'unknown',
  },
  offer: {},
  sewing: { exploitation: ['ForcedLabour'], industry: 'C_Manufacturing', exploitedIn: ['RU'] },
  household: {
    exploitation: ['Servitude'],
    industry: 'T_ActivitiesOfHouseholdsAsEmployers',
  },
  begging: { exploitation: ['ForcedBegging'], exploitedIn: ['RU'] },
  pasture: {
    ...({ exploitation: ['ForcedLabour'], exploitedIn: ['KZ'] } as const),
    industry: 'A_AgricultureForestryAndFishing',
  },
}

/** Percentage of people whom colleagues classify. */
const CLASSIFIED = 60

const bandOf = (age: number): Band =>
  age < 18 ? 'under18' : age < 25 ? 'from18' : age < 35 ? 'from25' : 'from35'

function planClasses(chance: Chance, situation: Situation, age: number): Classification {
  const isAsked = (): boolean => happens(chance, 70)
  const control = chooseSome(chance, CONTROLS, 1 + chance.below(3))
  return {
    ...UNCLASSIFIED,
    gender: chance.one(['Feminine', 'Feminine', 'Masculine']),
    ...(isAsked() && { citizenship: ['KG'] }),
    ...(isAsked() && { under18: age < 18 ? 'yes' : 'no', ageBand: bandOf(age) }),
    ...(happens(chance, 20) && {
      status: chance.one([
        { value: 'ActualVictimOfTrafficking', decidedBy: 'Police' },
        { value: 'PossibleVictimOfTrafficking', decidedBy: 'NGO' },
        { value: 'NotAVictimOfTrafficking', decidedBy: 'CourtOrProsecution' },
      ] as const),
    }),
    ...(isAsked() && { recruitment: [chance.one(RECRUITMENTS)], recruitedIn: 'KG' }),
    ...(isAsked() && { control: CONTROLS.filter((each) => control.includes(each)) }),
    ...(isAsked() && SITUATION_CODES[situation]),
    ...(happens(chance, 15) && { recruitment: 'unknown' as const }),
  }
}

/** Adds the person after the colleague has begun to work on the report. */
export function withPerson(
  chance: Chance,
  { lang, voice, situation }: Story,
  events: readonly ThreadEvent[],
): ThreadEvent[] {
  const begin = events.findIndex(({ what }) => what === 'status')
  const begun = events[begin]
  if (begun?.what !== 'status' || voice === 'tip' || !happens(chance, CLASSIFIED))
    return [...events]
  const age = 15 + chance.below(30)
  const person: CasePerson = {
    ...({ v: 2, kind: 'person', role: 'victim', contact: '', text: '' } as const),
    ...{ name: chance.one(PARTS[lang].names), age: happens(chance, 70) ? String(age) : '' },
    classes: planClasses(chance, situation, age),
  }
  const added = { what: 'person', at: begun.at + MINUTE_MS / 2, by: begun.by, person } as const
  return [...events.slice(0, begin + 1), added, ...events.slice(begin + 1)]
}
