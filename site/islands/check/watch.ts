// The check of flood mode: by a click, and every way it can fail ends in the same words: your report is with us. Imports nothing
// that the staff app has too: Astro would put that into a file of its own, and a public page is one response.
import { tokenFrom } from './turnstile.ts'

type State = 'loading' | 'sending' | 'passed' | 'nothing' | 'failed' | 'unavailable'

const CHECK = '/api/check'

/** The page and this script are built together: what is not there is a fault of the build. */
function the<T extends Element>(selector: string): T {
  const found = document.querySelector<T>(selector)
  if (found === null) throw new Error(selector)
  return found
}

function show(state: State): void {
  for (const line of document.querySelectorAll<HTMLElement>('[data-state]'))
    line.hidden = line.dataset['state'] !== state
}

/** The report's id out of the address, where it does not stay: the history of a phone shall not name a report. */
function takeId(): Uint8Array<ArrayBuffer> | null {
  const [, text = ''] = /^#([\w-]{22})$/.exec(location.hash) ?? []
  history.replaceState(null, '', location.pathname)
  if (text === '') return null
  // The same page in another language goes on with the same report.
  for (const link of document.querySelectorAll<HTMLAnchorElement>('header a[lang]'))
    link.hash = text
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(binary, (char) => char.charCodeAt(0))
}

async function siteKey(): Promise<string> {
  const answer = await fetch(CHECK)
  const { siteKey: key } = (await answer.json()) as { siteKey?: unknown }
  if (typeof key !== 'string') throw new Error('no key')
  return key
}

async function runCheck(id: Uint8Array<ArrayBuffer>): Promise<State> {
  show('loading')
  const holder = the<HTMLElement>('#widget')
  const action = holder.dataset['action'] ?? ''
  const token = await tokenFrom(holder, { sitekey: await siteKey(), action })
  show('sending')
  const { status } = await fetch(CHECK, {
    method: 'POST',
    body: new Blob([id, token]),
    headers: { 'content-type': 'application/octet-stream' },
  })
  if (status === 204) return 'passed'
  return status === 403 ? 'failed' : 'unavailable'
}

export function watchCheck(): void {
  const start = the<HTMLButtonElement>('#start')
  const id = takeId()
  if (id === null) {
    // Nobody is told that a report has come which was never sent.
    the<HTMLElement>('#about').hidden = true
    show('nothing')
    return
  }
  start.disabled = false
  start.addEventListener('click', () => {
    start.disabled = true
    void runCheck(id)
      .catch((): State => 'unavailable')
      .then((state) => {
        show(state)
        start.hidden = state === 'passed'
        start.disabled = false
      })
  })
}
