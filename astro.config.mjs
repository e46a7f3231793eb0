// Builds the public site, the lifeline pages and the staff entry page as one static site, which the
// worker serves.
import mdx from '@astrojs/mdx'
import preact from '@astrojs/preact'
import { defineConfig } from 'astro/config'
import { contacts, network } from './content/published.ts'
import { staleWarning } from './content/stale.ts'
import { alertWorker } from './site/integrations/alert-worker.ts'
import { inlinePageTokens } from './site/integrations/inline-page-tokens.ts'
import { mirrorStyles } from './site/integrations/mirror-styles.ts'
import { organisationValues } from './site/integrations/organisation-values.ts'
import { securityHeaders } from './site/integrations/headers.ts'
import { siteOrigin } from './site/integrations/hosts.ts'
import { editionLinks, editionTexts } from './site/integrations/edition-pages.ts'
import { tools } from './site/integrations/tool-bundles.ts'
import { trimStyles } from './site/integrations/trim-styles.ts'
import { editor } from './site/editor/build.ts'

const FIRST_SCREEN = new RegExp(
  '/site/staff/(api/(own-rows|client|people-api|ledger-api)|' +
    'crypto/(unlock|shared-keys|named-keys|team-key|intake-key|hpke-open)|' +
    'ledger/(verify-ledger|read-roster|remembered-head|key-facts)|' +
    'search/case-index|list/group-by-lane|i18n/dates)|' +
    '/worker/protocol/(crypto/padding|keys/manifest|' +
    'report/envelope|' +
    'staff/(people/own-settings|queue|roster|reader-spans|ledger-keys|discard|templates))|' +
    '/node_modules/hpke/',
)

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
    preact(),
    staleWarning([...contacts, ...network]),
    // The tools copy the words of the pages, so the links are added first.
    editionLinks(),
    tools(),
    editionTexts(),
    alertWorker(),
    trimStyles(),
    inlinePageTokens(),
    mirrorStyles(),
    securityHeaders(),
    editor(),
  ],
  devToolbar: { enabled: false },
  vite: {
    plugins: [organisationValues()],
    // `npm run dev` sets the address of the worker that answers under /api and /exit.
    server: {
      proxy: Object.fromEntries(
        ['/api', '/exit'].map((path) => [path, process.env.OASIS_DEV_WORKER ?? 'http://localhost']),
      ),
    },
    // Every package here is already a module, so development does not need to bundle them.
    optimizeDeps: { noDiscovery: true },
    build: {
      target: ['chrome61', 'firefox60', 'safari11.1'],
      // Every page contains its script. Vite's default limit is 4 KB, and the script of the offer
      // check is longer.
      assetsInlineLimit: 8192,
      rolldownOptions: {
        output: {
          // These small modules are on the first screen of the staff app anyway. Each would
          // otherwise be a separate file with its own imports, because later screens use it too.
          codeSplitting: { groups: [{ name: 'first-screen', test: FIRST_SCREEN }] },
        },
      },
    },
  },
})
