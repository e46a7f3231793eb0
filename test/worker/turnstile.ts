// Turnstile as a test plays it: keys, a siteverify that judges, reports that arrive beside it, and the page's question for a check.
import { vi } from 'vitest'
import { concat, utf8, type Bytes } from '#protocol/bytes'
import { makeSiteverify, SECRET, tokenFor } from '#scripts/test/siteverify'
import type { Env } from '#worker/env'
import { ask, octets, ORIGIN } from './edge.ts'

export const HOST = new URL(ORIGIN).hostname
export const KEYS = { TURNSTILE_SITE_KEY: '0x4AAA', TURNSTILE_SECRET: SECRET }
export const FLOODED: Partial<Env> = { ...KEYS, FLOOD_MODE: 'on' }

export interface Siteverify {
  asked: URLSearchParams[]
  addresses: string[]
  /** What it does with each question in turn; afterwards it judges. */
  first: (() => Promise<Response>)[]
}

/** Puts a siteverify in the place of the network. */
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

export const check = (
  envelope: Bytes,
  token = tokenFor(HOST),
  changes: Partial<Env> = {},
  headers: Record<string, string> = { origin: ORIGIN },
) =>
  ask('/api/check', octets(concat(envelope.slice(8, 24), utf8(token)), headers), {
    ...KEYS,
    ...changes,
  })
