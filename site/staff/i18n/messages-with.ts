// Extends the app's strings with strings that a screen loads later.
import { ownValue } from '../crypto/prototype-guard.ts'
import { fillPlaces, type Messages, type Table } from './messages.tsx'

/** Returns messages that look up a key in the tables first, and then in `words`. */
export function messagesWith(words: Messages, tables: readonly Table[]): Messages {
  const t: Messages['t'] = (key, params = {}) => {
    const texts = tables.map((table) => ownValue(table, key))
    const text = texts.find((each) => each !== undefined)
    return text === undefined ? words.t(key, params) : fillPlaces(text, params)
  }
  return { ...words, t }
}
