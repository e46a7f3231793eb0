// Makes an in-memory edge that runs the real worker, and sends requests to this edge.
import { fromB64, randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { type Manifest } from '#protocol/keys/manifest'
import { type LedgerRow } from '#protocol/staff/ledger/rows'
import type { Me } from '#protocol/staff/people/people'
import type { SaltedName } from '#protocol/staff/people/person-name'
import { SESSION_HOURS } from '#protocol/staff/people/sign-in'
import type { NewSlot } from '#protocol/staff/people/slots'
import type { Stores } from '#scripts/backup/stores'
import type { Filed } from '#test/staff/support/people.ts'

/** A row, keyed by column names. Blobs are bytes. */
export type StoredRow = Record<string, unknown>

/** A copy of both stores. */
export interface StoresCopy {
  /** keyed by table name */
  tables: ReadonlyMap<string, StoredRow[]>
  objects: { key: string; bytes: Bytes; metadata: Record<string, string> }[]
}

/** The contents of both stores, with which another edge can start. */
export interface EdgeImage {
  database: Bytes
  objects: StoresCopy['objects']
}

export interface EdgeSettings {
  /** bindings that replace the usual ones, keyed by name */
  bindings?: Readonly<Record<string, string>>
  /** the name of a planted fault: see test/worker/support/plants.ts */
  plant?: string | null
}

/** The worker over D1 and R2 in memory. */
export interface MemoryEdge {
  ask: (path: string, init?: RequestInit) => Promise<Response>
  /** runs a database query, with numbered placeholders */
  rows: (query: string, ...values: number[]) => StoredRow[]
  copy: () => StoresCopy
  /** packs both stores for an edge that starts with them */
  image: () => EdgeImage
  /** the stores as a backup sees them. @param around  runs each call, and may delay it */
  stores: (around?: <T>(name: string, effect: () => T) => Promise<T>) => Stores
  /** closes the database */
  close: () => void
  /** seals a text as the edge does for a form without JavaScript, and stores the report */
  submitText: (keys: Manifest, text: string) => Promise<void>
  /** puts an object into R2 */
  putObject: (object: StoresCopy['objects'][number]) => void
  /** runs the scheduled work of one minute, which drains the overflow */
  runChores: () => Promise<void>
  /** adds rows after the last ledger row */
  insertLedger: (rows: readonly LedgerRow[]) => Promise<void>
  /** adds an epoch whose private keys cannot be fetched */
  insertEpoch: (epoch: number, keys: { manifest: Bytes; hybridKey: Bytes }) => void
  /** adds a team key generation without copies */
  insertTeam: (generation: number) => void
  insertPerson: (me: Me & { named: SaltedName }, keeperLastDay: number | null) => void
  insertSlot: (person: Bytes, slot: NewSlot) => void
  insertSession: (tokenHash: Bytes, person: Bytes, expiresAt: number) => void
}

export const STAFF_ORIGIN = 'https://staff.oasis.example'

const SESSION_MS = SESSION_HOURS * 3_600_000

/** Signs a person in. @returns the session cookie */
export async function beginSession(edge: MemoryEdge, person: string): Promise<string> {
  const token = randomBytes(32)
  edge.insertSession(await sha256(token), fromB64(person), Date.now() + SESSION_MS)
  return `__Host-oasis=${toB64(token)}`
}

/** Sends a request of the staff app in a session. */
export const askAs = (
  { ask }: MemoryEdge,
  cookie: string,
  path: string,
  { method = 'GET', body, headers }: RequestInit = {},
): Promise<Response> =>
  ask(path, {
    ...{ method, headers: { ...(headers as object), origin: STAFF_ORIGIN, cookie } },
    ...(body && { body }),
  })

/** Sends a letter as a page does. @throws when the edge refuses the letter */
export async function postLetter(edge: MemoryEdge, filed: Filed): Promise<Filed> {
  if (!(await offerLetter(edge, filed))) throw new Error('the edge refuses the letter')
  return filed
}

/** Sends a letter as a page does. @returns false when the edge refuses the letter */
export async function offerLetter(
  { ask }: MemoryEdge,
  { envelope, receipt }: Filed,
): Promise<boolean> {
  const type = 'application/octet-stream'
  const headers = { 'content-type': type, 'oasis-write': toB64(receipt.write) }
  const { status } = await ask('/api/reports', { method: 'POST', body: envelope, headers })
  return status === 201
}

const WORKER = new URL('../../../worker/support/memory-edge.ts', import.meta.url)

/**
 * Makes an edge. The types of Workers and of browsers conflict, so this import has no type. The
 * module's own `satisfies` guarantees the type.
 *
 * @param root  base64url of the root key that the build pins
 * @param from  stores to start with; by default, empty stores
 */
export async function makeEdge(
  root: string,
  from?: EdgeImage,
  settings?: EdgeSettings,
): Promise<MemoryEdge> {
  const { memoryEdge } = (await import(/* @vite-ignore */ WORKER.href)) as {
    memoryEdge: (
      root: string,
      call?: undefined,
      from?: EdgeImage,
      settings?: EdgeSettings,
    ) => MemoryEdge
  }
  return memoryEdge(root, undefined, from, settings)
}
