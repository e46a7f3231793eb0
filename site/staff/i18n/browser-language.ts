import { isWholeLanguage, type WholeLanguage } from '#content/languages.ts'

/** Returns the first of the browser's languages that has sentences, or the other language. */
export const browserLanguage = (other: WholeLanguage): WholeLanguage =>
  navigator.languages.map((tag) => tag.split('-')[0] ?? '').find(isWholeLanguage) ?? other
