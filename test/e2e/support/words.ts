export { wordsIn } from '#scripts/shared/browser/words'
