// Replaces named numbers with their values in the scripts of lifeline pages, because every byte
// counts there.
import { type Plugin } from 'esbuild'
import { readFile } from 'node:fs/promises'
import * as limits from '#protocol/limits'

/** Replaces names with their values, so that the bundler can compute sums. */
export const inlinedNumbers: Plugin = {
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

/** Returns a module's source with the numbers from limits.ts and its own numbers inlined. */
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
    // Replaces the constants in limits.ts whose values are calculated.
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
