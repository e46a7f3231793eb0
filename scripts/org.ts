// `npm run org`: makes the organisation's keys on a trusted laptop, best without a network.
// `npm run org -- certify request.txt` certifies the first member of the staff.
// `npm run org -- invite` makes another first invitation when nobody used the first one in time.
// `npm run org -- verify ledger.json` verifies a ledger that the staff app exported. A second file
// says which rows a restored ledger lacks.
// `npm run org -- publishing` makes another publishing key before the old certificate ends.
// The other commands recover and renew keys: scripts/org/recovery-commands.ts.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dayNumber } from '#protocol/time'
import { certifyFirstMember } from '#scripts/org/certify'
import { openKeyFile } from '#scripts/org/key-file'
import { makeOrganisation } from '#scripts/org/organisation'
import { makePublishingFile, PUBLISHING_FILE } from '#scripts/org/publishing-key'
import {
  buildRecoveryPage,
  comparesDigits,
  exportKeys,
  invite,
  recover,
  rehearse,
  renew,
  renewRecoveryKey,
} from '#scripts/org/recovery-commands'
import { RECOVERY_PAGE, writeRecoveryPage } from '#scripts/org/recovery-page'
import { withSentences } from '#scripts/org/recovery-sentence'
import { compareLedgerFiles, verifyLedgerFile } from '#scripts/org/verify-ledger'
import { writeOrganisation } from '#scripts/org/write'
import { askNewPassphrase, askPassphrase, withTerminal } from '#scripts/shared/terminal'
import { keysDir } from '#scripts/shared/paths'
import { runTask, step, Stop } from '#scripts/shared/progress'

const USE = [
  'Use: npm run org, or npm run org -- and one of these:',
  '  certify request.txt         certify the first member',
  '  invite [export.json]        invite when nobody can',
  '  verify ledger.json [second] verify a saved ledger, and compare with a second one',
  '  publishing                  make another publishing key',
  '  export [--local FOLDER]     write export.json from the database',
  '  recovery-page               write recovery.html',
  '  recover [request.txt]       recover with two sheets',
  '  rehearse                    rehearse the recovery, once a year',
  '  renew keeper-request.txt    renew the certificate of a keeper',
  '  recovery-renew              make a new recovery key and new sheets',
].join('\n')

async function makeKeys(): Promise<number> {
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
  console.log(
    '1. Print share-1.txt, share-2.txt and share-3.txt for three people, ' +
      'then delete the three files.',
  )
  console.log('2. Keep root.key on a USB stick in a safe, away from its passphrase.')
  console.log('3. Keep publishing.key where you deploy: it signs what the site serves.')
  console.log('4. Write deployment.json and deploy: docs/operations/first-deployment.md says how.')
  console.log(
    '5. Hand the link in invitation.txt to the first person in person, then destroy that file. ' +
      'It serves for 48 hours.',
  )
  console.log(
    '6. Certify the first person: npm run org -- certify request.txt; ' +
      'docs/operations/first-member.md says how.',
  )
  return 0
}

async function renewPublishingKey(): Promise<number> {
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
  return 0
}

async function certify(request: string): Promise<number> {
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

async function verify(file: string, second: string | undefined): Promise<number> {
  const verdicts = [await verifyLedgerFile(join(keysDir, 'public.json'), file)]
  if (second !== undefined) verdicts.push(compareLedgerFiles(file, second))
  console.log(verdicts.flatMap(({ lines }) => lines).join('\n'))
  return verdicts.every(({ isWhole }) => isWhole) ? 0 : 1
}

/** Runs the command. @returns the exit code, or null for a command that does not exist */
function commandOf(command: string | undefined, files: string[]): Promise<number> | null {
  const [file = null, more] = files
  if (command === 'export' && (file === null || file === '--local'))
    return file === null || more !== undefined ? exportKeys(more ?? null) : null
  if (command === 'verify') return file === null || files.length > 2 ? null : verify(file, more)
  if (files.length > 1) return null
  if (command === 'invite') return invite(file)
  if (command === 'recover') return recover(file)
  if (file === null) {
    if (command === undefined) return makeKeys()
    if (command === 'publishing') return renewPublishingKey()
    if (command === 'recovery-page') return buildRecoveryPage()
    if (command === 'rehearse') return rehearse()
    if (command === 'recovery-renew') return renewRecoveryKey()
    return null
  }
  if (command === 'certify') return certify(file)
  if (command === 'renew') return renew(file)
  return null
}

runTask(() =>
  withSentences(() => {
    const [command, ...files] = process.argv.slice(2)
    const running = commandOf(command, files)
    if (running === null) throw new Stop(USE)
    return running
  }),
)
