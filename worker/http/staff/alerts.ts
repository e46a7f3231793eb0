// Serves alerts to the staff: shows and acknowledges the open alert. For an admin the routes also
// show and test the addresses of calls.
import { Hono } from 'hono'
import { Acknowledgement } from '#protocol/staff/alerts'
import { acknowledgeAlert, readAlert, readPlan, tryAddresses } from '#worker/alerts/staff-alerts'
import type { EdgeApp } from '../app.ts'
import { bodyOf, staffDepsFrom } from './guard.ts'

export const alertRoutes = new Hono<EdgeApp>()
  .get('/alerts', async (c) => c.json(readPlan(await staffDepsFrom(c))))
  .get('/alerts/open', async (c) => c.json(await readAlert(await staffDepsFrom(c))))
  .post('/alerts/acknowledge', async (c) => {
    const deps = await staffDepsFrom(c)
    const { id } = await bodyOf(c, Acknowledgement)
    await acknowledgeAlert(deps, id)
    return c.body(null, 204)
  })
  .post('/alerts/test', async (c) => c.json(await tryAddresses(await staffDepsFrom(c))))
