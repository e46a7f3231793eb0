// Loads the parts of the invented texts. Each language has its own parts, because people write
// differently in each. The numbers, handles and firms in them do not exist.
import type { WholeLanguage } from '#content/languages.ts'
import en from './parts/en.json' with { type: 'json' }
import ky from './parts/ky.json' with { type: 'json' }
import grouped from './parts/recruiters.json' with { type: 'json' }
import ru from './parts/ru.json' with { type: 'json' }

/** The kinds of exploitation that an invented report can be about. */
const SITUATIONS = [
  ...['building', 'hotel', 'call_centre', 'offer'],
  ...['sewing', 'household', 'begging', 'pasture'],
] as const satisfies (keyof typeof grouped)[]
export type Situation = keyof typeof grouped

/** The narrator: the person concerned, somebody close to them, or a witness. */
export type Voice = 'me' | 'other' | 'tip'
type ByVoice = Readonly<Record<Voice, string[]>>

interface Parts {
  openings: ByVoice
  /** complete one-line reports */
  lines: ByVoice
  /** sentences for each narrator, and sentences in `more` that fit every narrator */
  situations: Readonly<Record<Situation, ByVoice & { more: string[] }>>
  /** sentences that mention the recruiter */
  recruiter: string[]
  /** sentences that fit every situation */
  details: string[]
  /** events on named days of the week, for long reports */
  days: string[]
  asks: ByVoice
  followUps: string[]
  /** replies; the first reply contains a greeting */
  replies: string[]
  /** notes; the first one starts the work, and the last one ends it */
  notes: string[]
  /** names by which people ask to be called */
  names: string[]
  /** words that a person and the staff use to recognise each other */
  words: string[]
  places: Readonly<Record<Situation, string[]>>
}

export const PARTS: Readonly<Record<WholeLanguage, Parts>> = { ky, ru, en }

/** A person who is mentioned in several invented reports. */
export interface Recruiter {
  situation: Situation
  name: Readonly<Record<WholeLanguage, string>>
  nickname: Readonly<Record<WholeLanguage, string>>
  /** a firm that several recruiters mention, and that no register lists */
  agency: Readonly<Record<WholeLanguage, string>>
  handle: string
  /** groups of digits: the country code, the unused code 000, and the rest */
  phone: string[]
}

const phoneOf = (place: number): string[] => {
  const digits = String(2_310_407 + place * 170_129)
  return place % 3 === 0
    ? ['+7', '000', digits.slice(0, 3), digits.slice(3, 5), digits.slice(5)]
    : ['+996', '000', digits.slice(1, 4), digits.slice(4)]
}

/** All recruiters. The first recruiters are mentioned most often. */
export const RECRUITERS: readonly Recruiter[] = [0, 1, 2]
  .flatMap((turn) =>
    SITUATIONS.flatMap((situation) =>
      grouped[situation].slice(turn, turn + 1).map((each) => ({ situation, ...each })),
    ),
  )
  .map((recruiter, place) => ({ ...recruiter, phone: phoneOf(place) }))
