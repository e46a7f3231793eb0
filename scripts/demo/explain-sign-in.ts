// Writes the instructions for signing in to the demo.
import type { DemoSignIn } from '#scripts/demo/make-demo'
import type { Served } from '#scripts/local/serve'
import { defaultLanguage } from '#site/i18n/languages.ts'

/** Returns the instructions; '' when the demo has no colleague. */
export function explainSignIn(
  { origin, staffOrigin }: Pick<Served, 'origin' | 'staffOrigin'>,
  { colleagues, invitation }: DemoSignIn,
): string {
  const [first] = colleagues
  if (!first) return ''
  return [
    '',
    `The site:  ${origin}/${defaultLanguage}/`,
    `Staff:     ${staffOrigin}/staff/`,
    '',
    `To sign in as ${first.name} (${first.roles.join(', ')}): open the staff page, choose paper,`,
    'and type these two:',
    `  Passphrase:      ${first.passphrase}`,
    `  Printed secret:  ${first.printedSecret}`,
    'Or open this invitation and make a passkey of your own:',
    `  ${staffOrigin}${invitation}`,
    'All colleagues are in sign-in.json in the folder of the demo.',
  ].join('\n')
}
