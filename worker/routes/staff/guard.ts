// The door of the staff API: the right host, our own origin for whatever changes something, JSON, and who is signed in.
import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { fromB64, fromUtf8, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { TOKEN_BYTES } from '#protocol/limits'
import type { RelyingParty, StaffDeps } from '#worker/deps'
import { readActor } from '#worker/people/session'
import { parseJson, type Parser } from '#worker/wire'
import { depsFrom, type App } from '../app.ts'
import { boundedBytes, mediaTypeOf, OCTETS } from '../body.ts'

export const COOKIE = '__Host-oasis'
/** A case file of 64 KiB as base64url inside JSON inside JSON, with room to spare. */
const MAX_JSON_BYTES = 256 * 1024

/** Where the staff app lives: its own host when one is set, else the host that was asked. */
export function partyOf(c: Context<App>): RelyingParty {
  const { origin, hostname } = new URL(c.req.url)
  const own = c.env.STAFF_HOST
  return own ? { origin: `https://${own}`, id: own } : { origin, id: hostname }
}

/** Refuses the staff API on any other host, and changes that another site asks a browser for. */
export const staffOnly = createMiddleware<App>(async (c, next) => {
  const own = c.env.STAFF_HOST
  if (own && new URL(c.req.url).host !== own) throw new Refusal('not_found')
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
    if (c.req.header('origin') !== partyOf(c).origin) throw new Refusal('cross_site')
    if (mediaTypeOf(c.req.raw) !== typeFor(c.req.path)) throw new Refusal('wrong_content_type')
  }
  await next()
})

/** Chunks of files are bytes, all else is JSON: neither is a type that a form on another site can send. */
const typeFor = (path: string): string => (path.includes('/files/') ? OCTETS : 'application/json')

/** The session token that the cookie carries, or null. */
export function tokenFrom(c: Context<App>): Bytes | null {
  const cookie = getCookie(c, COOKIE)
  if (!cookie || !/^[\w-]{43}$/.test(cookie)) return null
  const token = fromB64(cookie)
  return token.length === TOKEN_BYTES ? token : null
}

/** Deps with the person who is signed in. Throws Refusal `signed_out`. */
export async function staffDepsFrom(c: Context<App>): Promise<StaffDeps> {
  const deps = depsFrom(c)
  return { ...deps, actor: await readActor(deps, tokenFrom(c)) }
}

/** The body as one of our schemas. Throws Refusal `too_large` or `malformed`. */
export async function bodyOf<T>(c: Context<App>, schema: Parser<T>): Promise<T> {
  const bytes = await boundedBytes(c.req.raw, MAX_JSON_BYTES)
  return parseJson(schema, textOf(bytes))
}

function textOf(bytes: Bytes): string {
  try {
    return fromUtf8(bytes)
  } catch (cause) {
    throw new Refusal('malformed', { cause })
  }
}
