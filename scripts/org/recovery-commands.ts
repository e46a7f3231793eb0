// Runs the commands of `npm run org` for the day on which keys are lost or end. Each command asks
// at the terminal, and reads export.json in the organisation's folder.
import { join } from 'node:path'
import { renewKeeper } from '#scripts/org/renew-keeper'
import { writeExport } from '#scripts/org/export'
import { inviteAgain } from '#scripts/org/invite-again'
import { certifyByShares, inviteByShares } from '#scripts/org/recover'
import type { RecoveryQuestions } from '#scripts/org/open-by-shares'
import { RECOVERY_PAGE, writeRecoveryPage } from '#scripts/org/recovery-page'
import { rehearseRecovery } from '#scripts/org/rehearse'
import { RECOVERY_SQL, renewRecovery } from '#scripts/org/renew-recovery'
import { readDeployment } from '#scripts/deploy/deployment'
import { writeConfigurations } from '#scripts/deploy/configuration'
import { storeOf } from '#scripts/shared/database'
import { deployDir, keysDir, root } from '#scripts/shared/paths'
import { step } from '#scripts/shared/progress'
import { runQuietly } from '#scripts/shared/run-tool'
import { askPassphrase, withTerminal, type Terminal } from '#scripts/shared/terminal'
import { EXPORT_NAME } from '#site/staff/recovery/export-file.ts'
import { INVITE_FILE } from '#site/staff/recovery/root-rows.ts'

const exportPath = join(keysDir, EXPORT_NAME)

/** @returns true when the person types yes */
async function asksYes({ ask }: Terminal, question: string): Promise<boolean> {
  return (await ask(`${question} Type yes or no: `)).trim().toLowerCase() === 'yes'
}

/** Shows digits that another person reads aloud. @returns true when all are the same */
export function comparesDigits(terminal: Terminal, digits: string[]): Promise<boolean> {
  console.log(`\nThe digits of this request:\n\n    ${digits.join('   ')}\n`)
  console.log('Let the person read the digits on their screen to you, by voice.')
  return asksYes(terminal, 'Are all twenty digits the same?')
}

const recoveryQuestions = (terminal: Terminal): RecoveryQuestions => ({
  share: terminal.ask,
  say: (line) => console.log(line),
  hasOlder: () => asksYes(terminal, 'Are two older sheets at hand?'),
  compareDigits: (digits) => comparesDigits(terminal, digits),
})

/** @param local  the folder of a local server; null for the deployed database */
export async function exportKeys(local: string | null): Promise<number> {
  const place =
    local === null ? ['--remote'] : ['--local', '--persist-to', storeOf(join(root, local))]
  const config =
    local === null
      ? ['--config', deployedConfiguration(), '--env', '']
      : ['--config', join(root, 'wrangler.toml')]
  const wrangler = (name: string, args: string[]): Promise<string> =>
    runQuietly(name, 'wrangler', [...args, ...config])
  const { path, rows } = await step('Reading the database', () =>
    writeExport(keysDir, { wrangler, place }, Date.now()),
  )
  console.log(`Written: ${path}, with ${rows} rows. It has no names and no reports.`)
  console.log('Keep it with the backup, and copy it to the offline laptop.')
  return 0
}

const deployedConfiguration = (): string =>
  writeConfigurations(root, readDeployment(join(keysDir, 'public.json')), deployDir).site

export async function buildRecoveryPage(): Promise<number> {
  const hash = await writeRecoveryPage(keysDir)
  console.log(`Written: ${join(keysDir, RECOVERY_PAGE)}. SHA-256: ${hash}`)
  console.log('Keep a copy with each sheet, on a memory stick. It needs no network.')
  return 0
}

/** @param request  the path of request.txt; null to invite the newcomer first */
export async function recover(request: string | null): Promise<number> {
  const path = await withTerminal(async (terminal) => {
    const questions = recoveryQuestions(terminal)
    if (request === null) await inviteByShares(keysDir, exportPath, questions, Date.now())
    else return certifyByShares(keysDir, exportPath, request, questions, Date.now())
    return null
  })
  if (path === null) sayInvited()
  else console.log(`\nWritten: ${path}. Carry it to the new person, who chooses it.`)
  return 0
}

/** @param path  the newest export; null when nobody has ever joined */
export async function invite(path: string | null): Promise<number> {
  await withTerminal((terminal) =>
    inviteAgain(
      keysDir,
      path,
      {
        passphrase: () => askPassphrase(terminal, 'the root key'),
        areAllLost: (readers) =>
          asksYes(
            terminal,
            `The ledger names ${readers} people who read reports. ` +
              'The root invites only when none of them can sign in. Is nobody left?',
          ),
      },
      Date.now(),
    ),
  )
  sayInvited()
  return 0
}

function sayInvited(): void {
  console.log(`\nWritten to ${keysDir}: ${INVITE_FILE}, invitation.txt, ledger.json.`)
  console.log(
    'Load the invitation, then hand over the link: docs/operations/first-member.md for the first ' +
      'member, docs/operations/everybody-lost.md for a recovery.',
  )
}

export async function rehearse(): Promise<number> {
  const sentence = await withTerminal((terminal) =>
    rehearseRecovery(keysDir, exportPath, recoveryQuestions(terminal), Date.now()),
  )
  console.log(`\n${sentence}\nNothing else was written. Seal the sheets into envelopes again.`)
  return 0
}

/** @param request  the path of keeper-request.txt */
export async function renew(request: string): Promise<number> {
  const path = await withTerminal((terminal) =>
    renewKeeper(
      keysDir,
      request,
      {
        passphrase: () => askPassphrase(terminal, 'the root key'),
        compareDigits: (digits) => comparesDigits(terminal, digits),
      },
      Date.now(),
    ),
  )
  console.log(`\nWritten: ${path}. The person chooses it on the screen "Keys", within the hour.`)
  return 0
}

export async function renewRecoveryKey(): Promise<number> {
  const names = await withTerminal((terminal) =>
    renewRecovery(keysDir, exportPath, () => askPassphrase(terminal, 'the root key'), Date.now()),
  )
  console.log(`\nWritten to ${keysDir}: ${names.join(', ')}, ${RECOVERY_PAGE}.`)
  console.log('1. Print the three new sheets for three people, then delete the three files.')
  console.log(`2. Load ${RECOVERY_SQL}: docs/operations/lost-keys.md has the command.`)
  console.log(
    '3. A keeper then opens a new epoch and a new generation of the team key in the staff app: ' +
      'only keys that are made after the row open with the new sheets.',
  )
  console.log(
    '4. The older sheets still open the older keys, and the root key in older copies of ' +
      'public.json. Collect them, and destroy them when the older epochs have ended.',
  )
  return 0
}
