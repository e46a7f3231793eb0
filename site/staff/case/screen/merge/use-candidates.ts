// Lists the cases that can be merged with a case. A search finds them; without a search, the first
// page of the list is offered.
import { useEffect, useState } from 'preact/hooks'
import { type QueueItem } from '#protocol/staff/list/queue'
import { fetchQueue } from '../../../api/list-api.ts'
import { dayInDigits } from '../../../i18n/dates.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { useCaseIndex } from '../../../search/case-index.ts'
import { useSessionAttempt } from '../../../session/session-context.ts'
import { kindKey } from '../../read/kind-key.ts'

interface Candidate {
  id: string
  title: string
  /** the day in the list; empty for a case that only the search found */
  day: string
}

/** Maximum number of cases shown; a colleague who does not find the case must refine the search. */
const SHOWN = 20

/** @param own  id of the case on the screen, which is left out */
export function useCandidates(
  own: string,
  text: string,
): { found: Candidate[] | null; why: unknown } {
  const { t } = useMessages()
  const index = useCaseIndex()
  const { why, run } = useSessionAttempt()
  const [items, setItems] = useState<QueueItem[] | null>(null)
  useEffect(() => run(async () => setItems((await fetchQueue()).items)), [])
  if (!items) return { found: null, why }
  const known = new Map(items.map((item) => [item.id, item]))
  const candidateOf = (id: string): Candidate => {
    const item = known.get(id)
    const kind = item ? t(kindKey(item.kind)) : ''
    return {
      id,
      title: index.cases.get(id)?.title ?? kind,
      day: item ? dayInDigits(item.day) : '',
    }
  }
  const searched = index.search(text)?.map(({ id }) => id)
  const listed = [...known.keys()].map(candidateOf)
  const asked = text.trim().toLowerCase()
  const found = searched
    ? searched.map(candidateOf)
    : listed.filter(({ title, day }) => `${title} ${day}`.toLowerCase().includes(asked))
  return { found: found.filter(({ id }) => id !== own).slice(0, SHOWN), why }
}
