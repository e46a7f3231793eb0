// Serves sign-in and sign-out, the opening of an invitation, and the names of the staff.
import { Hono } from 'hono'
import { OpenInvitation } from '#protocol/staff/people/people'
import { SealedFormerName } from '#protocol/staff/people/former-name'
import { PaperSignIn, SignIn } from '#protocol/staff/people/sign-in'
import { listPeople } from '#worker/people/list-people'
import { openInvitation } from '#worker/people/open-invitation'
import { storeFormerName } from '#worker/people/store-former-name'
import { readMe } from '#worker/people/read-me'
import { endSession } from '#worker/auth/session'
import { offerSignIn, signIn } from '#worker/auth/sign-in'
import { signInByPaper } from '#worker/auth/sign-in-paper'
import { depsFrom, type EdgeApp } from '../app.ts'
import { bodyOf, partyOf, staffDepsFrom, sessionTokenFrom } from './guard.ts'
import { dropSessionCookie, respondSignedIn } from './session-cookie.ts'

export const peopleRoutes = new Hono<EdgeApp>()
  .post('/sign-in/options', async (c) => c.json(await offerSignIn(depsFrom(c), partyOf(c))))
  .post('/sign-in', async (c) => {
    const assertion = await bodyOf(c, SignIn)
    return respondSignedIn(c, await signIn(depsFrom(c), partyOf(c), assertion))
  })
  .post('/sign-in/paper', async (c) =>
    respondSignedIn(c, await signInByPaper(depsFrom(c), await bodyOf(c, PaperSignIn))),
  )
  .post('/sign-out', async (c) => {
    await endSession(depsFrom(c), sessionTokenFrom(c))
    dropSessionCookie(c)
    return c.body(null, 204)
  })
  .get('/me', async (c) => {
    const deps = await staffDepsFrom(c)
    return c.json(await readMe(deps, deps.actor.id))
  })
  .post('/invitations/open', async (c) => {
    const link = await bodyOf(c, OpenInvitation)
    return c.json(await openInvitation(depsFrom(c), partyOf(c), link))
  })
  .get('/people', async (c) => c.json(await listPeople(await staffDepsFrom(c))))
  .put('/people/:id/former-name', async (c) => {
    const deps = await staffDepsFrom(c)
    await storeFormerName(deps, c.req.param('id'), await bodyOf(c, SealedFormerName))
    return c.body(null, 204)
  })
