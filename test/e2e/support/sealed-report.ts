// Seals and sends a report with files as a device does, through the real API but without a page.
import { setTimeout } from 'node:timers/promises'
import { minuteOf } from '#protocol/time'
import sharp from 'sharp'
import { concat, randomBytes, sha256, toB64, u32, utf8, type Bytes } from '#protocol/bytes'
import { inboxBody, openReply } from '#protocol/report/reply'
import { KIND, reportIdOf, type Kind } from '#protocol/report/envelope'
import { sealEnvelope } from '#protocol/report/seal-envelope'
import { readManifest } from '#protocol/keys/manifest'
import {
  makeReceipt,
  ownerHashOf,
  ownerOf,
  receiptKeys,
  type ReceiptKeys,
} from '#protocol/report/receipt'
import { type PlainReply, type PlainReport, type SealedFile } from '#protocol/report/plain-report'
import { fileId, paddedChunks, sealChunk } from '#protocol/file/seal-chunk'
import { ORIGIN } from './phone.ts'

export interface Attached {
  content: Bytes
  /** properties, possibly false, that the report claims for the file */
  says: Partial<SealedFile> & Pick<SealedFile, 'type'>
  /** indexes of the chunks that are not sent at first */
  missing?: readonly number[]
}

export interface SealedReport {
  /** the 28 digits of the return number */
  digits: string
  receipt: ReceiptKeys
  ownerHash: Bytes
  /** sends the missing chunks */
  sendRest: () => Promise<void>
}

const send = async (method: string, path: string, body: Bytes, origin = ORIGIN): Promise<Bytes> => {
  const answer = await fetch(origin + path, {
    method,
    body,
    headers: { 'content-type': 'application/octet-stream' },
  })
  // A real page also waits and tries again.
  if (answer.status === 429) {
    await setTimeout(Number(answer.headers.get('retry-after')) * 1000)
    return send(method, path, body, origin)
  }
  if (!answer.ok) throw new Error(`${method} ${path}: ${String(answer.status)}`)
  return new Uint8Array(await answer.arrayBuffer())
}

export async function sendSealedReport(
  plain: Partial<PlainReport> & { text: string },
  attached: readonly Attached[],
  origin = ORIGIN,
  { kind = KIND.helpForMe, danger = true }: { kind?: Kind; danger?: boolean } = {},
): Promise<SealedReport> {
  const manifest = readManifest(
    new Uint8Array(await (await fetch(`${origin}/api/keys`)).arrayBuffer()),
  )
  const digits = makeReceipt()
  const receipt = await receiptKeys(digits)
  const [ownerHash, writeHash] = [await ownerHashOf(receipt.lookup), await sha256(receipt.write)]
  const keys = attached.map(() => randomBytes(32))
  const files = await Promise.all(
    attached.map(async ({ content, says }, place): Promise<SealedFile> => ({
      key: toB64(keys[place] ?? randomBytes(32)),
      size: content.length,
      hash: toB64(await sha256(content)),
      chunk: 8192,
      made: 'as_is',
      ...says,
    })),
  )
  const report: PlainReport = {
    v: 1,
    lang: 'ky',
    at: minuteOf(Date.now()),
    files,
    ...plain,
    down: toB64(receipt.down),
    up: toB64(receipt.up),
    owner: toB64(await ownerOf(receipt.lookup)),
  }
  const header = {
    headerId: randomBytes(16),
    kind,
    danger,
    ownerHash,
    writeHash,
  }
  const envelope = await sealEnvelope(manifest, header, JSON.stringify(report))
  await send('POST', '/api/reports', envelope, origin)

  const rest: [string, Bytes][] = []
  for (const [place, { content, missing = [] }] of attached.entries()) {
    const [listed, key] = [files[place], keys[place]]
    if (!listed || !key) throw new Error('no such file')
    const { size, chunk } = listed
    const stream = { id: fileId(await reportIdOf(envelope), place), key, size, chunk }
    for (let n = 0; n < paddedChunks(size, chunk); n++) {
      const sealed = await sealChunk(stream, n, content.slice(n * chunk, (n + 1) * chunk))
      const path = `/api/files/${toB64(stream.id)}/${String(n)}`
      if (missing.includes(n)) rest.push([path, sealed])
      else await send('PUT', path, sealed, origin)
    }
  }
  return {
    digits,
    receipt,
    ownerHash,
    sendRest: async () => {
      for (const [path, sealed] of rest) await send('PUT', path, sealed, origin)
    },
  }
}

/** Reads the reply at an index with the number, as its holder would. */
export async function readAnswer(
  { receipt, ownerHash }: SealedReport,
  index: number,
): Promise<PlainReply | null> {
  const sealed = await send('POST', '/api/inbox', inboxBody(receipt.lookup, index))
  return openReply(receipt.down, ownerHash, index, sealed)
}

/** Makes a photograph without a subject, large enough for several chunks. */
export const photograph = async (): Promise<Bytes> =>
  new Uint8Array(
    await sharp({
      create: {
        width: 640,
        height: 480,
        channels: 3,
        background: '#335544',
        noise: { type: 'gaussian', mean: 120, sigma: 60 },
      },
    })
      .jpeg({ quality: 60 })
      .toBuffer(),
  )

/** Makes one second of silence (WAVE, 8,000 samples of 8 bits). */
export function silence(): Bytes {
  const samples = new Uint8Array(8000).fill(128)
  const little = (value: number): Bytes => u32(value).reverse()
  return concat(
    ...[utf8('RIFF'), little(36 + samples.length), utf8('WAVEfmt '), little(16)],
    ...[new Uint8Array([1, 0, 1, 0]), little(8000), little(8000), new Uint8Array([1, 0, 8, 0])],
    ...[utf8('data'), little(samples.length), samples],
  )
}
