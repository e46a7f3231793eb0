// Offers a report without words. For a person in danger, a button appears below the field for words
// as long as that field is empty. The `back` tool adds the button, because the page has no bytes
// left for it.
import { byId } from '../dom/by-id.ts'
import { makeButton, word } from '../dom/elements.ts'
import type { ToolContext } from '../dom/loader.ts'

export function offerPlea({ use }: ToolContext): void {
  const field = byId<HTMLTextAreaElement>('text')
  const button = makeButton(word('plea'), () => {
    if (use) void use(button, [], true)
  })
  button.dataset['tool'] = 'plea'
  button.style.cssText =
    'min-height:48px;padding:0;border:0;background:none;font-weight:400;text-decoration:underline'
  field.after(button)
  const follow = (): void => {
    button.hidden = !byId<HTMLInputElement>('yes').checked || !!field.value.trim()
  }
  for (const type of ['input', 'change']) byId('form').addEventListener(type, follow)
  follow()
}
