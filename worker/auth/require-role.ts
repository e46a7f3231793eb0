// Checks the roles of an actor. Every staff verb calls requireRole first.
import { Refusal } from '#protocol/errors'
import type { Role } from '#protocol/staff/fields'
import type { Actor } from '#worker/deps'

/** Throws Refusal `not_allowed` unless the actor has one of the roles. */
export function requireRole(actor: Actor, ...roles: Role[]): void {
  if (!roles.some((role) => actor.roles.includes(role))) throw new Refusal('not_allowed')
}
