// Prints the bindings and the assets from wrangler.toml as JSON, for local-settings.ts.
import { join } from 'node:path'
import { bindings } from '#scripts/local/bindings'
import { effectiveSettings } from '#scripts/settings/effective'
import { root } from '#scripts/shared/paths'

export interface LocalSettings {
  bindings: ReturnType<typeof bindings>
  assets: ReturnType<typeof effectiveSettings>['assets']
}

if (import.meta.main) {
  const { assets } = effectiveSettings(join(root, 'wrangler.toml'))
  const settings: LocalSettings = { bindings: bindings(), assets }
  process.stdout.write(JSON.stringify(settings))
}
