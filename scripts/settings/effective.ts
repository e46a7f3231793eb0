// Reads the settings that wrangler would deploy, as wrangler itself reads them, and compares each
// with the list in wanted.ts. A setting outside the list must be off, so that the check refuses new
// logs and new recipients of requests.
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { unstable_readConfig } from 'wrangler'
import * as z from 'zod/mini'
import { wantedOfSite, type Settings } from '#scripts/settings/wanted'

const Effective = z.looseObject({
  definedEnvironments: z.optional(z.array(z.string())),
  build: z.optional(z.looseObject({ command: z.optional(z.string()) })),
  assets: z.optional(z.looseObject({ directory: z.optional(z.string()) })),
  d1_databases: z.array(z.looseObject({ migrations_dir: z.optional(z.string()) })),
  r2_buckets: z.array(z.looseObject({})),
})

/** Reads a configuration as wrangler does when it deploys. */
export function effectiveSettings(config: string): z.infer<typeof Effective> {
  const read: unknown = unstable_readConfig({ config }, { hideWarnings: true })
  return Effective.parse(JSON.parse(JSON.stringify(read)))
}

/** Settings that do not change anything at Cloudflare, and wrangler's own names and dates. */
const FREE = new Set([
  ...['configPath', 'userConfigPath', 'topLevelName', 'compatibility_date'],
  ...['dev', 'jsx_factory', 'jsx_fragment', 'python_modules'],
])

/**
 * The files that wrangler would use instead of wrangler.toml, which is the file that people read.
 */
const PREFERRED = ['wrangler.json', 'wrangler.jsonc', '.wrangler/deploy/config.json']

export const preferredFaults = (root: string): string[] =>
  PREFERRED.filter((name) => existsSync(join(root, name))).map(
    (name) => `${name}: wrangler would take it instead of wrangler.toml`,
  )

/**
 * Compares a wrangler configuration with the list.
 *
 * @param root    the clone's folder
 * @param wanted  by default the list for wrangler.toml
 * @returns one sentence for each setting that differs
 */
export function effectiveFaults(
  root: string,
  config: string,
  wanted: Settings = wantedOfSite(root),
): string[] {
  const effective = withWholePaths(config)
  const named = Object.fromEntries(Object.entries(effective).filter(([name]) => !FREE.has(name)))
  const file = config.split(/[\\/]/).at(-1) ?? ''
  return differences(named, wanted).map((fault) => `${file}: ${fault}`)
}

/** Resolves paths, because wrangler reads paths relative to the folder of the configuration. */
function withWholePaths(config: string): Record<string, unknown> {
  const { assets, build, d1_databases, definedEnvironments, ...others } = effectiveSettings(config)
  const from = (path = ''): string => resolve(dirname(config), path)
  return {
    ...others,
    // Another environment can deploy other settings under the same name.
    env: definedEnvironments,
    // A build command could build code other than this clone's.
    build: build?.command,
    ...(assets && { assets: { ...assets, directory: from(assets.directory) } }),
    d1_databases: d1_databases.map((database) => ({
      ...database,
      migrations_dir: from(database.migrations_dir),
    })),
  }
}

function differences(actual: unknown, expected: unknown, name = ''): string[] {
  if (isGroup(actual) && isGroup(expected)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(actual)])
    return [...names].flatMap((key) =>
      differences(actual[key], expected[key], name === '' ? key : `${name}.${key}`),
    )
  }
  if (expected === undefined) return isOff(actual) ? [] : [`${name} must not be set`]
  return isDeepStrictEqual(actual, expected) ? [] : [`${name} must be ${JSON.stringify(expected)}`]
}

/** Returns true for an object or a list. The entries of a list are named by index. */
const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** Returns true when a setting is absent, false or empty, or consists only of such settings. */
const isOff = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).every(isOff)
    : value === undefined || value === null || value === false || value === ''
