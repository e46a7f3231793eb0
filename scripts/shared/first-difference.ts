// Reports the first byte at which two byte sequences differ, with a few bytes of context.
const BEFORE = 8
const AFTER = 32

const around = (bytes: Buffer, at: number): string =>
  JSON.stringify(bytes.subarray(Math.max(0, at - BEFORE), at + AFTER).toString())

/** Returns the end of a sentence about bytes that differ. */
export function firstDifference(found: Buffer, published: Buffer): string {
  let at = 0
  while (at < found.length && found[at] === published[at]) at++
  return `from byte ${at} on it is ${around(found, at)} in place of ${around(published, at)}`
}
