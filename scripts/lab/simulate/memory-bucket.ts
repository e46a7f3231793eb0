// Stands in for R2 with a map. The worker needs conditional puts, lists by prefix, start and
// cursor, and the deletion of many objects at once.
import { sameBytes, type Bytes } from '#protocol/bytes'
import type { Gate } from '#scripts/lab/simulate/memory-database'

export interface BucketObject {
  key: string
  bytes: Bytes
  customMetadata: Record<string, string>
  /** milliseconds since 1970 */
  uploaded: number
  etag: string
}

const AT_ONCE = 1000

const bytesOf = (body: unknown): Bytes => {
  if (typeof body === 'string') return new TextEncoder().encode(body)
  if (body instanceof ArrayBuffer) return new Uint8Array(body.slice(0))
  return (body as Bytes).slice()
}

/** Returns an object without its body, as `list` and `head` do. */
const headOf = ({ key, bytes, customMetadata, uploaded, etag }: BucketObject) => ({
  key,
  size: bytes.length,
  customMetadata,
  uploaded: new Date(uploaded),
  etag,
})

const bodyOf = (object: BucketObject) => ({
  ...headOf(object),
  arrayBuffer: () => Promise.resolve(object.bytes.slice().buffer),
  bytes: () => Promise.resolve(object.bytes.slice()),
  text: () => Promise.resolve(new TextDecoder().decode(object.bytes)),
  json: () => Promise.resolve(JSON.parse(new TextDecoder().decode(object.bytes)) as unknown),
  get body() {
    return new Response(object.bytes).body
  },
})

export class MemoryBucket {
  readonly #objects = new Map<string, BucketObject>()
  readonly #wallClock: () => number
  /** keys of objects that a put overwrote with other bytes */
  readonly replaced: string[] = []
  #puts = 0

  constructor(wallClock: () => number) {
    this.#wallClock = wallClock
  }

  /** Lists all objects by key. */
  objects(): BucketObject[] {
    return [...this.#objects.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
  }

  remove(key: string): void {
    this.#objects.delete(key)
  }

  /** Returns a binding whose calls go through `gate`. */
  binding(gate: Gate): R2Bucket {
    const find = (key: string): BucketObject | null => this.#objects.get(key) ?? null
    const calls = {
      head: (key: string) =>
        gate(`head ${key}`, () => {
          const found = find(key)
          return found && headOf(found)
        }),
      get: (key: string) =>
        gate(`get ${key}`, () => {
          const found = find(key)
          return found && bodyOf(found)
        }),
      put: (key: string, body: unknown, options: R2PutOptions = {}) => {
        const bytes = bytesOf(body)
        return gate(`put ${key}`, () => this.#put(key, bytes, options))
      },
      delete: (keys: string | string[]) =>
        gate(`delete ${[keys].flat().join(' ')}`, () => {
          for (const key of [keys].flat()) this.remove(key)
        }),
      list: (options: R2ListOptions = {}) =>
        gate(`list ${options.prefix ?? ''}`, () => this.#list(options)),
    }
    return calls as unknown as R2Bucket
  }

  #put(key: string, bytes: Bytes, { onlyIf, customMetadata = {} }: R2PutOptions) {
    const present = this.#objects.get(key)
    if (onlyIf && !holds(onlyIf as R2Conditional, present)) return null
    if (present && !sameBytes(present.bytes, bytes)) this.replaced.push(key)
    const etag = String(++this.#puts)
    const object = { key, bytes, customMetadata, uploaded: this.#wallClock(), etag }
    this.#objects.set(key, object)
    return headOf(object)
  }

  #list({ prefix = '', startAfter = '', limit = AT_ONCE, cursor }: R2ListOptions) {
    const from = cursor ?? startAfter
    const found = this.objects().filter(({ key }) => key.startsWith(prefix) && key > from)
    const objects = found.slice(0, Math.min(limit, AT_ONCE)).map(headOf)
    const isCut = found.length > objects.length
    return { objects, truncated: isCut, ...(isCut && { cursor: objects.at(-1)?.key }) }
  }
}

function holds({ etagMatches, etagDoesNotMatch }: R2Conditional, present?: BucketObject): boolean {
  if (etagMatches !== undefined) return present?.etag === etagMatches
  return etagDoesNotMatch === '*' ? present === undefined : present?.etag !== etagDoesNotMatch
}
