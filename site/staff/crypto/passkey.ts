// Signs in with a passkey, and evaluates the passkey's PRF. PRF results are keys, so they are
// removed from a response before it is sent.
import { startAuthentication } from '@simplewebauthn/browser'
import { randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { prfInput } from './prf-slot.ts'

type RequestOptions = Parameters<typeof startAuthentication>[0]['optionsJSON']

export interface PasskeyResponse {
  /** the response for the server to check, without any PRF result */
  response: Record<string, unknown>
  credentialId: string
  /** 32 bytes when the authenticator evaluated its PRF in the same gesture */
  prfOutput: Bytes | null
}

/** Signing in. The PRF is evaluated in the same gesture, so that a single touch can also unlock. */
export async function askPasskey(options: Record<string, unknown>): Promise<PasskeyResponse> {
  const request = options as unknown as RequestOptions
  return withoutPrf(
    await asked(async () =>
      startAuthentication({
        optionsJSON: {
          ...request,
          extensions: { ...request.extensions, ...(await prfExtension()) },
        },
      }),
    ),
  )
}

/**
 * Returns the PRF output of one of these passkeys, without contacting the server. The challenge is
 * discarded, because the output alone is the proof.
 *
 * @throws Refusal `passkey_refused` when the person declines, `no_prf` when the authenticator has
 *   no PRF
 */
export async function evaluatePrf(
  rpId: string,
  credentialIds: string[],
): Promise<{ prfOutput: Bytes; credentialId: string }> {
  const { prfOutput, credentialId } = await askPasskey({
    challenge: toB64(randomBytes(32)),
    rpId,
    allowCredentials: credentialIds.map((id) => ({ id, type: 'public-key' })),
    userVerification: 'required',
  })
  if (!prfOutput) throw new Refusal('no_prf')
  return { prfOutput, credentialId }
}

/**
 * Tells the authenticator that the edge does not know a passkey, so that it no longer offers the
 * passkey. A browser that lacks this call continues to offer the passkey.
 */
export function signalUnknown(rpId: string, credentialId: string): void {
  // Guarantee: browsers that do not support the signal lack the method.
  const { signalUnknownCredential } = PublicKeyCredential as Partial<typeof PublicKeyCredential>
  signalUnknownCredential?.({ rpId, credentialId }).catch(() => undefined)
}

interface PrfResult {
  enabled?: boolean
  results?: { first?: BufferSource }
}

export const prfExtension = async (): Promise<{ prf: { eval: { first: Bytes } } }> => ({
  prf: { eval: { first: await prfInput() } },
})

// Guarantee: browsers without the extension omit `prf`; the others follow WebAuthn level 3, section
// 10.1.4.
export const prfOf = (results: object): PrfResult | undefined =>
  (results as { prf?: PrfResult }).prf

/** Removes the PRF result from a response, and returns both. */
export function withoutPrf(credential: {
  id: string
  clientExtensionResults: object
}): PasskeyResponse {
  const first = prfOf(credential.clientExtensionResults)?.results?.first
  return {
    response: { ...credential, clientExtensionResults: {} },
    credentialId: credential.id,
    prfOutput: first === undefined ? null : copyOf(first),
  }
}

const copyOf = (source: BufferSource): Bytes =>
  source instanceof ArrayBuffer
    ? new Uint8Array(source.slice(0))
    : new Uint8Array(new Uint8Array(source.buffer, source.byteOffset, source.byteLength))

/** @throws Refusal `passkey_refused` when the person declines, or the authenticator fails */
export async function asked<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask()
  } catch (cause) {
    throw new Refusal('passkey_refused', { cause })
  }
}
