// Serves proofs of presence, and the signed-in person's own slots, sessions and settings.
import { Hono } from 'hono'
import { PaperSignIn, SignIn } from '#protocol/staff/people/sign-in'
import { AddedSlot, SlotName } from '#protocol/staff/people/slots'
import { OwnChoices } from '#protocol/staff/people/own-settings'
import { offerProof, provePresence, provePresenceByPaper } from '#worker/auth/prove'
import { requireFreshProof } from '#worker/auth/require-fresh-proof'
import { endOtherSessions, endOwnSession, listOwnKeys } from '#worker/people/own-keys'
import { readOwnSettings, setOwnSettings } from '#worker/people/own-settings'
import { addOwnSlot, offerPasskey, removeOwnSlot, renameOwnSlot } from '#worker/people/own-slots'
import { offerNewKeys } from '#worker/people/replace-keys'
import type { EdgeApp } from '../app.ts'
import { bodyOf, partyOf, staffDepsFrom } from './guard.ts'

export const ownKeyRoutes = new Hono<EdgeApp>()
  .get('/prove', async (c) => {
    requireFreshProof(await staffDepsFrom(c))
    return c.json({})
  })
  .post('/prove/options', async (c) => c.json(await offerProof(await staffDepsFrom(c), partyOf(c))))
  .post('/prove', async (c) => {
    await provePresence(await staffDepsFrom(c), partyOf(c), await bodyOf(c, SignIn))
    return c.body(null, 204)
  })
  .post('/prove/paper', async (c) => {
    await provePresenceByPaper(await staffDepsFrom(c), await bodyOf(c, PaperSignIn))
    return c.body(null, 204)
  })
  .post('/me/new-keys/options', async (c) =>
    c.json(await offerNewKeys(await staffDepsFrom(c), partyOf(c))),
  )
  .get('/me/settings', async (c) => c.json(await readOwnSettings(await staffDepsFrom(c))))
  .put('/me/settings', async (c) => {
    await setOwnSettings(await staffDepsFrom(c), await bodyOf(c, OwnChoices))
    return c.body(null, 204)
  })
  .get('/me/keys', async (c) => c.json(await listOwnKeys(await staffDepsFrom(c))))
  .post('/me/slots/options', async (c) =>
    c.json(await offerPasskey(await staffDepsFrom(c), partyOf(c))),
  )
  .post('/me/slots', async (c) => {
    await addOwnSlot(await staffDepsFrom(c), partyOf(c), await bodyOf(c, AddedSlot))
    return c.json({}, 201)
  })
  .post('/me/slots/:id/name', async (c) => {
    const { name } = await bodyOf(c, SlotName)
    await renameOwnSlot(await staffDepsFrom(c), c.req.param('id'), name)
    return c.body(null, 204)
  })
  .post('/me/slots/:id/remove', async (c) => {
    await removeOwnSlot(await staffDepsFrom(c), c.req.param('id'))
    return c.body(null, 204)
  })
  .post('/me/sessions/:id/end', async (c) => {
    await endOwnSession(await staffDepsFrom(c), c.req.param('id'))
    return c.body(null, 204)
  })
  .post('/me/sessions/end-others', async (c) => {
    await endOtherSessions(await staffDepsFrom(c))
    return c.body(null, 204)
  })
