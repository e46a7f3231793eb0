// Marks browser tests that `npm test` leaves out and `npm run soak` runs.
import { languages, type Language } from '#content/languages.ts'

/**
 * Returns the details of a test that runs once for each language. The languages share their markup,
 * so `npm test` runs only the first one, and `npm run soak` runs the others.
 */
export const slowUnlessFirst = (lang: Language): { tag: string[] } => ({
  tag: lang === languages[0] ? [] : ['@soak'],
})
