// Decides which lines the list shows, and their order. A line keeps its place until the person asks
// for something else, so that nothing moves under a finger. The heading above a line changes with
// the state of the case, so that each heading is correct.
import type { QueueItem } from '#protocol/staff/list/queue'
import { GROUPS, HIGHEST_GRADE, linePlaceOf, type OrderAt } from '#protocol/staff/list/rank'
import { placeFor, type LinePlace } from './group-by-lane.ts'

/** The places of a list. */
export interface Places {
  /** identifies the question that produced these places: filter, search and refresh */
  question: string
  /** ids of cases */
  order: readonly string[]
  /** every case that the question covered, whether shown or not */
  asked: ReadonlySet<string>
  /** increases as the device opens the words of more cases */
  words: number
}

export interface ListQuestion {
  key: string
  byId: ReadonlyMap<string, QueueItem>
  isShown: (item: QueueItem) => boolean
  /** number of cases read, for a filter that needs their words; otherwise 0 */
  words: number
  /** the order of the hits of a search, best first; null for the edge's order */
  found: readonly string[] | null
  at: OrderAt
  /** finds the cases given to this person, which come first; null outside their own list */
  isGiven: ((item: QueueItem) => boolean) | null
}

/** Sorts as the edge does: by group, by highest grade in a flood, by oldest day and by id. */
const sorted = (items: Iterable<QueueItem>, at: OrderAt): QueueItem[] =>
  Array.from(items, (item) => {
    const { group, grade, day } = linePlaceOf(item, at)
    return { item, key: `${GROUPS.indexOf(group)} ${HIGHEST_GRADE - grade} ${day} ${item.id}` }
  })
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ item }) => item)

/** Moves the cases that were given to this person to the front. */
function inPlace(
  items: readonly QueueItem[],
  { isGiven }: Pick<ListQuestion, 'isGiven'>,
): string[] {
  const given = isGiven ? items.filter(isGiven) : []
  const others = isGiven ? items.filter((item) => !isGiven(item)) : items
  return [...given, ...others].map(({ id }) => id)
}

/** Puts each line of an order under the heading that matches its case now. */
export const withLanes = (
  order: readonly string[],
  { byId, at, isGiven }: Pick<ListQuestion, 'byId' | 'at' | 'isGiven'>,
): LinePlace[] =>
  order.flatMap((id) => {
    const item = byId.get(id)
    return item ? [placeFor(item, at, isGiven?.(item) ?? false)] : []
  })

/** All lines in order, so that another filter over the same lines does not sort them again. */
const orders = new WeakMap<ListQuestion['byId'], { of: string; order: readonly QueueItem[] }>()

function inOrder(byId: ListQuestion['byId'], at: OrderAt): readonly QueueItem[] {
  const of = JSON.stringify(at)
  const known = orders.get(byId)
  if (known?.of === of) return known.order
  const order = sorted(byId.values(), at)
  orders.set(byId, { of, order })
  return order
}

/** Computes the places for a new question; otherwise appends the lines that have arrived since. */
export function nextPlaces(former: Places | null, question: ListQuestion): Places {
  const { key, byId, words } = question
  if (former?.question !== key || question.found !== null) return placesFor(question)
  const isGrown = byId.size > former.asked.size || words > former.words
  return isGrown ? extended(former, question) : former
}

function placesFor(question: ListQuestion): Places {
  const { key, byId, isShown, words, found, at } = question
  const order = found
    ? found.filter((id) => byId.has(id))
    : inPlace(inOrder(byId, at).filter(isShown), question)
  return { question: key, order, asked: new Set(byId.keys()), words }
}

/** Adds lines at the end. A filter over words rechecks the lines that it did not show. */
function extended({ order: shown, asked, words: had }: Places, question: ListQuestion): Places {
  const { key, byId, isShown, words, at } = question
  const places = new Set(shown)
  const isNew = words > had ? (id: string) => !places.has(id) : (id: string) => !asked.has(id)
  const added = sorted(
    [...byId.values()].filter((item) => isNew(item.id) && isShown(item)),
    at,
  )
  return {
    question: key,
    order: [...shown, ...inPlace(added, question)],
    asked: new Set(byId.keys()),
    words,
  }
}
