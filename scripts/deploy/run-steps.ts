// Runs the steps that change an account, and records each of them in deploys.json. The error of a
// failed step states what is live, what has changed and what to do.
import { noteDeploy, type Deploy, type Step } from '#scripts/deploy/deploys-file'
import { stopWithState } from '#scripts/deploy/failure'
import { liveVersions, stateOfAccount } from '#scripts/deploy/live-state'
import type { Asking } from '#scripts/deploy/taken-hosts'
import type { Wrangler } from '#scripts/account/ask-database'
import { step, Stop } from '#scripts/shared/progress'

/** A step whose result is still missing from the account. */
export interface DueStep {
  name: Step['name']
  /** the line that the command prints */
  title: string
  run: () => Promise<unknown>
  /** the version that must be live afterwards; undefined when any new version is accepted */
  version?: string
}

/** A change that was recorded and is still in progress. */
export interface Begun {
  /** the path of public.json; deploys.json is in the same folder */
  org: string
  asking: Asking
  /** runs wrangler for the site's worker */
  wrangler: Wrangler
  deploy: Deploy
  /** the migrations that the database has after the steps */
  migrations: string[]
  /** the command to run again after a failure */
  again: string
}

/**
 * Records a change, runs its steps in order, and records when they ended.
 *
 * @returns the record, which now includes the end
 * @throws Stop with the state of the account when a step fails
 */
export async function runSteps(begun: Begun, due: readonly DueStep[]): Promise<Deploy> {
  const { org, asking } = begun
  let { deploy } = begun
  noteDeploy(org, deploy)
  for (const each of due) {
    try {
      const ended = await runStep(begun, each)
      deploy = { ...deploy, steps: [...deploy.steps, ended] }
      noteDeploy(org, deploy)
    } catch (reason) {
      if (!(reason instanceof Stop)) throw reason
      throw await stopWithState(reason, { deploy, failed: each.title, again: begun.again }, () =>
        stateOfAccount(asking, begun.wrangler),
      )
    }
  }
  const after = { versions: await liveVersions(asking), migrations: begun.migrations }
  deploy = { ...deploy, ended: new Date().toISOString(), after }
  noteDeploy(org, deploy)
  return deploy
}

/**
 * Runs a step, and asks Cloudflare for the result, because a killed wrangler process ends without
 * an error.
 */
async function runStep({ asking }: Begun, { name, title, run, version }: DueStep): Promise<Step> {
  if (name === 'migrate' || name === 'keys') {
    await step(title, run)
    return { name, ended: new Date().toISOString() }
  }
  const before = (await liveVersions(asking))[name]
  await step(title, run)
  const live = (await liveVersions(asking))[name]
  if (live === null || (version === undefined ? live === before : live !== version))
    throw new Stop('Wrangler ended, and Cloudflare still shows the version from before.')
  return { name, ended: new Date().toISOString(), version: live }
}
