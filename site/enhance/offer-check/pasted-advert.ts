// Finds telltale words in a pasted text, marks the words and answers their questions with "Yes".
// The script fetches the list of words when the field gets the focus. The text stays on the page:
// no storage, no address and no request holds any of its words.
import { all, answerOf, list, the } from './dom.ts'
import { type Beside, findSigns, joinSpans, type Span, type WordList } from './find-signs.ts'

const WORDS = '/offer-words.json'
/** Some networks freeze a connection without an error. */
const WAIT_MS = 8000

interface Fetched extends WordList {
  beside: Beside
}

async function fetchWords(): Promise<Fetched> {
  const late = new Promise<never>((_, fail) => setTimeout(fail, WAIT_MS))
  const answer = await Promise.race([fetch(WORDS), late])
  return (await Promise.race([answer.json(), late])) as Fetched
}

export function watchPastedAdvert(
  form: HTMLFormElement,
  questions: readonly HTMLElement[],
  show: () => void,
): void {
  const text = the<HTMLTextAreaElement>('#text')
  const found = the<HTMLElement>('#found')
  const marked = the<HTMLElement>('#marked')
  const beside = the<HTMLElement>('#beside')
  let words: Promise<Fetched> | null = null
  /** Answers that the search gave, not the person. The next search removes these answers first. */
  let suggested: HTMLInputElement[] = []

  const load = (): Promise<Fetched> => {
    const fetched = (words ??= fetchWords())
    fetched.catch(() => {
      words = null
    })
    return fetched
  }

  const showOutcome = (outcome: 'some' | 'only' | 'none' | 'lost' | null): void => {
    for (const part of all<HTMLElement>('[data-found]', found))
      part.hidden = part.dataset['found'] !== outcome
    for (const into of [marked, ...all('ul', found)]) into.textContent = ''
    beside.hidden = true
  }

  const findWords = (fetched: Fetched): void => {
    for (const box of suggested) box.checked = false
    const findings = findSigns(text.value, fetched)
    const isFound = (id: string): boolean => findings.some(({ sign }) => sign === id)
    const chosen = questions.filter(({ id }) => isFound(id))
    const others = (fetched.beside[document.documentElement.lang] ?? []).filter(([id]) =>
      isFound(id),
    )
    showOutcome(chosen.length > 0 ? 'some' : others.length > 0 ? 'only' : 'none')
    beside.hidden = others.length === 0
    for (const [, sentence] of others)
      the('ul', beside).appendChild(document.createElement('li')).textContent = sentence
    list(the('#asked'), chosen, 'link')
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
    show()
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
