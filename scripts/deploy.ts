// `npm run deploy`: asks six questions once, creates missing stores, and builds and signs the site.
// Records the state of the account, and then runs only the steps whose results are missing.
// - `-- check` stops before the first call to Cloudflare.
// - `-- back [time]` rolls both workers back to an older deploy.
// - `-- staging` deploys a second time under different names, with a throw-away organisation.
//   `-- staging back` rolls staging back.
// - `-- look` checks the live hosts again.
// - `-- letter` sends a test letter and waits for its reply.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { writeConfigurations } from '#scripts/account/configuration'
import { askCloudflare, wranglerToken, type AskCloudflare } from '#scripts/account/cloudflare'
import { hasDeployment, readDeployment } from '#scripts/account/deployment'
import { queryDatabase } from '#scripts/account/query-database'
import { leftOutOf } from '#scripts/content/editions'
import { askDeployment } from '#scripts/deploy/ask-deployment'
import { deploySite, readAllowed } from '#scripts/deploy/deploy-site'
import { keepManifest } from '#scripts/deploy/deploys-file'
import type { Deploying } from '#scripts/deploy/deploying'
import { goBack } from '#scripts/deploy/go-back'
import { hostsOfDeployment, lookOutside } from '#scripts/deploy/look-outside'
import { lookAgain } from '#scripts/deploy/report-look'
import { buildSigned } from '#scripts/deploy/signed-build'
import { accountOf } from '#scripts/deploy/taken-names'
import { prepareStaging, stagingPassphrase } from '#scripts/deploy/staging'
import { tryLetter } from '#scripts/deploy/try-letter'
import { bundleForHash } from '#scripts/deploy/worker-hashes'
import { endedKeys, readSignedKeys } from '#scripts/org/files/newest-keys'
import { PUBLISHING_FILE } from '#scripts/org/files/publishing-key'
import { askPassphrase, withTerminal, type Terminal } from '#scripts/org/terminal'
import { deployDir, deployedOrg, root } from '#scripts/shared/paths'
import { runTask, Stop } from '#scripts/shared/progress'
import { runQuietly } from '#scripts/shared/run-tool'

const USE = [
  'Use: npm run deploy, or npm run deploy -- and one of these:',
  '  check           list what refuses a deployment',
  '  back [time]     go back to an older deploy, such as back 2026-12-01T10:00',
  '  look            compare the live hosts with the deploy that was noted last',
  '  letter          send a test letter, wait for its reply, and end its thread',
  '  staging         deploy a second time under other names, to try something',
  '  staging back [time], staging look, staging letter',
].join('\n')

/** @param org  the path of public.json, of the real organisation or of staging */
function deployingOf(org: string, isStaging: boolean, terminal: Terminal): Deploying {
  const into = isStaging ? join(deployDir, 'staging') : deployDir
  const dist = isStaging ? join(into, 'dist') : join(root, 'dist')
  const passphrase = () =>
    isStaging ? stagingPassphrase(org) : askPassphrase(terminal, PUBLISHING_FILE)
  let signedIn: Promise<AskCloudflare> | undefined
  const cloudflare = () => (signedIn ??= wranglerToken().then((token) => askCloudflare(token)))
  let account: string | undefined
  return {
    ...{ folder: root, org, into, dist, isStaging, bundle: bundleForHash },
    look: (deployment, build) => lookOutside(hostsOfDeployment(deployment), { build, org }),
    build: async (leftOut) => {
      const hash = await buildSigned({ dist, org, leftOut }, join(into, 'built'), passphrase)
      keepManifest(org, dist, hash)
      return hash
    },
    cloudflare,
    wrangler: (config) => async (name, args) => {
      if (name !== 'database' || config === null) return runWrangler(config, name, args)
      const ask = await cloudflare()
      const deployment = readDeployment(org)
      account ??= await accountOf(ask, deployment)
      const { databaseId } = deployment
      if (databaseId === undefined) throw new Stop('deployment.json has no databaseId yet.')
      return queryDatabase(ask, { account, databaseId }, args.at(-1) ?? '')
    },
  }
}

const runWrangler = (config: string | null, name: string, args: string[]): Promise<string> =>
  runQuietly(name, 'wrangler', [
    ...args,
    // Without the empty `--env`, a line in .env could make wrangler deploy under a different name.
    ...(config === null ? [] : ['--config', config, '--env', '']),
  ])

async function check(deploying: Deploying): Promise<void> {
  const { org, into, dist } = deploying
  const deployment = await readAllowed(deploying)
  for (const { why } of leftOutOf(root)) console.log(why)
  const ended = endedKeys(await readSignedKeys(org), Date.now())
  if (ended !== null) console.log(`${ended} A deployment takes them from the database.`)
  if (deployment.databaseId === undefined) {
    console.log('Nothing refuses a deployment. It makes the database and the bucket first.')
    return
  }
  const { site } = writeConfigurations(root, deployment, into, dist)
  console.log(`Nothing refuses a deployment; see ${site}.`)
}

async function run(args: string[], terminal: Terminal): Promise<void> {
  const isStaging = args[0] === 'staging'
  const [command, time, ...more] = args.slice(isStaging ? 1 : 0)
  const isKnown =
    command === undefined || command === 'back' || (!time && /^(check|look|letter)$/.test(command))
  if (!isKnown || more.length > 0) throw new Stop(USE)
  const real = deployedOrg()
  if (existsSync(real) && !hasDeployment(real) && command === undefined)
    await askDeployment(terminal, real)
  const org = isStaging ? await prepareStaging(real) : real
  const deploying = deployingOf(org, isStaging, terminal)
  if (command === 'check') await check(deploying)
  else if (command === 'back') await goBack(deploying, time, terminal)
  else if (command === 'look') await lookAgain(deploying)
  else if (command === 'letter') await tryLetter(deploying)
  else await deploySite(deploying)
}

if (import.meta.main) {
  runTask(async () => {
    // All questions share a terminal, because a pipe can be read only once.
    await withTerminal((terminal) => run(process.argv.slice(2), terminal))
    return 0
  })
}
