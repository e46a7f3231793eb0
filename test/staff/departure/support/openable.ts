// Lists by name everything that a person can open in copies of the stores.
import { fromB64, type Bytes } from '#protocol/bytes'
import type { StoresCopy } from './edge.ts'
import { Opener } from './opener.ts'
import type { Reader } from './office.ts'
import { thingsIn, thingsReceived, type SealedThing } from './sealed-things.ts'

/** Names an item by its kind and its words. For a key, the opened text is already its name. */
function nameOf({ is }: SealedThing, opened: string): string {
  if (!opened.startsWith('{')) return opened
  const { text, title } = JSON.parse(opened) as { text?: string; title?: string }
  return `${is}: ${text ?? title ?? ''}`
}

/** Returns the names sorted and without duplicates. */
async function namesOf(
  opener: Opener,
  stored: readonly SealedThing[],
  kept: readonly SealedThing[] = [],
): Promise<string[]> {
  const opened = await opener.open([...kept, ...stored])
  const names = stored.flatMap((thing) => {
    const text = opened.get(thing)
    return text === undefined ? [] : [nameOf(thing, text)]
  })
  return [...new Set(names)].sort()
}

/**
 * Lists what a person can open with everything that their browser ever contained.
 *
 * @param stores  a full copy of D1 and R2
 */
export async function openableBy(
  { master, received }: Pick<Reader, 'master' | 'received'>,
  stores: StoresCopy,
): Promise<string[]> {
  const opener = new Opener()
  await opener.learn(master)
  return namesOf(opener, thingsIn(stores), thingsReceived(received))
}

/** Lists the staff's texts that are readable in a copy of the stores without a key. */
export const plainIn = ({ tables }: StoresCopy): string[] =>
  [
    ...(tables.get('reply_templates') ?? []).map(({ text }) => `template: ${String(text)}`),
    ...(tables.get('own_settings') ?? []).map(({ settings }) => `own choices: ${String(settings)}`),
  ].sort()

/**
 * Lists what the host can open when it tries every 32-byte value in the stores as a key.
 *
 * @param copies  copies from one or more days
 * @param link       token of a spent invitation, base64url
 * @param paperSeed  seed of the recovery key, which exists only on paper; null without paper
 */
export async function openableByHost(
  copies: readonly StoresCopy[],
  link: string,
  paperSeed: Bytes | null = null,
): Promise<string[]> {
  const opener = new Opener()
  await opener.learn(fromB64(link))
  for (const { tables, objects } of copies) {
    for (const value of [...tables.values()].flat().flatMap(Object.values))
      if (value instanceof Uint8Array) await opener.learn(new Uint8Array(value))
    for (const { bytes } of objects) await opener.learn(bytes)
  }
  if (paperSeed) await opener.learnSeed(paperSeed)
  return namesOf(opener, copies.flatMap(thingsIn))
}
