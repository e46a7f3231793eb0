// Judges the answers about an offer. A single sign of the heaviest weight is enough for `stop`.
// Lighter signs add up.
export type Answer = 'yes' | 'no' | 'unsure'

export interface Answered {
  weight: number
  answer: Answer | null
}

/**
 * open: no question is answered. part: no sign so far, and some questions are open.
 * calm: no answer is a sign. ask: few light signs, unsure answers, or only a sign beside the
 * questions. stop: do not say yes yet.
 */
export type Level = 'open' | 'part' | 'calm' | 'ask' | 'stop'

export const STRONG = 3
export const MANY = 5

const pointsOf = ({ weight, answer }: Answered): number =>
  answer === 'yes' ? weight : answer === 'unsure' ? 1 : 0

/** `hasBeside` says whether the pasted text has a sign that no question asks about. */
export function judgeOffer(questions: readonly Answered[], hasBeside = false): Level {
  const open = questions.filter(({ answer }) => answer === null).length
  if (open === questions.length) return 'open'
  const points = questions.reduce((sum, question) => sum + pointsOf(question), 0)
  const strong = questions.some(({ weight, answer }) => answer === 'yes' && weight >= STRONG)
  if (strong || points >= MANY) return 'stop'
  if (points > 0 || hasBeside) return 'ask'
  return open > 0 ? 'part' : 'calm'
}
