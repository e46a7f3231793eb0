// Requires a keeper, a reader whom the root has certified to sign manifests, and a fresh proof of
// presence.
import { Refusal } from '#protocol/errors'
import { requireFreshProof } from '#worker/auth/require-fresh-proof'
import { requireRole } from '#worker/auth/require-role'
import type { StaffDeps } from '#worker/deps'

/**
 * @param today  the day of the statement, in days since 1970, UTC
 * @returns the last day of the certificate
 * @throws Refusal `not_allowed` for another person, and after the certificate has ended;
 *   `prove_again`
 */
export function requireKeeper(deps: StaffDeps, today: number): number {
  requireRole(deps.actor, 'intake')
  requireFreshProof(deps)
  const { keeperLastDay } = deps.actor
  if (keeperLastDay === null || today > keeperLastDay) throw new Refusal('not_allowed')
  return keeperLastDay
}
