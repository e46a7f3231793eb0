// Writes `/licences.txt`: the packages whose code reaches a browser, with the text of each licence.
// The bundlers report every file that they read, so that no list needs to be maintained by hand.
// Vite also reports files that it copies, such as those of pdfjs-dist.
import type { AstroIntegration } from 'astro'
import type { Plugin as EsbuildPlugin } from 'esbuild'
import { readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod/mini'

export const NOTICES_FILE = 'licences.txt'
const TITLE = `Packages of others in this site

Their code is in pages, in tools of pages or in the staff app. Each name is followed by its version,
its licence and the text of that licence.
`
/** The files of a package that contain its licence. */
const LICENCE = /^(licen[cs]e|notice|copying)([.-]|$)/i

const Package = z.object({ name: z.string(), version: z.string(), license: z.string() })

/** The folders of packages that the bundlers of this build have read. */
const read = new Set<string>()

/**
 * Returns the folder of the package that contains a file; null for one of the project's own files.
 */
export function packageFolderOf(file: string): string | null {
  const path = file.replace(/^\0/, '').replace(/\\/g, '/').replace(/\?.*$/, '')
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? null
}

function note(file: string): void {
  const folder = packageFolderOf(file)
  if (folder !== null) read.add(folder)
}

/** Records the packages in a bundle that esbuild makes. */
export const notedPackages: EsbuildPlugin = {
  name: 'noted-packages',
  setup: (build) => {
    build.onLoad({ filter: /node_modules/ }, ({ path }) => {
      note(path)
      return null
    })
  },
}

/**
 * Returns a package's name, version, licence and licence text.
 *
 * @throws Error for a package without a licence text
 */
export function noticeOf(folder: string): string {
  const { name, version, license } = Package.parse(
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
  )
  const texts = readdirSync(folder)
    .filter((file) => LICENCE.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').replace(/\r\n/g, '\n').trim())
  if (texts.length === 0) throw new Error(`${name} has no text of its licence, ${license}`)
  const title = `${name} ${version}, ${license}`
  return [title, '='.repeat(title.length), '', texts.join('\n\n'), ''].join('\n')
}

const noticesText = (folders: ReadonlySet<string>): string =>
  [TITLE, ...[...folders].map(noticeOf).sort()].join('\n\n')

interface Building {
  environment: { name: string }
}

interface Bundle {
  modules?: Readonly<Record<string, unknown>>
}

/**
 * Records the packages in the bundles for a browser. Packages that only build pages are left out.
 */
const notedByVite = () => ({
  name: 'noted-packages',
  generateBundle(
    this: Building,
    _options: unknown,
    bundle: Readonly<Record<string, Bundle>>,
  ): void {
    if (this.environment.name !== 'client') return
    for (const { modules = {} } of Object.values(bundle)) Object.keys(modules).forEach(note)
  },
})

export function notices(): AstroIntegration {
  return {
    name: 'notices',
    hooks: {
      'astro:config:setup': ({ updateConfig }) => {
        updateConfig({ vite: { plugins: [notedByVite()] } })
      },
      'astro:build:done': async ({ dir, logger }) => {
        await writeFile(join(fileURLToPath(dir), NOTICES_FILE), noticesText(read))
        logger.info(`${NOTICES_FILE}: ${read.size} packages`)
      },
    },
  }
}
