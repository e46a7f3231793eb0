// Runs the commands of `npm run org` for lost keys and for rehearsals of a recovery. Each command
// asks questions at the terminal, and reads export.json in the organisation's folder.
import { join } from 'node:path'
import { inviteAgain } from '#scripts/org/invite-again'
import { certifyByShares, inviteByShares } from '#scripts/org/recovery/recover'
import type { RecoveryQuestions } from '#scripts/org/recovery/open-by-shares'
import { rehearseRecovery } from '#scripts/org/recovery/rehearse'
import { keysDir } from '#scripts/shared/paths'
import { askPassphrase, withTerminal, type Terminal } from '#scripts/org/terminal'
import { EXPORT_NAME } from '#site/staff/recovery/export-file.ts'
import { INVITE_FILE } from '#site/staff/recovery/root-rows.ts'

export const exportPath = join(keysDir, EXPORT_NAME)

/** @returns true when the person types yes */
async function asksYes({ ask }: Terminal, question: string): Promise<boolean> {
  return (await ask(`${question} Type yes or no: `)).trim().toLowerCase() === 'yes'
}

/** Shows digits, and asks whether they match the digits that another person reads aloud. */
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

/** @param path  the newest export; null when no person has ever joined */
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
