// Finds telltale words in a pasted text, marks the words and answers the matching questions with
// "Yes". The script fetches the list of words when the field receives focus. The text remains on
// the page: no storage, address or request ever contains its words.
import { addChild, all, answerOf, the } from './dom.ts'
import { findSigns, joinSpans, type Span, type WordList } from './find-signs.ts'

const WORDS = '/offer-words.json'
/** Some networks freeze a connection without an error. */
const WAIT_MS = 8000

/** The sentences that the page shows only after a search. */
export interface SearchOutcome {
  some: string
  only: string
  none: string
  beside: string
  /** The sentences for the signs that no question covers. */
  signs: readonly (readonly [sign: string, sentence: string])[]
}

/** The words, and the sentences keyed by language. */
interface Fetched extends WordList {
  outcomes: Readonly<Record<string, SearchOutcome>>
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
  const marked = the('#marked')
  const outcome = the<HTMLElement>('#outcome')
  const beside = the('#beside')
  let words: Promise<Fetched> | null = null
  /**
   * Answers that come from the search, not from the person. The next search removes these answers
   * first.
   */
  let suggested: HTMLInputElement[] = []

  const load = (): Promise<Fetched> => {
    const fetched = (words ??= fetchWords())
    fetched.catch(() => {
      words = null
    })
    return fetched
  }

  const clear = (): void => {
    for (const part of all('#found > *, #marked')) part.textContent = ''
  }

  const findWords = (fetched: Fetched): void => {
    clear()
    for (const box of suggested) box.checked = false
    const says = fetched.outcomes[document.documentElement.lang]
    const findings = findSigns(text.value, fetched)
    const isFound = (id: string): boolean => findings.some(({ sign }) => sign === id)
    const chosen = questions.filter(({ id }) => isFound(id))
    for (const question of chosen)
      addChild(addChild(the('#asked'), 'li'), 'a', the('legend', question).textContent).href =
        `#${question.id}`
    for (const [sign, sentence] of says?.signs ?? [])
      if (isFound(sign)) addChild(beside, 'li', sentence)
    const hasBeside = beside.hasChildNodes()
    if (hasBeside) the('#besides').textContent = says?.beside ?? ''
    outcome.textContent = says?.[chosen.length > 0 ? 'some' : hasBeside ? 'only' : 'none'] ?? ''
    if (findings.length > 0)
      markWords(
        marked,
        text.value,
        findings.reduce<Span[]>((sum, { spans }) => sum.concat(spans), []),
      )
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
    clear()
  })
  text.addEventListener('input', () => {
    clear()
    show()
  })
  text.addEventListener('focus', () => void load())
  the('#look').addEventListener('click', () => {
    load()
      .then(findWords)
      .catch(() => {
        clear()
        outcome.textContent = outcome.dataset['lost'] ?? ''
      })
  })
}

/**
 * Shows the text of an offer and marks the matched words. A stranger's text only ever becomes text
 * nodes.
 */
function markWords(into: Element, text: string, spans: readonly Span[]): void {
  let end = 0
  for (const [from, to] of joinSpans(spans)) {
    into.appendChild(document.createTextNode(text.slice(end, from)))
    addChild(into, 'mark', text.slice(from, to))
    end = to
  }
  into.appendChild(document.createTextNode(text.slice(end)))
}
