// Provides the worker with an R2 bucket in a folder or in memory. R2 functions that the worker does
// not call are missing.
import { createHash } from 'node:crypto'
import type { Bytes } from '#protocol/bytes'
import { callAtOnce, type StoreCall } from '#scripts/home/database'
import {
  readObjects,
  removeObject,
  writeObject,
  type BucketObject,
} from '#scripts/home/object-files'

export interface BucketPlace {
  /**
   * the folder that stores the objects as files; without it, the objects exist only as long as the
   * bucket does
   */
  folder?: string
  /** the clock of R2, in milliseconds since 1970 */
  clock?: () => number
}

type PutOptions = Pick<R2PutOptions, 'customMetadata'> & {
  onlyIf?: { etagMatches?: string; etagDoesNotMatch?: string }
}
type ListOptions = Pick<R2ListOptions, 'prefix' | 'startAfter' | 'cursor' | 'limit' | 'include'>

/** Maximum number of keys in a list, and in a deletion. */
const AT_ONCE = 1000

const bytesOf = (body: string | ArrayBuffer | Uint8Array): Bytes => {
  if (typeof body === 'string') return new TextEncoder().encode(body)
  return body instanceof ArrayBuffer ? new Uint8Array(body.slice(0)) : new Uint8Array(body)
}

/** Returns an object without its body, as `put` and `head` do. */
const headOf = ({ key, size, customMetadata, uploaded, etag }: BucketObject) => ({
  key,
  size,
  customMetadata,
  uploaded: new Date(uploaded),
  etag,
})

function bodyOf(object: BucketObject, range?: { offset: number; length: number }) {
  const { offset = 0, length = Infinity } = range ?? {}
  const bytes = object.bytes.slice(offset, offset + length)
  return {
    ...headOf(object),
    arrayBuffer: () => Promise.resolve(bytes.slice().buffer),
    json: () => Promise.resolve(JSON.parse(new TextDecoder().decode(bytes)) as unknown),
    get body() {
      return new Response(bytes).body
    },
  }
}

/** Returns the position of the first key that equals `start` or comes after it. */
function placeIn(sorted: readonly string[], start: string): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? '') < start) low = middle + 1
    else high = middle
  }
  return low
}

export class HomeBucket {
  readonly #objects = new Map<string, BucketObject>()
  readonly #folder: string | undefined
  readonly #clock: () => number
  /** all keys in order; null after a key was added or removed */
  #sorted: string[] | null = null

  constructor({ folder, clock = Date.now }: BucketPlace = {}) {
    this.#folder = folder
    this.#clock = clock
    for (const object of folder === undefined ? [] : readObjects(folder))
      this.#objects.set(object.key, object)
  }

  find(key: string): BucketObject | undefined {
    return this.#objects.get(key)
  }

  /** Lists all objects by key. */
  objects(): BucketObject[] {
    return this.#keys().flatMap((key) => this.find(key) ?? [])
  }

  /**
   * Returns the worker's binding.
   *
   * @param call  runs each call; without this function, each call runs at once
   */
  binding(call: StoreCall = callAtOnce): R2Bucket {
    const calls = {
      head: (key: string) =>
        call(`head ${key}`, () => {
          const found = this.find(key)
          return found ? headOf(found) : null
        }),
      get: (key: string, { range }: { range?: { offset: number; length: number } } = {}) =>
        call(`get ${key}`, () => {
          const found = this.find(key)
          return found ? bodyOf(found, range) : null
        }),
      put: (key: string, body: string | ArrayBuffer | Uint8Array, options: PutOptions = {}) => {
        const bytes = bytesOf(body)
        return call(`put ${key}`, () => this.put(key, bytes, options))
      },
      delete: (keys: string | string[]) =>
        call(`delete ${[keys].flat().join(' ')}`, () => this.#delete([keys].flat())),
      list: (options: ListOptions = {}) =>
        call(`list ${options.prefix ?? ''}`, () => this.#list(options)),
    }
    return calls as unknown as R2Bucket
  }

  /** Stores an object. @returns null when the condition is not met */
  put(key: string, bytes: Bytes, { onlyIf = {}, customMetadata = {} }: PutOptions = {}) {
    const present = this.find(key)
    if (!isMet(onlyIf, present)) return null
    const etag = createHash('md5').update(bytes).digest('hex')
    const size = bytes.length
    const object = { key, size, bytes, customMetadata, uploaded: this.#clock(), etag }
    if (!present) this.#sorted = null
    this.#objects.set(key, this.#folder === undefined ? object : writeObject(this.#folder, object))
    return headOf(object)
  }

  #delete(keys: string[]): void {
    if (keys.length > AT_ONCE) throw new Error(`R2 deletes at most ${AT_ONCE} objects at once`)
    for (const key of keys) {
      if (!this.#objects.delete(key)) continue
      this.#sorted = null
      if (this.#folder !== undefined) removeObject(this.#folder, key)
    }
  }

  #list({ prefix = '', startAfter = '', limit = AT_ONCE, cursor, include }: ListOptions) {
    if (limit > AT_ONCE) throw new Error(`R2 lists at most ${AT_ONCE} objects at once`)
    const after = cursor ?? startAfter
    const keys = this.#keys()
    const found: string[] = []
    for (let at = placeIn(keys, prefix > after ? prefix : after); ; at++) {
      const key = keys[at]
      if (!key?.startsWith(prefix) || found.length > limit) break
      if (key > after) found.push(key)
    }
    const page = found.slice(0, limit)
    const hasMetadata = include?.includes('customMetadata') === true
    return {
      objects: page
        .flatMap((key) => this.find(key) ?? [])
        .map((object) => ({ ...headOf(object), ...(!hasMetadata && { customMetadata: {} }) })),
      truncated: found.length > limit,
      ...(found.length > limit && { cursor: page.at(-1) }),
    }
  }

  #keys(): string[] {
    return (this.#sorted ??= [...this.#objects.keys()].sort())
  }
}

/** Returns true when the condition of a put is met. */
function isMet(
  { etagMatches, etagDoesNotMatch }: NonNullable<PutOptions['onlyIf']>,
  present?: BucketObject,
): boolean {
  if (etagMatches !== undefined) return present?.etag === etagMatches
  if (etagDoesNotMatch === '*') return present === undefined
  return etagDoesNotMatch === undefined || present?.etag !== etagDoesNotMatch
}
