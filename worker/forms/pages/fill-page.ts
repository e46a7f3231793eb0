// Fills the slots of a built page. The edge inserts words as text, and HTMLRewriter escapes them.
import { chosen, joinedWords, joinWords } from '#worker/forms/form-fields'

/** Reveals `[data-slot="name"]` and puts text into it. */
export const showPlace = (rewriter: HTMLRewriter, name: string, text?: string): HTMLRewriter =>
  rewriter.on(`[data-slot="${name}"]`, {
    element(element) {
      element.removeAttribute('hidden')
      if (text !== undefined) element.setInnerContent(text)
    },
  })

/** Reveals `[data-count="name"]` and puts the number into its `b` element. */
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

/** Keeps the named variants of a page and removes the others. */
export const keepOnlyVariants = (rewriter: HTMLRewriter, kept: readonly string[]): HTMLRewriter =>
  rewriter.on('[data-when]', {
    element(element) {
      if (kept.includes(element.getAttribute('data-when') ?? '')) element.removeAttribute('hidden')
      else element.remove()
    },
  })

/** Puts what a person wrote and chose back into a form. */
export function refill(rewriter: HTMLRewriter, fields: ReadonlyMap<string, string>): HTMLRewriter {
  let selectName = ''
  // For a field with both choices and words: the words that have not yet matched any choice.
  const remaining = new Map<string, string[]>()
  const wordsOf = (name: string): string[] => {
    const words = remaining.get(name) ?? joinedWords(fields.get(name) ?? '')
    remaining.set(name, words)
    return words
  }
  return rewriter
    .on('input[name]', {
      element(input) {
        const name = input.getAttribute('name') ?? ''
        const written = fields.get(name)
        const type = input.getAttribute('type')
        const value = input.getAttribute('value') ?? ''
        // A hidden field comes from the page, not from the person.
        if (type === 'hidden') return
        if (type === 'radio' || type === 'checkbox') {
          const words = wordsOf(name)
          const isChosen = chosen(written).includes(value) || words.includes(value)
          if (isChosen || (value === '' && !written)) input.setAttribute('checked', '')
          else input.removeAttribute('checked')
          remaining.set(
            name,
            words.filter((word) => word !== value),
          )
        } else if (written !== undefined)
          input.setAttribute(
            'value',
            attribute(remaining.has(name) ? joinWords(wordsOf(name)) : written),
          )
      },
    })
    .on('textarea[name]', {
      element(area) {
        const written = fields.get(area.getAttribute('name') ?? '')
        // Adds a line break, because a browser drops the first line break after the tag.
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

// Escapes `&`, because HTMLRewriter escapes only the quotes, and a browser would read `&lt;` as
// `<`.
const attribute = (text: string): string => text.replaceAll('&', '&amp;')

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Escapes text for use in markup. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '')
