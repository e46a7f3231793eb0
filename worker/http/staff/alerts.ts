// Serves alerts to the staff: the open alert and a person's own devices. For an admin, the routes
// also show and test the addresses of calls.
import { Hono } from 'hono'
import { Acknowledgement, DeviceKeys } from '#protocol/staff/alerts/alerts'
import {
  addOwnDevice,
  listDevices,
  removeOwnDevice,
  tryOwnDevice,
} from '#worker/alerts/own-devices'
import { acknowledgeAlert, readAlert, readPlan, tryCarriers } from '#worker/alerts/staff-alerts'
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
  .post('/alerts/test', async (c) => c.json(await tryCarriers(await staffDepsFrom(c))))
  .get('/alerts/devices', async (c) => c.json(await listDevices(await staffDepsFrom(c))))
  .post('/alerts/devices', async (c) => {
    const deps = await staffDepsFrom(c)
    await addOwnDevice(deps, await bodyOf(c, DeviceKeys))
    return c.body(null, 204)
  })
  .post('/alerts/devices/:id/test', async (c) =>
    c.json(await tryOwnDevice(await staffDepsFrom(c), c.req.param('id'))),
  )
  .post('/alerts/devices/:id/remove', async (c) => {
    await removeOwnDevice(await staffDepsFrom(c), c.req.param('id'))
    return c.body(null, 204)
  })
