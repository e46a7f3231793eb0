// Lets the page paint and respond to input during long work on the main thread. A Web Worker is not
// needed, and the page's policy forbids one here.

/** The maximum time without a pause. */
const MOST_MS = 8

/** The part of the page's scheduler that Safari lacks. */
interface Yielder {
  scheduler?: { yield?: () => Promise<void> }
}

/** A message is delivered immediately, whereas a page's timer waits at least 4 ms. */
const nextMessage = (): Promise<void> =>
  new Promise((resume) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resume()
    }
    port2.postMessage(null)
  })

/**
 * Waits for the next task. A message through a pair of ports takes a tenth of a millisecond;
 * `yield` takes less.
 */
function next(): Promise<void> {
  const { scheduler } = globalThis as Yielder
  return scheduler?.yield?.() ?? nextMessage()
}

/** Returns a function to be awaited between two steps. The function pauses once every 8 ms. */
export function pausesOften(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < MOST_MS) return
    await next()
    since = performance.now()
  }
}
