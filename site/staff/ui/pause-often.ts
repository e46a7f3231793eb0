// Lets the page paint and respond to input during long work on the main thread. A Web Worker is not
// needed, and the page's policy forbids one here.

/** The maximum time without a pause. */
const MOST_MS = 8

/** A message is delivered immediately, whereas a page's timer waits at least 4 ms. */
const next = (): Promise<void> =>
  new Promise((resume) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resume()
    }
    port2.postMessage(null)
  })

/** Returns a function to be awaited between two steps. The function pauses once every 8 ms. */
export function pausesOften(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < MOST_MS) return
    await next()
    since = performance.now()
  }
}
