// Makes, reads and ends sessions. The cookie contains a random token, and the store contains only
// its hash. A session ends after SESSION_HOURS.
import { sha256, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { ID_BYTES, TOKEN_BYTES } from '#protocol/limits'
import { SESSION_HOURS } from '#protocol/staff/people/sign-in'
import type { Actor, Deps } from '#worker/deps'
import { deleteSession, findSession, type Session } from '#worker/store/people/sessions'

const SESSION_MS = SESSION_HOURS * 3_600_000

export interface NewSession {
  /** 32 bytes, for the cookie */
  token: Bytes
  stored: Session
}

/** Makes a session. Signing in counts as proof of presence. */
export async function newSession(
  deps: Deps,
  person: Bytes,
  beganBy: Session['beganBy'],
): Promise<NewSession> {
  const token = deps.random(TOKEN_BYTES)
  const now = deps.now()
  const stored = {
    tokenHash: await sha256(token),
    id: deps.random(ID_BYTES),
    person,
    beganBy,
    beganAt: now,
    provenAt: now,
    expiresAt: now + SESSION_MS,
  }
  return { token, stored }
}

/** Finds the person whose session has this token. Throws Refusal `signed_out`. */
export async function readActor(deps: Deps, token: Bytes | null): Promise<Actor> {
  const actor = token && (await findSession(deps.db, await sha256(token), deps.now()))
  if (!actor) throw new Refusal('signed_out')
  return actor
}

export async function endSession(deps: Deps, token: Bytes | null): Promise<void> {
  if (token) await deleteSession(deps.db, await sha256(token))
}
