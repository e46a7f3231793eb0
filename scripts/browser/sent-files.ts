// Opens what a browser has sent, as two of the board's three members could: with the shares of the test organisation.
import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from 'hpke'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { concat, fromB64, sha256, toB64, type Bytes } from '#protocol/bytes'
import { readEnvelope, wrapInfo } from '#protocol/envelope'
import { readManifest } from '#protocol/manifest'
import { openChunk } from '#protocol/open-chunk'
import { unpadText } from '#protocol/padding'
import type { PlainReport, SealedFile } from '#protocol/report'
import { fileId, paddedChunks } from '#protocol/stream'
import { combineShares } from '#scripts/org/shares'
import { testOrgDir } from '#scripts/paths'

const suite = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM)

function shareIn(file: string): string {
  const [share] = /(?:[\dA-Z]{4}[\s-]+){17}[\dA-Z]{4}/.exec(
    readFileSync(join(testOrgDir, file), 'utf8'),
  ) ?? ['']
  return share
}

/** The report in `body` of a POST. */
export async function openSent(body: Bytes): Promise<{ id: Bytes; report: PlainReport }> {
  const { manifest } = JSON.parse(readFileSync(join(testOrgDir, 'public.json'), 'utf8')) as {
    manifest: string
  }
  const { recovery } = readManifest(fromB64(manifest))
  const key = await combineShares([shareIn('share-1.txt'), shareIn('share-2.txt')], recovery)
  const envelope = readEnvelope(body)
  const [, wrap] = envelope.wraps
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
  return { id: envelope.id, report }
}

/**
 * The content of the file at `place`, from sealed chunks.
 *
 * @param chunkAt  the sealed chunk that was sent for a path `/api/files/{id}/{n}`
 * @throws when one is missing or does not open
 */
export async function openFile(
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
