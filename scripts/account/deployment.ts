// Reads deployment.json, which is in the same folder as public.json. The file contains the settings
// of one deployment (addresses, the database, the bucket, alerts) and no secrets.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as z from 'zod/mini'
import { languages } from '#content/languages.ts'
import { dayOf } from '#protocol/time'
import { Stop } from '#scripts/shared/progress'
import { replaceFile } from '#scripts/shared/replace-file'

const HOST = '(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]*[a-z0-9]'
/** Matches Cloudflare's public test keys for Turnstile, which do not check anybody. */
const TEST_KEY = /^[123]x0{10,}/
const UUID = /^(?!0{8}-)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The name of the site's worker when deployment.json does not set one. */
const FIRST_NAME = 'oasis'
/** A worker's name, short enough to leave room for the suffix of the staff host's worker. */
const WORKER = /^[a-z0-9](?:[a-z0-9-]{0,50}[a-z0-9])?$/

const text = (pattern: RegExp, what: string) => z.string(what).check(z.regex(pattern, what))
const origin = (what: string) => text(new RegExp(`^https://${HOST}$`), what)
const isDay = (day: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) && dayOf(Date.parse(day)) === day
const whole = (from: number, to: number) => {
  const what = `must be a whole number from ${from} to ${to}`
  return z.int(what).check(z.gte(from, what), z.lte(to, what))
}

export const Deployment = z.strictObject(
  {
    site: origin('must be the address of the site, like https://oasis.example'),
    apiHosts: z._default(
      z.array(origin('must be an address like https://second.example'), 'must be a list'),
      [],
    ),
    staffHost: text(
      new RegExp(`^${HOST}$`),
      'must be the host of the staff app, like staff.oasis.example',
    ),
    worker: z._default(text(WORKER, 'must be a name of small letters, digits and -'), FIRST_NAME),
    accountId: z.optional(text(/^[0-9a-f]{32}$/, 'must be the 32 digits of a Cloudflare account')),
    /** absent until the first deployment has created the database and the bucket */
    databaseId: z.optional(text(UUID, 'must be the id of a database of D1')),
    database: z._default(text(/^[\w-]{1,64}$/, 'must be the name of the database'), FIRST_NAME),
    databaseMb: z.optional(z.literal([500, 10_000], 'must be 500, or 10000 on the paid plan')),
    plan: z.optional(z.enum(['free', 'paid'], 'must be free or paid')),
    bucket: text(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, 'must be the name of your bucket'),
    jurisdiction: z.optional(z.literal('eu', 'must be "eu", or not be there')),
    replaces: z._default(
      z.array(z.string('must be a list of hosts and workers'), 'must be a list'),
      [],
    ),
    floodMode: z.optional(z.enum(['auto', 'on'], 'must be "auto" or "on"')),
    turnstileSiteKey: z.optional(
      z
        .string('must be the site key of your Turnstile widget')
        .check(z.refine((key) => !TEST_KEY.test(key), 'must not be a test key of Turnstile')),
    ),
    security: z.optional(
      z.strictObject({
        contact: text(
          /^(mailto:[^\s@]+@[^\s@]+\.[^\s@]+|https:\/\/\S+)$/,
          'must be an address like mailto:security@oasis.example or https://…',
        ),
        lastDay: z.string('must be a day').check(z.refine(isDay, 'must be a day like 2027-06-30')),
      }),
    ),
    alerts: z.optional(
      z.strictObject({
        language: z.optional(z.enum(languages, `must be one of ${languages.join(', ')}`)),
        everyMinutes: z.optional(whole(1, 60)),
        dangerMinutes: z.optional(whole(1, 60)),
        repeats: z.optional(whole(1, 10)),
        digestHours: z.optional(z.array(whole(0, 23), 'must be a list of hours')),
      }),
    ),
  },
  'must be an object with the fields that docs/operations/deployment-file.md lists',
)
export type Deployment = z.infer<typeof Deployment>
/** The fields of deployment.json, as a person or a command writes them. */
export type WrittenDeployment = z.input<typeof Deployment>

const fileFor = (org: string): string => join(dirname(org), 'deployment.json')
export const hasDeployment = (org: string): boolean => existsSync(fileFor(org))

/**
 * Writes fields into the deployment.json beside a public.json, and keeps the other fields of
 * deployment.json.
 */
export function writeDeployment(org: string, fields: Partial<WrittenDeployment>): void {
  const path = fileFor(org)
  const known = hasDeployment(org) ? (JSON.parse(readFileSync(path, 'utf8')) as object) : {}
  replaceFile(path, `${JSON.stringify({ ...known, ...fields }, null, 2)}\n`)
}

/**
 * Reads the deployment.json beside a public.json.
 *
 * @throws Stop with one sentence for each fault
 */
export function readDeployment(org: string): Deployment {
  const path = fileFor(org)
  if (!hasDeployment(org)) {
    throw new Stop(
      `There is no ${path}: npm run deploy asks for its fields in a terminal, or write it as ` +
        'docs/operations/deployment-file.md says.',
    )
  }
  let written: unknown
  try {
    written = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    throw new Stop(`${path} is not JSON: look for a missing comma or quotation mark.`)
  }
  const read = Deployment.safeParse(written)
  if (read.success) {
    const { site, apiHosts, staffHost } = read.data
    // If both had the same host, a vulnerability in a public page would expose the staff app's
    // origin.
    if ([site, ...apiHosts].some((address) => new URL(address).host === staffHost))
      throw new Stop(`${path}: staffHost must be another host than site and apiHosts.`)
    return read.data
  }
  throw new Stop(read.error.issues.map((issue) => `${path}: ${sentenceOf(issue)}.`).join('\n'))
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  const place = issue.path.join('.')
  if (issue.code === 'unrecognized_keys')
    return `${[...issue.path, issue.keys.join(', ')].join('.')} must not be there`
  return place === '' ? issue.message : `${place} ${issue.message}`
}
