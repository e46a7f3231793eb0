// Applies the app's language to its page: title, text direction, and the styles for that direction.
// site/integrations/mirror-styles.ts makes those styles.
import { directionOf, type WholeLanguage } from '#content/languages.ts'

export function showLanguage(lang: WholeLanguage, title: string): void {
  const direction = directionOf(lang) ?? 'ltr'
  document.documentElement.lang = lang
  document.documentElement.dir = direction
  document.title = title
  for (const style of document.querySelectorAll<HTMLStyleElement>('style[data-direction]'))
    style.media = style.dataset['direction'] === direction ? '' : 'not all'
}
