// `npm run edit`: opens the editor for content/ in a browser, on this machine only. The command
// needs neither a build nor git. `npm run edit -- ru` opens the editor in Russian. With `--print`,
// the command only prints the address.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isLanguage, languages } from '#content/languages.ts'
import { changesIn } from '#scripts/edit/changes'
import { openAddress } from '#scripts/edit/open-address'
import { serveEditor } from '#scripts/edit/server'
import { makeLocalOrganisation } from '#scripts/org/local'
import { endChild } from '#scripts/shared/child-process'
import { orgDir, root, stateDir } from '#scripts/shared/paths'
import { anyPort, choosePort } from '#scripts/shared/ports'
import { runTask, step, Stop } from '#scripts/shared/progress'
import { binOf, environment } from '#scripts/shared/run-tool'
import { listenForStop } from '#scripts/start/prepare'
import { bundleEditor } from '#site/editor/bundle.ts'
import { defaultLanguage } from '#site/i18n/languages.ts'

const untilStopped = listenForStop()

/** Shows the pages as they change. A page needs the public keys of an organisation. */
async function showPages(port: number): Promise<ReturnType<typeof spawn>> {
  const org = join(orgDir, 'public.json')
  if (!existsSync(org))
    await step('Making a local organisation', () => makeLocalOrganisation(orgDir))
  return spawn(
    process.execPath,
    [binOf('astro'), 'dev', '--host', '127.0.0.1', '--port', String(port)],
    {
      cwd: root,
      stdio: 'ignore',
      env: environment({ OASIS_ORG: org, ASTRO_DISABLE_UPDATE_CHECK: 'true' }),
    },
  )
}

runTask(async () => {
  const asked = process.argv.slice(2).find((each) => !each.startsWith('--')) ?? defaultLanguage
  if (!isLanguage(asked))
    throw new Stop(`There is no language ${asked}: say one of ${languages.join(', ')}.`)
  const host = `127.0.0.1:${await choosePort()}`
  const preview = await anyPort()
  const assets = join(stateDir, 'edit')
  rmSync(assets, { recursive: true, force: true })
  await step('Preparing the editor', () => bundleEditor(assets, ['start.js', 'shell.ts']))
  cpSync(join(root, 'site/editor/shell.css'), join(assets, 'shell.css'))
  const astro = await showPages(preview)
  const key = randomBytes(24).toString('base64url')
  const server = await serveEditor({
    host,
    key,
    folder: root,
    assets,
    preview: `http://127.0.0.1:${preview}`,
    lang: asked,
    changes: changesIn(root),
  })
  const address = `http://${host}/?key=${key}`
  console.log(`\nThe editor:  ${address}\n\nStop it with Ctrl-C. What you saved stays.`)
  if (!process.argv.includes('--print')) openAddress(address)
  await untilStopped()
  server.close()
  server.closeAllConnections()
  await endChild(astro)
  return 0
})
