// Chooses the locales for formatting numbers.
import { defaultLanguage, STAND_IN } from '#content/languages.ts'

/** Returns the language for `Intl`, followed by the language to use where the browser lacks it. */
export const withStandIn = (lang: string): string[] => [
  lang,
  STAND_IN[defaultLanguage] ?? defaultLanguage,
]
