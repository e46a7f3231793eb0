// Reads the command line of `npm run demo`.
import { Stop } from '#scripts/shared/progress'

export interface DemoArguments {
  total: number
  seed: number
  /** true to exit after making the demo, without a server */
  isMakeOnly: boolean
  /** false when people confirm newcomers themselves, as in a deployment */
  hasConfirmer: boolean
}

const [DEFAULT_TOTAL, MAX_TOTAL] = [1000, 100_000]
const MAX_SEED = 2 ** 31 - 1

const USE =
  `Use: npm run demo -- [number of reports, 0 to ${MAX_TOTAL}] ` +
  `[--seed number from 0 to ${MAX_SEED}] [--make-only] [--no-confirmer]`

function readNumber(text: string | undefined, largest: number): number {
  const number = /^\d{1,10}$/.test(text ?? '') ? Number(text) : Infinity
  if (number <= largest) return number
  const fault = text === undefined ? 'A number is missing' : `"${text}" is no such number`
  throw new Stop(`${fault}: give a whole number from 0 to ${largest}.\n${USE}`)
}

/** @throws Stop with a sentence for any unknown argument */
export function readDemoArguments(given: readonly string[]): DemoArguments {
  const left = [...given]
  const take = (name: string, count: number): string[] | null => {
    const at = left.indexOf(name)
    return at < 0 ? null : left.splice(at, count)
  }
  const isMakeOnly = take('--make-only', 1) !== null
  const hasConfirmer = take('--no-confirmer', 1) === null
  const seed = take('--seed', 2)
  const [total = String(DEFAULT_TOTAL), ...more] = left
  if (more.length > 0) throw new Stop(`"${more.join(' ')}" is too much.\n${USE}`)
  return {
    total: readNumber(total, MAX_TOTAL),
    seed: seed ? readNumber(seed[1], MAX_SEED) : 1,
    isMakeOnly,
    hasConfirmer,
  }
}
