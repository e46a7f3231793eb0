// Finds the follow-ups of a thread that come from the holder of the return number. The edge can
// add, copy, reorder and withhold follow-ups. Only the reporter and people who have opened the
// thread know the key `up`.
import { fromB64, sameBytes, sha256, toB64 } from '#protocol/bytes'
import { readReporterMac } from '#protocol/report/reporter-mac'
import type { OpenReport } from './open-report.ts'

export interface ProvenLetter {
  /** true when the letter has the MAC that only the holder of the receipt can make */
  isProven: boolean
  /** number of letters from the same visit that are missing before this one */
  missingBefore: number
}

/** Returns true when the report contains the owner value whose hash is in its header. */
export async function ownsReceipt({ report, header }: OpenReport): Promise<boolean> {
  if (report.owner === undefined) return false
  return sameBytes(await sha256(fromB64(report.owner)), header.ownerHash)
}

/**
 * Checks the letters of a thread.
 *
 * @param first    the first report of the thread; its `up` counts only if it owns the receipt
 * @param letters  the follow-ups in any order; null for a follow-up that does not open
 * @returns one entry for each letter, in the same order
 */
export async function proveLetters(
  first: OpenReport | null,
  letters: readonly (OpenReport | null)[],
): Promise<ProvenLetter[]> {
  if (letters.length === 0) return []
  const up = first && (await ownsReceipt(first)) ? first.report.up : undefined
  const places = await Promise.all(
    letters.map(async (letter) =>
      letter && up ? await readReporterMac(fromB64(up), letter.header, letter.json) : null,
    ),
  )
  const visits = new Map<string, number[]>()
  for (const place of places)
    if (place) {
      const name = toB64(place.visit)
      visits.set(name, [...(visits.get(name) ?? []), place.n])
    }
  return places.map((place) => {
    if (!place) return { isProven: false, missingBefore: 0 }
    const earlier = (visits.get(toB64(place.visit)) ?? []).filter((n) => n < place.n)
    return { isProven: true, missingBefore: place.n - 1 - Math.max(-1, ...earlier) }
  })
}
