// A copy of the current manifest in R2, for the hours in which the database does not answer. Public, 341 signed bytes.
import { sameBytes, type Bytes } from '#protocol/bytes'

const KEY = 'keys/manifest'

/** The copy, or null when there is none. Whoever seals to it proves it first. */
export async function findKeptManifest(bucket: R2Bucket): Promise<Bytes | null> {
  const object = await bucket.get(KEY)
  return object ? new Uint8Array(await object.arrayBuffer()) : null
}

/** Makes the copy what it should be; `null` when no epoch stands. */
export async function keepManifest(bucket: R2Bucket, manifest: Bytes | null): Promise<void> {
  if (manifest === null) return bucket.delete(KEY)
  const kept = await findKeptManifest(bucket)
  if (!kept || !sameBytes(kept, manifest)) await bucket.put(KEY, manifest)
}
