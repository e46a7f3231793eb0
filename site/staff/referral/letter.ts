// Writes the referral letter from its content. The letter must not look like an official form, so
// it omits official wording, the emblem and articles of law.
import { dayInDigits } from '../i18n/dates.ts'
import { BANDS } from '../crypto/classification.ts'
import { type LetterReceiver } from './consent-text.ts'
import { type ReferralContent } from './content.ts'
import { CUT } from './cut-words.ts'
import { PLACE_SIZES } from './fields.ts'
import { type Letter, type LetterPiece } from './pieces.ts'
import type { ReferralWords } from './words.ts'

/** Number of days within which a receiver usually answers; a colleague can set a different day. */
export const ANSWER_DAYS = 3

/** The facts about the letter itself. */
export interface LetterHead {
  /** the number of the referral */
  number: string
  receiver: LetterReceiver
  /** `2026-12-01` */
  day: string
  /** the day by which the receiver should answer */
  answerBy: string
  /** the colleague who answers questions, and how to reach that colleague */
  answers: string
  /** null for a referral without consent */
  consent: { by: 'person' | 'parent'; day: string } | null
  /** a line from the lawyer's list; null if the list does not contain the ground */
  ground: string | null
  /** true when two colleagues sign the letter */
  hasSecond: boolean
}

type Row = readonly [name: string, value: string]

const rows = (list: readonly Row[]): LetterPiece => [
  'dl',
  ...list.map(([name, value]): LetterPiece => ['div', ['dt', name], ['dd', value]]),
]

export function letterOf(
  content: ReferralContent,
  facts: LetterHead,
  words: ReferralWords,
): Letter {
  const { say, lang } = words
  const { basis } = content
  return {
    lang,
    pieces: [
      ['h1', say('staff-referral.letter.title')],
      ...(basis === 'consent'
        ? []
        : [['p.mark', say(`staff-referral.letter.basis.${basis}`)] as const]),
      rows([
        [say('staff-referral.letter.to'), facts.receiver.name],
        [say('staff-referral.letter.number'), facts.number],
        [say('staff-referral.letter.day'), dayInDigits(facts.day)],
      ]),
      ['p', say('staff-referral.letter.what')],
      ...bodyOf(content, words),
      ...rulesOf(facts, words),
      rows(answersOf(facts, words)),
      ...signaturesOf(facts, words),
    ],
  }
}

function bodyOf(
  { basis, fields, words, others }: ReferralContent,
  { say }: ReferralWords,
): LetterPiece[] {
  const isCut = words.some(({ text }) => text.includes(CUT))
  return [
    ['h2', say(`staff-referral.letter.${basis === 'life' ? 'now' : 'about'}`)],
    rows(
      fields.map(({ field, form, value }) => [
        say(`staff-referral.field.${field}`),
        shownValue({ form, value }, say),
      ]),
    ),
    ...words.flatMap(({ source, text }): LetterPiece[] => [
      ['h2', say(`staff-referral.letter.words.${source}`)],
      ['p.words', text],
    ]),
    ...(isCut ? [['p', say('staff-referral.letter.cut')] as const] : []),
    ...(others.length > 0
      ? ([
          ['h2', say('staff-referral.letter.others')],
          rows(others.map(({ name, role }) => [name, say(`staff-referral.role.${role}`)])),
        ] as const)
      : []),
  ]
}

/** Converts the code of a coarser form to text. */
function shownValue(
  { form, value }: Pick<ReferralContent['fields'][number], 'form' | 'value'>,
  say: ReferralWords['say'],
): string {
  const band = form === 'band' && BANDS.find((each) => each === value)
  if (band) return say(`staff-referral.band.${band}`)
  const size = form === 'town' && PLACE_SIZES.find((each) => each === value)
  return size ? say(`staff-referral.size.${size}`) : value
}

const MAY = ['help', 'contact', 'nobody', 'pass'] as const

const rulesOf = ({ receiver }: LetterHead, { say }: ReferralWords): LetterPiece[] => [
  ['h2', say('staff-referral.letter.may')],
  [
    'ul',
    ...[...MAY, ...(receiver.kind === 'authority' ? (['law'] as const) : []), 'end' as const].map(
      (each): LetterPiece => ['li', say(`staff-referral.letter.may.${each}`)],
    ),
  ],
]

function answersOf(facts: LetterHead, { say }: ReferralWords): Row[] {
  const { consent, ground } = facts
  const agreed = consent
    ? say(`staff-referral.letter.consent.${consent.by}`, { day: dayInDigits(consent.day) })
    : say('staff-referral.letter.consent.none')
  return [
    [say('staff-referral.letter.consent'), agreed],
    ...(consent
      ? []
      : [
          [
            say('staff-referral.letter.ground'),
            ground ?? say('staff-referral.letter.ground.open'),
          ] as const,
        ]),
    [say('staff-referral.letter.until'), dayInDigits(facts.answerBy)],
    [say('staff-referral.letter.answers'), facts.answers],
  ]
}

const signaturesOf = ({ hasSecond }: LetterHead, { say }: ReferralWords): LetterPiece[] =>
  (['us', ...(hasSecond ? (['second'] as const) : []), 'got'] as const).map((each): LetterPiece => [
    'p.sign',
    say(`staff-referral.letter.sign.${each}`),
  ])
