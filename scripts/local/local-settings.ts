// Reads the settings in wrangler.toml that a local server needs. Wrangler's own reader takes up 185
// MB, which a server would hold for as long as it runs. A separate process therefore reads the
// settings and exits.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { LocalSettings } from '#scripts/local/print-settings'
import { root } from '#scripts/shared/paths'

const SCRIPT = join(root, 'scripts/local/print-settings.ts')
let known: LocalSettings | undefined

/** Reads the settings once per process, because a test starts many servers. */
export function localSettings(): LocalSettings {
  const args = ['--disable-warning=ExperimentalWarning', SCRIPT]
  // Guarantee: print-settings.ts prints this type.
  known ??= JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as LocalSettings
  return known
}
