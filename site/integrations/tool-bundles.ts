// Bundles each tool of the lifeline pages into /tools/<lang>/<name>.js, with the strings in that
// language. A page fetches a tool only when a person needs the tool. A browser runs a tool only if
// the policy of the page contains the tool's hash (headers.ts). The tool that changes the language
// of an open page needs the built pages, so `npm run dev` lacks it.
import type { AstroIntegration } from 'astro'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isLanguage, STAND_IN, type Language } from '#content/languages.ts'
import { languagesOf } from '../i18n/languages.ts'
import { pairsOfBuild } from './language-pairs.ts'
import { bundleScript } from './lifeline-bundle.ts'
import { iconsOf, isToolName, TOOL_FILES, toolsIn, wordsOf, type ToolName } from './list-tools.ts'
import { notedPackages } from './notices.ts'
import { readOrganisation } from './organisation.ts'

/** Bundles a tool for one language. */
export const bundleTool = async (tool: ToolName, lang: Language): Promise<string> =>
  bundle(TOOL_FILES[tool], {
    // The oldest browsers lack globalThis. A package uses globalThis in a function that no page
    // calls.
    globalThis: 'self',
    ...(tool === 'renew' && { ROOT: JSON.stringify((await readOrganisation()).root) }),
    ...(tool === 'pq' && { HYBRID_KEY: JSON.stringify((await readOrganisation()).hybridKey) }),
    ...(tool === 'hold' && { VOICES: JSON.stringify([lang, STAND_IN[lang]].filter(Boolean)) }),
    ICONS: JSON.stringify(iconsOf(tool, lang)),
    WORDS: JSON.stringify({ ...(await wordsOf(tool, lang)), name: tool }),
  })

/** Bundles the tool that changes the language of a page; `dist` is the build's folder. */
const bundleLanguageTool = async (from: Language, to: Language, dist: string): Promise<string> =>
  bundle('change-language', {
    WORDS: JSON.stringify(await pairsOfBuild(from, to, dist)),
  })

const bundle = (file: string, define: Record<string, string>): Promise<string> =>
  bundleScript(`site/lifeline/tools/${file}.ts`, { define, plugins: [notedPackages] })

export function tools(): AstroIntegration {
  return {
    name: 'tools',
    hooks: {
      // `npm run dev` bundles a tool each time a page requests it.
      'astro:server:setup': ({ server }) => {
        server.middlewares.use('/tools', (request, response, next) => {
          const [, lang = '', name = ''] = /^\/(\w+)\/([\w-]+)\.js$/.exec(request.url ?? '') ?? []
          if (!isLanguage(lang) || !isToolName(name)) {
            next()
            return
          }
          bundleTool(name, lang).then((code) => response.end(code), next)
        })
      },
      'astro:build:done': async ({ dir }) => {
        const dist = fileURLToPath(dir)
        const languages = languagesOf('tell')
        for (const lang of languages) {
          const folder = join(dist, 'tools', lang)
          await mkdir(folder, { recursive: true })
          for (const tool of toolsIn(lang))
            await writeFile(join(folder, `${tool}.js`), await bundleTool(tool, lang))
          for (const other of languages.filter((each) => each !== lang))
            await writeFile(
              join(folder, `to-${other}.js`),
              await bundleLanguageTool(lang, other, dist),
            )
        }
      },
    },
  }
}
