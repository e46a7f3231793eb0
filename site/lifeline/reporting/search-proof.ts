// Searches for the proof of work while the person writes, so that "Send" does not wait for the
// proof. The search runs in short slices, so that typing never stutters.
import { findProof, proofBits } from '#protocol/crypto/proof-of-work'
import type { Bytes } from '#protocol/bytes'
import { GRADE_BITS, PROOF_GOAL_BITS } from '#protocol/limits'
import { pause } from '../network/timeout.ts'

const SLICE_MS = 12
const TRIES = 50

/** A search for a proof of work for the reports under one header id. */
export interface Search {
  headerId: Bytes
  /** the best nonce found, in decimal */
  proof?: string
  /** settles with the first proof, or when the search ends; never rejects */
  ready?: Promise<unknown> | undefined
  /** true once a report is being sent; different words then need a new header id */
  isTaken?: boolean
  isOver?: boolean
}

/**
 * Searches for better and better proofs, until a proof has PROOF_GOAL_BITS or the search has ended.
 * Settles with the first proof, or when the search ends.
 */
export type SearchProof = (search: Search) => Promise<void>

export const searchInSlices: SearchProof = (search) =>
  new Promise((done) => {
    const { headerId } = search
    const run = async (): Promise<void> => {
      let first = 0
      for (let bits: number = GRADE_BITS[0]; bits <= PROOF_GOAL_BITS && !search.isOver;) {
        // The time is measured with `performance`, because the phone's clock may stop or be set
        // back.
        const end = performance.now() + SLICE_MS
        while (performance.now() < end && bits <= PROOF_GOAL_BITS) {
          const nonce = findProof(headerId, Date.now(), first, TRIES, bits)
          first = nonce === null ? first + TRIES : nonce + 1
          if (nonce === null) continue
          bits = proofBits(headerId, Date.now(), nonce) + 1
          search.proof = String(nonce)
          done()
        }
        await pause(0)
      }
    }
    run().then(done, done)
  })
