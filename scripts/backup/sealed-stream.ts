// Seals a backup, and opens it again.
//  [Note: sealed backup] A backup is one HPKE context (RFC 9180) in base mode: X-Wing, HKDF-SHA256,
// AES-256-GCM. The file consists of the following parts, in this order:
// - magic: `oasis/v1/backup`, a newline
// - backup id (16). HPKE's `info` is magic ‖ id.
// - encapsulated key (1,120)
// - sealed chunks. Every chunk but the last contains CHUNK_BYTES of plaintext. The context numbers
// its messages, so a chunk opens only in its own place. The last chunk has the aad `final`, so that
// a truncated file does not open. Chunked Oblivious HTTP seals its chunks in the same way
// (draft-ietf-ohai-chunked-ohttp).
import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256 } from 'hpke'
import { open, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { concat, sameBytes, utf8, type Bytes } from '#protocol/bytes'
import { HYBRID_ENC_BYTES, ID_BYTES, TAG_BYTES } from '#protocol/limits'
import { Stop } from '#scripts/shared/progress'
import { KEM_MLKEM768_X25519 } from '#site/staff/crypto/noble-kem.ts'

/** Bytes of plaintext in each chunk except the last. */
export const CHUNK_BYTES = 65_536
const SEALED_BYTES = CHUNK_BYTES + TAG_BYTES
const MAGIC = utf8('oasis/v1/backup\n')
export const SEAL_HEAD_BYTES = MAGIC.length + ID_BYTES + HYBRID_ENC_BYTES
const FINAL = utf8('final')
const NOT_FINAL: Bytes = new Uint8Array(0)

const suite = new CipherSuite(KEM_MLKEM768_X25519, KDF_HKDF_SHA256, AEAD_AES_256_GCM)

/** Seals everything that is written, in order, into a file. */
export interface SealingWriter {
  write: (bytes: Uint8Array) => Promise<void>
  /** Seals the last chunk, and waits until the file has been written to disk. */
  end: () => Promise<void>
  /** Closes the file without sealing a last chunk. Such a file cannot be opened. */
  abandon: () => Promise<void>
}

/**
 * Begins a sealed backup.
 *
 * @param path  a file that does not exist yet
 * @param id  the id of the backup, and of its key
 * @param publicKey  the public key of this backup, 1,216 bytes
 */
export async function sealInto(path: string, id: Bytes, publicKey: Bytes): Promise<SealingWriter> {
  const bound = concat(MAGIC, id)
  const key = await suite.DeserializePublicKey(publicKey)
  const { encapsulatedSecret, ctx } = await suite.SetupSender(key, { info: bound })
  const file = await open(path, 'wx', 0o600)
  await file.appendFile(concat(bound, encapsulatedSecret))
  const chunk = new Uint8Array(CHUNK_BYTES)
  let filled = 0
  const sealChunk = async (aad: Bytes): Promise<void> => {
    const sealed = await ctx.Seal(chunk.subarray(0, filled), aad)
    await file.appendFile(new Uint8Array(sealed))
    filled = 0
  }
  return {
    write: async (bytes) => {
      for (let at = 0; at < bytes.length;) {
        // A full chunk waits for the next byte, because the last chunk must be sealed as final.
        if (filled === CHUNK_BYTES) await sealChunk(NOT_FINAL)
        const part = bytes.subarray(at, at + CHUNK_BYTES - filled)
        chunk.set(part, filled)
        filled += part.length
        at += part.length
      }
    },
    end: async () => {
      await sealChunk(FINAL)
      await file.sync()
      await file.close()
    },
    abandon: () => file.close().catch(() => undefined),
  }
}

const damaged = (path: string, why: string): Stop =>
  new Stop(
    `${basename(path)} ${why}. Nothing was restored from it: take another copy of the same ` +
      'backup, or an older backup with its own key.',
  )

/** Reads `length` bytes, fewer at the end of the file. */
async function readBytes(file: FileHandle, length: number, position: number): Promise<Bytes> {
  const bytes = new Uint8Array(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}

/**
 * Reads the id of a backup, which names its key.
 *
 * @throws Stop for a file that is not a backup
 */
export async function readBackupId(path: string): Promise<Bytes> {
  const file = await open(path, 'r')
  try {
    const head = await readBytes(file, SEAL_HEAD_BYTES, 0)
    if (head.length < SEAL_HEAD_BYTES || !sameBytes(head.subarray(0, MAGIC.length), MAGIC))
      throw damaged(path, 'is not a backup of this version, or is cut in its first bytes')
    return head.slice(MAGIC.length, MAGIC.length + ID_BYTES)
  } finally {
    await file.close()
  }
}

/**
 * Opens a sealed backup from its beginning to its end. A caller that stops early has no proof that
 * the rest exists.
 *
 * @param seed  the private key of this backup, 32 bytes
 * @throws Stop for a file that was truncated, changed, combined from other files, or sealed to
 *   another key
 */
export async function* openBackup(path: string, seed: Bytes): AsyncGenerator<Bytes, void> {
  const id = await readBackupId(path)
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const encapsulated = await readBytes(file, HYBRID_ENC_BYTES, MAGIC.length + ID_BYTES)
    const key = await suite.DeserializePrivateKey(seed.slice(), false)
    const info = concat(MAGIC, id)
    const context = await suite.SetupRecipient(key, encapsulated, { info })
    const chunks = Math.max(1, Math.ceil((size - SEAL_HEAD_BYTES) / SEALED_BYTES))
    for (let n = 0; n < chunks; n++) {
      const sealed = await readBytes(file, SEALED_BYTES, SEAL_HEAD_BYTES + n * SEALED_BYTES)
      const aad = n === chunks - 1 ? FINAL : NOT_FINAL
      const plain = await context.Open(sealed, aad).catch(() => null)
      if (plain === null)
        throw damaged(
          path,
          n === 0
            ? 'does not open with this key, or was changed'
            : `was cut or changed: part ${n + 1} of ${chunks} does not open`,
        )
      yield new Uint8Array(plain)
    }
  } finally {
    await file.close()
  }
}
