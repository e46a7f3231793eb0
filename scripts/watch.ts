// `npm run watch -- https://host... --staff https://staff.host`: compares live hosts with the
// signed site manifest. This machine's browsers and several scripted clients request the pages. The
// keys that a host serves must be the organisation's newest keys. Newer keys under the pinned root
// are written to public.json. The command prints a sentence for each fault and then exits with code
// 1. The last line lists the clients that have checked the host.
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { fromB64 } from '#protocol/bytes'
import { readSiteManifest, signedSiteIn } from '#scripts/manifest/read-site-manifest'
import { followKeys, readSignedKeys } from '#scripts/org/files/newest-keys'
import { originOf, type Host } from '#scripts/shared/ask-host'
import { builtOrg, root } from '#scripts/shared/paths'
import { runTask, Stop } from '#scripts/shared/progress'
import { messageOf } from '#scripts/verify-host/finding'
import { lookedSentence, openReaders } from '#scripts/watch/readers/open-readers'
import type { Reader } from '#scripts/watch/readers/reader'
import { watchHost, type Published } from '#scripts/watch/watch-host'

const HTTP_PORT = 80
const USAGE =
  'Say which hosts: npm run watch -- https://your.host --staff https://staff.your.host. ' +
  'The folder of the build and the public file follow: --build dist --keys public.json. ' +
  '--within 55 waits up to 55 minutes first.'
const LONGEST_MINUTES = 24 * 60
const MINUTE_MS = 60_000

interface Asked {
  hosts: Host[]
  /**
   * the folder with the signed site manifest, and the published files if they are on this machine
   */
  build: string
  /** the public.json of the organisation */
  keys: string
  /** the run starts at a random moment within this many minutes */
  within: number
}

/** Reads the arguments. @throws Stop without a host, or for a host that is not `https://host` */
export function askedOf(args: string[]): Asked {
  const { values, positionals } = parsed(args)
  if (positionals.length === 0) throw new Stop(USAGE)
  const hostAt = (address: string, isOfStaff: boolean): Host => {
    const origin = originOf(address)
    if (origin === null) throw new Stop(USAGE)
    return { origin, isOfStaff, httpPort: HTTP_PORT }
  }
  const within = Number(values.within ?? 0)
  if (!Number.isInteger(within) || within < 0 || within > LONGEST_MINUTES) throw new Stop(USAGE)
  return {
    within,
    hosts: [
      ...positionals.map((address) => hostAt(address, false)),
      ...(values.staff === undefined ? [] : [hostAt(values.staff, true)]),
    ],
    build: values.build ?? process.env['OASIS_DIST'] ?? join(root, 'dist'),
    keys: values.keys ?? builtOrg(),
  }
}

function parsed(args: string[]) {
  try {
    const text = { type: 'string' } as const
    const options = { build: text, keys: text, staff: text, within: text }
    return parseArgs({ args, allowPositionals: true, options })
  } catch {
    throw new Stop(USAGE)
  }
}

/**
 * Reads and verifies the published files.
 *
 * @throws Stop when readSiteManifest throws, and when the root has not signed the keys in `keys`
 */
export async function readPublished(
  { build, keys }: Pick<Asked, 'build' | 'keys'>,
  nowMs: number,
): Promise<Published> {
  const organisation = await readSignedKeys(keys).catch((error: unknown) => {
    throw new Stop(messageOf(error))
  })
  const signed = signedSiteIn(build)
  const manifest = await readSiteManifest(signed, fromB64(organisation.root), nowMs)
  return { organisation, manifest, signed, build }
}

/**
 * Watches hosts one after another. Newer keys that one host serves under the pinned root also apply
 * to the next host, and stay in public.json.
 *
 * @returns a sentence for each fault, and the sentences about newer keys
 */
export async function watchHosts(
  { hosts, keys }: Pick<Asked, 'hosts' | 'keys'>,
  published: Published,
  nowMs: number,
  readers: readonly Reader[] = [],
): Promise<{ faults: string[]; newKeys: string[] }> {
  const faults: string[] = []
  const newKeys: string[] = []
  let { organisation } = published
  for (const host of hosts) {
    const watched = await watchHost(host, { ...published, organisation }, nowMs, readers)
    faults.push(...watched.sentences)
    organisation = watched.organisation
    const followed = await followKeys(keys, organisation)
    if (followed !== null) newKeys.push(`${followed} Ask the organisation whether that is right.`)
  }
  return { faults, newKeys }
}

/** Chooses a random moment for a run, so that the host cannot predict it. */
export const drawWaitMs = (within: number): number => randomInt(within * MINUTE_MS + 1)

if (import.meta.main) {
  runTask(async () => {
    const asked = askedOf(process.argv.slice(2))
    const published = await readPublished(asked, Date.now())
    await wait(drawWaitMs(asked.within))
    const { readers, absent, failures, close } = await openReaders()
    const sentences = [...failures]
    try {
      const { faults, newKeys } = await watchHosts(asked, published, Date.now(), readers)
      sentences.push(...faults)
      for (const sentence of newKeys) console.log(sentence)
    } finally {
      await close()
    }
    for (const sentence of sentences) console.log(sentence)
    if (sentences.length === 0) console.log('Everything is as published.')
    console.log(
      lookedSentence(
        readers.map(({ name }) => name),
        absent,
      ),
    )
    return sentences.length === 0 ? 0 : 1
  })
}
