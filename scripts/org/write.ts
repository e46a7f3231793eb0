// Writes an organisation into a folder that only its owner can read, and does not overwrite files.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toB64 } from '#protocol/bytes'
import { DAY_MS } from '#protocol/limits'
import { ledgerFile } from '#scripts/org/files/ledger-file'
import type { Organisation } from '#scripts/org/organisation'
import { PUBLISHING_FILE } from '#scripts/org/files/publishing-key'
import { publishSql } from '#scripts/org/publish'
import { memberFile, type ScriptedMember } from '#scripts/org/files/member-file'
import { shareSheet } from '#scripts/org/recovery/sheet'
import { Stop } from '#scripts/shared/progress'
import type { PublicFile } from '#site/integrations/organisation.ts'
import { invitationLink } from '#site/staff/crypto/invitation-link.ts'
import { type SignedInvitation } from '#site/staff/crypto/invite.ts'
import { ledgerRowOf } from '#site/staff/recovery/chained-row.ts'

const dayText = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

/** Returns the text of invitation.txt. */
export function invitationText(invitation: SignedInvitation): string {
  const until = new Date(invitation.change.expiresAt).toISOString().slice(0, 16).replace('T', ' ')
  return [
    'An invitation (roles: admin, intake). Add the path to the address of the staff app:',
    '',
    invitationLink('', invitation),
    '',
    `It serves once, until ${until} (UTC), and carries no key. Hand it over in person, ` +
      'and destroy this file after use.',
    '',
  ].join('\n')
}

/**
 * Returns the text of public.json.
 *
 * @param throwAway  true for a throw-away organisation; recorded in the file, because people copy
 *   the file without its folder
 */
export const publicFile = (organisation: Organisation, throwAway: boolean): string => {
  const { root, manifest, hybridKey, recovery, epoch, ledger } = organisation
  const { rootForRecovery, sealedForRecovery } = organisation
  const [begin] = ledger
  if (!begin) throw new Error('The ledger of the organisation is empty.')
  const publicFields: PublicFile = {
    root: toB64(root),
    manifest: toB64(manifest),
    hybridKey: toB64(hybridKey),
    recovery: toB64(recovery),
    begin: ledgerRowOf(begin),
    rootForRecovery: toB64(rootForRecovery),
    // Only two shares together can open these keys, so even a public file may contain them.
    epochs: [{ epoch, sealedForRecovery: toB64(sealedForRecovery) }],
    ...(throwAway && { throwAway }),
  }
  return `${JSON.stringify(publicFields, null, 2)}\n`
}

/**
 * Writes all files of an organisation.
 *
 * @param member  the scripted member of a throw-away organisation
 * @returns the names of the files
 */
export function writeOrganisation(
  folder: string,
  organisation: Organisation,
  member?: ScriptedMember,
): string[] {
  if (existsSync(join(folder, 'public.json'))) {
    throw new Stop(`There is an organisation in ${folder} already; its keys are not overwritten.`)
  }
  const { shares } = organisation
  const madeOn = dayText(organisation.firstDay)
  const files: Record<string, string> = {
    'root.key': organisation.keyFile,
    [PUBLISHING_FILE]: organisation.publishingFile,
    'publish.sql': publishSql(organisation, member),
    'ledger.json': ledgerFile(organisation.ledger),
    'invitation.txt': invitationText(organisation.invitation),
    'public.json': publicFile(organisation, member !== undefined),
    ...(member && Object.fromEntries([memberFile(member)])),
  }
  for (const [at, share] of shares.entries()) {
    files[`share-${at + 1}.txt`] = shareSheet(share, at + 1, madeOn)
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // public.json is written last, because its presence shows that the organisation is complete.
  const names = Object.keys(files).sort(
    (a, b) => Number(a === 'public.json') - Number(b === 'public.json'),
  )
  for (const name of names) writeFileSync(join(folder, name), files[name] ?? '', { mode: 0o600 })
  return names
}
