// Settings that protect people and must not change by accident, and shortcuts in types that lint cannot see in .astro files.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesUnder } from '#scripts/verify/files'

export function settingFaults(folder: string): string[] {
  const faults: string[] = []
  const wrangler = readFileSync(join(folder, 'wrangler.toml'), 'utf8').replace(/^\s*#.*$/gm, '')
  const observability = /^\[observability\]\s*\nenabled = (\w+)/m.exec(wrangler)
  if (observability?.[1] !== 'false') {
    faults.push(
      'wrangler.toml: [observability] enabled must be false: its logs record addresses and headers',
    )
  }
  if (/^\s*\[observability\.|logpush\s*=\s*true|tail_consumers/m.test(wrangler)) {
    faults.push('wrangler.toml: logs, Logpush and tail consumers must stay off')
  }
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
