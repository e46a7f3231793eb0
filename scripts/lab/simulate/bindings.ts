// Makes the worker's bindings for one request. Each store is behind the request's own gate. A short
// text replaces each built page.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Env } from '#worker/env'
import type { WorldLimiters } from '#scripts/lab/simulate/limiters'
import type { WorldBucket, WorldDatabase } from '#scripts/lab/simulate/world-stores'
import { plantedBucket, plantedDatabase } from '#scripts/lab/simulate/planted'
import type { Profile } from '#scripts/lab/simulate/profile'
import type { Cause, Instance, StorageCalls } from '#scripts/lab/simulate/storage-calls'
import { SECRET } from '#scripts/test/siteverify'

const STAFF_HOST = 'staff.oasis.example'
export const STAFF_ORIGIN = `https://${STAFF_HOST}`
export const ORIGIN = 'https://oasis.example'
/** Returns the address of a path, with the host that handles it. */
export const urlOf = (path: string): string =>
  `${path.startsWith('/api/staff/') ? STAFF_ORIGIN : ORIGIN}${path}`

export interface WorldBindings {
  profile: Profile
  calls: StorageCalls
  database: WorldDatabase
  bucket: WorldBucket
  /** the name of a planted fault, or null; see planted.ts */
  plant: string | null
  limiters: WorldLimiters
  /** base64url of the root key, which the build pins */
  rootB64: string
}

export const DATABASE_MB = 500

/** Serves the root key, and one short text as the page at every other address. */
const pages = (rootB64: string): Fetcher =>
  ({
    fetch: (url: string) =>
      Promise.resolve(
        new Response(url.endsWith('/root-key.txt') ? rootB64 : 'page', {
          headers: { 'Content-Type': 'text/html; charset=utf-8' },
        }),
      ),
  }) as unknown as Fetcher

const running = new AsyncLocalStorage<Cause>()

/** Runs the worker's work, so that its R2 calls count as calls of `cause`. */
export const runAs = <T>(cause: Cause, work: () => Promise<T>): Promise<T> =>
  running.run(cause, work)

const buckets = new WeakMap<Instance, R2Bucket>()

/**
 * Returns R2 as an instance sees it: one binding for all requests, as in an isolate. The worker
 * remembers the waiting mark for each binding. Each call is counted for the cause that `runAs`
 * received.
 */
function bucketOf({ calls, bucket, plant }: WorldBindings, instance: Instance): R2Bucket {
  const known = buckets.get(instance)
  if (known) return known
  const ofCause = (): R2Bucket => {
    const cause = running.getStore()
    if (cause?.instance !== instance) throw new Error('a call of R2 has no cause')
    return plantedBucket(plant, bucket.binding(calls.gate(cause, 'R2')), cause)
  }
  const binding = new Proxy({} as R2Bucket, {
    get: (_, name) => Reflect.get(ofCause(), name) as unknown,
  })
  buckets.set(instance, binding)
  return binding
}

/** Returns the bindings for one request or one run of the chores, whose work `runAs` runs. */
export function bindingsOf(world: WorldBindings, cause: Cause): Env {
  const { profile, calls, database, limiters } = world
  return {
    DB: plantedDatabase(world.plant, database.binding(calls.gate(cause, 'D1'))),
    FILES: bucketOf(world, cause.instance),
    CHUNK_PACE: limiters.chunks,
    REPORT_PACE: limiters.chunks,
    FLOOD: limiters.low,
    FLOOD_HIGH: limiters.high,
    FLOOD_MODE: profile.floodMode,
    TURNSTILE_SITE_KEY: '0x4AAA',
    TURNSTILE_SECRET: SECRET,
    TURNSTILE_VERIFY_URL: '',
    DATABASE_MB: String(DATABASE_MB),
    PLAN: 'free',
    ...(profile.hasAlerts && {
      ALERT_FIRST: 'ntfy https://ntfy.example/topic',
      ALERT_SECOND: 'json https://hook.example/path',
    }),
    ALERT_LANG: 'ky',
    ALERT_EVERY_MINUTES: '10',
    ALERT_DANGER_MINUTES: '15',
    ALERT_REPEATS: '1',
    ALERT_DIGEST_HOURS: '9 18',
    ASSETS: pages(world.rootB64),
    STAFF_HOST,
  }
}
