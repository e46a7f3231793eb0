// Searches the letters of a case for a colleague's name. The person may be writing about this
// colleague.
import { hasName } from '../../../search/find-name.ts'
import { fold } from '../../../search/fold.ts'
import { textsOf } from '../../../search/read-case.ts'
import { threadsOf } from '../../read/in-thread.ts'
import { type LoadedReport } from '../../read/load-report.ts'

/**
 * Returns true when a word in a letter begins with a part of the name. Spelling and capitals may
 * differ.
 */
export const isNamedIn = (loaded: LoadedReport, name: string): boolean =>
  threadsOf(loaded)
    .flatMap(({ first, followUps }) => [first?.report, ...followUps.map(({ report }) => report)])
    .flatMap((report) => (report ? textsOf(report) : []))
    .some((text) => hasName(fold(text), name))
