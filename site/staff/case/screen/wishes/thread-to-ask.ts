import { inThread, threadsInOrder } from '../../read/in-thread.ts'
import { type LoadedReport } from '../../read/load-report.ts'
import { writerOf, type Standing } from '../../read/wish-rules.ts'

/** Returns the newest thread in which the owner of a wish can be asked in writing, or null. */
export function threadToAsk(loaded: LoadedReport, { of }: Standing): string | null {
  const threads = threadsInOrder(loaded).filter(({ id }) => of.includes(writerOf(id)))
  return threads.findLast(({ id }) => inThread(loaded, id).reply !== null)?.id ?? null
}
