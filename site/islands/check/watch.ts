// The check of flood mode: by a click, and every way it can fail ends in the same words: your report is with us. Imports nothing
// that the staff app has too: Astro would put that into a file of its own, and a public page is one response.
import { tokenFrom } from './turnstile.ts'

type State = 'loading' | 'sending' | 'passed' | 'failed' | 'unavailable'

const CHECK = '/api/check'
/** Where an envelope has its id. */
const ID_AT = 8
const ID_BYTES = 16

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

/**
 * The report's id, from the page on which it was sent: an address that named a report would stay in the history of a phone. Null
 * when no such page has opened this one, or it has no report any more. Pages of other origins are closed to each other.
 */
function findId(): Uint8Array<ArrayBuffer> | null {
  const { opener } = window as { opener: Window | null }
  try {
    const link = opener?.document.querySelector<HTMLElement & { report?: Uint8Array }>('#check')
    return link?.report ? new Uint8Array(link.report.slice(ID_AT, ID_AT + ID_BYTES)) : null
  } catch {
    return null
  }
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
  const id = findId()
  if (id === null) return
  start.disabled = false
  start.addEventListener('click', () => {
    start.disabled = true
    // The number stands on the page that opened this one: before a stranger's script comes, there is no way back to it.
    window.opener = null
    void runCheck(id)
      .catch((): State => 'unavailable')
      .then((state) => {
        show(state)
        start.hidden = state === 'passed'
        start.disabled = false
      })
  })
}
