// `npm run org`: makes the organisation's keys on a trusted laptop, ideally without a network. `npm
// run org -- certify request.txt` certifies the first staff member. `npm run org -- invite` makes a
// new first invitation when nobody used the original in time. `npm run org -- verify ledger.json`
// verifies a ledger that the staff app exported. Given a second file, the command shows which rows
// a restored ledger lacks. `npm run org -- publishing` makes another publishing key before the old
// certificate expires. The other commands recover and renew keys: see commands.ts and prepare.ts in
// scripts/org/recovery/.
import {
  certify,
  makeOrganisationKeys,
  renewPublishingKey,
  verify,
} from '#scripts/org/key-commands'
import {
  buildRecoveryPage,
  exportKeys,
  renew,
  renewRecoveryKey,
} from '#scripts/org/recovery/prepare'
import { invite, recover, rehearse } from '#scripts/org/recovery/commands'
import { withSentences } from '#scripts/org/recovery/sentence'
import { runTask, Stop } from '#scripts/shared/progress'

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
    if (command === undefined) return makeOrganisationKeys()
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
