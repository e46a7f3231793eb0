// Reads and writes deploys.json, which is beside deployment.json and contains no secret. The file
// records each change to the account before the change begins, each step, and the state afterwards.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as z from 'zod/mini'
import type { Bytes } from '#protocol/bytes'
import { signedSiteIn } from '#scripts/manifest/read-site-manifest'
import { SIGNATURE_FILE, SITE_MANIFEST_FILE } from '#scripts/manifest/sign-build'
import { Stop } from '#scripts/shared/progress'
import { replaceFile } from '#scripts/shared/replace-file'

/**
 * The number of changes that the file keeps: the newest ones. Cloudflare can roll back to the last
 * 100 versions of a worker.
 */
const KEPT = 100

/** The two workers of a deployment. */
export const WORKERS = ['site', 'staffHost'] as const
export type WorkerOf = (typeof WORKERS)[number]
export type ForEach<T> = Record<WorkerOf, T>

const forEach = <T extends z.ZodMiniType>(value: T) =>
  z.strictObject({ site: value, staffHost: value })

const AccountState = z.strictObject({
  /** the id of each worker's live version; null before the first deployment */
  versions: forEach(z.nullable(z.string())),
  /** the migrations that the database has, in order */
  migrations: z.array(z.string()),
})
/** The live versions, and the database migrations that they run on. */
export type AccountState = z.infer<typeof AccountState>

const Step = z.strictObject({
  name: z.enum(['migrate', 'keys', ...WORKERS]),
  ended: z.string(),
  /** the version that became live */
  version: z.optional(z.string()),
})
export type Step = z.infer<typeof Step>

const Deploy = z.strictObject({
  /** the time when the change began, ISO 8601 in UTC; this time identifies the deploy */
  began: z.string(),
  /** null while the change is in progress, and permanently if it stopped in the middle */
  ended: z.nullable(z.string()),
  /** the name of the site's worker */
  worker: z.string(),
  /** the deploy that this change rolled back to */
  backTo: z.optional(z.string()),
  /** SHA-256 of the site manifest, hex */
  siteManifest: z.string(),
  /** SHA-256 of everything that each worker is made from, hex */
  made: forEach(z.string()),
  /** the Time Travel bookmark of the database before the change */
  bookmark: z.string(),
  before: AccountState,
  steps: z.array(Step),
  after: z.nullable(AccountState),
})
export type Deploy = z.infer<typeof Deploy>

const Deploys = z.strictObject({
  /** the stores whose names were free when the first deployment began to create them */
  making: z.optional(z.strictObject({ database: z.string(), bucket: z.string() })),
  deploys: z.array(Deploy),
})
/** The content of deploys.json. The newest deploy comes last. */
export type Deploys = z.infer<typeof Deploys>

const fileFor = (org: string): string => join(dirname(org), 'deploys.json')

/** @param org  the path of public.json @throws Stop for a file that cannot be read */
export function readDeploys(org: string): Deploys {
  const path = fileFor(org)
  if (!existsSync(path)) return { deploys: [] }
  try {
    return Deploys.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    throw new Stop(
      `${path} cannot be read: put the last copy back that you have, or delete the file. Without ` +
        'it nothing goes back to an older deploy.',
    )
  }
}

export function writeDeploys(org: string, { deploys, ...rest }: Deploys): void {
  const file = { ...rest, deploys: deploys.slice(-KEPT) }
  replaceFile(fileFor(org), `${JSON.stringify(file, null, 2)}\n`)
}

/** Appends a deploy, and removes any earlier record of the same deploy. */
export function noteDeploy(org: string, deploy: Deploy): void {
  const file = readDeploys(org)
  const others = file.deploys.filter(({ began }) => began !== deploy.began)
  writeDeploys(org, { ...file, deploys: [...others, deploy] })
}

/** Returns the folder that keeps the signed site manifest of a deploy, for `npm run watch`. */
export const keptManifestOf = (org: string, siteManifest: string): string =>
  join(dirname(org), 'deployed', siteManifest.slice(0, 12))

/** Returns the signature of the site manifest that was built last; null before the first deploy. */
export function lastSignatureOf(org: string): Bytes | null {
  const newest = readDeploys(org).deploys.findLast(({ backTo }) => backTo === undefined)
  if (newest === undefined) return null
  return signedSiteIn(keptManifestOf(org, newest.siteManifest)).signature
}

/**
 * Keeps the two files of a signed site manifest, because `dist/` contains only the newest build.
 */
export function keepManifest(org: string, dist: string, siteManifest: string): void {
  const folder = keptManifestOf(org, siteManifest)
  for (const file of [SITE_MANIFEST_FILE, SIGNATURE_FILE]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true, mode: 0o700 })
    writeFileSync(join(folder, file), readFileSync(join(dist, file)))
  }
}
