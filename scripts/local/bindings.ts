// Reads the worker's bindings from wrangler.toml, so that no local server lacks a platform binding.
// A measurement may change a value but cannot remove a binding.
import { join } from 'node:path'
import { unstable_readConfig } from 'wrangler'
import * as z from 'zod/mini'
import { root } from '#scripts/shared/paths'

export interface Changes {
  vars?: Record<string, string>
  /** new values for rate limits, keyed by binding name */
  limits?: Record<string, number>
}

/**
 * Settings for measurements that send requests faster than any page: no flood mode, no limit for
 * chunks.
 */
export const UNBOUNDED: Changes = {
  vars: { FLOOD_MODE: 'off' },
  limits: { CHUNK_PACE: 1_000_000, REPORT_PACE: 1_000_000 },
}

const Settings = z.object({
  compatibility_date: z.string(),
  d1_databases: z.array(
    z.object({
      binding: z.string(),
      database_name: z.string(),
      database_id: z.string(),
      migrations_dir: z.string(),
    }),
  ),
  r2_buckets: z.array(z.object({ binding: z.string(), bucket_name: z.string() })),
  ratelimits: z.array(
    z.object({
      name: z.string(),
      namespace_id: z.string(),
      simple: z.object({ limit: z.number(), period: z.literal([10, 60]) }),
    }),
  ),
  vars: z.record(z.string(), z.string()),
})

const settings = Settings.parse(
  unstable_readConfig({ config: join(root, 'wrangler.toml') }, { hideWarnings: true }),
)

/**
 * Returns the date and the bindings from wrangler.toml, in the format of that file.
 * @throws when wrangler.toml lacks a value that a caller wants to change
 */
export function bindings({ vars = {}, limits = {} }: Changes = {}) {
  const { compatibility_date, d1_databases, r2_buckets, ratelimits } = settings
  const known = [...Object.keys(settings.vars), ...ratelimits.map(({ name }) => name)]
  const unknown = Object.keys({ ...vars, ...limits }).filter((name) => !known.includes(name))
  if (unknown.length > 0) throw new Error(`wrangler.toml has no ${unknown.join(', ')}`)
  return {
    compatibility_date,
    d1_databases,
    r2_buckets,
    vars: { ...settings.vars, ...vars },
    ratelimits: ratelimits.map(({ name, namespace_id, simple: { limit, period } }) => ({
      name,
      namespace_id,
      simple: { limit: limits[name] ?? limit, period },
    })),
  }
}
