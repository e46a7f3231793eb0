// Tags the browser tests that `npm run soak` runs. `npm test` runs a slow test only on its assigned
// day, and takes a smaller sample in the others.
import { languages, type Language } from '#content/languages.ts'

/** Details of a slow test that seldom fails. `npm test` runs it only on its day. */
export const SLOW = { tag: '@soak' }

/**
 * Returns the details of one of several similar tests. `npm test` runs the tests after the first
 * only on their day.
 */
export const slowUnless = (first: boolean): { tag: string[] } => ({ tag: first ? [] : ['@soak'] })

/**
 * Returns the details of a test that runs once per language. The languages share their markup, so
 * `npm test` runs the first language every time and the others on their day.
 */
export const slowUnlessFirst = (lang: Language): { tag: string[] } =>
  slowUnless(lang === languages[0])

/** Details of a test that `npm test` runs with a smaller sample than `npm run soak`. */
export const SAMPLED = { tag: '@sample' }

/** Returns the sample size of this run. */
export const sampleOf = (usual: number, whole: number): number =>
  process.env['OASIS_SOAK'] ? whole : usual
