// Serves the staff app and the public site from different hosts. A vulnerability in a public page
// therefore does not affect the origin of the staff app. See also worker/staff-host.ts.
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { isStaffPath } from '#worker/staff-addresses'
import type { EdgeApp } from './app.ts'

/** The only address that every host serves. */
export const HEALTH = '/api/health'
export const isOnStaffHost = ({ req, env }: Context<EdgeApp>): boolean =>
  new URL(req.url).host === env.STAFF_HOST

/** An address that belongs to the other host is treated as if it did not exist. */
export const keepHostsApart = createMiddleware<EdgeApp>(async (c, next) => {
  const { pathname } = new URL(c.req.url)
  if (pathname !== HEALTH && isStaffPath(pathname) !== isOnStaffHost(c)) return c.notFound()
  return next()
})
