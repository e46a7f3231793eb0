// Opens a session with a browser over a WebSocket. The Chrome DevTools Protocol and WebDriver BiDi
// use the same message format. A call fails if no response arrives in time, and a wait fails if its
// event does not occur.

type Params = Record<string, unknown>
interface Message {
  id?: number
  method?: string
  params?: Params
  result?: Params
  /**
   * an object in the DevTools protocol; a code in BiDi, which sends a message along with the code
   */
  error?: { message: string } | string
  message?: string
}

export interface BrowserSession {
  send: <T = Params>(method: string, params?: Params) => Promise<T>
  once: (event: string, longestMs?: number) => Promise<void>
  /** calls the listener on each event with this name */
  on: <T>(event: string, listener: (params: T) => void) => void
  close: () => void
}

const TRY_MS = 60_000

export async function openBrowserSession(url: string): Promise<BrowserSession> {
  const socket = new WebSocket(url)
  const pending = new Map<number, (message: Message) => void>()
  const awaited = new Map<string, () => void>()
  const listeners = new Map<string, (params: never) => void>()
  let last = 0
  const send: BrowserSession['send'] = (method, params = {}) =>
    new Promise((done, fail) => {
      const id = ++last
      const clock = setTimeout(() => fail(new Error(`${method} got no answer`)), TRY_MS)
      pending.set(id, ({ result, error, message }) => {
        clearTimeout(clock)
        pending.delete(id)
        if (typeof error === 'string') fail(new Error(`${method}: ${message ?? error}`))
        else if (error) fail(new Error(`${method}: ${error.message}`))
        else done(result as never)
      })
      socket.send(JSON.stringify({ id, method, params }))
    })
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as Message
    if (message.id !== undefined) pending.get(message.id)?.(message)
    else if (message.method !== undefined) {
      listeners.get(message.method)?.(message.params as never)
      awaited.get(message.method)?.()
    }
  })
  await new Promise((done, fail) => {
    socket.addEventListener('open', done)
    socket.addEventListener('error', () => fail(new Error('no way to the browser')))
  })
  return {
    send,
    once: (event, longestMs = TRY_MS) =>
      new Promise((done, fail) => {
        const late = (): void => fail(new Error(`${event} did not come`))
        const clock = setTimeout(late, longestMs).unref()
        awaited.set(event, () => {
          clearTimeout(clock)
          done()
        })
      }),
    on: (event, listener) => {
      listeners.set(event, listener)
    },
    close: () => socket.close(),
  }
}
