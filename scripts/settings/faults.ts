// Checks settings that protect people and must not change by accident. The check also finds `any`
// and directives that switch off type checks, because lint cannot see them in .astro files.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { effectiveFaults, preferredFaults } from '#scripts/settings/effective'
import { filesUnder } from '#scripts/shared/paths'

export function settingFaults(folder: string): string[] {
  const faults = [
    ...preferredFaults(folder),
    ...effectiveFaults(folder, join(folder, 'wrangler.toml')),
  ]
  const wrangler = readFileSync(join(folder, 'wrangler.toml'), 'utf8').replace(/^\s*#.*$/gm, '')
  if (/secret|password|private_key|api_token/i.test(wrangler)) {
    faults.push('wrangler.toml: secrets are put in with `wrangler secret put`, never written here')
  }
  const typed = filesUnder(folder).filter((path) => /\.(astro|ts|tsx)$/.test(path))
  for (const path of typed.filter((name) => !name.startsWith('scripts/verify/'))) {
    const text = readFileSync(join(folder, path), 'utf8')
    if (/@ts-(ignore|nocheck)/.test(text)) faults.push(`${path}: types are switched off`)
    if (/(:|\bas|<)\s*any\b(?!\s*\w)/.test(text.replace(/\/\/.*$/gm, '')))
      faults.push(`${path}: uses any`)
  }
  return faults
}
