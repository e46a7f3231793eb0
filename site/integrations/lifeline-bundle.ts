// Bundles the script and the style that a lifeline page carries, so that the page is one small
// response.
import { build, transform, type Plugin } from 'esbuild'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { minify } from 'terser'
import { STAND_IN } from '#content/languages.ts'
import * as limits from '#protocol/limits'
import { defaultLanguage } from '../i18n/languages.ts'
import { OWN_FIELDS } from './own-fields.ts'
import { withColours } from '../styles/colours.ts'
import { styleFor } from '../styles/mirror.ts'
import type { LifelineScript } from '../page-entry.ts'
import { lifelineOf, type PageAddress } from '../pages.ts'

/** The oldest browsers with modules. Older browsers get the form, which is complete. */
export const FLOOR = ['chrome61', 'firefox60', 'safari11.1']

/** Replaces names of numbers by their values, so that the bundler computes sums. */
const inlinedNumbers: Plugin = {
  name: 'inlined-numbers',
  setup: (bundler) => {
    bundler.onLoad(
      { filter: /(protocol|lifeline)[\\/]([\w-]+[\\/])*[\w-]+\.ts$/ },
      async ({ path }) => ({
        contents: inlineNumbers(await readFile(path, 'utf8')),
        loader: 'ts',
      }),
    )
  },
}

const LIMITS = new Map<string, unknown>(Object.entries(limits))

/** Returns a module's source with the numbers of limits.ts and its own numbers inlined. */
export function inlineNumbers(source: string): string {
  const [statement = '', names = ''] =
    /import \{([^}]*)\} from '(?:\.{1,2}|#protocol)\/limits(?:\.ts)?'\n/.exec(source) ?? []
  const constants = new Map(
    names
      .split(/[\s,]+/)
      .filter(Boolean)
      .map((name) => [name, JSON.stringify(LIMITS.get(name))]),
  )
  let inlined = source
    .replace(statement, '')
    // Replaces constants of limits.ts that are sums.
    .replace(/^export const ([A-Z]\w+) = (?![\d_]+$).*$/gm, (line, name: string) =>
      LIMITS.has(name) ? `export const ${name} = ${JSON.stringify(LIMITS.get(name))}` : line,
    )
  for (const [, name = '', value = ''] of inlined.matchAll(
    /^(?:export )?const ([A-Z]\w+) = ([\d_]+)$/gm,
  ))
    constants.set(name, value)
  for (const [name, value] of constants)
    inlined = inlined.replace(new RegExp(`\\b${name}\\b(?! =)`, 'g'), value)
  return inlined
}

/** The bundled scripts, because every language of a page has the same script. */
const scripts = new Map<LifelineScript, Promise<string>>()

export function lifelineScript(name: LifelineScript): Promise<string> {
  // Bundles again for each request of `npm run dev`, so that changes are visible.
  const known = process.env['OASIS_DEV_WORKER'] ? undefined : scripts.get(name)
  if (known) return known
  const bundling = bundle(name)
  scripts.set(name, bundling)
  return bundling
}

async function bundle(name: LifelineScript): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [resolve('site/lifeline/pages', `${name}.ts`)],
    bundle: true,
    write: false,
    format: 'esm',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    target: FLOOR,
    // Allows destructuring. esbuild avoids destructuring for a bug of Safari that this code does
    // not trigger.
    supported: { destructuring: true },
    define: { STAND_IN: JSON.stringify(STAND_IN[defaultLanguage] ?? defaultLanguage) },
    plugins: [inlinedNumbers],
    mangleProps: new RegExp(`^(${OWN_FIELDS.join('|')})$`),
    // Assigns class fields, because defining them would need a helper function.
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false, target: 'ES2022' } },
  })
  const code = await squeeze(outputFiles[0]?.text ?? '')
  if (/<\/script|<!--/i.test(code))
    throw new Error(`The script of ${name} would end its own element.`)
  return code
}

/** Minifies a second time, because terser removes 230 more bytes of a page than esbuild alone. */
export async function squeeze(bundled: string): Promise<string> {
  const { code = '' } = await minify(bundled, {
    module: true,
    ecma: 2017,
    compress: { passes: 4, unsafe_arrows: true, pure_getters: true },
  })
  return code.trim()
}

/** Returns the style of a page in a language, without the tokens that it does not use. */
export async function lifelineStyle(page: PageAddress, lang: string): Promise<string> {
  const files = [
    'site/styles/tokens.css',
    ...['lifeline', ...lifelineOf(page).styles].map((name) => `site/lifeline/styles/${name}.css`),
  ]
  const [tokens = '', ...sheets] = await Promise.all(
    files.map((file) => readFile(resolve(file), 'utf8')),
  )
  const css = [withColours(tokens), ...sheets].join('\n')
  const { code } = await transform(css, { loader: 'css', minify: true, target: FLOOR })
  return styleFor(lang, inlineTokens(code.trim()))
}

/**
 * Inlines each token that has one value, and drops the tokens that nothing reads then.
 * Colours with a value for each scheme stay. The block for forced colours is removed, because the
 * browser chooses every forced colour.
 */
export function inlineTokens(css: string): string {
  let left = css.replace(/@media\s*\(forced-colors:active\)\{:root\{[^}]*\}\}/g, '')
  const definitions = [...left.matchAll(/(--[\w-]+):\s*([^;}]*)/g)]
  const isFixed = (name: string, value: string): boolean =>
    definitions.every(([, other, another]) => other !== name || another === value)
  for (const [, name = '', value = ''] of definitions)
    if (isFixed(name, value)) left = left.split(`var(${name})`).join(value)
  // Shortens names to one letter, because every byte of a lifeline page counts.
  const read = [...new Set([...left.matchAll(/var\((--[\w-]+)/g)].map(([, name = '']) => name))]
  const short = (name: string): string => `--${(read.indexOf(name) + 10).toString(36)}`
  return left
    .replace(/(--[\w-]+):\s*([^;}]*);?/g, (_, name: string, value: string) =>
      read.includes(name) ? `${short(name)}:${value};` : '',
    )
    .replace(/var\((--[\w-]+)\)/g, (_, name: string) => `var(${short(name)})`)
    .replace(/;\}/g, '}')
}

/** Returns JSON that is safe inside a script element. */
export const inlineJson = (value: unknown): string => JSON.stringify(value).replace(/</g, '\\u003c')
