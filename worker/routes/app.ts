// The types that all routes share, and how a request becomes what a verb or a page is given.
import type { Context } from 'hono'
import { randomBytes } from '#protocol/bytes'
import type { Deps } from '#worker/deps'
import type { Env } from '#worker/env'
import type { Site } from '#worker/pages/page'
import { isWithinPace } from '#worker/files/pace'
import { boundsOf, isFlooded } from '#worker/reports/flood'
import { openDatabase } from '#worker/store/database'

export interface App {
  Bindings: Env
}

export const depsOf = (env: Env): Deps => ({
  db: openDatabase(env.DB),
  bucket: env.FILES,
  isFlooded: (flow) => isFlooded({ low: env.FLOOD, high: env.FLOOD_HIGH }, env.FLOOD_MODE, flow),
  isWithinPace: (owner) => isWithinPace({ ofOne: env.REPORT_PACE, ofAll: env.CHUNK_PACE }, owner),
  fullAt: boundsOf(env.DATABASE_MB),
  now: () => Date.now(),
  random: randomBytes,
})

export const depsFrom = (c: Context<App>): Deps => depsOf(c.env)

export const siteFrom = (c: Context<App>): Site => ({
  assets: c.env.ASSETS,
  origin: new URL(c.req.url).origin,
})
