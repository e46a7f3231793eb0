// Makes the entry of a note.
import { minuteOf } from '#protocol/time'
import { type Note } from '../../crypto/case-entry.ts'

/** Makes a note of this minute. */
export const noteOf = (text: string): Note => ({
  v: 1,
  kind: 'note',
  at: minuteOf(Date.now()),
  text,
})
