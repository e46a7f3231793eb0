export { wordsIn } from '#scripts/browser/words'
