// Creates a passkey. Signing in does not need this code, so the first screen does not load it.
import { startRegistration } from '@simplewebauthn/browser'
import { asked, prfExtension, prfOf, withoutPrf, type PasskeyResponse } from './passkey.ts'

type CreationOptions = Parameters<typeof startRegistration>[0]['optionsJSON']

/**
 * @param options  from the server; the WebAuthn library defines their shape, and checks them when
 * they are used
 */
export async function createPasskey(
  options: Record<string, unknown>,
  name: string,
): Promise<PasskeyResponse & { rpId: string; hasPrf: boolean }> {
  const creation = options as unknown as CreationOptions
  const created = await asked(async () =>
    startRegistration({
      optionsJSON: {
        ...creation,
        user: { ...creation.user, name, displayName: name },
        extensions: { ...creation.extensions, ...(await prfExtension()) },
      },
    }),
  )
  return {
    ...withoutPrf(created),
    rpId: creation.rp.id ?? location.hostname,
    hasPrf: prfOf(created.clientExtensionResults)?.enabled === true,
  }
}
