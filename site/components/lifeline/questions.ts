// The answers that can be chosen on `tell`, in their order, with a picture each: signs of the device's own font, since they cost
// a few bytes, are known to people who read little, and exist on phones of 2014 (Unicode 6).
import type { Consent, Need, Sign } from '#protocol/report'

export const DOORS = { see: '👀', me: '🙋', other: '👪' } as const

export const SIGN_PICTURES: Readonly<Record<Sign, string>> = {
  WithholdsDocuments: '📕',
  TakesEarnings: '💰',
  DebtBondage: '📝',
  RestrictsMovement: '🔒',
  PhysicalThreats: '💢',
  PhysicalAbuse: '👊',
}

export const NEED_PICTURES: Readonly<Record<Need, string>> = {
  leave: '🚪',
  papers: '📄',
  doctor: '💊',
  shelter: '🏠',
  lawyer: '⚖',
  talk: '💬',
}

/** Who may learn of it is said in words alone: a picture would be read in more than one way. */
export const CONSENT_PICTURES: Readonly<Record<Consent, string>> = {
  authorities: '',
  foundation: '',
  anonymous: '',
}
