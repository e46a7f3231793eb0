// Serves the templates of replies to the staff, and stores a template that an admin signs.
import { Hono } from 'hono'
import { NewTemplate } from '#protocol/staff/templates'
import { listTemplates, setTemplate } from '#worker/templates/set-template'
import type { EdgeApp } from '../app.ts'
import { bodyOf, staffDepsFrom } from './guard.ts'

export const templateRoutes = new Hono<EdgeApp>()
  .get('/templates', async (c) => c.json(await listTemplates(await staffDepsFrom(c))))
  .put('/templates/:name', async (c) => {
    await setTemplate(await staffDepsFrom(c), c.req.param('name'), await bodyOf(c, NewTemplate))
    return c.body(null, 204)
  })
