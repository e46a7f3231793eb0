import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { concat, randomBytes, type Bytes } from '#protocol/bytes'
import { TAG_BYTES } from '#protocol/limits'
import { CHUNK_BYTES, SEAL_HEAD_BYTES, openBackup, sealInto } from '#scripts/backup/sealed-stream'
import { Stop } from '#scripts/shared/progress'
import { makeHybridPair, type HybridPair } from '#site/staff/crypto/seal-to.ts'

const SEALED = CHUNK_BYTES + TAG_BYTES
const folder = mkdtempSync(join(tmpdir(), 'oasis-sealed-'))
afterAll(() => rmSync(folder, { recursive: true }))

let pair: HybridPair
const id = randomBytes(16)
beforeAll(async () => {
  pair = await makeHybridPair()
})

const noise = (length: number): Bytes => {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += 65_536)
    bytes.set(randomBytes(Math.min(65_536, length - at)), at)
  return bytes
}

let files = 0
/** Seals parts into a new file. @returns its path */
async function sealed(parts: readonly Bytes[], of = id): Promise<string> {
  const path = join(folder, `${files++}.backup`)
  const writer = await sealInto(path, of, pair.publicKey)
  for (const part of parts) await writer.write(part)
  await writer.end()
  return path
}

async function opened(path: string, seed = pair.seed): Promise<Bytes> {
  const parts: Bytes[] = []
  for await (const part of openBackup(path, seed)) parts.push(part)
  return concat(...parts)
}

/** Writes a changed copy of a file. @returns its path */
function changed(path: string, change: (bytes: Bytes) => Bytes): string {
  const copy = join(folder, `${files++}.backup`)
  writeFileSync(copy, change(new Uint8Array(readFileSync(path))))
  return copy
}

const chunkOf = (bytes: Bytes, n: number): Bytes =>
  bytes.slice(SEAL_HEAD_BYTES + n * SEALED, SEAL_HEAD_BYTES + (n + 1) * SEALED)

test('A backup of any length opens to the same bytes, however they were written', async () => {
  for (const length of [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES]) {
    const bytes = noise(length)
    const at = Math.floor(length / 3)
    const path = await sealed([bytes.slice(0, at), new Uint8Array(0), bytes.slice(at)])
    expect(Buffer.compare(await opened(path), bytes), `${length} bytes`).toBe(0)
    const chunks = Math.max(1, Math.ceil(length / CHUNK_BYTES))
    expect(readFileSync(path)).toHaveLength(SEAL_HEAD_BYTES + length + chunks * TAG_BYTES)
  }
})

describe('a damaged backup', () => {
  let path: string
  let whole: Bytes
  beforeAll(async () => {
    path = await sealed([noise(3 * CHUNK_BYTES)])
    whole = new Uint8Array(readFileSync(path))
  })
  const refusal = async (copy: string, seed?: Bytes): Promise<string> =>
    opened(copy, seed).then(
      () => 'opened',
      (reason: unknown) => (reason instanceof Stop ? reason.message : String(reason)),
    )

  test('A backup that was cut anywhere is refused with what to do', async () => {
    const lengths = [
      ...[1, SEAL_HEAD_BYTES - 1, SEAL_HEAD_BYTES, SEAL_HEAD_BYTES + 1, SEAL_HEAD_BYTES + SEALED],
      ...[SEAL_HEAD_BYTES + 2 * SEALED, whole.length - SEALED, whole.length - 1],
    ]
    for (const length of lengths) {
      const copy = changed(path, (bytes) => bytes.slice(0, length))
      expect(await refusal(copy), `${length} bytes`).toMatch(
        /Nothing was restored from it: take another copy of the same backup, or an older backup/,
      )
    }
  })

  test('A changed byte is refused, wherever it is', async () => {
    for (const at of [20, 500, SEAL_HEAD_BYTES, SEAL_HEAD_BYTES + SEALED + 7, whole.length - 1]) {
      const copy = changed(path, (bytes) => bytes.with(at, (bytes[at] ?? 0) ^ 1))
      expect(await refusal(copy), `byte ${at}`).toContain('Nothing was restored')
    }
  })

  test('Parts that were swapped, repeated, left out or added are refused', async () => {
    const head = whole.slice(0, SEAL_HEAD_BYTES)
    const [one, two, three] = [0, 1, 2].map((n) => chunkOf(whole, n)) as [Bytes, Bytes, Bytes]
    for (const parts of [
      [two, one, three],
      [one, one, three],
      [one, three],
      [one, two, three, three],
    ])
      expect(await refusal(changed(path, () => concat(head, ...parts)))).toContain(
        'Nothing was restored',
      )
  })

  test('A part of another backup under the same key is refused', async () => {
    const other = new Uint8Array(readFileSync(await sealed([noise(3 * CHUNK_BYTES)])))
    const mixed = concat(
      whole.slice(0, SEAL_HEAD_BYTES + SEALED),
      other.slice(SEAL_HEAD_BYTES + SEALED),
    )
    expect(await refusal(changed(path, () => mixed))).toContain('part 2 of 3 does not open')
  })

  test('Another key opens nothing', async () => {
    const stranger = await makeHybridPair()
    expect(await refusal(path, stranger.seed)).toContain('does not open with this key')
  })

  test('A file that is no backup is refused', async () => {
    const copy = changed(path, (bytes) => bytes.with(0, 1))
    expect(await refusal(copy)).toContain('is not a backup of this version')
  })
})

test('A backup that was abandoned does not open', async () => {
  const path = join(folder, 'abandoned.backup')
  const writer = await sealInto(path, id, pair.publicKey)
  await writer.write(noise(2 * CHUNK_BYTES + 5))
  await writer.abandon()
  await expect(opened(path)).rejects.toThrow('Nothing was restored')
})
