// Defines the staff app's requests about reports that are waiting in the overflow, and about
// discards.
import { Discards, DiscardPreview, type DiscardPredicate } from '#protocol/staff/list/discard'
import { WaitingPage, type TakeIn } from '#protocol/staff/list/waiting'
import { ask, nothing } from './client.ts'

export const fetchWaiting = (partition: string, after: string | null): Promise<WaitingPage> =>
  ask({
    method: 'GET',
    path: `waiting?${new URLSearchParams({ partition, ...(after !== null && { after }) })}`,
    answer: WaitingPage,
  })

export const postTakeIn = (body: TakeIn): Promise<null> =>
  ask({ method: 'POST', path: 'waiting/take-in', body, answer: nothing })

export const fetchDiscards = (): Promise<Discards> =>
  ask({ method: 'GET', path: 'discards', answer: Discards })

export const postPreview = (predicate: DiscardPredicate): Promise<DiscardPreview> =>
  ask({ method: 'POST', path: 'discards/preview', body: predicate, answer: DiscardPreview })
