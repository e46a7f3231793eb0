// The public site, the lifeline pages and the staff entry page are one static build; the worker serves it.
import mdx from '@astrojs/mdx'
import preact from '@astrojs/preact'
import { defineConfig } from 'astro/config'
import { securityHeaders } from './site/build/headers.ts'
import { siteOrigin } from './site/build/hosts.ts'
import { tools } from './site/build/tools.ts'
import { editor } from './site/editor/build.ts'
import { staleWarning } from './site/build/stale.ts'

export default defineConfig({
  site: siteOrigin,
  srcDir: './site',
  publicDir: './site/public',
  outDir: process.env.OASIS_DIST ?? './dist',
  trailingSlash: 'always',
  // One response carries a whole page: a second connection may be frozen on the way.
  build: { format: 'directory', inlineStylesheets: 'always' },
  integrations: [mdx(), preact(), staleWarning(), tools(), securityHeaders(), editor()],
  devToolbar: { enabled: false },
  vite: { build: { target: ['chrome61', 'firefox60', 'safari11.1'] } },
})
