// `npm run deploy -- back`: rolls both workers back to their versions from an older deploy. The
// database stays as it is, so a later migration that drops or narrows something rules out the
// rollback.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeConfigurations } from '#scripts/account/configuration'
import { readDeployment } from '#scripts/account/deployment'
import { commandOf, type Deploying } from '#scripts/deploy/deploying'
import {
  keptManifestOf,
  readDeploys,
  WORKERS,
  type Deploy,
  type ForEach,
  type AccountState,
} from '#scripts/deploy/deploys-file'
import { unchanged } from '#scripts/deploy/failure'
import { bookmarkOf, boundTo, stateOfAccount, type Bound } from '#scripts/deploy/live-state'
import { reportLook } from '#scripts/deploy/report-look'
import { runSteps, type Begun, type DueStep } from '#scripts/deploy/run-steps'
import type { Asking } from '#scripts/deploy/taken-hosts'
import { accountOf } from '#scripts/deploy/taken-names'
import type { Terminal } from '#scripts/org/terminal'
import { step, Stop } from '#scripts/shared/progress'
import { narrowingIn } from '#scripts/verify/migrations'

const YES = 'yes'

/** An older deploy, and the versions of the workers that were live before the next change. */
interface Goal {
  deploy: Deploy
  versions: ForEach<string>
}

/**
 * Rolls back after a person has read what will be live and has typed "yes".
 *
 * @param began  the start of a time in deploys.json; by default, the deploy before the live one
 * @throws Stop without such a deploy, and at the first migration that drops or narrows something
 */
export async function goBack(
  deploying: Deploying,
  began: string | undefined,
  terminal: Pick<Terminal, 'ask'>,
): Promise<void> {
  const { goal, begun, due, lines } = await unchanged(() => prepareBack(deploying, began))
  if (due.length === 0) {
    console.log(`The deploy of ${goal.deploy.began} is live already. Nothing was changed.`)
    return
  }
  for (const line of lines) console.log(line)
  if ((await terminal.ask(`Type "${YES}" to go back: `)).trim() !== YES)
    throw new Stop('Nothing was changed.')
  await runSteps(begun, due)
  console.log(`The deploy of ${goal.deploy.began} is live again.`)
  const build = keptManifestOf(deploying.org, goal.deploy.siteManifest)
  await reportLook(deploying, begun.asking.deployment, { build, older: null })
}

interface Prepared {
  goal: Goal
  begun: Begun
  due: DueStep[]
  /** the lines to show to the person who decides */
  lines: string[]
}

async function prepareBack(deploying: Deploying, began: string | undefined): Promise<Prepared> {
  const { folder, org, into, dist } = deploying
  const deployment = readDeployment(org)
  const { worker } = deployment
  const deploys = readDeploys(org).deploys.filter((deploy) => deploy.worker === worker)
  const goal = goalIn(deploys, began)
  const ask = await deploying.cloudflare()
  const asking = { ask, account: await accountOf(ask, deployment), deployment }
  const configurations = writeConfigurations(folder, deployment, into, dist)
  const wrangler = deploying.wrangler(configurations.site)
  const before = await step('Asking what is live', () => stateOfAccount(asking, wrangler))
  refuseNarrowing(folder, goal.deploy, before.migrations)
  const due = dueSteps(goal, before, (name, version) => {
    const run = deploying.wrangler(configurations[name])
    return run(`back-${name}`, ['versions', 'deploy', `${version}@100%`, '--yes'])
  })
  const deploy: Deploy = {
    ...{ began: new Date().toISOString(), ended: null, worker, backTo: goal.deploy.began },
    ...{ siteManifest: goal.deploy.siteManifest, made: goal.deploy.made, before },
    bookmark: await bookmarkOf(asking),
    ...{ steps: [], after: null },
  }
  const again = commandOf(deploying, `back ${goal.deploy.began}`)
  const begun = { org, asking, wrangler, deploy, migrations: before.migrations, again }
  return { goal, begun, due, lines: await linesOf(goal, before, asking) }
}

