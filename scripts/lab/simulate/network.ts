// Replaces the hosts that the worker calls: Turnstile's siteverify, and the carriers of alerts.
// Each call is a step of the scheduler, and some calls fail.
import type { WorldRecord } from '#scripts/lab/simulate/record'
import type { Scheduler } from '#scripts/lab/simulate/scheduler'
import { makeSiteverify } from '#scripts/test/siteverify'

const FAILING = 0.2

/** Returns a `fetch` function for one world. */
export function carrierNetwork(
  scheduler: Scheduler,
  record: WorldRecord,
  roll: () => number,
  isCalm: boolean,
): (url: string, init: RequestInit) => Promise<Response> {
  const judge = makeSiteverify()
  const respond = (url: string, { body }: RequestInit): Response => {
    if (url.includes('siteverify')) return Response.json(judge(body as URLSearchParams))
    record.calls.add(textIn(typeof body === 'string' ? body : ''))
    return new Response('{"ok":true}')
  }
  return (url, init) =>
    new Promise((done, failed) => {
      const { host } = new URL(url)
      scheduler.call(`call ${host}`, () => {
        const fate = isCalm ? 1 : roll()
        if (fate < FAILING / 2) {
          failed(new TypeError('no connection'))
          return 'no connection'
        }
        if (fate < FAILING) {
          init.signal?.addEventListener('abort', () => failed(new Error('late')))
          return 'hangs'
        }
        done(respond(url, init))
        return 'responds'
      })
    })
}

/** Extracts the sentence from the body of a call, which is JSON for some carriers. */
function textIn(body: string): string {
  if (!body.startsWith('{')) return body
  const parsed = JSON.parse(body) as { text?: string; message?: string }
  return parsed.text ?? parsed.message ?? body
}
