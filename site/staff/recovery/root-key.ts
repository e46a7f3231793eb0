// Seals the root key to the recovery key, so that two shares can restore it when root.key is lost.
// An opened root key can sign ledger rows, and is dropped from memory with the page.
import { randomBytes, utf8, type Bytes } from '#protocol/bytes'
import { isSignedBy, signBytes } from '#protocol/keys/signatures'
import { rootIdOf } from '#protocol/staff/ledger/rows'
import { hpkeOpen, type OpeningKey } from '../crypto/hpke-open.ts'
import { sealTo } from '../crypto/seal-to.ts'
import { RecoveryFault } from '../ledger/recovery-fault.ts'
import { type RowSigner } from './chained-row.ts'

const INFO = utf8('oasis/v1/root')
const NONE: Bytes = new Uint8Array(0)
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' }

/**
 * @param recovery     public half of the recovery key, 1,216 bytes
 * @param rootPrivate  PKCS #8
 */
export const sealRoot = (recovery: Bytes, rootPrivate: Bytes): Promise<Bytes> =>
  sealTo(recovery, INFO, rootPrivate)

/**
 * Opens the root key.
 *
 * @param root  the pinned root key, 65 bytes
 * @throws RecoveryFault `root_closed` when nothing can be opened, or only a different root key
 */
export async function openRoot(
  recovery: OpeningKey,
  sealed: Bytes,
  root: Bytes,
): Promise<RowSigner> {
  try {
    const pkcs8 = await hpkeOpen(recovery, INFO, NONE, sealed)
    const signer = await rootSigner(root, pkcs8).finally(() => pkcs8.fill(0))
    const probe = randomBytes(32)
    if (await isSignedBy(root, await signBytes(signer.sign, probe), probe)) return signer
  } catch (cause) {
    throw new RecoveryFault('root_closed', {}, { cause })
  }
  throw new RecoveryFault('root_closed')
}

/** Returns the root as a signer. @param privateKey  PKCS #8 */
export const rootSigner = async (publicKey: Bytes, privateKey: Bytes): Promise<RowSigner> => ({
  personId: await rootIdOf(publicKey),
  sign: await crypto.subtle.importKey('pkcs8', privateKey, ECDSA, false, ['sign']),
})
