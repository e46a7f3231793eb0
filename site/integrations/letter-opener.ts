// Gives the staff app the script of a referral page as text. The app writes the script into each
// referral page. Vite and Vitest both load the script through this plugin.
import { bundleScript } from './lifeline-bundle.ts'

const NAME = 'virtual:letter-opener'

/** Bundles the script of the referral pages. */
export const bundleOpener = (): Promise<string> =>
  bundleScript('site/staff/referral/page/opener.ts', {})

/** Returns the Vite plugin. */
export const letterOpener = () => ({
  name: 'letter-opener',
  resolveId: (id: string): string | undefined => (id === NAME ? `\0${NAME}` : undefined),
  load: async (id: string): Promise<string | undefined> =>
    id === `\0${NAME}` ? `export default ${JSON.stringify(await bundleOpener())}` : undefined,
})
