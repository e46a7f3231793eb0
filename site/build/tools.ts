// Astro integration: bundles the tools of the lifeline pages, site/tell/tools/, to /tools/<lang>/<name>.js: one script each, with the
// words of its language inside. Pages fetch them only when they are chosen, and run them only under their hash (headers.ts).
import type { AstroIntegration } from 'astro'
import { build } from 'esbuild'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { languages, type Language } from '../i18n/languages.ts'
import { FLOOR, squeeze } from './lifeline.ts'

export const TOOLS = [
  'prove',
  'attach',
  'read-file',
  'hand',
  'hold',
  'keep',
  'scan',
  'decode',
] as const
export type ToolName = (typeof TOOLS)[number]

/** A page saved as a file has these in itself; the others are of no use without a network. */
export const isCarried = (name: ToolName): boolean => /^(prove|hand|hold|keep)$/.test(name)

/** Strings of a tool: those of tools.json whose keys begin with its name, without that beginning. */
async function wordsOf(tool: ToolName, lang: Language): Promise<Record<string, string>> {
  const all = JSON.parse(
    await readFile(resolve(`content/strings/${lang}/tools.json`), 'utf8'),
  ) as Record<string, string>
  return Object.fromEntries(
    Object.entries(all)
      .filter(([key]) => key.startsWith(`${tool}.`))
      .map(([key, text]) => [key.slice(tool.length + 1), text]),
  )
}

/** The script of a tool in a language. */
export async function bundleTool(tool: ToolName, lang: Language): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [resolve('site/tell/tools', `${tool}.ts`)],
    bundle: true,
    write: false,
    format: 'iife',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    target: FLOOR,
    supported: { destructuring: true },
    define: { WORDS: JSON.stringify({ ...(await wordsOf(tool, lang)), name: tool }) },
  })
  const code = await squeeze(outputFiles[0]?.text ?? '')
  if (/<\/script|<!--/i.test(code)) throw new Error(`The tool ${tool} would end its own element.`)
  return code
}

export function tools(): AstroIntegration {
  return {
    name: 'tools',
    hooks: {
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
