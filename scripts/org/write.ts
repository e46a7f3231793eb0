// Writes an organisation into a folder that only its owner can read. Nothing that exists is overwritten.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toB64 } from '#protocol/bytes'
import { DAY_MS } from '#protocol/limits'
import type { Organisation } from '#scripts/org/organisation'
import { publishSql } from '#scripts/org/publish'
import { shareSheet } from '#scripts/org/sheet'
import { Stop } from '#scripts/step'

const dayText = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

function invitationText(organisation: Organisation): string {
  const until = dayText(organisation.invitation.expiresDay)
  return [
    'The first invitation (roles: admin, intake). Add the path to the address of your site:',
    '',
    `/staff/#invite=${toB64(organisation.invitation.secret)}`,
    '',
    `It serves once, until ${until}. Whoever holds it can read reports: hand it over in person, and destroy this file after use.`,
    '',
  ].join('\n')
}

const publicFile = ({ root, manifest }: Organisation): string =>
  `${JSON.stringify({ root: toB64(root), manifest: toB64(manifest) }, null, 2)}\n`

/** Writes only what a build needs to know of an organisation. */
export function writePublicFile(folder: string, organisation: Organisation): { org: string } {
  const org = join(folder, 'public.json')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(org, publicFile(organisation))
  return { org }
}

export function writeOrganisation(folder: string, organisation: Organisation): string[] {
  if (existsSync(join(folder, 'public.json'))) {
    throw new Stop(`There is an organisation in ${folder} already; its keys are not overwritten.`)
  }
  const { shares } = organisation
  const madeOn = dayText(organisation.firstDay)
  const files: Record<string, string> = {
    'root.key': organisation.keyFile,
    'publish.sql': publishSql(organisation),
    'invitation.txt': invitationText(organisation),
    'public.json': publicFile(organisation),
  }
  for (const [at, share] of shares.entries()) {
    files[`share-${at + 1}.txt`] = shareSheet(share, at + 1, madeOn)
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // public.json last: its presence says that the organisation is whole.
  const names = Object.keys(files).sort(
    (a, b) => Number(a === 'public.json') - Number(b === 'public.json'),
  )
  for (const name of names) writeFileSync(join(folder, name), files[name] ?? '', { mode: 0o600 })
  return names
}
