// Makes staff members open epochs in tests, as a keeper's browser does.
import { fromB64, randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { certifyAdmin, signManifest, type Manifest } from '#protocol/keys/manifest'
import { HYBRID_KEY_BYTES } from '#protocol/limits'
import { dayNumber } from '#protocol/time'
import { hpkePair } from '#test/protocol/support/organisation.ts'
import { db, type Organisation } from './edge.ts'
import { asStaff, noise, person, signed, type Person } from './staff.ts'

/** A reader whom the root has certified. */
export interface KeeperPerson extends Person {
  lastDay: number
  certificate: Bytes
}

/** Makes a keeper whose certificate expires after this many days. */
export async function keeper({ root }: Organisation, days = 800): Promise<KeeperPerson> {
  const reader = await person('intake')
  const lastDay = dayNumber(Date.now()) + days
  const certificate = await certifyAdmin(root.privateKey, reader.signing.publicKey, lastDay)
  await db
    .prepare('UPDATE people SET keeper_last_day = ? WHERE id = ?')
    .bind(lastDay, fromB64(reader.id))
    .run()
  return { ...reader, lastDay, certificate }
}

/** Builds the body of `POST epochs`. @param readers  the people who each get a copy */
export async function epochOpening(
  by: KeeperPerson,
  readers: readonly Person[],
  changes: Partial<Manifest> = {},
) {
  const today = dayNumber(Date.now())
  const hybridKey = randomBytes(HYBRID_KEY_BYTES)
  const manifest: Manifest = {
    epoch: 2,
    firstDay: today,
    lastDay: today + 365,
    intake: (await hpkePair()).publicKey,
    hybridHash: await sha256(hybridKey),
    admin: by.signing.publicKey,
    adminLastDay: by.lastDay,
    ...changes,
  }
  const bytes = await signManifest(by.signing.privateKey, by.certificate, manifest)
  const { epoch } = manifest
  return {
    manifest,
    bytes,
    body: {
      signed: await signed(by, 'epoch.open', String(epoch), { epoch, manifest: toB64(bytes) }),
      hybridKey: toB64(hybridKey),
      sealed: readers.map(({ id }) => ({ person: id, sealed: noise(180) })),
      sealedForRecovery: noise(180),
    },
  }
}

export const postEpoch = (by: Person, body: object): Promise<Response> =>
  asStaff('epochs', 'POST', body, by.cookie)

export async function retire(by: Person, epoch: number, day: string): Promise<Response> {
  const body = await signed(by, 'epoch.retire', String(epoch), { epoch, day })
  return asStaff(`epochs/${epoch}/retire`, 'POST', body, by.cookie)
}

export async function endEpoch(by: Person, epoch: number): Promise<Response> {
  const body = await signed(by, 'epoch.end', String(epoch), { epoch })
  return asStaff(`epochs/${epoch}/end`, 'POST', body, by.cookie)
}
