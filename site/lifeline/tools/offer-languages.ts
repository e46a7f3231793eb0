// Lets the links of the languages keep answers and words: a press shows the open page in the other
// language. The tool of the language does this; without a network the press shows an error.
import type { ToolContext } from './loader.ts'

export function offerLanguages({ serve }: ToolContext): void {
  if (!serve) return
  document.querySelectorAll<HTMLElement>('header [lang]:not([aria-current])').forEach((link) => {
    link.dataset['tool'] = 'to-' + link.lang
    serve(link)
  })
}
