// What `npm start` says when the server is up: addresses, and until somebody is on the staff, how to become the first.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileOfDatabase } from '#scripts/database'
import { orgDir, stateDir } from '#scripts/paths'

const NO_PASSKEY = `No passkey on this machine? In Chrome or Edge open the developer tools, menu, More tools, WebAuthn; enable the virtual
authenticator and add one: ctap2, internal, with resident keys and user verification. Keep the tools open while you use it.`

type FirstInvitation = 'open' | 'used' | 'lapsed'

// Asks the local database whether somebody has joined, and if not, whether the invitation still serves.
function firstInvitation(): FirstInvitation {
  const file = fileOfDatabase(stateDir)
  if (file === undefined) return 'open'
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const today = new Date().toISOString().slice(0, 10)
    const people = database.prepare('SELECT count(*) AS total FROM people').get()
    if (people?.['total'] !== 0) return 'used'
    const open = database.prepare(
      'SELECT count(*) AS total FROM invitations WHERE expires_day >= ?',
    )
    return open.get(today)?.['total'] === 0 ? 'lapsed' : 'open'
  } finally {
    database.close()
  }
}

export function welcome(origin: string): string {
  const lines = ['', `The site:  ${origin}/ky/`, `Staff:     ${origin}/staff/`]
  const invitation = join(orgDir, 'invitation.txt')
  const state = firstInvitation()
  if (state === 'lapsed') {
    return [
      ...lines,
      '',
      `Nobody joined while the invitation was good: delete ${stateDir} and start again.`,
    ].join('\n')
  }
  if (state === 'used' || !existsSync(invitation)) return lines.join('\n')
  const [path] = /\/staff\/#invite=\S+/.exec(readFileSync(invitation, 'utf8')) ?? []
  return [
    ...lines,
    '',
    'The first time: open this invitation and follow it. It makes your passkey and your own keys; then you can read reports.',
    `           ${origin}${path ?? ''}`,
    NO_PASSKEY,
  ].join('\n')
}
