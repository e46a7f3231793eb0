// Requires a keeper, a reader whom the root has certified to sign manifests. Only the table of
// people determines who is a keeper.
import { Refusal } from '#protocol/errors'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from './require-role.ts'

/**
 * @param today  the day on which the statement was signed, in days since 1970, UTC
 * @returns the last day of the certificate
 * @throws Refusal `not_allowed` for any other person, and after the certificate has expired
 */
export function requireKeeper({ actor }: Pick<StaffDeps, 'actor'>, today: number): number {
  requireRole(actor, 'intake')
  const { keeperLastDay } = actor
  if (keeperLastDay === null || today > keeperLastDay) throw new Refusal('not_allowed')
  return keeperLastDay
}
