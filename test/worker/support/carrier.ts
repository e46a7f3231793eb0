// Imitates the carriers: records the calls and returns the responses that a test sets.
import { vi } from 'vitest'
import type { Bytes } from '#protocol/bytes'
import { alertSettings } from '#worker/alerts/settings'
import type { Env } from '#worker/env'
import { runChores } from '#worker/scheduled/run-chores'
import { env } from 'cloudflare:workers'
import { ask, deps, octets, STAFF_HOST, STAFF_ORIGIN } from './edge.ts'

export const FIRST = 'https://ntfy.example/secret-topic'
export const SECOND = 'https://hook.example/secret-path'
export const BINDINGS = {
  ALERT_FIRST: `ntfy ${FIRST}`,
  ALERT_SECOND: `json ${SECOND} secret-token`,
  STAFF_HOST,
}
export const WAITS = 'Сизди күтүп турган нерсе бар.'
export const LINK = `${STAFF_ORIGIN}/staff/`

export interface Call {
  url: string
  init: RequestInit
}

export interface Carrier {
  calls: Call[]
  /** host names of the calls, in order */
  hosts: () => string[]
  /** responses to use instead of status 200, keyed by host name */
  answers: Record<string, (init: RequestInit) => Promise<Response>>
}

/** Replaces the network with carriers. */
export function stubCarrier(): Carrier {
  const calls: Call[] = []
  const answers: Carrier['answers'] = {}
  vi.stubGlobal('fetch', async (url: URL, init: RequestInit) => {
    calls.push({ url: url.href, init })
    return answers[url.hostname]?.(init) ?? new Response('anything')
  })
  return { calls, answers, hosts: () => calls.map(({ url }) => new URL(url).hostname) }
}

export const hangs = ({ signal }: RequestInit): Promise<Response> =>
  new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('late')))
  })
export const isDead = (): Promise<Response> => Promise.reject(new TypeError('no connection'))

/**
 * The digest is off, because tests of other calls would fail if they ran at the hour of a digest.
 */
const WITHOUT_DIGEST = { ...BINDINGS, ALERT_DIGEST_HOURS: '' }

/** Runs the chores of the clock, `minutes` from now. */
export const clockAt = (minutes: number, bindings: Partial<Env> = WITHOUT_DIGEST) =>
  runChores({
    ...deps,
    alerts: alertSettings({ ...env, ...bindings }, ''),
    now: () => Date.now() + minutes * 60_000,
  })

/** Sends a sealed report or a follow-up while the alert addresses are set. */
export const send = (envelope: Bytes, changes = {}, headers = {}) =>
  ask('/api/reports', octets(envelope, headers), { ...BINDINGS, ...changes })
