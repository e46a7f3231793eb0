// Opens a session of the Chrome DevTools Protocol over a WebSocket. A call fails without an answer
// in time, and a wait without its event.

type Params = Record<string, unknown>
interface Message {
  id?: number
  method?: string
  result?: Params
  error?: { message: string }
}

export interface CdpSession {
  send: <T = Params>(method: string, params?: Params) => Promise<T>
  once: (event: string) => Promise<void>
  close: () => void
}

const TRY_MS = 60_000

export async function openCdpSession(url: string): Promise<CdpSession> {
  const socket = new WebSocket(url)
  const pending = new Map<number, (message: Message) => void>()
  const awaited = new Map<string, () => void>()
  let last = 0
  const send: CdpSession['send'] = (method, params = {}) =>
    new Promise((done, fail) => {
      const id = ++last
      const clock = setTimeout(() => fail(new Error(`${method} got no answer`)), TRY_MS)
      pending.set(id, ({ result, error }) => {
        clearTimeout(clock)
        if (error) fail(new Error(`${method}: ${error.message}`))
        else done(result as never)
      })
      socket.send(JSON.stringify({ id, method, params }))
    })
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as Message
    if (message.id !== undefined) pending.get(message.id)?.(message)
    // The page asks before it discards words, and the simulated person agrees.
    else if (message.method === 'Page.javascriptDialogOpening')
      void send('Page.handleJavaScriptDialog', { accept: true })
    else if (message.method !== undefined) awaited.get(message.method)?.()
  })
  await new Promise((done, fail) => {
    socket.addEventListener('open', done)
    socket.addEventListener('error', () => fail(new Error('no way to the browser')))
  })
  return {
    send,
    once: (event) =>
      new Promise((done, fail) => {
        const clock = setTimeout(() => fail(new Error(`${event} did not come`)), TRY_MS)
        awaited.set(event, () => {
          clearTimeout(clock)
          done()
        })
      }),
    close: () => socket.close(),
  }
}
