// Declares a row of the table of actions: the change, the roles that may make it, and its request.
import type * as z from 'zod/mini'
import type { Role } from './fields.ts'

/**
 * The verbs enforce the roles, the proof of presence and the check for unread letters. Tests
 * compare each verb with its row.
 */
export interface ActionRow {
  /** schema of the signed change */
  change: z.ZodMiniType
  /**
   * Method, and address under `/api/staff/`. A parameter in the address contains the subject.
   * Absent for a row signed on the root's laptop, and for a row sent in another action's request.
   */
  route?: `${'POST' | 'PUT'} ${string}`
  /**
   * Roles that may send the request. `waiting` is a newcomer without a role; null allows all
   * callers. A caseworker acts only in an assigned case.
   */
  roles: readonly (Role | 'waiting')[] | null
  /** the edge refuses the request with `prove_again` unless there is a fresh proof of presence */
  needsProof?: true
  /**
   * a change with `followUps` is refused with `report_grew` while its author has not read every
   * letter
   */
  countsLetters?: true
  /** schema of the body; absent for a body that is the signed change alone */
  body?: z.ZodMiniType
  /** the maximum number of bytes in a body that is not JSON */
  maxBytes?: number
  /** 201 with an empty object, or the person with a new session; absent for 204 */
  answer?: 'made' | 'me'
}

export const ADMIN = ['admin'] as const
export const INTAKE = ['intake'] as const
export const CASEWORK = ['intake', 'caseworker'] as const
export const ADMIN_AND_INTAKE = ['admin', 'intake'] as const
export const EVERY_ROLE = ['admin', 'intake', 'caseworker'] as const
/** Only the root signs the row; no role may sign it. */
export const ROOT = [] as const
