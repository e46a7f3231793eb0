// Provides the handovers in all cases, and remembers which ones the person has just read in this
// tab. The index does not show that a handover was read until the index has read the case again.
import { useMemo } from 'preact/hooks'
import { useWholeLedger } from '../../../ledger/ledger-context.ts'
import { useCaseIndex } from '../../../search/case-index.ts'
import {
  isDueFor,
  listHandovers,
  type HandoverLine,
  type HandoverReader,
} from '../../../search/list-handovers.ts'
import { useSessionContext } from '../../../session/session-context.ts'
import { type Handover } from '../../read/handovers-of.ts'

/** The handovers that were read in this tab, as keys of reader, case and row. */
const justRead = new Set<string>()
const nameOf = (me: string, { caseId, n }: Handover): string => `${me} ${caseId} ${n}`

interface Handovers {
  reader: HandoverReader
  /** every handover, oldest first */
  all: readonly HandoverLine[]
  /** the handovers that the person should read now, oldest first */
  due: readonly HandoverLine[]
  /** records that the person has read handovers */
  noteRead: (read: readonly Handover[]) => void
}

export function useHandovers(): Handovers {
  const { me } = useSessionContext()
  const rota = useWholeLedger()?.roster.rota ?? null
  const { cases } = useCaseIndex()
  const listed = useMemo(() => listHandovers(cases), [cases])
  const reader = { me: me.id, isReader: me.roles.includes('intake'), rota, now: Date.now() }
  const all = listed.map((each) =>
    justRead.has(nameOf(me.id, each)) ? { ...each, readBy: [...each.readBy, me.id] } : each,
  )
  return {
    reader,
    all,
    due: all.filter((each) => isDueFor(each, reader)),
    noteRead: (read) => read.forEach((each) => justRead.add(nameOf(me.id, each))),
  }
}
