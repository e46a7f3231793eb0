// Defines the type that all routes share, and builds Deps and Site from a request.
import type { Context } from 'hono'
import { randomBytes, type Bytes } from '#protocol/bytes'
import { noteArrival } from '#worker/alerts/raise-alert'
import { alertSettings } from '#worker/alerts/settings'
import type { Deps } from '#worker/deps'
import type { Env } from '#worker/env'
import type { Site } from '#worker/forms/pages/fetch-page'
import { isWithinRate } from '#worker/files/rate-limit'
import { boundsOf } from '#worker/reports/database-bounds'
import { isFlooded } from '#worker/reports/rate-limit'
import { runSizeOf } from '#worker/scheduled/share-run'
import { discardSizeOf } from '#worker/scheduled/discard-size'
import { openDatabase } from '#worker/store/database'

export interface EdgeApp {
  Bindings: Env
}

/**
 * Builds the Deps for a verb that runs without a request, with an `arrived` that does nothing.
 *
 * @param host  host name of the site
 */
export const depsOf = (env: Env, host = env.STAFF_HOST): Deps => ({
  db: openDatabase(env.DB),
  bucket: env.FILES,
  isFlooded: (flow) => isFlooded({ low: env.FLOOD, high: env.FLOOD_HIGH }, env.FLOOD_MODE, flow),
  floodMode: env.FLOOD_MODE,
  isWithinRate: (owner) => isWithinRate({ ofOne: env.REPORT_PACE, ofAll: env.CHUNK_PACE }, owner),
  alerts: alertSettings(env, host),
  arrived: () => undefined,
  fullAt: boundsOf(env.DATABASE_MB),
  runSize: runSizeOf(env.PLAN),
  discardSize: discardSizeOf(env.PLAN),
  now: () => Date.now(),
  random: randomBytes,
})

/** Builds the Deps for a request, with an `arrived` that does not delay the response. */
export function depsFrom(c: Context<EdgeApp>): Deps {
  const deps = depsOf(c.env, new URL(c.req.url).hostname)
  const arrived = (danger: boolean, letter: Bytes): void =>
    c.executionCtx.waitUntil(noteArrival(deps, danger, letter).catch(() => undefined))
  return { ...deps, arrived }
}

export const siteFrom = (c: Context<EdgeApp>): Site => ({
  assets: c.env.ASSETS,
  origin: new URL(c.req.url).origin,
})
