// If several clients found the same fault, joins their findings into one sentence.
import type { Fault, Visitor } from '#scripts/watch/answer-faults'
import { FETCH_CLIENTS } from '#scripts/watch/clients'

/** The address of a response that a browser received, and the visitor. */
export interface SeenAnswer {
  address: string
  visitor: Visitor
}

/** @param seen  the responses that browsers received; the scripts request every address */
export function sentencesOf(
  origin: string,
  faults: readonly Fault[],
  seen: readonly SeenAnswer[],
): string[] {
  const visitors = new Map<string, Map<string, Visitor>>()
  const waysAt = waysByAddress(seen)
  for (const { address, what, visitor } of faults) {
    const key = `${address} ${what}`
    visitors.set(key, (visitors.get(key) ?? new Map<string, Visitor>()).set(visitor.name, visitor))
  }
  return [...visitors]
    .map(([key, found]) => {
      const ways = waysAt.get(key.slice(0, key.indexOf(' '))) ?? new Map<string, Set<string>>()
      return `${origin}${key} (for ${namesOf([...found.values()], ways)}).`
    })
    .sort()
}

/** The ways in which each browser opened an address, keyed by browser name. */
type Ways = ReadonlyMap<string, ReadonlySet<string>>

function waysByAddress(seen: readonly SeenAnswer[]): ReadonlyMap<string, Ways> {
  const addresses = new Map<string, Map<string, Set<string>>>()
  for (const { address, visitor } of seen) {
    const { name, reader = '' } = visitor
    const ways = addresses.get(address) ?? new Map<string, Set<string>>()
    addresses.set(address, ways.set(reader, (ways.get(reader) ?? new Set<string>()).add(name)))
  }
  return addresses
}

/**
 * Lists the visitors. If a browser found the fault with every way of opening the address, the
 * sentence does not mention the ways.
 */
function namesOf(found: readonly Visitor[], ways: Ways): string {
  const scripts = found.filter(({ reader }) => reader === undefined)
  const readers = [...new Set(found.flatMap(({ reader }) => reader ?? []))]
  const isOfScripts = scripts.length === FETCH_CLIENTS.length
  const isWhole = (reader: string): boolean => {
    const own = found.filter((each) => each.reader === reader)
    return own.length >= (ways.get(reader)?.size ?? Infinity)
  }
  if (
    isOfScripts &&
    [...ways.keys()].every((reader) => readers.includes(reader) && isWhole(reader))
  )
    return 'every client'
  return [
    ...(isOfScripts ? ['every script'] : scripts.map(({ name }) => name)),
    ...readers.flatMap((reader) =>
      isWhole(reader)
        ? [reader]
        : found.filter((each) => each.reader === reader).map(({ name }) => name),
    ),
  ].join(', ')
}
