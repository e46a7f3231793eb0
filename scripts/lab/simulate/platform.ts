// Replaces the worker's platform: the clock, timers, the network, randomness and HTMLRewriter. The
// worker's own code runs unchanged. Each thread installs the platform once, and each world then
// sets its own values.
import { installCrypto } from '#scripts/lab/simulate/seeded-crypto'

/** The parts of the platform that the current world provides to the worker. */
export interface Platform {
  roll: () => number
  /** milliseconds since 1970 */
  wallClock: () => number
  /** Calls back after `ms`. The returned function cancels the call. */
  after: (ms: number, call: () => void) => () => void
  fetch: (url: string, init: RequestInit) => Promise<Response>
}

let present: Platform | undefined

export function usePlatform(platform: Platform): void {
  present = platform
}

function world(): Platform {
  if (!present) throw new Error('no world is set up')
  return present
}

/** Writes the word `page`, then every text that the handlers insert into the page. */
class PageRewriter {
  readonly #handlers: { element?: (element: unknown) => void }[] = []

  on(_selector: string, handler: { element?: (element: unknown) => void }): this {
    this.#handlers.push(handler)
    return this
  }

  transform(page: Response): Response {
    const texts = ['page']
    const write = (text: string): void => void texts.push(text)
    const element = {
      getAttribute: () => null,
      setAttribute: (_name: string, value: string) => write(value),
      removeAttribute: () => undefined,
      remove: () => undefined,
      setInnerContent: write,
      append: write,
    }
    for (const handler of this.#handlers) handler.element?.(element)
    return new Response(texts.join('\n'), { status: page.status, headers: page.headers })
  }
}

/** Installs the platform in this thread. */
export function installPlatform(): void {
  installCrypto(() => world().roll())
  const timers = new Map<number, () => void>()
  let lastTimer = 0
  const setTimer = (call: (...given: unknown[]) => void, ms = 0, ...given: unknown[]): number => {
    const timer = ++lastTimer
    const cancel = world().after(ms, () => {
      timers.delete(timer)
      call(...given)
    })
    timers.set(timer, cancel)
    return timer
  }
  const clearTimer = (timer: number | undefined): void => {
    timers.get(timer ?? 0)?.()
    timers.delete(timer ?? 0)
  }
  const abortAfter = (ms: number): AbortSignal => {
    const aborting = new AbortController()
    world().after(ms, () => aborting.abort())
    return aborting.signal
  }
  const replacements: [object, string, unknown][] = [
    [Date, 'now', () => world().wallClock()],
    [globalThis, 'setTimeout', setTimer],
    [globalThis, 'clearTimeout', clearTimer],
    [AbortSignal, 'timeout', abortAfter],
    [globalThis, 'fetch', (url: unknown, init: RequestInit) => world().fetch(String(url), init)],
    [globalThis, 'HTMLRewriter', PageRewriter],
  ]
  for (const [target, name, value] of replacements)
    Object.defineProperty(target, name, { value, configurable: true, writable: true })
}