/** Finds the deploy to roll back to. */
function goalIn(deploys: readonly Deploy[], began: string | undefined): Goal {
  const whole = deploys.filter(({ ended, backTo }) => ended !== null && backTo === undefined)
  const newest = deploys.findLast(({ ended }) => ended !== null)
  const live = newest?.backTo ?? newest?.began ?? ''
  // A change that stopped in the middle may have made other versions live.
  const isBroken = deploys.at(-1)?.ended === null
  const found =
    began === undefined
      ? whole
          .filter((deploy) => deploy.began < live || (isBroken && deploy.began === live))
          .slice(-1)
      : whole.filter((deploy) => deploy.began.startsWith(began))
  const [deploy, ...more] = found
  if (deploy && more.length === 0) return { deploy, versions: versionsOf(deploys, deploy) }
  const times = whole.map((each) => `  ${each.began}`)
  throw new Stop(
    [
      began === undefined
        ? 'deploys.json notes no deploy before the live one.'
        : `deploys.json notes ${found.length} deploys of "${began}".`,
      ...(times.length > 0 ? ['The deploys that it notes:', ...times] : []),
    ].join('\n'),
  )
}

/**
 * Returns the versions that were live before the next change. Setting a secret after a deploy
 * creates a new version, and that version counts.
 */
function versionsOf(deploys: readonly Deploy[], deploy: Deploy): ForEach<string> {
  const next = deploys[deploys.indexOf(deploy) + 1]
  const { site, staffHost } = (next?.before ?? deploy.after)?.versions ?? {}
  if (site && staffHost) return { site, staffHost }
  throw new Stop(`The workers of ${deploy.began} were gone before the next deploy.`)
}

/** @throws Stop at the first migration since the deploy that may break its workers */
function refuseNarrowing(folder: string, deploy: Deploy, applied: readonly string[]): void {
  const since = applied.filter((name) => !deploy.after?.migrations.includes(name))
  for (const name of since) {
    const path = join(folder, 'migrations', name)
    const why = existsSync(path)
      ? narrowingIn(readFileSync(path, 'utf8'))[0]
      : 'is not in this clone, so that nobody can read what it drops'
    if (why !== undefined)
      throw new Stop(
        `The migration ${name} ${why}. The workers of ${deploy.began} would fail on these ` +
          'tables, so this command does not go back over it. Mend the fault in the sources, and ' +
          'run npm run deploy.',
      )
  }
}

/** @throws Stop when the deploy used stores that a restore has replaced since */
function refuseOtherStores({ began }: Deploy, { stores }: Bound, { deployment }: Asking): void {
  const { databaseId = '', bucket } = deployment
  const other = stores.find((store) => ![databaseId, bucket].includes(store))
  if (other !== undefined)
    throw new Stop(
      `The deploy of ${began} keeps reports in ${other}, and deployment.json names another ` +
        'store, so this command does not go back to it. Mend the fault in the sources, and run ' +
        'npm run deploy.',
    )
}

function dueSteps(
  { versions }: Goal,
  before: AccountState,
  run: (worker: keyof ForEach<string>, version: string) => Promise<unknown>,
): DueStep[] {
  const titles = { site: 'Going back with the site', staffHost: 'Going back with the staff host' }
  return WORKERS.filter((worker) => versions[worker] !== before.versions[worker]).map((name) => ({
    ...{ name, title: titles[name], version: versions[name] },
    run: () => run(name, versions[name]),
  }))
}

/** Lists what will be live, for the person who decides. */
async function linesOf(
  { deploy, versions }: Goal,
  before: AccountState,
  asking: Asking,
): Promise<string[]> {
  const since = before.migrations.filter((name) => !deploy.after?.migrations.includes(name))
  const [then, now] = [
    await boundTo(asking, versions.site),
    before.versions.site === null ? null : await boundTo(asking, before.versions.site),
  ]
  if (then === null) throw new Stop(`Cloudflare no longer has the version ${versions.site}.`)
  refuseOtherStores(deploy, then, asking)
  const lost = (now?.secrets ?? []).filter((name) => !then.secrets.includes(name))
  return [
    `What will be live: the deploy of ${deploy.began}.`,
    `  site         version ${versions.site}`,
    `  staff host   version ${versions.staffHost}`,
    `  site manifest ${deploy.siteManifest}`,
    'The database stays as it is, with every report and every key.',
    ...since.map((name) => `  It keeps the migration ${name}, which only adds.`),
    'A secret has the value that it had in that version.',
    ...lost.map(
      (name) => `  ${name} was put in later and will be missing: put it in again afterwards.`,
    ),
    'Hosts, the clock and the bucket stay as they are.',
  ]
}
