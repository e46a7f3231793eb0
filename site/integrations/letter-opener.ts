// Gives the staff app the script of a referral page as text. The app writes the script into each
// page that leaves. Vite and Vitest both load it by this plugin.
import { build } from 'esbuild'
import { resolve } from 'node:path'
import { FLOOR } from './lifeline-bundle.ts'

const NAME = 'virtual:letter-opener'
const ENTRY = 'site/staff/referral/page/opener.ts'

/** Bundles the script of the pages that leave. */
export async function bundleOpener(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [resolve(ENTRY)],
    bundle: true,
    write: false,
    format: 'iife',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    target: FLOOR,
    supported: { destructuring: true },
  })
  const code = (outputFiles[0]?.text ?? '').trim()
  if (/<\/script|<!--/i.test(code)) throw new Error(`${ENTRY} would end its own element.`)
  return code
}

/** Returns the Vite plugin. */
export const letterOpener = () => ({
  name: 'letter-opener',
  resolveId: (id: string): string | undefined => (id === NAME ? `\0${NAME}` : undefined),
  load: async (id: string): Promise<string | undefined> =>
    id === `\0${NAME}` ? `export default ${JSON.stringify(await bundleOpener())}` : undefined,
})
