// Serves the page and the files of the staff app from the build.
import { Hono } from 'hono'
import { Refusal } from '#protocol/errors'
import { STAFF_FILES } from '#worker/staff-addresses'
import type { EdgeApp } from '../app.ts'

export const appFileRoutes = new Hono<EdgeApp>()
for (const path of STAFF_FILES)
  appFileRoutes.get(path, async (c) => {
    const file = await c.env.ASSETS.fetch(c.req.raw)
    // The not-found page is a public page.
    if (file.status === 404) throw new Refusal('not_found')
    return file
  })
