// Runs the commands of `npm run org` that make keys, certify the first member and verify a ledger.
// Each command works in the organisation's folder, ideally on a laptop without a network.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dayNumber } from '#protocol/time'
import { certifyFirstMember } from '#scripts/org/certify'
import { openKeyFile } from '#scripts/org/files/key-file'
import { makeOrganisation } from '#scripts/org/organisation'
import { makePublishingFile, PUBLISHING_FILE } from '#scripts/org/files/publishing-key'
import { comparesDigits } from '#scripts/org/recovery/commands'
import { RECOVERY_PAGE, writeRecoveryPage } from '#scripts/org/recovery/page'
import { compareLedgerFiles, verifyLedgerFile } from '#scripts/org/verify-ledger'
import { writeOrganisation } from '#scripts/org/write'
import { keysDir } from '#scripts/shared/paths'
import { step, Stop } from '#scripts/shared/progress'
import { askNewPassphrase, askPassphrase, withTerminal } from '#scripts/org/terminal'

/**
 * The next steps to print after the files have been written, as described in
 * docs/operations/organisation-keys.md.
 */
const NEXT = [
  'Print share-1.txt, share-2.txt and share-3.txt for three people who do not live together. ' +
    'Delete the three files.',
  `Copy ${RECOVERY_PAGE} to three memory sticks. Put a sheet and a stick into each of three ` +
    'envelopes, and seal them.',
  'Move root.key to a memory stick in a safe, away from its passphrase.',
  `Carry ${PUBLISHING_FILE}, public.json and publish.sql into the same folder of the computer ` +
    'that deploys.',
  'Keep public.json and ledger.json here, and a copy of both elsewhere.',
  'Deploy there with npm run deploy: docs/operations/first-deployment.md.',
  'Hand invitation.txt to the first person in person, then destroy it. It serves for 48 hours.',
  'Certify the first person with npm run org -- certify: docs/operations/first-member.md.',
] as const

export async function makeOrganisationKeys(): Promise<number> {
  if (existsSync(join(keysDir, 'public.json'))) {
    throw new Stop(
      `There is an organisation in ${keysDir} already; its keys are not overwritten. ` +
        'Move the folder away to make another.',
    )
  }
  console.log(
    'This makes the root key, the publishing key, the recovery key (three paper shares), ' +
      'the first epoch and the first invitation.',
  )
  console.log(
    'Do it on a laptop you trust, with the network off. ' +
      'Write both passphrases on paper; nobody can reset them.\n',
  )
  const { ofRoot, ofPublishing } = await withTerminal(async (terminal) => ({
    ofRoot: await askNewPassphrase(terminal, 'the root key'),
    ofPublishing: await askNewPassphrase(terminal, 'the publishing key'),
  }))
  const organisation = await step('Making the keys', () =>
    makeOrganisation(ofRoot, Date.now(), { publishingPassphrase: ofPublishing }),
  )
  const names = writeOrganisation(keysDir, organisation)
  await writeRecoveryPage(keysDir)
  console.log(`\nWritten to ${keysDir}: ${names.join(', ')}, ${RECOVERY_PAGE}.`)
  for (const [at, line] of NEXT.entries()) console.log(`${at + 1}. ${line}`)
  return 0
}

export async function renewPublishingKey(): Promise<number> {
  const rootFile = join(keysDir, 'root.key')
  if (!existsSync(rootFile))
    throw new Stop(`There is no ${rootFile}: bring root.key from its safe and copy it there.`)
  const { ofRoot, ofPublishing } = await withTerminal(async (terminal) => ({
    ofRoot: await askPassphrase(terminal, 'the root key'),
    ofPublishing: await askNewPassphrase(terminal, 'the new publishing key'),
  }))
  const { root } = await openKeyFile(ofRoot, readFileSync(rootFile, 'utf8'))
  const file = await makePublishingFile(root, ofPublishing, dayNumber(Date.now()))
  writeFileSync(join(keysDir, PUBLISHING_FILE), file, { mode: 0o600 })
  console.log(`Written to ${keysDir}: ${PUBLISHING_FILE}. Bring root.key back to its safe.`)
  console.log(`Carry ${PUBLISHING_FILE} to the computer that deploys, and deploy there.`)
  return 0
}

export async function certify(request: string): Promise<number> {
  const path = await withTerminal((terminal) =>
    certifyFirstMember(
      keysDir,
      request,
      {
        passphrase: () => terminal.askHidden('Passphrase of the root key (not shown): '),
        compareDigits: (digits) => comparesDigits(terminal, digits),
      },
      Date.now(),
    ),
  )
  console.log(`\nWritten: ${path}.`)
  console.log('Carry it to the first person, who chooses it on the screen that waits.')
  return 0
}

export async function verify(file: string, second: string | undefined): Promise<number> {
  const verdicts = [await verifyLedgerFile(join(keysDir, 'public.json'), file)]
  if (second !== undefined) verdicts.push(compareLedgerFiles(file, second))
  console.log(verdicts.flatMap(({ lines }) => lines).join('\n'))
  return verdicts.every(({ isWhole }) => isWhole) ? 0 : 1
}
