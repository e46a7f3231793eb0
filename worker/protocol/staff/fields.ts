// Defines the fields that several schemas of the staff API share.
import * as z from 'zod/mini'
import { POINT_BYTES } from '../crypto/hpke-seal.ts'
import { HYBRID_KEY_BYTES, ID_BYTES } from '../limits.ts'

const charsOf = (bytes: number): number => Math.ceil((bytes * 4) / 3)

/** Accepts base64url of exactly `bytes` bytes. */
export const b64Of = (bytes: number) =>
  z.string().check(z.length(charsOf(bytes)), z.regex(/^[\w-]+$/))

/** Accepts base64url of one of these lengths in bytes. */
export const b64OfOne = (lengths: readonly number[]) => {
  const chars = new Set(lengths.map(charsOf))
  return z.string().check(
    z.refine((text) => chars.has(text.length)),
    z.regex(/^[\w-]+$/),
  )
}

/** Accepts base64url of 1 to `bytes` bytes. */
export const b64UpTo = (bytes: number) =>
  z.string().check(z.minLength(1), z.maxLength(charsOf(bytes)), z.regex(/^[\w-]+$/))

/** The id of a report (see reportIdOf) or of a person, in base64url. */
export const id = b64Of(ID_BYTES)

/** Random bytes that precede a name when it is hashed; see nameHashOf. */
export const NAME_SALT_BYTES = 16

/** The maximum length of a person's name, in UTF-16 code units. */
export const MAX_PERSON_NAME = 60

/** The name of a person, without surrounding spaces. */
export const personName = z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_PERSON_NAME))

export const nameSalt = b64Of(NAME_SALT_BYTES)

/** An uncompressed P-256 point: a public signing key. */
export const point = b64Of(POINT_BYTES)

/** A hybrid key (X-Wing), to which others seal. */
export const sealingKey = b64Of(HYBRID_KEY_BYTES)

/** A UTC day: `2026-11-24`. */
export const day = z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/))

/**
 * The maximum length of a change's JSON in either chain, in characters. Browsers refuse a longer
 * row.
 */
export const MAX_CHANGE_CHARS = 8192

/** The JSON text of a change: public keys, roles, numbers and hashes, but nothing sealed. */
export const changeText = z.string().check(z.maxLength(MAX_CHANGE_CHARS))

/** The JSON text of a Statement. */
export const statementText = z.string().check(z.maxLength(1000))

/** An ECDSA P-256 signature, r ‖ s. */
export const signature = b64Of(64)

export const ROLES = ['admin', 'intake', 'caseworker'] as const
export const Role = z.enum(ROLES)
export type Role = z.infer<typeof Role>

/**
 * Returns true for a caseworker who reads only assigned cases; the edge then counts only these
 * cases.
 */
export const hasOwnCasesOnly = (held: readonly Role[]): boolean =>
  held.includes('caseworker') && !held.includes('intake')

/** At least one role. */
export const roles = z.array(Role).check(z.minLength(1), z.maxLength(ROLES.length))

export const STATUSES = ['new', 'in_progress', 'closed'] as const
export const Status = z.enum(STATUSES)
export type Status = z.infer<typeof Status>

/** The party that a case is waiting for, unless the case is closed. */
export const WAITING_FOR = ['us', 'person'] as const
export const WaitsFor = z.enum(WAITING_FOR)
export type WaitsFor = z.infer<typeof WaitsFor>

/** The reasons for closing a case. Only `case.merge` sets `merged`. */
export const CLOSE_REASONS = [
  'helped',
  'referred',
  'no_contact',
  'not_our_task',
  'spam',
  'test',
  'other',
  'merged',
] as const
export const CloseReason = z.enum(CLOSE_REASONS)
export type CloseReason = z.infer<typeof CloseReason>
