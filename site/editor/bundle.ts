// Bundles the scripts of the browser editor: the editor's package, and the page of `npm run edit`
// that shows the editor.
import { build } from 'esbuild'
import { cp, mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Writes the scripts into a folder, with the fonts of the package. */
export async function bundleEditor(folder: string, scripts: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  const entry = createRequire(import.meta.url).resolve('@sveltia/cms')
  await build({
    alias: { '@sveltia/cms': entry },
    // Excludes code highlighting, because no field here uses it.
    external: ['@shikijs/*'],
    entryPoints: scripts.map((script) => fileURLToPath(new URL(script, import.meta.url))),
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    logLevel: 'error',
    legalComments: 'none',
  })
  await cp(join(dirname(entry), 'assets'), join(folder, 'assets'), {
    recursive: true,
    filter: (path) => !path.endsWith('.map'),
  })
}
