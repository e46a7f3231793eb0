// What the answers about an offer amount to. One sign of the heaviest weight is enough; lighter ones add up.
export type Answer = 'yes' | 'no' | 'unsure'

export interface Answered {
  weight: number
  answer: Answer | null
}

/** open: nothing was answered. calm: no sign among the answers. ask: something is not clear. stop: do not say yes yet. */
export type Level = 'open' | 'calm' | 'ask' | 'stop'

export const STRONG = 3
export const MANY = 5

const pointsOf = ({ weight, answer }: Answered): number =>
  answer === 'yes' ? weight : answer === 'unsure' ? 1 : 0

export function judgeOffer(questions: readonly Answered[]): Level {
  if (questions.every(({ answer }) => answer === null)) return 'open'
  const points = questions.reduce((sum, question) => sum + pointsOf(question), 0)
  const strong = questions.some(({ weight, answer }) => answer === 'yes' && weight >= STRONG)
  if (strong || points >= MANY) return 'stop'
  return points > 0 ? 'ask' : 'calm'
}
