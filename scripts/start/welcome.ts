// Writes the text of `npm start` when the server is up. The text has the addresses and, while the
// staff has no member, explains how to become the first.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileOfDatabase } from '#scripts/shared/database'
import { orgDir, stateDir } from '#scripts/shared/paths'

const NO_PASSKEY =
  'No passkey on this machine? In Chrome or Edge open the developer tools, menu, More tools, ' +
  'WebAuthn; enable the virtual\nauthenticator and add one: ctap2, internal, with resident keys ' +
  'and user verification. Keep the tools open while you use it.'

type FirstInvitation = 'open' | 'used' | 'lapsed'

// Asks the local database whether a person has joined, and whether the invitation is still valid.
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

const ADDRESSES = ['ALERT_FIRST', 'ALERT_SECOND'] as const

/** Returns the receivers of alerts in the environment: see docs/operations/alerts.md. */
export const addressesIn = (environment: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(ADDRESSES.map((name) => [name, environment[name] ?? '']))

const clockLine = (addresses: Record<string, string>): string =>
  Object.values(addresses).some((address) => address !== '')
    ? 'Clock:     every minute; alerts go to the addresses that you gave.'
    : 'Clock:     every minute; alerts go to nobody, as ALERT_FIRST is not set. ' +
      'The staff app shows them.'

/** Returns the text. @param addresses  as addressesIn returns them */
export function welcome(origin: string, addresses: Record<string, string>): string {
  const lines = [
    '',
    `The site:  ${origin}/ky/`,
    `Staff:     ${origin}/staff/`,
    clockLine(addresses),
  ]
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
    'The first time: open this invitation and follow it. ' +
      'It makes your passkey and your own keys; then you can read reports.',
    `           ${origin}${path ?? ''}`,
    NO_PASSKEY,
  ].join('\n')
}
