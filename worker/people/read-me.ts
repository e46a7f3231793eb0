// What a person on the staff needs to unlock on their device: their slots, sealed keys and the current manifest.
import { toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { Me } from '#protocol/staff'
import type { Deps } from '#worker/deps'
import { currentManifest } from '#worker/keys/current'
import { findLocker } from '#worker/store/people'

/** Throws Refusal `signed_out` when the person is gone, `unavailable` when there is no manifest. */
export async function readMe(deps: Deps, id: Bytes): Promise<Me> {
  const locker = await findLocker(deps.db, id)
  if (!locker) throw new Refusal('signed_out')
  const { person, slots, intake } = locker
  return {
    id: toB64(person.id),
    name: person.name,
    roles: person.roles,
    keys: {
      hpkePublic: toB64(person.hpkePublic),
      signPublic: toB64(person.signPublic),
      sealedPrivate: toB64(person.sealedPrivate),
    },
    slots,
    intake,
    manifest: toB64(await currentManifest(deps)),
  }
}
