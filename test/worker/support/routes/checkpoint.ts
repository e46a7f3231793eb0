// Makes the body of a checkpoint without cases.
import { toB64, type Bytes } from '#protocol/bytes'
import { checkpointDigest, writeCheckpoint, writeUpload } from '#protocol/staff/ledger/checkpoint'
import { signed, type Person } from '../staff.ts'

export async function checkpointOf(who: Person): Promise<Bytes> {
  const stored = await writeCheckpoint(new Uint8Array())
  const change = { cases: 0, digest: toB64(await checkpointDigest(stored)) }
  return writeUpload(await signed(who, 'checkpoint.sign', who.id, change), stored)
}
