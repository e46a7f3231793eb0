// Bundles the script that a lifeline page contains, so that the page is one small response.
import { build, type BuildOptions } from 'esbuild'
import { resolve } from 'node:path'
import { minify, type MinifyOptions } from 'terser'
import { fromUtf8, utf8 } from '#protocol/bytes'
import { inlinedNumbers } from './inline-numbers.ts'
import { keptWork } from './keep-work.ts'
import { notedPackages } from './notices.ts'
import { OWN_FIELDS } from './own-fields.ts'
import type { LifelineScript } from '../page-entry.ts'

/**
 * The oldest browsers with modules. Older browsers show the form, which is complete without a
 * script.
 */
export const FLOOR = ['chrome61', 'firefox60', 'safari11.1']

/** The bundled scripts; every language of a page has the same script. */
const scripts = new Map<string, Promise<string>>()

/**
 * Returns the script of a page.
 *
 * @param isSaved  for a saved page, which contains the name of its host and its tools
 */
export function lifelineScript(name: LifelineScript, isSaved = false): Promise<string> {
  const key = `${name} ${String(isSaved)}`
  // Under `npm run dev`, rebundles for each request, so that changes are visible.
  const known = process.env['OASIS_DEV_WORKER'] ? undefined : scripts.get(key)
  if (known) return known
  const bundling = bundle(name, isSaved)
  scripts.set(key, bundling)
  return bundling
}

const bundle = (name: LifelineScript, isSaved: boolean): Promise<string> =>
  bundleScript(`site/lifeline/pages/${name}.ts`, {
    format: 'esm',
    define: { IS_SAVED: String(isSaved) },
    plugins: [inlinedNumbers, notedPackages],
    mangleProps: new RegExp(`^(${OWN_FIELDS.join('|')})$`),
    // Assigns class fields, because defining them would need a helper function.
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false, target: 'ES2022' } },
  })

/**
 * Bundles a script for the oldest browsers, so that it can be inlined in a page.
 *
 * @param path     the entry file, as a path from the project's root
 * @param options  options that override the usual options
 * @throws Error for a script that would end its own element
 */
export async function bundleScript(path: string, options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [resolve(path)],
    bundle: true,
    format: 'iife',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    target: FLOOR,
    // Allows destructuring. esbuild avoids destructuring because of a Safari bug that this code
    // does not trigger.
    supported: { destructuring: true },
    ...options,
    write: false,
  })
  const code = await squeeze(outputFiles[0]?.text ?? '')
  if (/<\/script|<!--/i.test(code)) throw new Error(`${path} would end its own element.`)
  return code
}

const SQUEEZE: MinifyOptions = {
  module: true,
  ecma: 2017,
  compress: { passes: 4, unsafe_arrows: true, pure_getters: true },
}

/** Minifies a second time, because terser removes 230 more bytes from a page than esbuild alone. */
async function squeeze(bundled: string): Promise<string> {
  const input = JSON.stringify(SQUEEZE) + bundled
  const code = await keptWork({ name: 'squeeze', input }, async () =>
    utf8((await minify(bundled, SQUEEZE)).code?.trim() ?? ''),
  )
  return fromUtf8(code)
}

/** Returns JSON that is safe inside a script element. */
export const inlineJson = (value: unknown): string => JSON.stringify(value).replace(/</g, '\\u003c')
