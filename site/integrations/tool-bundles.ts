// Bundles each tool of the lifeline pages to /tools/<lang>/<name>.js, with the strings of a
// language. A page fetches a tool only when it is needed. A browser runs a tool only if the policy
// of the page has the tool's hash (headers.ts).
import type { AstroIntegration } from 'astro'
import { build } from 'esbuild'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isLanguage, languages, STAND_IN, type Language } from '#content/languages.ts'
import { COUNTRIES, NEED_ICONS, SIGN_ICONS } from '../lifeline/components/questions.ts'
import { iconPath } from '../components/pictures/icons.ts'
import { FLOOR, squeeze } from './lifeline-bundle.ts'
import { readOrganisation } from './organisation.ts'

/** The file of each tool by a short name. Pages use short names, because every byte counts. */
const FILES = {
  prove: 'search-proof',
  renew: 'renew-keys',
  pq: 'seal-suite-2',
  more: 'more-questions',
  'follow-up': 'follow-up',
  check: 'turnstile-link',
  attach: 'attach-files',
  'read-file': 'open-file',
  hand: 'share-letter',
  hold: 'save-receipt',
  keep: 'save-draft',
  scan: 'scan-letter',
  decode: 'decode-qr',
} as const
export type ToolName = keyof typeof FILES
const isTool = (name: string): name is ToolName => Object.hasOwn(FILES, name)
export const TOOLS = Object.keys(FILES).filter(isTool)

/** Returns whether a saved page carries the tool. All other tools need a network. */
export const isCarried = (name: ToolName): boolean => /^(prove|pq|more|hand|hold|keep)$/.test(name)

const readStrings = async (lang: Language, file: string): Promise<Record<string, string>> =>
  JSON.parse(await readFile(resolve(`content/strings/${lang}/${file}.json`), 'utf8')) as Record<
    string,
    string
  >

/** Returns the strings whose keys begin with the tool's name, without that prefix. */
async function wordsOf(tool: ToolName, lang: Language): Promise<Record<string, string>> {
  const all = tool === 'more' ? await readStrings(lang, 'more') : await readStrings(lang, 'tools')
  const words = Object.entries(all)
    .filter(([key]) => key.startsWith(`${tool}.`))
    .map(([key, text]) => [key.slice(tool.length + 1), text] as const)
  // A tool takes from tell.json the strings that it shares with a page or with the worker.
  const shared = Object.entries(await readStrings(lang, 'tell')).filter(([key]) =>
    sharedKeys(tool).includes(key),
  )
  return Object.fromEntries([...words, ...shared])
}

function sharedKeys(tool: ToolName): string[] {
  if (tool === 'follow-up') return ['answer.now']
  return tool === 'more'
    ? [...COUNTRIES.map((country) => `country.${country}`), 'done.numberless']
    : []
}

/** Returns the icons of the questions only, because a saved page carries every byte of a tool. */
const iconsOfQuestions = (lang: Language): Record<string, string> =>
  Object.fromEntries(
    [...Object.values(SIGN_ICONS), ...Object.values(NEED_ICONS)].map((name) => [
      name,
      iconPath(name, lang),
    ]),
  )

/** Bundles a tool in a language. */
export async function bundleTool(tool: ToolName, lang: Language): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [resolve('site/lifeline/tools', `${FILES[tool]}.ts`)],
    bundle: true,
    write: false,
    format: 'iife',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    target: FLOOR,
    supported: { destructuring: true },
    define: {
      // The oldest browsers lack globalThis. A package uses globalThis in a function that no page
      // calls.
      globalThis: 'self',
      ...(tool === 'renew' && { ROOT: JSON.stringify((await readOrganisation()).root) }),
      ...(tool === 'pq' && { HYBRID_KEY: JSON.stringify((await readOrganisation()).hybridKey) }),
      ...(tool === 'hold' && { VOICES: JSON.stringify([lang, STAND_IN[lang]].filter(Boolean)) }),
      ...(tool === 'more' && { ICONS: JSON.stringify(iconsOfQuestions(lang)) }),
      WORDS: JSON.stringify({ ...(await wordsOf(tool, lang)), name: tool }),
    },
  })
  const code = await squeeze(outputFiles[0]?.text ?? '')
  if (/<\/script|<!--/i.test(code)) throw new Error(`The tool ${tool} would end its own element.`)
  return code
}

export function tools(): AstroIntegration {
  return {
    name: 'tools',
    hooks: {
      // `npm run dev` bundles a tool each time that a page asks for it.
      'astro:server:setup': ({ server }) => {
        server.middlewares.use('/tools', (request, response, next) => {
          const [, lang = '', name = ''] = /^\/(\w+)\/([\w-]+)\.js$/.exec(request.url ?? '') ?? []
          if (!isLanguage(lang) || !isTool(name)) {
            next()
            return
          }
          bundleTool(name, lang).then((code) => response.end(code), next)
        })
      },
      'astro:build:done': async ({ dir }) => {
        for (const lang of languages) {
          const folder = join(fileURLToPath(dir), 'tools', lang)
          await mkdir(folder, { recursive: true })
          for (const tool of TOOLS)
            await writeFile(join(folder, `${tool}.js`), await bundleTool(tool, lang))
        }
      },
    },
  }
}
