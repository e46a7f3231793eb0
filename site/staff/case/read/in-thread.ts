// Presents a case as one of its threads, for the parts of the screen that work with a single
// thread.
import { inOrder } from './conversation.ts'
import { type LoadedReport } from './load-report.ts'
import { type LoadedThread } from './open-thread.ts'

/** Returns every thread of a case, beginning with the thread of the report that began it. */
export const threadsOf = ({ others, ...own }: LoadedReport): LoadedThread[] => [own, ...others]

/** Returns the threads of a case, in the order of their numbers on the screen. */
export const threadsInOrder = (loaded: LoadedReport): LoadedThread[] => inOrder(threadsOf(loaded))

/** Returns the case with only the letters of the thread to which a reply belongs. */
export const inThread = (loaded: LoadedReport, id: string): LoadedReport => {
  const thread = loaded.others.find((each) => each.id === id)
  return thread ? { ...loaded, ...thread, untaken: loaded.untaken } : loaded
}
