// Evaluates the answers about an offer. A single sign of the heaviest weight is enough for `stop`.
// Lighter signs add up. The answer "Not sure" is not a sign, so such answers alone never lead to
// `stop`.
export type Answer = 'yes' | 'no' | 'unsure'

export interface Answered {
  weight: number
  answer: Answer | null
}

/**
 * open: no question is answered. part: no sign among the answers, and some questions are open.
 * calm: no answer is a sign. ask: a few light signs, unsure answers, or only a sign that no
 * question covers. stop: do not say yes yet.
 */
export type Level = 'open' | 'part' | 'calm' | 'ask' | 'stop'

export const STRONG = 3
export const MANY = 5

/** `hasBeside` is true when the pasted text has a sign that no question covers. */
export function judgeOffer(questions: readonly Answered[], hasBeside = false): Level {
  const open = questions.filter(({ answer }) => answer === null).length
  if (open === questions.length) return 'open'
  const signs = questions.filter(({ answer }) => answer === 'yes')
  const points = signs.reduce((sum, { weight }) => sum + weight, 0)
  if (points >= MANY || signs.some(({ weight }) => weight >= STRONG)) return 'stop'
  const isUnsure = questions.some(({ answer }) => answer === 'unsure')
  if (points > 0 || isUnsure || hasBeside) return 'ask'
  return open > 0 ? 'part' : 'calm'
}
