// Runs the flood mode check after a click. After each failure the page confirms that the report is
// stored. This file imports nothing that the staff app also imports. Astro would put a shared
// module into a separate file, but a public page is one response.
import { tokenFrom } from './turnstile.ts'

type State = 'loading' | 'sending' | 'passed' | 'failed' | 'unavailable'

const CHECK = '/api/check'

/**
 * Finds an element. The build makes the page and its script together, so a missing element is a
 * fault in the build.
 */
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
 * Returns the report's id, which is read from the page that sent the report. The address does not
 * contain the id, because a phone keeps addresses in its history. Other origins cannot read the id.
 *
 * @returns null when no such page opened this page, or when that page has lost its report
 */
function findId(): Uint8Array<ArrayBuffer> | null {
  const { opener } = window as { opener: Window | null }
  try {
    const link = opener?.document.querySelector<HTMLElement & { report?: Uint8Array }>('#check')
    return link?.report ? new Uint8Array(link.report) : null
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
    // Before Turnstile's script runs, removes the reference to the opener, which shows the receipt.
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
