// Makes the staff app's requests for signing in and out, and for proofs of presence.
import { Refusal } from '#protocol/errors'
import { Me } from '#protocol/staff/people/people'
import { Challenge, type PaperSignIn } from '#protocol/staff/people/sign-in'
import * as z from 'zod/mini'
import { ask, nothing } from './client.ts'

export const fetchSignInOptions = (): Promise<Challenge> =>
  ask({ method: 'POST', path: 'sign-in/options', body: {}, answer: Challenge })

export const postSignIn = (challengeId: string, response: Record<string, unknown>): Promise<Me> =>
  ask({ method: 'POST', path: 'sign-in', body: { challengeId, response }, answer: Me })

export const postPaperSignIn = (body: PaperSignIn): Promise<Me> =>
  ask({ method: 'POST', path: 'sign-in/paper', body, answer: Me })

/**
 * The maximum time to wait for the sign-out. A slow network may need this long, and a delay does no
 * harm.
 */
const SIGN_OUT_MS = 8000

/** Signs out. @returns false when the session may still be open, because the request failed */
export async function postSignOut(timeoutMs = SIGN_OUT_MS): Promise<boolean> {
  try {
    await ask({ method: 'POST', path: 'sign-out', body: {}, answer: nothing, timeoutMs })
    return true
  } catch (thrown) {
    return thrown instanceof Refusal && thrown.code === 'signed_out'
  }
}

export const fetchMe = (): Promise<Me> => ask({ method: 'GET', path: 'me', answer: Me })

/** Checks with the server whether the proof of presence is fresh. @throws Refusal `prove_again` */
export const requireProof = (): Promise<unknown> =>
  ask({ method: 'GET', path: 'prove', answer: z.unknown() })

export const fetchProofOptions = (): Promise<Challenge> =>
  ask({ method: 'POST', path: 'prove/options', body: {}, answer: Challenge })

export const postProof = (challengeId: string, response: Record<string, unknown>): Promise<null> =>
  ask({ method: 'POST', path: 'prove', body: { challengeId, response }, answer: nothing })

export const postPaperProof = (body: PaperSignIn): Promise<null> =>
  ask({ method: 'POST', path: 'prove/paper', body, answer: nothing })
