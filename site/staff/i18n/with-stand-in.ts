// Chooses the locales for formatting numbers.
import { defaultLanguage, STAND_IN } from '#content/languages.ts'

/**
 * Returns the language for `Intl`, followed by the language to use if the browser lacks the first.
 */
export const withStandIn = (lang: string): string[] => [
  lang,
  STAND_IN[defaultLanguage] ?? defaultLanguage,
]
