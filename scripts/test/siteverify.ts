// Simulates siteverify in tests: follows Cloudflare's protocol and checks test tokens.
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'

export const SECRET = 'test-secret'
/** Makes a token that the simulated siteverify accepts for a host name and an action. */
export const tokenFor = (hostname: string, action = 'report'): string =>
  ['good', hostname, action, crypto.randomUUID()].join('~')

export interface Verdict {
  success: boolean
  hostname?: string
  action?: string
  'error-codes': string[]
}

const refused = (code: string): Verdict => ({ success: false, 'error-codes': [code] })

/**
 * Accepts a token only once. A repeated request with the same idempotency key receives the same
 * verdict.
 */
export function makeSiteverify(): (form: URLSearchParams) => Verdict {
  const spent = new Map<string, string>()
  return (form) => {
    const token = form.get('response') ?? ''
    const key = form.get('idempotency_key') ?? ''
    if (!form.get('secret')) return refused('missing-input-secret')
    if (form.get('secret') !== SECRET) return refused('invalid-input-secret')
    if (token === '') return refused('missing-input-response')
    const [word, hostname, action] = token.split('~')
    if (word !== 'good' || hostname === undefined || action === undefined)
      return refused('invalid-input-response')
    const first = spent.get(token)
    if (first !== undefined && (first === '' || first !== key))
      return refused('timeout-or-duplicate')
    spent.set(token, key)
    return { success: true, hostname, action, 'error-codes': [] }
  }
}

/** Serves the stand-in over HTTP, for the browser tests. */
export async function serveSiteverify(): Promise<{ url: string; stop: () => void }> {
  const judge = makeSiteverify()
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      response.setHeader('Content-Type', 'application/json')
      response.end(JSON.stringify(judge(new URLSearchParams(body))))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}/siteverify`,
    stop: () => server.close(),
  }
}
