// Puts many unsealed reports into an in-memory overflow, because sealing them would take longer
// than the drain. The headers and key ids are valid, and the bodies are zeros.
import { concat, randomBytes, sha256, u32, type Bytes } from '#protocol/bytes'
import {
  ENVELOPE_SIZES,
  HEADER_BYTES,
  KEY_ID_BYTES,
  WRAP_BYTES,
  type Grade,
} from '#protocol/limits'
import { KIND, keyIdOf, readEnvelope, reportIdOf, type Kind } from '#protocol/report/envelope'
import type { Manifest } from '#protocol/keys/manifest'
import { putWaiting } from '#worker/store/overflow/put-waiting'

export interface FakeHeader {
  kind: Kind
  danger: boolean
  headerId: Bytes
  ownerHash: Bytes
  writeHash: Bytes
}

/** Makes an envelope that the edge accepts and that no key can open. */
export async function fakeEnvelope(
  { epoch, intake }: Pick<Manifest, 'epoch' | 'intake'>,
  header: Partial<FakeHeader> = {},
): Promise<Bytes> {
  const [size] = ENVELOPE_SIZES
  return concat(
    new Uint8Array([1, header.kind ?? KIND.tip, header.danger ? 1 : 0, 1]),
    u32(epoch),
    header.headerId ?? randomBytes(16),
    randomBytes(32),
    header.ownerHash ?? randomBytes(32),
    header.writeHash ?? randomBytes(32),
    new Uint8Array(size - HEADER_BYTES - WRAP_BYTES),
    await keyIdOf(intake),
    new Uint8Array(WRAP_BYTES - KEY_ID_BYTES),
  )
}

/** Puts an envelope into the overflow, as the edge does. Returns the envelope's id. */
export async function putFake(
  bucket: R2Bucket,
  envelope: Bytes,
  grade: Grade,
  receivedDay: string,
  follow: { writeToken: Bytes; cycle: number | null } | null = null,
): Promise<Bytes> {
  const header = readEnvelope(envelope)
  const id = await reportIdOf(envelope)
  await putWaiting(
    bucket,
    { ...header, id, grade, envelope, sealedBy: 'device', receivedDay },
    {
      tokenHash: follow && (await sha256(follow.writeToken)),
      canBePromoted: false,
      cycle: follow?.cycle ?? null,
    },
  )
  return id
}
