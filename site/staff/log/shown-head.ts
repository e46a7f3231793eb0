import { type Bytes } from '#protocol/bytes'

const SHOWN_BYTES = 8

/** Writes the first 16 hex digits of a head in groups of four. */
export const shownHead = (head: Bytes): string =>
  [...head.subarray(0, SHOWN_BYTES)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .replace(/(.{4})(?=.)/g, '$1 ')
