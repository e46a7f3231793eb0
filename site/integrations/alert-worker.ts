// Bundles the service worker of the staff host into /staff/alert-worker.js. The URL is fixed,
// because a browser remembers this URL for years. The headers of /staff/* apply to the file too.
import type { AstroIntegration } from 'astro'
import { build } from 'esbuild'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FLOOR } from './lifeline-bundle.ts'
import { notedPackages } from './notices.ts'

const FILE = 'alert-worker.js'

async function bundleAlertWorker(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [resolve('site/staff/alerts/alert-worker.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    minify: true,
    charset: 'utf8',
    target: FLOOR,
    supported: { destructuring: true },
    plugins: [notedPackages],
  })
  return outputFiles[0]?.text ?? ''
}

export function alertWorker(): AstroIntegration {
  return {
    name: 'alert-worker',
    hooks: {
      'astro:server:setup': ({ server }) => {
        server.middlewares.use(`/staff/${FILE}`, (_request, response, next) => {
          response.setHeader('Content-Type', 'text/javascript')
          bundleAlertWorker().then((code) => response.end(code), next)
        })
      },
      'astro:build:done': async ({ dir }) => {
        const folder = join(fileURLToPath(dir), 'staff')
        await mkdir(folder, { recursive: true })
        await writeFile(join(folder, FILE), await bundleAlertWorker())
      },
    },
  }
}
