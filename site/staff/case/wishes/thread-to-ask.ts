import { type LoadedReport } from '../../report/load-report.ts'
import { inThread, threadsInOrder } from '../threads/in-thread.ts'
import { writerOf, type Standing } from './wish-rules.ts'

/** Returns the newest thread in which a person can be asked in writing; null without one. */
export function threadToAsk(loaded: LoadedReport, { of }: Standing): string | null {
  const threads = threadsInOrder(loaded).filter(({ id }) => of.includes(writerOf(id)))
  return threads.findLast(({ id }) => inThread(loaded, id).reply !== null)?.id ?? null
}
