// Reports what the check from outside has found, and what to do about it.
import { readDeployment, type Deployment } from '#scripts/account/deployment'
import { keptManifestOf, readDeploys, type Deploy } from '#scripts/deploy/deploys-file'
import { commandOf, watchOf, type Deploying } from '#scripts/deploy/deploying'
import type { Looked } from '#scripts/deploy/look-outside'
import { step, Stop } from '#scripts/shared/progress'

/** The maximum number of faults to print. A wrong build causes one fault for each of its files. */
const SHOWN = 10

/**
 * Checks the hosts, and prints what is correct.
 *
 * @param build  the folder with the signed site manifest that must be live
 * @param older  the command that rolls back to an older deploy; null without such a deploy
 * @throws Stop with the faults and what to do
 */
export async function reportLook(
  deploying: Deploying,
  deployment: Deployment,
  { build, older }: { build: string; older: string | null },
): Promise<void> {
  const looked = await step('Looking from outside', () => deploying.look(deployment, build))
  for (const sentence of looked.newKeys) console.log(sentence)
  if (looked.faults.length > 0) throw new Stop(faultLines(deploying, looked, older).join('\n'))
  console.log('Every page, script and key is as it was signed.')
  if (looked.settings.length > 0) {
    console.log('Rules that a host breaks; docs/operations/zone-settings.md has the settings:')
    for (const line of looked.settings) console.log(`  ${line}`)
  }
  console.log('Browsers look with this command, and so does everybody who watches:')
  console.log(`  ${watchOf(deploying, deployment, build)}`)
  console.log('A letter and its reply try the whole way:')
  console.log(`  ${commandOf(deploying, 'letter')}`)
}

function faultLines(deploying: Deploying, { faults }: Looked, older: string | null): string[] {
  const more = faults.length - SHOWN
  return [
    ...faults.slice(0, SHOWN),
    ...(more > 0 ? [`… and ${more} more.`] : []),
    '',
    'What is live: the deploy that deploys.json noted last. It differs from what was signed, or ' +
      'does not answer yet.',
    `What to do: wait some minutes, and look again: \`${commandOf(deploying, 'look')}\`.`,
    ...(older === null ? [] : [`If a fault stays, go back: \`${older}\`.`]),
  ]
}

/**
 * Returns a sentence with the command that continues an interrupted change. A rollback must
 * continue as such, because a deploy would publish the current sources.
 */
function notEnded(deploying: Deploying, { backTo }: Deploy): string {
  const [what, first] =
    backTo === undefined
      ? ['deploy', commandOf(deploying)]
      : ['way back', commandOf(deploying, `back ${backTo}`)]
  return `The last ${what} did not end: run \`${first}\` first, and look then.`
}

/** `npm run deploy -- look`: checks the last recorded deploy, without querying an account. */
export async function lookAgain(deploying: Deploying): Promise<void> {
  const { org } = deploying
  const deployment = readDeployment(org)
  const deploys = readDeploys(org).deploys.filter(({ worker }) => worker === deployment.worker)
  const last = deploys.at(-1)
  if (last?.ended === null) throw new Stop(notEnded(deploying, last))
  const ended = deploys.filter((each) => each.ended !== null)
  const live = ended.at(-1)
  if (!live) throw new Stop('deploys.json notes no deploy that ended, so nothing can be compared.')
  const build = keptManifestOf(org, live.siteManifest)
  const older = ended.length > 1 ? commandOf(deploying, 'back') : null
  await reportLook(deploying, deployment, { build, older })
}
