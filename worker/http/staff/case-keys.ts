// Serves the keys of cases and letters to the staff, and rewraps case keys. Also lists letters that
// are not in a case.
import { Hono } from 'hono'
import { Rewrapping } from '#protocol/staff/list/case-pages'
import { listUntakenLetters } from '#worker/cases/list-untaken'
import { readHybridKey } from '#worker/epochs/read-hybrid-key'
import { readCaseKeys, rewrapCaseKeys } from '#worker/cases/rewrap-case-keys'
import type { EdgeApp } from '../app.ts'
import { bodyOf, staffDepsFrom } from './guard.ts'

export const caseKeyRoutes = new Hono<EdgeApp>()
  .get('/epochs/hybrid', async (c) => c.json(await readHybridKey(await staffDepsFrom(c))))
  .get('/letters/untaken', async (c) => {
    const deps = await staffDepsFrom(c)
    const [epochs, after] = [c.req.query('epochs') ?? '', c.req.query('after') ?? null]
    return c.json(await listUntakenLetters(deps, epochs, after))
  })
  .get('/case-keys', async (c) => {
    const deps = await staffDepsFrom(c)
    const [generation, after] = [c.req.query('generation') ?? '', c.req.query('after') ?? null]
    return c.json(await readCaseKeys(deps, generation, after))
  })
  .post('/case-keys/rewrap', async (c) => {
    await rewrapCaseKeys(await staffDepsFrom(c), await bodyOf(c, Rewrapping))
    return c.body(null, 204)
  })
