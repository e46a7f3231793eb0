// Names the locales for numbers.
import { defaultLanguage, STAND_IN } from '#content/languages.ts'

/** Returns the language for `Intl`, and the language to use where the browser lacks it. */
export const withStandIn = (lang: string): string[] => [
  lang,
  STAND_IN[defaultLanguage] ?? defaultLanguage,
]
