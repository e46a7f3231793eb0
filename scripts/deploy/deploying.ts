// Defines what a deployment needs: folders, wrangler, Cloudflare, the build and the check from
// outside.
import type { Wrangler } from '#scripts/account/ask-database'
import type { AskCloudflare } from '#scripts/account/cloudflare'
import type { Deployment } from '#scripts/account/deployment'
import type { Looked } from '#scripts/deploy/look-outside'

export interface Deploying {
  /** the clone's folder */
  folder: string
  /** the path of public.json */
  org: string
  /** the folder for the configurations */
  into: string
  /** the folder of the build */
  dist: string
  /** true for the second deployment, which has a throw-away organisation */
  isStaging: boolean
  /** runs wrangler with a written configuration, or without one */
  wrangler: (config: string | null) => Wrangler
  /** signs in to Cloudflare's API */
  cloudflare: () => Promise<AskCloudflare>
  /**
   * Builds and signs the site without the given editions.
   *
   * @returns the hash of the site manifest, hex
   */
  build: (leftOut: readonly string[]) => Promise<string>
  /** bundles a worker into one script for hashing */
  bundle: (main: string) => Promise<string>
  /** compares the live hosts with the signed site manifest in a folder */
  look: (deployment: Deployment, build: string) => Promise<Looked>
}

/** Returns the command that a person types next. @param words  what follows, such as `back` */
export function commandOf({ isStaging }: Pick<Deploying, 'isStaging'>, words = ''): string {
  const all = [isStaging ? 'staging' : '', words].filter((word) => word !== '').join(' ')
  return all === '' ? 'npm run deploy' : `npm run deploy -- ${all}`
}

/** Returns the command that compares the live hosts with a signed build. */
export const watchOf = (
  { isStaging, org }: Pick<Deploying, 'isStaging' | 'org'>,
  { site, staffHost }: Pick<Deployment, 'site' | 'staffHost'>,
  build: string,
): string =>
  `npm run watch -- ${site} --staff https://${staffHost} --build ${build}` +
  (isStaging ? ` --keys ${org}` : '')
