// Sends requests to the worker in tests. The database is migrated, the organisation has real keys,
// and stand-ins replace the built pages.
import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import worker from '#worker/index'
import type { Env } from '#worker/env'
import type { Deps } from '#worker/deps'
import { runSizeOf } from '#worker/scheduled/share-run'
import { alertSettings } from '#worker/alerts/settings'
import { discardSizeOf } from '#worker/scheduled/discard-size'
import { openDatabase } from '#worker/store/database'
import { organisation } from '#test/protocol/support/organisation.ts'
import { toB64, randomBytes, sha256, type Bytes } from '#protocol/bytes'
import { headerIdOf, KIND, reportIdOf, type ReportHeader } from '#protocol/report/envelope'
import { sealEnvelope } from '#protocol/report/seal-envelope'
import { hybridSealer } from '#protocol/report/seal-hybrid-envelope'
import type { ErrorCode } from '#protocol/errors'
import { makeReceipt, ownerHashOf, receiptKeys, type ReceiptKeys } from '#protocol/report/receipt'
import { builtPages } from './built-pages.ts'
import { emptyStores } from './empty-stores.ts'
import { proofFor } from './proofs.ts'

export const ORIGIN = 'https://oasis.example'
export const STAFF_ORIGIN = 'https://staff.oasis.example'
export const STAFF_HOST = new URL(STAFF_ORIGIN).host
export type Organisation = Awaited<ReturnType<typeof organisation>>

export const db = env.DB
export const deps: Deps = {
  db: openDatabase(env.DB),
  bucket: env.FILES,
  isFlooded: () => Promise.resolve(false),
  floodMode: 'auto',
  isWithinRate: () => Promise.resolve(true),
  alerts: alertSettings(env, ''),
  arrived: () => undefined,
  fullAt: { unproven: Infinity, reports: Infinity, all: Infinity },
  runSize: runSizeOf('free'),
  discardSize: discardSizeOf('paid'),
  now: () => Date.now(),
  random: randomBytes,
}

let rootB64 = ''

/**
 * Empties the stores, and publishes a new organisation's first epoch and team generation.
 */
export async function freshEdge(): Promise<Organisation> {
  await emptyStores()
  const org = await organisation(Date.now())
  rootB64 = toB64(org.root.publicKey)
  await addEpoch(org)
  await db.prepare('INSERT INTO teams VALUES (1, ?)').bind(randomBytes(113)).run()
  return org
}

export async function addEpoch(org: Organisation): Promise<void> {
  const { manifest, manifestBytes, hybridKey } = org
  await db
    .prepare(
      `INSERT INTO epochs (epoch, manifest, hybrid_key, sealed_for_recovery)
      VALUES (?, ?, ?, ?)`,
    )
    .bind(manifest.epoch, manifestBytes, hybridKey, randomBytes(32))
    .run()
}

/**
 * Sends a request to the worker, as a browser does. A staff API address goes to the staff host.
 *
 * @param later  collects the work after the response; without it, `ask` waits for that work
 */
export async function ask(
  path: string,
  init: RequestInit = {},
  changes: Partial<Env> = {},
  later?: Promise<unknown>[],
): Promise<Response> {
  const host = path.startsWith('/api/staff/') ? STAFF_ORIGIN : ORIGIN
  const request = new Request(new URL(path, host), {
    redirect: 'manual',
    ...init,
  })
  const works = later ?? []
  const answer = await worker.fetch(
    request,
    {
      ...env,
      ASSETS: builtPages(rootB64),
      // A test of flood mode overrides this setting.
      FLOOD_MODE: 'off',
      STAFF_HOST,
      ...changes,
    },
    { waitUntil: (work: Promise<unknown>) => void works.push(work) } as unknown as ExecutionContext,
  )
  if (!later) await Promise.all(works)
  return answer
}

export const octets = (body: Bytes, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body,
  headers: { 'content-type': 'application/octet-stream', ...headers },
})

export async function expectRefusal(answer: Response, status: number, code: ErrorCode) {
  expect([answer.status, await answer.json()]).toEqual([status, { error: { code } }])
}

export interface Reporter {
  receipt: string
  keys: ReceiptKeys
  hashes: { ownerHash: Bytes; writeHash: Bytes }
}

export async function reporter(): Promise<Reporter> {
  const receipt = makeReceipt()
  const keys = await receiptKeys(receipt)
  const hashes = { ownerHash: await ownerHashOf(keys.lookup), writeHash: await sha256(keys.write) }
  return { receipt, keys, hashes }
}

const newHeader = (): ReportHeader => ({
  headerId: randomBytes(16),
  kind: KIND.tip,
  danger: false,
  ownerHash: randomBytes(32),
  writeHash: randomBytes(32),
})

export const sealed = (
  org: Organisation,
  header: Partial<ReportHeader> = {},
  text = 'words that only staff read',
): Promise<Bytes> =>
  sealEnvelope(
    org.manifest,
    { ...newHeader(), ...header },
    JSON.stringify({ v: 1, lang: 'ky', at: '2026-11-24T10:00Z', text }),
  )

/**
 * Returns a suite 2 envelope as the edge reads it. The wrap consists of random bytes, because
 * workerd has no X-Wing and the edge opens nothing.
 */
export const sealedBySuite2 = (
  { hybridKey, manifest: { epoch } }: Organisation,
  header: Partial<ReportHeader> = {},
): Promise<Bytes> =>
  hybridSealer(() => Promise.resolve(randomBytes(1120 + 48)))(
    { epoch, intake: hybridKey },
    { ...newHeader(), ...header },
    '{"v":1}',
  )

/** Sends an envelope and expects the edge to accept it. */
export async function submit(envelope: Bytes, headers: Record<string, string> = {}): Promise<void> {
  const answer = await ask('/api/reports', octets(envelope, headers))
  expect([answer.status, await answer.text()]).toEqual([201, '{}'])
}

/** Finds a proof of work of grade 1, after many tries, and returns its header. */
export const proofOf = (envelope: Bytes): Record<string, string> =>
  proofFor(headerIdOf(envelope), 1)

export const idOf = async (envelope: Bytes): Promise<string> => toB64(await reportIdOf(envelope))

export const headerOf = (envelope: Bytes): string => toB64(headerIdOf(envelope))

export interface StoredLine {
  kind: number
  grade: number
  status: string
  sealed_by: string
  follow_ups: number
  danger: number
  owner_hash: unknown
  write_hash: unknown
  received_day: string
}

export const storedReports = async (): Promise<StoredLine[]> =>
  (
    await db
      .prepare(
        `SELECT *, (SELECT count(*) FROM follow_ups
          WHERE follow_ups.owner_hash = reports.owner_hash
            AND follow_ups.write_hash IS reports.write_hash) AS follow_ups
        FROM reports ORDER BY kind, id`,
      )
      .all<StoredLine>()
  ).results

export const rowsIn = async (table: string): Promise<number> =>
  (await db.prepare(`SELECT count(*) AS n FROM ${table}`).first<number>('n')) ?? NaN
