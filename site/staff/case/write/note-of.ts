// Makes the entry for a note.
import { minuteOf } from '#protocol/time'
import { type Note } from '../../crypto/case-entry.ts'

/** Returns a note dated to the current minute. */
export const noteOf = (text: string): Note => ({
  v: 1,
  kind: 'note',
  at: minuteOf(Date.now()),
  text,
})
