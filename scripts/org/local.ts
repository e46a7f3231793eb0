// Makes throw-away organisations for experiments, with the same code as the real organisation. The
// public file of a throw-away organisation contains `throwAway`, so that a deployment refuses this
// file.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes, toB64 } from '#protocol/bytes'
import { makeOrganisation, type Organisation } from '#scripts/org/organisation'
import { certifyScriptedMember, inviteByMember } from '#scripts/org/scripted-member'
import { publicFile, writeOrganisation } from '#scripts/org/write'

/** The file with the passphrase of a throw-away organisation. */
export const THROW_AWAY = 'throw-away-passphrase.txt'

/**
 * Makes an organisation with a scripted member and all its files. Writes the passphrase into the
 * same folder.
 */
export async function makeLocalOrganisation(folder: string): Promise<void> {
  const passphrase = toB64(randomBytes(24))
  const now = Date.now()
  const made = await makeOrganisation(passphrase, now)
  const certified = await certifyScriptedMember(made, passphrase, now)
  const organisation = await inviteByMember(certified, now)
  writePassphrase(folder, passphrase)
  writeOrganisation(folder, organisation, certified.member)
}

/**
 * Writes the passphrase of root.key into the same folder. The passphrase may be stored in this way
 * only for a throw-away organisation.
 */
export function writePassphrase(folder: string, passphrase: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(join(folder, THROW_AWAY), `${passphrase}\n`, { mode: 0o600 })
}

/**
 * Writes only the public file, which a build needs, for an organisation whose keys are not kept.
 */
export function writePublicFile(folder: string, organisation: Organisation): { org: string } {
  const org = join(folder, 'public.json')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(org, publicFile(organisation, true))
  return { org }
}
