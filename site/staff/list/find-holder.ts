// Finds the open cases of a colleague whose name was searched for.
import type { QueueItem } from '#protocol/staff/list/queue'
import type { FoundCase } from '../search/case-index.ts'

/** @param isMeant  returns true when the search matches a name */
export function casesOfNamed(
  items: Iterable<QueueItem>,
  nameOf: (id: string) => string,
  isMeant: (name: string) => boolean,
): FoundCase[] {
  const meant = new Map<string, string | null>()
  const found: FoundCase[] = []
  for (const { id, status, assignee } of items) {
    if (status === 'closed' || assignee === null) continue
    const known = meant.get(assignee)
    const name = known === undefined ? nameIf(nameOf(assignee), isMeant) : known
    meant.set(assignee, name)
    if (name !== null) found.push({ id, excerpt: () => ['', name, ''] })
  }
  return found
}

const nameIf = (name: string, isMeant: (name: string) => boolean): string | null =>
  isMeant(name) ? name : null
