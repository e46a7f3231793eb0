// Serves the changes of the keys that all readers share: epochs and the team key.
import { Hono } from 'hono'
import { SignedChange } from '#protocol/staff/chain'
import { EpochOpening, TeamOpening } from '#protocol/staff/sealed-keys'
import { endEpoch, retireOldEpoch } from '#worker/epochs/end-epoch'
import { openEpoch } from '#worker/epochs/open-epoch'
import { loseCaseKeys } from '#worker/epochs/lose-case-keys'
import { endTeam, openTeam } from '#worker/epochs/open-team'
import { readHybridKey } from '#worker/epochs/read-hybrid-key'
import { pinnedRoot } from '#worker/forms/pages/fetch-page'
import { siteFrom, type EdgeApp } from '../app.ts'
import { bodyOf, staffDepsFrom } from './guard.ts'

export const staffKeyRoutes = new Hono<EdgeApp>()
  .post('/epochs', async (c) => {
    const deps = await staffDepsFrom(c)
    await openEpoch(deps, await pinnedRoot(siteFrom(c)), await bodyOf(c, EpochOpening))
    return c.json({}, 201)
  })
  .get('/epochs/hybrid', async (c) => c.json(await readHybridKey(await staffDepsFrom(c))))
  .post('/epochs/:n/retire', async (c) => {
    const deps = await staffDepsFrom(c)
    await retireOldEpoch(deps, c.req.param('n'), await bodyOf(c, SignedChange))
    return c.body(null, 204)
  })
  .post('/epochs/:n/end', async (c) => {
    const deps = await staffDepsFrom(c)
    await endEpoch(deps, c.req.param('n'), await bodyOf(c, SignedChange))
    return c.body(null, 204)
  })
  .post('/teams', async (c) => {
    await openTeam(await staffDepsFrom(c), await bodyOf(c, TeamOpening))
    return c.json({}, 201)
  })
  .post('/teams/:n/lost-keys', async (c) => {
    const deps = await staffDepsFrom(c)
    await loseCaseKeys(deps, c.req.param('n'), await bodyOf(c, SignedChange))
    return c.body(null, 204)
  })
  .post('/teams/:n/end', async (c) => {
    const deps = await staffDepsFrom(c)
    await endTeam(deps, c.req.param('n'), await bodyOf(c, SignedChange))
    return c.body(null, 204)
  })
