import { isWholeLanguage, type WholeLanguage } from '#content/languages.ts'

/**
 * Returns the first of the browser's languages for which strings exist, or the fallback language.
 *
 * @param without  a language to skip, because it reveals little about the browser's owner
 */
export const browserLanguage = (other: WholeLanguage, without?: WholeLanguage): WholeLanguage =>
  navigator.languages
    .map((tag) => tag.split('-')[0] ?? '')
    .filter(isWholeLanguage)
    .find((lang) => lang !== without) ?? other
