// Simulates Turnstile with test keys and a siteverify endpoint that checks tokens. Sends reports
// with the given bindings, and sends a page's request for a check.
import { headerIdOf, reportIdOf } from '#protocol/report/envelope'
import { vi } from 'vitest'
import { concat, utf8, type Bytes } from '#protocol/bytes'
import { makeSiteverify, SECRET, tokenFor } from '#scripts/test/siteverify'
import type { Env } from '#worker/env'
import { ask, octets, ORIGIN } from './edge.ts'

export const HOST = new URL(ORIGIN).hostname
export const KEYS = { TURNSTILE_SITE_KEY: '0x4AAA', TURNSTILE_SECRET: SECRET }
/**
 * The local rate limiter counts the follow-ups from all tests within a minute, so the tests bypass
 * it.
 */
const FLOOD_HIGH: RateLimit = { limit: () => Promise.resolve({ success: true }) }
export const FLOODED: Partial<Env> = { ...KEYS, FLOOD_HIGH, FLOOD_MODE: 'on' }

export interface Siteverify {
  asked: URLSearchParams[]
  addresses: string[]
  /** responses to the first requests, in order; after that, siteverify checks tokens */
  first: (() => Promise<Response>)[]
}

/** Replaces the network with a simulated siteverify endpoint. */
export function stubSiteverify(): Siteverify {
  const siteverify: Siteverify = { asked: [], addresses: [], first: [] }
  const judge = makeSiteverify()
  vi.stubGlobal('fetch', async (url: string, { body: form }: { body: URLSearchParams }) => {
    siteverify.asked.push(form)
    siteverify.addresses.push(url)
    const instead = siteverify.first.shift()
    return instead ? instead() : Response.json(judge(form))
  })
  return siteverify
}

export const submitTo = async (envelope: Bytes, changes: Partial<Env>, headers = {}) => {
  const answer = await ask('/api/reports', octets(envelope, headers), changes)
  return [answer.status, await answer.json()]
}

/** Builds the body of a request for a check. */
export const checkBody = async (envelope: Bytes, token: string): Promise<Bytes> =>
  concat(await reportIdOf(envelope), headerIdOf(envelope), utf8(token))

export const check = async (
  envelope: Bytes,
  token = tokenFor(HOST),
  changes: Partial<Env> = {},
  headers: Record<string, string> = { origin: ORIGIN },
) => ask('/api/check', octets(await checkBody(envelope, token), headers), { ...KEYS, ...changes })
