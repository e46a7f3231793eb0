// Declares the edge of a played leaving, and loads the worker behind it.
import { type Bytes } from '#protocol/bytes'
import { type Manifest } from '#protocol/keys/manifest'
import { type LedgerRow } from '#protocol/staff/ledger/rows'
import type { Me } from '#protocol/staff/people/people'
import type { SaltedName } from '#protocol/staff/people/person-name'
import type { NewSlot } from '#protocol/staff/people/slots'

/** A row, by column names. Blobs are bytes. */
export type StoredRow = Record<string, unknown>

/** A copy of both stores. */
export interface StoresCopy {
  /** by table name */
  tables: ReadonlyMap<string, StoredRow[]>
  objects: { key: string; bytes: Bytes; metadata: Record<string, string> }[]
}

/** Both stores, from which another edge can start. */
export interface EdgeImage {
  database: Bytes
  objects: StoresCopy['objects']
}

/** The worker over D1 and R2 in memory. */
export interface MemoryEdge {
  ask: (path: string, init?: RequestInit) => Promise<Response>
  /** runs a database query, with numbered placeholders */
  rows: (query: string, ...values: number[]) => StoredRow[]
  copy: () => StoresCopy
  /** packs both stores for an edge that begins with them */
  image: () => EdgeImage
  /** closes the database */
  close: () => void
  /** seals a text as a form without JavaScript, and stores the report */
  submitText: (keys: Manifest, text: string) => Promise<void>
  /** puts an object into R2 */
  putObject: (object: StoresCopy['objects'][number]) => void
  /** runs the chores of a minute, which drain the overflow */
  runChores: () => Promise<void>
  insertLedger: (rows: readonly LedgerRow[]) => Promise<void>
  insertPerson: (me: Me & { named: SaltedName }, keeperLastDay: number | null) => void
  insertSlot: (person: Bytes, slot: NewSlot) => void
  insertSession: (tokenHash: Bytes, person: Bytes, expiresAt: number) => void
}

export const STAFF_ORIGIN = 'https://staff.oasis.example'

const WORKER = new URL('../../../worker/support/memory-edge.ts', import.meta.url)

/**
 * Makes an edge. The types of Workers and of browsers exclude each other, so this import has no
 * type. The module's own `satisfies` guarantees the type.
 *
 * @param root  base64url of the root key that the build pins
 * @param from  stores to begin with; by default empty ones
 */
export async function makeEdge(root: string, from?: EdgeImage): Promise<MemoryEdge> {
  const { memoryEdge } = (await import(/* @vite-ignore */ WORKER.href)) as {
    memoryEdge: (root: string, call?: undefined, from?: EdgeImage) => MemoryEdge
  }
  return memoryEdge(root, undefined, from)
}
