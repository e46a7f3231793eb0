// Guards the staff API: checks the origin and media type of each change, and the session.
import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { matchedRoutes } from 'hono/route'
import { fromB64, fromUtf8, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { TOKEN_BYTES } from '#protocol/limits'
import type { RelyingParty, StaffDeps } from '#worker/deps'
import { readActor } from '#worker/auth/session'
import { parseJson, type Parser } from '#worker/parse'
import { staffOriginOf } from '#worker/staff-addresses'
import { depsFrom, type EdgeApp } from '../app.ts'
import { boundedBytes, mediaTypeOf, OCTETS } from '../body.ts'

export const COOKIE = '__Host-oasis'
const MAX_JSON_BYTES = 128 * 1024

/** Returns the address of the staff app, to which passkeys are bound. */
export function partyOf({ env: { STAFF_HOST } }: Context<EdgeApp>): RelyingParty {
  const origin = staffOriginOf(STAFF_HOST)
  return { origin, id: new URL(origin).hostname }
}

/**
 * Refuses a change that another site made the browser send. Requests to other hosts are refused by
 * keepHostsApart.
 */
export const staffOnly = createMiddleware<EdgeApp>(async (c, next) => {
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
    if (c.req.header('origin') !== partyOf(c).origin) throw new Refusal('cross_site')
    if (mediaTypeOf(c.req.raw) !== mediaTypeFor(c)) throw new Refusal('wrong_content_type')
  }
  await next()
})

/**
 * Declares that the body of a route consists of bytes: a chunk, a checkpoint or a piece. Every
 * other body is JSON. A form on another site can send neither of these media types.
 */
export const takesBytes = createMiddleware<EdgeApp>((_c, next) => next())

const mediaTypeFor = (c: Context<EdgeApp>): string =>
  matchedRoutes(c).some(({ handler }) => handler === takesBytes) ? OCTETS : 'application/json'

export function sessionTokenFrom(c: Context<EdgeApp>): Bytes | null {
  const cookie = getCookie(c, COOKIE)
  if (!cookie || !/^[\w-]{43}$/.test(cookie)) return null
  const token = fromB64(cookie)
  return token.length === TOKEN_BYTES ? token : null
}

/** Makes the Deps for a request, with the person who is signed in. Throws Refusal `signed_out`. */
export async function staffDepsFrom(c: Context<EdgeApp>): Promise<StaffDeps> {
  const deps = depsFrom(c)
  return { ...deps, actor: await readActor(deps, sessionTokenFrom(c)) }
}

/** Parses the body with a schema. Throws Refusal `too_large` or `malformed`. */
export const bodyOf = async <T>(c: Context<EdgeApp>, schema: Parser<T>): Promise<T> =>
  jsonIn(await boundedBytes(c.req.raw, MAX_JSON_BYTES), schema)

/** Parses JSON bytes with a schema. Throws Refusal `malformed`. */
export const jsonIn = <T>(bytes: Bytes, schema: Parser<T>): T => parseJson(schema, textOf(bytes))

function textOf(bytes: Bytes): string {
  try {
    return fromUtf8(bytes)
  } catch (cause) {
    throw new Refusal('malformed', { cause })
  }
}
