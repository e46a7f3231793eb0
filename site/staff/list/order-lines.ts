// Decides which lines the list shows, and their order. A line keeps its place until the person asks
// for something else, so that nothing moves under a finger.
import type { QueueItem } from '#protocol/staff/list/queue'
import { rankOf } from '#protocol/staff/list/rank'
import { placeFor, type LinePlace } from './group-by-lane.ts'

/** The places of a list. */
export interface Places {
  /** identifies the question that the places answer: filter, search and refresh */
  question: string
  order: readonly LinePlace[]
  /** every case that the question covered, shown or not */
  asked: ReadonlySet<string>
  /** grows with the words that the device has opened */
  words: number
}

export interface ListQuestion {
  key: string
  byId: ReadonlyMap<string, QueueItem>
  isShown: (item: QueueItem) => boolean
  /** number of cases read so far, for a filter that needs their words; otherwise 0 */
  words: number
  /** the order of a search, best first; null for the edge's order */
  found: readonly string[] | null
}

/** Sorts as the edge does: by rank, then the oldest day, then the id. */
const sorted = (items: Iterable<QueueItem>): QueueItem[] =>
  Array.from(items, (item) => ({
    item,
    key: `${String(rankOf(item)).padStart(2, '0')} ${item.day} ${item.id}`,
  }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ item }) => item)

/** All lines in order, so that another filter over the same lines does not sort again. */
const orders = new WeakMap<ListQuestion['byId'], readonly QueueItem[]>()

function inOrder(byId: ListQuestion['byId']): readonly QueueItem[] {
  const known = orders.get(byId)
  if (known) return known
  const order = sorted(byId.values())
  orders.set(byId, order)
  return order
}

/** Answers a question from the start, or adds what has arrived since at the end. */
export function nextPlaces(former: Places | null, question: ListQuestion): Places {
  const { key, byId, words } = question
  if (former?.question !== key || question.found !== null) return placesFor(question)
  const isGrown = byId.size > former.asked.size || words > former.words
  return isGrown ? extended(former, question) : former
}

function placesFor({ key, byId, isShown, words, found }: ListQuestion): Places {
  const items = found ? found.flatMap((id) => byId.get(id) ?? []) : inOrder(byId).filter(isShown)
  return { question: key, order: items.map(placeFor), asked: new Set(byId.keys()), words }
}

/** Adds lines at the end. A filter over words re-checks the lines that it did not show. */
function extended({ order: shown, asked, words: had }: Places, question: ListQuestion): Places {
  const { key, byId, isShown, words } = question
  const places = new Set(shown.map(({ id }) => id))
  const isNew = words > had ? (id: string) => !places.has(id) : (id: string) => !asked.has(id)
  const added = sorted([...byId.values()].filter((item) => isNew(item.id) && isShown(item)))
  return {
    question: key,
    order: [...shown, ...added.map(placeFor)],
    asked: new Set(byId.keys()),
    words,
  }
}
