// Serves the changes of the keys that all readers share: the team key.
import { Hono } from 'hono'
import { SignedChange } from '#protocol/staff/chain'
import { TeamOpening } from '#protocol/staff/people'
import { endTeam, openTeam } from '#worker/epochs/open-team'
import type { EdgeApp } from '../app.ts'
import { bodyOf, staffDepsFrom } from './guard.ts'

export const staffKeyRoutes = new Hono<EdgeApp>()
  .post('/teams', async (c) => {
    await openTeam(await staffDepsFrom(c), await bodyOf(c, TeamOpening))
    return c.json({}, 201)
  })
  .post('/teams/:n/end', async (c) => {
    const deps = await staffDepsFrom(c)
    await endTeam(deps, c.req.param('n'), await bodyOf(c, SignedChange))
    return c.body(null, 204)
  })
