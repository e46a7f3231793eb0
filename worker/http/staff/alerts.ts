// Serves alerts to the staff: the open alerts and a person's own devices. For an admin, the routes
// also show and test the addresses that are called.
import { Hono } from 'hono'
import { DeviceKeys, GiveBack, TakeAlert } from '#protocol/staff/alerts/alerts'
import {
  addOwnDevice,
  listDevices,
  removeOwnDevice,
  tryOwnDevice,
} from '#worker/alerts/own-devices'
import { readPlan, tryCarriers } from '#worker/alerts/staff-alerts'
import { giveAlertBack, readAlerts, takeAlert } from '#worker/alerts/take-alert'
import type { EdgeApp } from '../app.ts'
import { bodyOf, staffDepsFrom } from './guard.ts'

export const alertRoutes = new Hono<EdgeApp>()
  .get('/alerts', async (c) => c.json(readPlan(await staffDepsFrom(c))))
  .get('/alerts/open', async (c) => c.json(await readAlerts(await staffDepsFrom(c))))
  .post('/alerts/take', async (c) => {
    const deps = await staffDepsFrom(c)
    return c.json(await takeAlert(deps, await bodyOf(c, TakeAlert)))
  })
  .post('/alerts/give-back', async (c) => {
    const deps = await staffDepsFrom(c)
    const { id } = await bodyOf(c, GiveBack)
    return c.json(await giveAlertBack(deps, id))
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
