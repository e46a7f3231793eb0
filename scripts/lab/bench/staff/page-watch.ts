// Takes measurements inside the staff app's page, so that no message between two programs affects
// the time. The browser runs `installPageWatch` before the scripts of the page.

/** A state of the page: an element with this text exists, or no such element exists. */
export interface Sight {
  selector: string
  text?: string
  isGone?: boolean
}

/**
 * A click, typed text or a choice by the user. The page records the time just before the action.
 */
export type Press =
  | { click: string; text?: string }
  | { type: string; into: string }
  | { choose: string; into: string }

export interface PageWatch {
  /** waits until a state is laid out; @returns milliseconds since the navigation began */
  until: (sight: Sight) => Promise<number>
  /** presses a button, and returns the milliseconds until a state is laid out */
  pressUntil: (press: Press, sight: Sight) => Promise<number>
  /**
   * presses a button, and returns the milliseconds until the app has rendered and the browser has
   * laid it out
   */
  pressAndDraw: (press: Press) => Promise<number>
  /** from now on, records the time that each search of the index takes */
  noteSearches: () => Promise<void>
  /** returns the times recorded since the last call */
  takeNotes: () => PageNotes
}

/** Times are in milliseconds. */
export interface PageNotes {
  /** tasks longer than 50 ms */
  longTasks: number[]
  /** the distinct values that the progress bar of the search index has shown */
  barValues: number[]
  /** the time that every search of the index took, without the time for drawing the hits */
  searches: number[]
}

/** The app's search code, as the page has loaded it. */
interface IndexCode {
  IndexBuilder: { prototype: { search: (text: string) => unknown } }
}

declare global {
  interface Window {
    pageWatch: PageWatch
  }
}

/** Runs in the page, which has no access to this module. */
export function installPageWatch(): void {
  const PATIENCE_MS = 20 * 60_000
  let tasks: PerformanceEntry[] = []
  let bar = new Set<number>()
  let searches: number[] = []
  const observed = new PerformanceObserver((list) => void tasks.push(...list.getEntries()))
  observed.observe({ type: 'longtask' })

  const find = (selector: string, text = ''): HTMLElement | undefined =>
    [...document.querySelectorAll<HTMLElement>(selector)].find((each) =>
      each.textContent.includes(text),
    )
  const sees = ({ selector, text, isGone = false }: Sight): boolean =>
    (find(selector, text) === undefined) === isGone
  const layOut = (): number => {
    document.body.getBoundingClientRect()
    return performance.now()
  }
  const until = (sight: Sight): Promise<number> =>
    new Promise((resolve, reject) => {
      const text = JSON.stringify(sight)
      setTimeout(() => reject(new Error(`the page never showed ${text}`)), PATIENCE_MS)
      const look = (): boolean => {
        if (!sees(sight)) return false
        changes.disconnect()
        resolve(layOut())
        return true
      }
      const changes = new MutationObserver(look)
      const all = { subtree: true, childList: true, characterData: true, attributes: true }
      if (!look()) changes.observe(document, all)
    })
  const act = (press: Press): void => {
    if ('click' in press) {
      const found = find(press.click, press.text)
      if (!found) throw new Error(`no ${press.click} ${press.text ?? ''}`)
      found.click()
      return
    }
    const field = find(press.into)
    if (field instanceof HTMLInputElement && 'type' in press) {
      field.value = press.type
      field.dispatchEvent(new InputEvent('input', { bubbles: true }))
    } else if (field instanceof HTMLSelectElement && 'choose' in press) {
      field.value = press.choose
      field.dispatchEvent(new Event('change', { bubbles: true }))
    } else throw new Error(`no ${press.into}`)
  }
  /** The app renders in a microtask, so the next task runs after it. */
  const nextTask = (): Promise<void> =>
    new Promise((resume) => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        port1.close()
        resume()
      }
      port2.postMessage(null)
    })

  // Simulates a moving finger, so that the app does not lock while it works.
  setInterval(() => dispatchEvent(new Event('pointerdown')), 60_000)
  const barChanges = new MutationObserver(() => {
    const shown = document.querySelector<HTMLProgressElement>('.index-line progress')
    if (shown) bar.add(shown.value)
  })
  barChanges.observe(document, { subtree: true, childList: true, attributes: true })

  window.pageWatch = {
    until,
    pressUntil: async (press, sight) => {
      const since = performance.now()
      act(press)
      return (await until(sight)) - since
    },
    pressAndDraw: async (press) => {
      const since = performance.now()
      act(press)
      await nextTask()
      return layOut() - since
    },
    noteSearches: async () => {
      const loaded = performance.getEntriesByType('resource').map(({ name }) => name)
      const address = loaded.find((name) => name.includes('/build-index.')) ?? ''
      const { IndexBuilder } = (await import(address)) as IndexCode
      const { search } = IndexBuilder.prototype
      IndexBuilder.prototype.search = function (text) {
        const since = performance.now()
        const found = search.call(this, text)
        searches.push(performance.now() - since)
        return found
      }
    },
    takeNotes: () => {
      const longTasks = [...tasks, ...observed.takeRecords()].map(({ duration }) => duration)
      const notes = { longTasks, barValues: [...bar], searches }
      tasks = []
      bar = new Set()
      searches = []
      return notes
    },
  }
}
