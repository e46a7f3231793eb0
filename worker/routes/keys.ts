// GET /api/keys: the signed manifest. It is public and the same for everybody, so it may rest in a cache for a few minutes.
import { Hono } from 'hono'
import { currentManifest } from '#worker/keys/current'
import { depsFrom, type App } from './app.ts'

export const keys = new Hono<App>().get('/', async (c) =>
  c.body(await currentManifest(depsFrom(c)), 200, {
    'Content-Type': 'application/octet-stream',
    'Cache-Control': 'public, max-age=300',
  }),
)
