// Opens reports and files that a browser has sent. Two shares of the test organisation open the
// reports, as two members of the board could.
import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from 'hpke'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { concat, fromB64, sha256, toB64, type Bytes } from '#protocol/bytes'
import { readEnvelope, reportIdOf, wrapInfo } from '#protocol/report/envelope'
import { openChunk } from '#protocol/file/open-chunk'
import { unpadText } from '#protocol/crypto/padding'
import type { PlainReport, SealedFile } from '#protocol/report/plain-report'
import { fileId, paddedChunks } from '#protocol/file/seal-chunk'
import type { PublicFile } from '#site/integrations/organisation.ts'
import { openEpochKey } from '#scripts/org/epoch-key'
import { testOrgDir } from '#scripts/shared/paths'

const suite = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM)

function shareIn(file: string): string {
  const [share] = /(?:[\dA-Z]{4}[\s-]+){17}[\dA-Z]{4}/.exec(
    readFileSync(join(testOrgDir, file), 'utf8'),
  ) ?? ['']
  return share
}

/** Opens the report in `body` of a POST. */
export async function openSent(body: Bytes): Promise<{ id: Bytes; report: PlainReport }> {
  const { recovery, epochs } = JSON.parse(
    readFileSync(join(testOrgDir, 'public.json'), 'utf8'),
  ) as PublicFile
  const envelope = readEnvelope(body)
  const sealed = epochs.find(({ epoch }) => epoch === envelope.epoch)
  if (!sealed) throw new Error(`no key of epoch ${envelope.epoch}`)
  const pkcs8 = await openEpochKey(
    [shareIn('share-1.txt'), shareIn('share-2.txt')],
    fromB64(recovery),
    { epoch: sealed.epoch, sealedForRecovery: fromB64(sealed.sealedForRecovery) },
  )
  const key = await crypto.subtle.importKey(
    'pkcs8',
    pkcs8,
    { name: 'ECDH', namedCurve: 'P-256' },
    false,
    ['deriveBits'],
  )
  const { wrap } = envelope
  const cek = await suite.Open(key, wrap.enc, wrap.sealedCek, {
    info: wrapInfo(envelope.epoch, wrap.keyId),
    aad: await sha256(envelope.headerBytes, envelope.body),
  })
  const aes = await crypto.subtle.importKey('raw', new Uint8Array(cek), 'AES-GCM', false, [
    'decrypt',
  ])
  const padded = new Uint8Array(
    await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: new Uint8Array(12), additionalData: envelope.headerBytes },
      aes,
      envelope.body,
    ),
  )
  const report = JSON.parse(unpadText(padded)) as PlainReport
  return { id: await reportIdOf(body), report }
}

/**
 * Opens the file at `place` from its sealed chunks.
 *
 * @param chunkAt  returns the sealed chunk that was sent for a path `/api/files/{id}/{n}`
 * @throws when a chunk is missing or does not open
 */
export async function openSentFile(
  owner: Bytes,
  place: number,
  { key, size, chunk }: SealedFile,
  chunkAt: (path: string) => Bytes | undefined,
): Promise<Bytes> {
  const stream = { id: fileId(owner, place), key: fromB64(key), size, chunk }
  const parts: Bytes[] = []
  for (let n = 0; n < paddedChunks(size, chunk); n++) {
    const path = `/api/files/${toB64(stream.id)}/${n}`
    const sealed = chunkAt(path)
    if (!sealed) throw new Error(`${path} was not sent`)
    parts.push(await openChunk(stream, n, sealed))
  }
  return concat(...parts)
}
