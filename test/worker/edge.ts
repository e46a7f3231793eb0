// The worker as a test asks it: an empty, migrated database, an organisation with real keys, and the built pages.
import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import worker from '#worker/index'
import type { Env } from '#worker/env'
import type { Deps } from '#worker/deps'
import { openDatabase } from '#worker/store/database'
import { organisation } from '#test/protocol/organisation.ts'
import { toB64, randomBytes, sha256, type Bytes } from '#protocol/bytes'
import { KIND, sealEnvelope, type OpenPart } from '#protocol/envelope'
import type { ErrorCode } from '#protocol/errors'
import { findProof } from '#protocol/proof'
import { makeReceipt, receiptKeys, type ReceiptKeys } from '#protocol/receipt'
import { builtPages } from './built-pages.ts'

export const ORIGIN = 'https://oasis.example'
export type Organisation = Awaited<ReturnType<typeof organisation>>

export const db = env.DB
export const deps: Deps = {
  db: openDatabase(env.DB),
  bucket: env.FILES,
  isFlooded: () => Promise.resolve(false),
  isWithinPace: () => Promise.resolve(true),
  fullAt: { laneB: Infinity, danger: Infinity, all: Infinity },
  now: () => Date.now(),
  random: randomBytes,
}

let rootB64 = ''

/** Empties everything and publishes a new organisation's first epoch. */
export async function freshEdge(): Promise<Organisation> {
  await reset()
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  const org = await organisation(Date.now())
  rootB64 = toB64(org.root.publicKey)
  await addEpoch(org)
  return org
}

export async function addEpoch({ manifest, manifestBytes }: Organisation): Promise<void> {
  await db
    .prepare('INSERT INTO epochs (epoch, manifest) VALUES (?, ?)')
    .bind(manifest.epoch, manifestBytes)
    .run()
}

/** Asks the worker, as a browser would. */
export async function ask(
  path: string,
  init: RequestInit = {},
  changes: Partial<Env> = {},
): Promise<Response> {
  const request = new Request(new URL(path, ORIGIN), {
    redirect: 'manual',
    ...init,
  })
  return worker.fetch(request, {
    ...env,
    ASSETS: builtPages(rootB64),
    // A test that floods says so.
    FLOOD_MODE: 'off',
    ...changes,
  })
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
  hashes: { lookupHash: Bytes; writeHash: Bytes }
}

export async function reporter(): Promise<Reporter> {
  const receipt = makeReceipt()
  const keys = await receiptKeys(receipt)
  const hashes = { lookupHash: await sha256(keys.lookup), writeHash: await sha256(keys.write) }
  return { receipt, keys, hashes }
}

export const sealed = (
  org: Organisation,
  open: Partial<OpenPart> = {},
  text = 'words that only staff read',
): Promise<Bytes> =>
  sealEnvelope(
    org.manifest,
    {
      kind: KIND.tip,
      danger: false,
      lookupHash: randomBytes(32),
      writeHash: randomBytes(32),
      ...open,
    },
    JSON.stringify({ v: 1, lang: 'ky', at: '2026-11-24T10:00Z', text }),
  )

/** Sends an envelope that must be taken in. */
export async function submit(envelope: Bytes, headers: Record<string, string> = {}): Promise<void> {
  const answer = await ask('/api/reports', octets(envelope, headers))
  expect([answer.status, await answer.text()]).toEqual([201, '{}'])
}

/** The header with a proof of work, which takes a while to find. */
export const proofOf = async (envelope: Bytes): Promise<Record<string, string>> => ({
  'oasis-proof': String(findProof(await sha256(envelope), Date.now(), 0, 2 ** 22)),
})

export const idOf = (envelope: Bytes): string => toB64(envelope.slice(8, 24))

export interface StoredLine {
  kind: number
  lane: string
  status: string
  sealed_by: string
  follow_ups: number
  danger: number
  lookup_hash: unknown
  received_day: string
}

export const storedReports = async (): Promise<StoredLine[]> =>
  (await db.prepare('SELECT * FROM reports ORDER BY kind, id').all<StoredLine>()).results

/** How many rows a table holds. */
export const rowsIn = async (table: string): Promise<number> =>
  (await db.prepare(`SELECT count(*) AS n FROM ${table}`).first<number>('n')) ?? NaN
