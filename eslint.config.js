// Lints `.astro` files. oxlint lints TypeScript: see .oxlintrc.json.
import astro from 'eslint-plugin-astro'

export default [
  { ignores: ['dist/', '.oasis/', '.astro/', '.wrangler/', 'test-results/', 'node_modules/'] },
  ...astro.configs.recommended,
]
