// `npm run demo -- 1000`: makes an organisation with 1,000 invented reports, and serves it. The
// demo shows every staff screen with few and with many reports.
import { join } from 'node:path'
import { buildSite } from '#scripts/build'
import { readDemoArguments } from '#scripts/demo/arguments'
import { demoOrgDir, makeDemo } from '#scripts/demo/make-demo'
import { explainSignIn } from '#scripts/demo/explain-sign-in'
import { demoDir } from '#scripts/shared/paths'
import { choosePort } from '#scripts/shared/ports'
import { runTask, step } from '#scripts/shared/progress'
import { serve } from '#scripts/local/serve'
import { listenForStop } from '#scripts/start/prepare'
import { localPushSecret } from '#scripts/start/push-secret'
import { refuseTwice, runUntilStopped } from '#scripts/start/running'

const untilStopped = listenForStop()

runTask(async () => {
  const { total, seed, isMakeOnly, hasConfirmer } = readDemoArguments(process.argv.slice(2))
  await refuseTwice(demoDir)
  const now = Date.now()
  const signIn = await makeDemo({ folder: demoDir, total, seed, now })
  console.log(`Made ${total} reports in ${((Date.now() - now) / 1000).toFixed(1)} s.`)
  if (isMakeOnly) {
    console.log(`\nThe demo is in ${demoDir}. sign-in.json there says how to sign in.`)
    return 0
  }
  const dist = join(demoDir, 'dist')
  await buildSite({ dist, org: join(demoOrgDir(demoDir), 'public.json') })
  const port = await choosePort()
  const server = await step('Starting the server', () =>
    serve({
      ...{ state: demoDir, dist, port, vars: { PUSH_SECRET: localPushSecret(demoDir) } },
      ...(hasConfirmer && { orgDir: demoOrgDir(demoDir) }),
    }),
  )
  await runUntilStopped(server, demoDir, explainSignIn(server, signIn), untilStopped())
  return 0
})
