// Finds a colleague's name in the letters of a case. The person may mean a colleague who works
// here.
import { fold } from '../../../search/fold.ts'
import { textsOf } from '../../../search/read-case.ts'
import { threadsOf } from '../../read/in-thread.ts'
import { type LoadedReport } from '../../read/load-report.ts'

/** A shorter part of a name occurs in too many words. */
const LEAST = 3

/**
 * Returns true when a part of the name begins a word of a letter, in any spelling and letter case.
 */
export function isNamedIn(loaded: LoadedReport, name: string): boolean {
  const parts = fold(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part.length >= LEAST)
  const words = threadsOf(loaded)
    .flatMap(({ first, followUps }) => [first?.report, ...followUps.map(({ report }) => report)])
    .flatMap((report) => (report ? textsOf(report) : []))
    .map((text) => ` ${fold(text).replace(/[^\p{L}\p{N}]+/gu, ' ')}`)
  return parts.some((part) => words.some((text) => text.includes(` ${part}`)))
}
