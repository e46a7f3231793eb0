// Declares the signed taking of an alert: a colleague states that they are taking it. Browsers
// verify the signature, so that a server cannot claim that a colleague took an alert that nobody
// took. A taking is not part of any chain and is deleted with its alert. A row in a chain would
// reveal forever when danger was reported.
import * as z from 'zod/mini'
import { concat, fromB64, utf8, type Bytes } from '../../bytes.ts'
import { isSignedBy } from '../../keys/signatures.ts'
import { id, signature } from '../fields.ts'

export const Taking = z.object({
  /** id of the person who took the alert */
  by: id,
  /** the UTC minute on the taker's clock */
  at: z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/)),
  /** the taker's ECDSA signature over takingMessage */
  signature,
})
export type Taking = z.infer<typeof Taking>

/**
 * Builds the bytes that the taker signs. The label distinguishes these bytes from rows of the
 * chains.
 */
export const takingMessage = (alert: string, { by, at }: Omit<Taking, 'signature'>): Bytes =>
  concat(utf8('oasis/v1/alert-taking'), utf8(JSON.stringify([alert, by, at])))

/** Returns true when the owner of the key signed this taking of this alert. */
export const isTakenBy = (signPublic: Bytes, alert: string, taking: Taking): Promise<boolean> =>
  isSignedBy(signPublic, fromB64(taking.signature), takingMessage(alert, taking))
