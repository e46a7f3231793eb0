// Fills the slots of a built page. Words go in as text only: HTMLRewriter escapes them.
import { chosen } from '#worker/reports/choices'

/** Unhides `[data-slot="name"]` and puts text in it. */
export const showSlot = (rewriter: HTMLRewriter, name: string, text?: string): HTMLRewriter =>
  rewriter.on(`[data-slot="${name}"]`, {
    element(element) {
      element.removeAttribute('hidden')
      if (text !== undefined) element.setInnerContent(text)
    },
  })

/** Unhides `[data-count="name"]` and puts the number into the element that it has for it. */
export const showCount = (rewriter: HTMLRewriter, name: string, count: number): HTMLRewriter =>
  rewriter
    .on(`[data-count="${name}"]`, {
      element(element) {
        element.removeAttribute('hidden')
      },
    })
    .on(`[data-count="${name}"] b`, {
      element(element) {
        element.setInnerContent(String(count))
      },
    })

/** Keeps the variants of a page that are named and removes the others. */
export const keepVariants = (rewriter: HTMLRewriter, kept: readonly string[]): HTMLRewriter =>
  rewriter.on('[data-when]', {
    element(element) {
      if (kept.includes(element.getAttribute('data-when') ?? '')) element.removeAttribute('hidden')
      else element.remove()
    },
  })

/** Puts back into a form what a person had written and chosen. */
export function refill(rewriter: HTMLRewriter, fields: ReadonlyMap<string, string>): HTMLRewriter {
  let selectName = ''
  return rewriter
    .on('input[name]', {
      element(input) {
        const written = fields.get(input.getAttribute('name') ?? '')
        const type = input.getAttribute('type')
        // What is hidden is the page's own, not the person's.
        if (type === 'hidden') return
        if (type === 'radio' || type === 'checkbox') {
          if (chosen(written).includes(input.getAttribute('value') ?? ''))
            input.setAttribute('checked', '')
          else input.removeAttribute('checked')
        } else if (written !== undefined) input.setAttribute('value', attribute(written))
      },
    })
    .on('textarea[name]', {
      element(area) {
        const written = fields.get(area.getAttribute('name') ?? '')
        // A browser drops one line break right after the tag: the one given here, not the person's.
        if (written !== undefined) area.setInnerContent(`\n${written}`)
      },
    })
    .on('select[name]', {
      element(select) {
        selectName = select.getAttribute('name') ?? ''
      },
    })
    .on('select[name] option', {
      element(option) {
        if (fields.get(selectName) === option.getAttribute('value'))
          option.setAttribute('selected', '')
        else option.removeAttribute('selected')
      },
    })
}

// HTMLRewriter escapes only the quotes of an attribute: an unescaped `&lt;` would come back as `<`.
const attribute = (text: string): string => text.replaceAll('&', '&amp;')

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text that stands for itself in markup. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '')
