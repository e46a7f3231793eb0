import type { QueueItem } from '#protocol/staff/list/queue'

/** Returns true for an open case that a colleague gave to its holder, who has not taken it yet. */
export const isGiven = ({ status, givenBy }: Pick<QueueItem, 'status' | 'givenBy'>): boolean =>
  status !== 'closed' && givenBy !== null

/** Returns true for an open case that a colleague gave to this person, who has not taken it yet. */
export const isGivenTo = (
  item: Pick<QueueItem, 'status' | 'assignee' | 'givenBy'>,
  person: string,
): boolean => isGiven(item) && item.assignee === person
