// A throw-away organisation for this machine, made by the same code as the real one. Its passphrase lies beside it: fit for
// trying things out, and marked so that a deployment refuses it.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes, toB64 } from '#protocol/bytes'
import { makeOrganisation } from '#scripts/org/organisation'
import { writeOrganisation } from '#scripts/org/write'

export const THROW_AWAY = 'throw-away-passphrase.txt'

export async function makeLocalOrganisation(folder: string): Promise<void> {
  const passphrase = toB64(randomBytes(24))
  const organisation = await makeOrganisation(passphrase, Date.now())
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(join(folder, THROW_AWAY), `${passphrase}\n`, { mode: 0o600 })
  writeOrganisation(folder, organisation)
}
