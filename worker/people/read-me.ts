// Returns everything that a colleague needs to unlock the app on a device: slots, sealed keys and
// the current manifest.
import { toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { Me } from '#protocol/staff/people/people'
import type { Deps } from '#worker/deps'
import { currentKeys } from '#worker/keys/current-keys'
import { findUnlockMaterial } from '#worker/store/people/unlock-material'

/**
 * Throws Refusal `signed_out` when the person no longer exists, `unavailable` when there is no
 * manifest.
 */
export async function readMe(deps: Deps, id: Bytes): Promise<Me> {
  const material = await findUnlockMaterial(deps.db, id)
  if (!material) throw new Refusal('signed_out')
  const { person, slots, intake, team } = material
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
    team,
    manifest: toB64((await currentKeys(deps)).manifest),
  }
}
