// Keeps the staff app and the public site on different hosts, so that a hole in a public page does
// not reach the origin of the staff app. See also worker/staff-host.ts.
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { EdgeApp } from './app.ts'

/** The only address that every host answers. */
export const HEALTH = '/api/health'
/** The page and the files of the staff app. `wrangler.toml` runs the worker first for both. */
export const STAFF_FILES = ['/staff/*', '/_astro/*'] as const
export const STAFF_API = '/api/staff/*'

/** Returns whether an address belongs to the staff app: its page, its files or its API. */
const isStaffPath = (path: string): boolean =>
  [...STAFF_FILES, STAFF_API].some((pattern) => `${path}/`.startsWith(pattern.slice(0, -1)))

export const isOnStaffHost = ({ req, env }: Context<EdgeApp>): boolean =>
  new URL(req.url).host === env.STAFF_HOST

/** Answers an address of the other host like an address that does not exist. */
export const keepHostsApart = createMiddleware<EdgeApp>(async (c, next) => {
  const { pathname } = new URL(c.req.url)
  if (pathname !== HEALTH && isStaffPath(pathname) !== isOnStaffHost(c)) return c.notFound()
  return next()
})
