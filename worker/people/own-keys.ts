// Lists the signed-in person's own slots, passkeys and sessions, and ends sessions. A person
// without a role may do this too.
import { sameBytes, toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { OwnKeys } from '#protocol/staff/people/slots'
import type { StaffDeps } from '#worker/deps'
import { parseB64 } from '#worker/parse'
import {
  deleteOtherSessions,
  deleteOwnSession,
  listSessions,
} from '#worker/store/people/own-sessions'
import { listCredentialIds } from '#worker/store/people/credentials'
import { ownSlotFrom, selectSlots } from '#worker/store/people/unlock-material'

export async function listOwnKeys({ db, actor, now }: StaffDeps): Promise<OwnKeys> {
  const [rows, passkeys, sessions] = await Promise.all([
    selectSlots(db, actor.id),
    listCredentialIds(db, actor.id),
    listSessions(db, actor.id, now()),
  ])
  const slots = rows.map(ownSlotFrom)
  const withSlot = new Set(slots.map(({ credentialId }) => credentialId))
  return {
    slots,
    signInOnly: passkeys.map(toB64).filter((id) => !withSlot.has(id)),
    sessions: sessions.map(({ id, beganBy, beganAt }) => ({
      id: toB64(id),
      beganBy,
      beganAt,
      isThis: sameBytes(id, actor.session.id),
    })),
  }
}

/** Ends one of the person's sessions. Ending a session that has already ended is not an error. */
export async function endOwnSession({ db, actor }: StaffDeps, id: string): Promise<void> {
  const session = parseB64(id)
  // Only signing out removes the cookie, so the current session can be ended only by signing out.
  if (sameBytes(session, actor.session.id)) throw new Refusal('malformed')
  await deleteOwnSession(db, actor.id, session)
}

/** Ends all of the person's sessions except the current one. */
export const endOtherSessions = ({ db, actor }: StaffDeps): Promise<void> =>
  deleteOtherSessions(db, actor.id, actor.session.id)
