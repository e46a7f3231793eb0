// Finds telltale words in a pasted text, marks the words and answers their questions with "Yes".
// The script fetches the list of words when the field gets the focus. The text stays on the page:
// no storage, no address and no request holds any of its words.
import { all, answerOf, list, the } from './dom.ts'
import { findSigns, type Patterns, type Span, joinSpans } from './find-signs.ts'

const WORDS = '/offer-words.json'
/** Some networks freeze a connection without an error. */
const WAIT_MS = 8000

async function fetchPatterns(): Promise<Patterns> {
  const late = new Promise<never>((_, fail) => setTimeout(fail, WAIT_MS))
  const answer = await Promise.race([fetch(WORDS), late])
  return (await Promise.race([answer.json(), late])) as Patterns
}

export function watchPastedAdvert(
  form: HTMLFormElement,
  questions: readonly HTMLElement[],
  show: () => void,
): void {
  const text = the<HTMLTextAreaElement>('#text')
  const found = the<HTMLElement>('#found')
  const marked = the<HTMLElement>('#marked')
  let patterns: Promise<Patterns> | null = null
  /** Answers that the search gave, not the person. The next search removes these answers first. */
  let suggested: HTMLInputElement[] = []

  const load = (): Promise<Patterns> => {
    const fetched = (patterns ??= fetchPatterns())
    fetched.catch(() => {
      patterns = null
    })
    return fetched
  }

  const showOutcome = (outcome: 'some' | 'none' | 'lost' | null): void => {
    for (const part of all<HTMLElement>('[data-found]', found))
      part.hidden = part.dataset['found'] !== outcome
    for (const into of [marked, ...all('ul', found)]) into.textContent = ''
  }

  const findWords = (words: Patterns): void => {
    for (const box of suggested) box.checked = false
    const findings = findSigns(text.value, words)
    const chosen = questions.filter(({ id }) => findings.some(({ sign }) => sign === id))
    showOutcome(chosen.length > 0 ? 'some' : 'none')
    for (const into of all('ul', found)) list(into, chosen, 'link')
    const spans = findings.reduce<Span[]>((sum, finding) => sum.concat(finding.spans), [])
    if (spans.length > 0) markWords(marked, text.value, spans)
    suggested = chosen
      .filter((question) => answerOf(question) === null)
      .map((question) => the<HTMLInputElement>('[value=yes]', question))
    for (const box of suggested) box.checked = true
    show()
  }

  form.addEventListener('change', ({ target }) => {
    suggested = suggested.filter((box) => box !== target)
  })
  form.addEventListener('reset', () => {
    suggested = []
    showOutcome(null)
  })
  text.addEventListener('input', () => {
    showOutcome(null)
  })
  text.addEventListener('focus', () => void load())
  the('#look').addEventListener('click', () => {
    load().then(findWords, () => {
      showOutcome('lost')
    })
  })
}

/**
 * Shows the text of an offer and marks the words that were found. A stranger's text becomes text
 * nodes and nothing else.
 */
function markWords(into: Element, text: string, spans: readonly Span[]): void {
  into.textContent = ''
  let end = 0
  for (const [from, to] of joinSpans(spans)) {
    into.appendChild(document.createTextNode(text.slice(end, from)))
    into.appendChild(document.createElement('mark')).textContent = text.slice(from, to)
    end = to
  }
  into.appendChild(document.createTextNode(text.slice(end)))
}
