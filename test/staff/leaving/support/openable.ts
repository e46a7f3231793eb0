// Lists by name what somebody opens in a copy of the stores.
import { Opener } from './opener.ts'
import type { Reader } from './office.ts'
import { thingsIn, thingsReceived, type SealedThing } from './sealed-things.ts'
import type { StoresCopy } from './edge.ts'

/** Names a thing by its kind, and by its words if it has some. */
function nameOf({ is }: SealedThing, opened: string): string {
  if (!opened.startsWith('{')) return opened
  return `${is}: ${(JSON.parse(opened) as { text: string }).text}`
}

/**
 * Lists what a person opens who kept everything that their browser ever held.
 *
 * @param stores  a full copy of D1 and R2
 * @returns sorted names, each once
 */
export async function openableBy(
  { master, received }: Pick<Reader, 'master' | 'received'>,
  stores: StoresCopy,
): Promise<string[]> {
  const opener = new Opener()
  await opener.learn(master)
  const [kept, stored] = [thingsReceived(received), thingsIn(stores)]
  const opened = await opener.open([...kept, ...stored])
  const names = stored.flatMap((thing) => {
    const text = opened.get(thing)
    return text === undefined ? [] : [nameOf(thing, text)]
  })
  return [...new Set(names)].sort()
}
