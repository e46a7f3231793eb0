// Writes the text that `npm start` shows when the server is up. The text contains the addresses
// and, while nobody has joined the staff, explains how to become the first member.
import type { Served } from '#scripts/local/serve'
import { defaultLanguage } from '#site/i18n/languages.ts'

const NO_PASSKEY =
  'No passkey on this machine? In Chrome or Edge open the developer tools, menu, More tools, ' +
  'WebAuthn; enable the virtual\nauthenticator and add one: ctap2, internal, with resident keys ' +
  'and user verification. Keep the tools open while you use it.'

const ADDRESSES = ['ALERT_FIRST', 'ALERT_SECOND', 'PUSH_SECRET'] as const

/** Reads the settings for alerts from the environment: see docs/operations/alerts.md. */
export const addressesIn = (environment: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(ADDRESSES.map((name) => [name, environment[name] ?? '']))

const clockLine = ({ ALERT_FIRST, ALERT_SECOND }: Record<string, string>): string =>
  ALERT_FIRST || ALERT_SECOND
    ? 'Clock:     every minute; alerts go to the addresses that you gave.'
    : 'Clock:     every minute; alerts go to no address, as ALERT_FIRST is not set. ' +
      'A browser can take them: “Alerts” in the staff app.'

/**
 * Returns the text that `npm start` shows.
 *
 * @param addresses  in the form that addressesIn returns
 * @param invitation  path of an invitation, or null when a person has joined
 */
export function welcome(
  { origin, staffOrigin }: Pick<Served, 'origin' | 'staffOrigin'>,
  addresses: Record<string, string>,
  invitation: string | null,
): string {
  const lines = [
    '',
    `The site:  ${origin}/${defaultLanguage}/`,
    `Staff:     ${staffOrigin}/staff/`,
    clockLine(addresses),
  ]
  if (invitation === null) return lines.join('\n')
  return [
    ...lines,
    '',
    'The first time: open this invitation and follow it. It makes your passkey and your own keys.',
    'A scripted member confirms you within a second; then you can read reports.',
    `           ${staffOrigin}${invitation}`,
    NO_PASSKEY,
  ].join('\n')
}
