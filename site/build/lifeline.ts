// Bundles what a lifeline page carries inside itself: one script and one style, small enough for one response.
import { build, transform, type Plugin } from 'esbuild'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { minify } from 'terser'
import * as limits from '#protocol/limits'

/** Older browsers run no modules; they get the plain form, which is complete. */
export const FLOOR = ['chrome61', 'firefox60', 'safari11.1']

export type LifelinePage = 'tell' | 'sent' | 'answer' | 'help' | 'passed'

/** A saved copy has the script of `tell`, and more to show. */
export type LifelineStyle = LifelinePage | 'saved'

const STYLES: Record<LifelineStyle, string[]> = {
  tell: ['form', 'question', 'choice', 'receipt'],
  saved: ['form', 'question', 'choice', 'receipt', 'saved'],
  sent: ['form', 'receipt', 'sent'],
  answer: ['form', 'choice', 'answer'],
  help: ['help'],
  passed: ['form', 'receipt'],
}

/** Fields of our own objects that never reach JSON, the DOM, WebCrypto or a tool: long in the source, one letter on the wire. */
const OWN_FIELDS =
  /^(lookupHash|writeHash|firstDay|lastDay|admin|adminLastDay|intake|recovery|envelope|sealed|writing|dropped|trusted|renew|kind|work|code|lookup|write|check|bytes|helpForMe|helpForAnother|followUp)$/

/** Numbers stand in the place of their names: then sums of them are made by the bundler, and what is unused goes. */
const spentNumbers: Plugin = {
  name: 'spent-numbers',
  setup: (bundler) => {
    bundler.onLoad({ filter: /(protocol|tell)[\\/][\w-]+\.ts$/ }, async ({ path }) => ({
      contents: spendNumbers(await readFile(path, 'utf8')),
      loader: 'ts',
    }))
  },
}

const LIMITS = new Map<string, unknown>(Object.entries(limits))

/** The source of a module with the values of limits.ts, and of its own constants that are plain numbers, in place. */
export function spendNumbers(source: string): string {
  const [statement = '', names = ''] =
    /import \{([^}]*)\} from '(?:\.|#protocol)\/limits(?:\.ts)?'\n/.exec(source) ?? []
  const constants = new Map(
    names
      .split(/[\s,]+/)
      .filter((name) => /^[A-Z]/.test(name))
      .map((name) => [name, JSON.stringify(LIMITS.get(name))]),
  )
  const functions = names.split(/[\s,]+/).filter((name) => /^[a-z]/.test(name))
  let spent = source
    .replace(
      statement,
      functions.length ? `import { ${functions.join(', ')} } from '#protocol/limits'\n` : '',
    )
    // limits.ts itself: its own sums
    .replace(/^export const ([A-Z]\w+) = (?![\d_]+$).*$/gm, (line, name: string) =>
      LIMITS.has(name) ? `export const ${name} = ${JSON.stringify(LIMITS.get(name))}` : line,
    )
  for (const [, name = '', value = ''] of spent.matchAll(
    /^(?:export )?const ([A-Z]\w+) = ([\d_]+)$/gm,
  ))
    constants.set(name, value)
  for (const [name, value] of constants)
    spent = spent.replace(new RegExp(`\\b${name}\\b(?! =)`, 'g'), value)
  return spent
}

/** Each page exists in several languages, its script only once. */
const scripts = new Map<LifelinePage, Promise<string>>()

export function lifelineScript(page: LifelinePage): Promise<string> {
  const known = scripts.get(page)
  if (known) return known
  const bundling = bundle(page)
  scripts.set(page, bundling)
  return bundling
}

async function bundle(page: LifelinePage): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [resolve('site/tell', `${page}.ts`)],
    bundle: true,
    write: false,
    format: 'esm',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    target: FLOOR,
    // Safari has had it since 10; esbuild counts a bug with shadowed parameters, which this code does not have.
    supported: { destructuring: true },
    plugins: [spentNumbers],
    mangleProps: OWN_FIELDS,
    // Assigned fields, not defined ones: a helper less.
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false, target: 'ES2022' } },
  })
  const code = await squeeze(outputFiles[0]?.text ?? '')
  if (/<\/script|<!--/i.test(code))
    throw new Error(`The script of ${page} would end its own element.`)
  return code
}

/** A second minifier: it draws together what the bundler leaves apart, 230 bytes of a page. */
export async function squeeze(bundled: string): Promise<string> {
  const { code = '' } = await minify(bundled, {
    module: true,
    ecma: 2017,
    compress: { passes: 4, unsafe_arrows: true, pure_getters: true },
  })
  return code.trim()
}

/** The style of a page, without the tokens that it does not use. */
export async function lifelineStyle(page: LifelineStyle): Promise<string> {
  const files = [
    'site/styles/tokens.css',
    ...['lifeline', ...STYLES[page]].map((name) => `site/tell/${name}.css`),
  ]
  const css = (await Promise.all(files.map((file) => readFile(resolve(file), 'utf8')))).join('\n')
  const { code } = await transform(css, { loader: 'css', minify: true, target: FLOOR })
  return spendTokens(code.trim())
}

/**
 * Puts the value of each token that is defined once in the place of its uses, and drops what is then not read. Colours have one
 * value a scheme and stay. The block for forced colours goes too: there the browser chooses every colour by itself.
 */
export function spendTokens(css: string): string {
  let left = css.replace(/@media\s*\(forced-colors:active\)\{:root\{[^}]*\}\}/g, '')
  const definitions = [...left.matchAll(/(--[\w-]+):\s*([^;}]*)/g)]
  const times = (name: string): number => definitions.filter(([, other]) => other === name).length
  for (const [, name = '', value = ''] of definitions)
    if (times(name) === 1) left = left.split(`var(${name})`).join(value)
  // One letter a name: these bytes are counted.
  const read = [...new Set([...left.matchAll(/var\((--[\w-]+)/g)].map(([, name = '']) => name))]
  const short = (name: string): string => `--${(read.indexOf(name) + 10).toString(36)}`
  return left
    .replace(/(--[\w-]+):\s*([^;}]*);?/g, (_, name: string, value: string) =>
      read.includes(name) ? `${short(name)}:${value};` : '',
    )
    .replace(/var\((--[\w-]+)\)/g, (_, name: string) => `var(${short(name)})`)
    .replace(/;\}/g, '}')
}

/** JSON that can stand in a script element. */
export const inlineJson = (value: unknown): string => JSON.stringify(value).replace(/</g, '\\u003c')
