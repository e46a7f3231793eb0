// Makes folders that `npm run deploy` accepts: a clone without open questions, and an organisation.
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { Wrangler } from '#scripts/account/ask-database'
import { launchOf } from '#scripts/content/launch'
import { root } from '#scripts/shared/paths'
import type { FakeCloudflare } from '#test/scripts/support/fake-cloudflare.ts'

/**
 * Copies into a folder the files that a clone needs for a deployment, with every open question
 * waived.
 */
export function makeClone(folder: string): void {
  for (const name of ['content', 'migrations', 'wrangler.toml'])
    cpSync(join(root, name), join(folder, name), { recursive: true })
  waive(folder, () => true)
}

/**
 * Returns a deployment without bundles, in which the check from outside finds no faults.
 *
 * @param org  public.json
 */
export const inFolder = (folder: string, org: string) => ({
  ...{ folder, org, into: join(dirname(org), 'deploy'), dist: join(folder, 'dist') },
  ...{ isStaging: false, bundle: () => Promise.resolve('') },
  look: () => Promise.resolve({ faults: [], settings: [], newKeys: [] }),
})

/** Waives the open questions of a clone that `wanted` selects. */
export function waive(folder: string, wanted: (question: { id: string }) => boolean): void {
  const path = join(folder, 'content/waivers.json')
  writeFileSync(path, '[]')
  const waivers = launchOf(folder)
    .open.map((line) => ({ id: line.split(': ')[0] ?? '' }))
    .filter(wanted)
    .map(({ id }) => ({ id, who: 'A. Name', day: '2026-12-01', reason: 'a test' }))
  writeFileSync(path, JSON.stringify(waivers))
}

/** Creates the tables in a database. */
export function migrate(database: DatabaseSync): void {
  const files = readdirSync(join(root, 'migrations')).filter((name) => name.endsWith('.sql'))
  for (const name of files.sort())
    database.exec(readFileSync(join(root, 'migrations', name), 'utf8'))
}

/**
 * Imitates wrangler with a remote database.
 *
 * @param rows   returns the rows of a query
 * @param steps  receives each step that is not a query
 */
export const wranglerOver =
  (rows: (query: string) => object[], steps: string[]): Wrangler =>
  (step, args) => {
    const results = step === 'database' ? rows(args.at(-1) ?? '') : []
    if (step !== 'database') steps.push(`${step}: ${args.join(' ')}`)
    return Promise.resolve(JSON.stringify([{ success: true, results }]))
  }

/** Imitates wrangler with an account, and stores each deployment in that account. */
export const wranglerInto =
  (account: FakeCloudflare, rows: (query: string) => object[], steps: string[]) =>
  (config: string | null): Wrangler =>
  async (step, args) => {
    const printed = await wranglerOver(rows, steps)(step, args)
    if (args[0] === 'deploy') account.deploy(config ?? '')
    return printed
  }
