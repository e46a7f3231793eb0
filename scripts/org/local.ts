// Makes throw-away organisations to try things out, by the same code as the real one. The public
// file of a throw-away organisation says `throwAway`, so that a deployment refuses the file.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes, toB64 } from '#protocol/bytes'
import { makeOrganisation, type Organisation } from '#scripts/org/organisation'
import { publicFile, writeOrganisation } from '#scripts/org/write'

const THROW_AWAY = 'throw-away-passphrase.txt'

/** Makes an organisation with all its files, and writes the passphrase into the same folder. */
export async function makeLocalOrganisation(folder: string): Promise<void> {
  const passphrase = toB64(randomBytes(24))
  const organisation = await makeOrganisation(passphrase, Date.now())
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(join(folder, THROW_AWAY), `${passphrase}\n`, { mode: 0o600 })
  writeOrganisation(folder, organisation, { throwAway: true })
}

/** Writes only the public file, which a build needs, of an organisation that nobody keeps. */
export function writePublicFile(folder: string, organisation: Organisation): { org: string } {
  const org = join(folder, 'public.json')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(org, publicFile(organisation, true))
  return { org }
}
