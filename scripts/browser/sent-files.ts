// Opens reports and files that a browser has sent. Two shares of the test organisation open the
// reports, as two board members could.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { concat, fromB64, sha256, toB64, type Bytes } from '#protocol/bytes'
import { HYBRID_SUITE } from '#protocol/limits'
import {
  readEnvelope,
  reportIdOf,
  wrapInfo,
  type Envelope,
  type Suite,
} from '#protocol/report/envelope'
import { openChunk } from '#protocol/file/open-chunk'
import { unpadText } from '#protocol/crypto/padding'
import type { PlainReport, SealedFile } from '#protocol/report/plain-report'
import { fileId, paddedChunks } from '#protocol/file/seal-chunk'
import type { PublicFile } from '#site/integrations/organisation.ts'
import type { EpochPrivateKeys } from '#protocol/keys/epoch-private-keys'
import { openEpochKeys } from '#scripts/org/epoch-key'
import { testOrgDir } from '#scripts/shared/paths'
import { hpkeOpen, importOpeningKey } from '#site/staff/crypto/hpke-open.ts'
import { importHybridKey } from '#site/staff/crypto/seal-to.ts'

/** Returns the 72 characters on one of the test organisation's sheets. */
export function readShareFile(file: string): string {
  const [share] = /(?:[\dA-Z]{4}[\s-]+){17}[\dA-Z]{4}/.exec(
    readFileSync(join(testOrgDir, file), 'utf8'),
  ) ?? ['']
  return share
}

async function openWrap(envelope: Envelope, keys: EpochPrivateKeys): Promise<Bytes> {
  const { wrap, epoch, headerBytes, body } = envelope
  const isHybrid = envelope.suite === HYBRID_SUITE
  const key = isHybrid ? await importHybridKey(keys.hybridSeed) : await importOpeningKey(keys.pkcs8)
  const aad = await sha256(headerBytes, body)
  return hpkeOpen(key, wrapInfo(epoch, wrap.keyId), aad, concat(wrap.enc, wrap.sealedCek))
}

export interface SentReport {
  id: Bytes
  suite: Suite
  report: PlainReport
}

/** Opens the report in the `body` of a POST request. */
export async function openSent(body: Bytes): Promise<SentReport> {
  const { recovery, epochs } = JSON.parse(
    readFileSync(join(testOrgDir, 'public.json'), 'utf8'),
  ) as PublicFile
  const envelope = readEnvelope(body)
  const sealed = epochs.find(({ epoch }) => epoch === envelope.epoch)
  if (!sealed) throw new Error(`no key of epoch ${envelope.epoch}`)
  const keys = await openEpochKeys(
    [readShareFile('share-1.txt'), readShareFile('share-2.txt')],
    fromB64(recovery),
    { epoch: sealed.epoch, sealedForRecovery: fromB64(sealed.sealedForRecovery) },
  )
  const cek = await openWrap(envelope, keys)
  const aes = await crypto.subtle.importKey('raw', cek, 'AES-GCM', false, ['decrypt'])
  const padded = new Uint8Array(
    await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: new Uint8Array(12), additionalData: envelope.headerBytes },
      aes,
      envelope.body,
    ),
  )
  const report = JSON.parse(unpadText(padded)) as PlainReport
  return { id: await reportIdOf(body), suite: envelope.suite, report }
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
