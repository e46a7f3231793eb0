// Builds the site for two host names. Serves the site in its namespace, with an empty database and
// a new certificate chain.
import { spawn } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildSite } from '#scripts/build'
import { makeChain, type Chain } from '#scripts/lab/curtain/chain'
import { inside, type Network } from '#scripts/lab/curtain/network'
import { READY, type ServerSettings } from '#scripts/lab/curtain/server'
import { applyMigrations, executeOnce } from '#scripts/shared/database'
import { makeLocalOrganisation } from '#scripts/org/local'
import { curtainDir, root } from '#scripts/shared/paths'
import { step, Stop } from '#scripts/shared/progress'

export const SITE_HOST = 'oasis.test'
export const SIBLING_HOST = 'sibling.test'

const START_MS = 90_000
/** Every port is free inside the site's own namespace. */
const WORKER_PORT = 8787

export interface CurtainSite {
  chain: Chain
  /** the address that staff use to sign in, outside the box */
  staffOrigin: string
  orgDir: string
  state: string
  stop: () => Promise<void>
}

async function build(orgDir: string): Promise<string> {
  await makeLocalOrganisation(orgDir)
  const dist = join(curtainDir, 'dist')
  process.env['OASIS_SITE'] = `https://${SITE_HOST}`
  process.env['OASIS_API_HOSTS'] = `https://${SIBLING_HOST}`
  await buildSite({ dist, org: join(orgDir, 'public.json') })
  return dist
}

async function start(network: Network, settings: ServerSettings): Promise<() => Promise<void>> {
  const program = join(root, 'scripts', 'lab', 'curtain', 'server.ts')
  const [command = '', ...args] = inside(
    network.site,
    process.execPath,
    ...[program, JSON.stringify(settings)],
  )
  const child = spawn(command, args, { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] })
  let output = ''
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8')
  })
  const ended = new Promise<void>((done) => child.once('close', () => done()))
  const ready = new Promise<boolean>((done) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString('utf8').includes(READY)) done(true)
    })
    setTimeout(() => done(false), START_MS).unref()
  })
  if (await Promise.race([ready, ended.then(() => false)]))
    return async () => {
      child.stdin.end()
      await ended
    }
  throw new Stop(`${output.trim()}\n\nThe server of the measurement did not start.`)
}

export async function openSite(network: Network): Promise<CurtainSite> {
  const [orgDir, state] = [join(curtainDir, 'org'), join(curtainDir, 'server')]
  for (const folder of [orgDir, state]) rmSync(folder, { recursive: true, force: true })
  mkdirSync(curtainDir, { recursive: true })
  const dist = await build(orgDir)
  await applyMigrations(state)
  await executeOnce(state, 'published', join(orgDir, 'publish.sql'))
  const chain = makeChain(join(curtainDir, 'chain'), [SITE_HOST, SIBLING_HOST])
  const stop = await step('Starting the server behind TLS 1.3 and HTTP/2', () =>
    start(network, { state, dist, port: WORKER_PORT, orgDir, ...chain }),
  )
  return { chain, staffOrigin: `http://localhost:${WORKER_PORT}`, orgDir, state, stop }
}
