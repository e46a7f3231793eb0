// Defines the schemas of a person's saved views of the list. The edge stores one sealed string of
// fixed length for each person. The edge therefore learns neither the number of views nor their
// content.
import * as z from 'zod/mini'
import { HASH_BYTES, HYBRID_ENC_BYTES, TAG_BYTES } from '../../limits.ts'
import { b64Of } from '../fields.ts'

/** Length of the views before they are sealed. */
export const VIEWS_BYTES = 8192

/** All views of a person, padded to VIEWS_BYTES and sealed to the person's own hybrid key. */
const SealedViews = b64Of(VIEWS_BYTES + HYBRID_ENC_BYTES + TAG_BYTES)

/** The body of `PUT me/views`. */
export const NewViews = z.object({
  sealed: SealedViews,
  /** SHA-256 of the sealed views that the device changed; null when there were none */
  base: z.nullable(b64Of(HASH_BYTES)),
})
export type NewViews = z.infer<typeof NewViews>

/** The response to `GET me/views`; null for a person who has not saved any views. */
export const StoredViews = z.object({ sealed: z.nullable(SealedViews) })
export type StoredViews = z.infer<typeof StoredViews>
