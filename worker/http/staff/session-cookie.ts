// Sets the cookie of a new session, and removes the cookie when the person signs out.
import type { Context } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import { toB64, type Bytes } from '#protocol/bytes'
import { SESSION_HOURS } from '#protocol/staff/people/sign-in'
import { readMe } from '#worker/people/read-me'
import { depsFrom, type EdgeApp } from '../app.ts'
import { COOKIE } from './guard.ts'

const COOKIE_OPTIONS = { path: '/', secure: true, httpOnly: true, sameSite: 'Strict' } as const

export function dropSessionCookie(c: Context<EdgeApp>): void {
  deleteCookie(c, COOKIE, COOKIE_OPTIONS)
}

/** Sets the session cookie and responds with the person's data: name, roles and sealed keys. */
export async function respondSignedIn(
  c: Context<EdgeApp>,
  { token, person }: { token: Bytes; person: Bytes },
): Promise<Response> {
  setCookie(c, COOKIE, toB64(token), { ...COOKIE_OPTIONS, maxAge: SESSION_HOURS * 3600 })
  return c.json(await readMe(depsFrom(c), person))
}
