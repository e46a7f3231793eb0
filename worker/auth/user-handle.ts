// Makes the WebAuthn user handles of passkeys. An authenticator stores one passkey for each handle
// (WebAuthn level 3, section 6.3.2). A second attempt therefore replaces the passkey of an
// interrupted first attempt. When a person adds another passkey, its handle is the person id.
import { sha256, utf8, type Bytes } from '#protocol/bytes'

const LABEL = utf8('oasis/v1/user-handle')

/** Returns the handle that all passkeys made with the same invitation share. */
export const handleOfInvitation = (token: Bytes): Promise<Bytes> => sha256(LABEL, token)

/**
 * Returns the handle of a passkey for new keys. The current passkey has a different handle, so it
 * stays on the authenticator until the new one is valid.
 *
 * @param oldSignPublic  the signing key that the new keys replace
 */
export const handleOfNewKeys = (oldSignPublic: Bytes): Promise<Bytes> =>
  sha256(LABEL, oldSignPublic)
