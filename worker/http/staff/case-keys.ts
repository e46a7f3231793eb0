// Serves the letters of cases and their keys: entering and taking in letters, making and
// re-wrapping keys.
import { Hono } from 'hono'
import { NewCaseKey, NewLetter, NewTaking } from '#protocol/staff/case-bodies'
import { Rewrapping } from '#protocol/staff/case-pages'
import { listUntakenLetters } from '#worker/cases/list-untaken'
import { acceptCaseKey } from '#worker/cases/accept-case-key'
import { readCaseKeys, rewrapCaseKeys } from '#worker/cases/rewrap-case-keys'
import { acceptLetters } from '#worker/cases/accept-letters'
import { enterLetter } from '#worker/cases/enter-letter'
import type { EdgeApp } from '../app.ts'
import { bodyOf, staffDepsFrom } from './guard.ts'

export const caseKeyRoutes = new Hono<EdgeApp>()
  .post('/reports/:id/keys', async (c) => {
    await acceptCaseKey(await staffDepsFrom(c), c.req.param('id'), await bodyOf(c, NewCaseKey))
    return c.json({}, 201)
  })
  .post('/reports/:id/letters', async (c) => {
    await acceptLetters(await staffDepsFrom(c), c.req.param('id'), await bodyOf(c, NewTaking))
    return c.body(null, 204)
  })
  .post('/letters', async (c) => {
    await enterLetter(await staffDepsFrom(c), await bodyOf(c, NewLetter))
    return c.json({}, 201)
  })
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
