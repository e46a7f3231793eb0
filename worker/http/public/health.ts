// Serves GET /api/health on both hosts. The response reports how soon the keys must be renewed.
import { Hono } from 'hono'
import { readKeysState } from '#worker/keys/keys-state'
import { depsFrom, type EdgeApp } from '../app.ts'
import { HEALTH } from '../hosts.ts'

export const healthRoutes = new Hono<EdgeApp>().get(HEALTH, async (c) =>
  c.json({ ok: true, keys: await readKeysState(depsFrom(c)) }),
)
