// Lists the answers that a referral still needs.
import { isUnder18, leavingContent } from '../../../referral/content.ts'
import { type ReferralWords } from '../../../referral/words.ts'
import { type Asked } from './asked.ts'
import { basisFrom } from './basis-part.tsx'
import { careFrom } from './child-part.tsx'
import { heardAnswer, isConsent } from './consent-part.tsx'
import { consentingOthers } from './other-people.tsx'
import { type WholeAnswers } from './prepared-referral.ts'
import { openIn } from './word-choices.tsx'

/** The questions that are still unanswered. */
export type Missing = Readonly<
  Record<
    'receiver' | 'answers' | 'fields' | 'marks' | 'consent' | 'basis' | 'child' | 'adult',
    boolean
  >
>

/** Returns true once the text can be read aloud, because everything that it names is known. */
export const canBeReadAloud = ({ receiver, fields, marks }: Missing): boolean =>
  !(receiver || fields || marks)

/** Reads the answers in the form. Words with an undecided detail do not count as chosen. */
export function wholeAnswers(
  asked: Asked,
  all: readonly ReferralWords[],
): { answers: WholeAnswers; missing: Missing; isRefused: boolean } {
  const { facts, choices, about, included, parent, heard, heardOthers, without, child } = asked
  const { basis } = choices
  const isLeast = basis === 'life'
  const isDecided = openIn(included) === 0
  const receiver = { name: about.name.trim(), kind: about.kind }
  const others = isLeast ? [] : consentingOthers(facts.others, heardOthers, all, receiver)
  const content = leavingContent(facts, {
    ...{ ...choices, words: isDecided ? included : [] },
    consenting: others.map(({ id }) => id),
  })
  const isChild = isUnder18(asked.facts) === 'yes'
  const by = isChild && parent !== '' ? 'parent' : 'person'
  const answer = basis === 'consent' ? heardAnswer(heard, all, content, receiver, by) : null
  const consent = answer && isConsent(answer) ? answer : null
  return {
    isRefused: answer !== null && consent === null,
    answers: { asked, content, receiver, by, consent, others },
    missing: {
      receiver: receiver.name === '',
      answers: about.answers.trim() === '',
      fields: content.fields.length === 0,
      marks: !isDecided && !isLeast,
      consent: basis === 'consent' && consent === null,
      basis: basis !== 'consent' && basisFrom(basis, without) === null,
      child: isChild && careFrom(child, choices.ticked) === null,
      adult: basis === 'child' && !isChild,
    },
  }
}
