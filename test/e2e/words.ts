export { LANGUAGES, wordsIn, type Language } from '#scripts/browser/words'
