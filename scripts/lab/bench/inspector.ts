// Calls the V8 inspector of the worker under Miniflare (Chrome DevTools Protocol, WebSocket).
import * as z from 'zod/mini'

const Targets = z.array(z.object({ id: z.string(), webSocketDebuggerUrl: z.string() }))
const Reply = z.object({ id: z.optional(z.int()), result: z.optional(z.unknown()) })
const Heap = z.object({
  usedSize: z.number(),
  embedderHeapUsedSize: z.number(),
  backingStorageSize: z.number(),
})

/** A request must be in flight during the wait, because an idle isolate collects nothing. */
const PATIENCE_MS = 10_000

export class Inspector {
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, (result: unknown) => void>()
  #asked = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.onmessage = ({ data }) => {
      const { id = 0, result } = Reply.parse(JSON.parse(String(data)))
      this.#waiting.get(id)?.(result)
      this.#waiting.delete(id)
    }
  }

  static async open(port: number): Promise<Inspector> {
    const list = await fetch(`http://127.0.0.1:${String(port)}/json/list`)
    const target = Targets.parse(await list.json()).find(({ id }) => id.startsWith('core:user'))
    if (target === undefined) throw new Error('The inspector knows of no worker.')
    const socket = new WebSocket(target.webSocketDebuggerUrl)
    await new Promise<void>((opened, failed) => {
      socket.onopen = () => {
        opened()
      }
      socket.onerror = () => {
        failed(new Error('The inspector does not answer.'))
      }
    })
    const inspector = new Inspector(socket)
    await inspector.#ask('Runtime.enable')
    await inspector.#ask('HeapProfiler.enable')
    return inspector
  }

  /** Returns the bytes that remain after a collection: scripts, platform objects and buffers. */
  async left(): Promise<number> {
    await this.#ask('HeapProfiler.collectGarbage')
    const heap = Heap.parse(await this.#ask('Runtime.getHeapUsage'))
    return heap.usedSize + heap.embedderHeapUsedSize + heap.backingStorageSize
  }

  close(): void {
    this.#socket.close()
  }

  #ask(method: string): Promise<unknown> {
    const id = ++this.#asked
    return new Promise((answered, failed) => {
      this.#waiting.set(id, answered)
      setTimeout(() => {
        failed(new Error(`${method} was not answered.`))
      }, PATIENCE_MS).unref()
      this.#socket.send(JSON.stringify({ id, method }))
    })
  }
}
