// Builds the public site, the lifeline pages and the staff entry page as one static site, which the
// worker serves.
import mdx from '@astrojs/mdx'
import preact from '@astrojs/preact'
import { defineConfig } from 'astro/config'
import { contacts, network } from './content/published.ts'
import { staleWarning } from './content/stale.ts'
import { alertWorker } from './site/integrations/alert-worker.ts'
import { inlinePageTokens } from './site/integrations/inline-page-tokens.ts'
import { letterOpener } from './site/integrations/letter-opener.ts'
import { mirrorStyles } from './site/integrations/mirror-styles.ts'
import { organisationValues } from './site/integrations/organisation-values.ts'
import { notices } from './site/integrations/notices.ts'
import { oldWork } from './site/integrations/keep-work.ts'
import { securityHeaders } from './site/integrations/headers.ts'
import { securityTextFile } from './site/integrations/security-text.ts'
import { siteOrigin } from './site/integrations/hosts.ts'
import { editionLinks, editionTexts } from './site/integrations/edition-pages.ts'
import { tools } from './site/integrations/tool-bundles.ts'
import { trimStyles } from './site/integrations/trim-styles.ts'
import { editor } from './site/editor/build.ts'

// The script of the staff page. A group contains all that its modules import, except on demand.
const FIRST_SCREEN = /\/site\/pages\/staff\/index\.astro\?/

export default defineConfig({
  site: siteOrigin,
  srcDir: './site',
  publicDir: './site/public',
  outDir: process.env.OASIS_DIST ?? './dist',
  // In development Astro would refuse an address of the API, because it ends without a slash.
  trailingSlash: process.env.OASIS_DEV_WORKER ? 'ignore' : 'always',
  // A complete page arrives in one response, because a network may freeze a second connection.
  build: { format: 'directory', inlineStylesheets: 'always' },
  integrations: [
    mdx(),
    // Babel reads only files that may contain JSX.
    preact({ include: ['**/*.tsx'] }),
    staleWarning([...contacts, ...network]),
    // The tools copy the words of the pages, so the links are added first.
    editionLinks(),
    tools(),
    editionTexts(),
    alertWorker(),
    trimStyles(),
    inlinePageTokens(),
    mirrorStyles(),
    notices(),
    securityTextFile(),
    securityHeaders(),
    oldWork(),
    editor(),
  ],
  devToolbar: { enabled: false },
  vite: {
    plugins: [organisationValues(), letterOpener()],
    // `npm run dev` sets the address of the worker that handles /api and /exit.
    server: {
      proxy: Object.fromEntries(
        ['/api', '/exit'].map((path) => [path, process.env.OASIS_DEV_WORKER ?? 'http://localhost']),
      ),
    },
    // Every package here is already a module, so development does not need to bundle them.
    optimizeDeps: { noDiscovery: true },
    // The first screen of the staff app names more than a hundred files, and no hash compresses.
    environments: {
      client: {
        build: { rolldownOptions: { output: { chunkFileNames: '_astro/[name].[hash:7].js' } } },
      },
    },
    build: {
      target: ['chrome61', 'firefox60', 'safari11.1'],
      // Every page contains its script. Vite's default limit is 4 KB, and the script of the offer
      // check is longer.
      assetsInlineLimit: 8192,
      rolldownOptions: {
        // No file of this package has side effects on import. Otherwise its index would bring the
        // code that makes a passkey to the first screen, which only signs in.
        treeshake: {
          moduleSideEffects: [{ test: /\/@simplewebauthn\/browser\//, sideEffects: false }],
        },
        output: {
          // The first screen of the staff app is one file. Modules that later screens use too would
          // otherwise be separate files, which cost more requests and compress less well.
          codeSplitting: { groups: [{ name: 'first-screen', test: FIRST_SCREEN }] },
        },
      },
    },
  },
})
