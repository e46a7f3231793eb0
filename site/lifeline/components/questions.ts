// Lists the possible answers to the questions that `tell` asks, in order. Signs and needs have
// icons for people who have difficulty reading. The page itself asks the first three questions. The
// `more` tool and the form without a script ask the other questions.
import organisation from '#content/organisation.json' with { type: 'json' }
import type { Consent, Need, Sign } from '#protocol/report/plain-report'
import type { IconName } from '../../components/pictures/icons.ts'

type Icons<Value extends string> = Readonly<Record<Value, IconName>>

export const DOORS = ['see', 'me', 'other'] as const

export const SIGN_ICONS: Icons<Sign> = {
  WithholdsDocuments: 'passport',
  TakesEarnings: 'banknote',
  DebtBondage: 'list',
  RestrictsMovement: 'lock',
  PhysicalThreats: 'speech',
  PhysicalAbuse: 'hand',
  ForcedActs: 'road',
}

export const NEED_ICONS: Icons<Need> = {
  leave: 'leave',
  papers: 'passport',
  doctor: 'doctor',
  shelter: 'house',
  lawyer: 'lawyer',
  talk: 'speech',
}

/**
 * The people who may learn about the report. The answers have no icons, because icons would be
 * ambiguous.
 */
export const CONSENT: readonly Consent[] = ['helpers', 'authorities', 'foundation', 'anonymous']

/**
 * The possible answers about ways to reach the person. The report contains the words of these
 * answers in the person's language.
 */
export const REACH = ['phone', 'messenger', 'here'] as const
export const REACH_ICONS: Icons<(typeof REACH)[number]> = {
  phone: 'phone',
  messenger: 'speech',
  here: 'number',
}
export const HOURS = ['morning', 'day', 'evening', 'night'] as const
export const IF_ANOTHER_ANSWERS = ['nothing', 'pharmacy', 'ask'] as const
/** The text fields for contact details, each with the report field that it fills. */
export const TYPED = { more: 'avoid', name: 'name', word: 'word' } as const

/** The countries where most people abroad live, as buttons that save typing. */
export const COUNTRIES: readonly string[] = organisation.place.asked
export const OWN_COUNTRY: string = organisation.place.country

/** The number of questions: three on the page, five in the tool. */
export const STEPS = 8
