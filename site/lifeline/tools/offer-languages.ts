// Makes the language links keep answers and words: pressing a link shows the open page in the other
// language. The tool for that language changes the page; without a network, pressing the link shows
// an error.
import { isSending } from '../dom/page-state.ts'
import type { ToolContext } from '../dom/loader.ts'

export function offerLanguages(context: ToolContext): void {
  const { use } = context
  document.querySelectorAll<HTMLElement>('header [lang]:not([aria-current])').forEach((link) => {
    link.dataset['tool'] = 'to-' + link.lang
    link.addEventListener('click', (event) => {
      event.preventDefault()
      // The language of the page does not change while a report is being sent.
      if (!use || isSending()) return
      context.wanted = link.lang
      void use(link, [], true)
    })
  })
}
