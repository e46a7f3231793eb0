// Serves signing in and out, invitations, and the signed-in person's own keys.
import { Hono } from 'hono'
import { SignedChange } from '#protocol/staff/chain'
import { Certificate, Confirmation, Join, OpenInvitation } from '#protocol/staff/people'
import { PaperSignIn, SignIn } from '#protocol/staff/sign-in'
import { pinnedRoot } from '#worker/forms/pages/fetch-page'
import { certifyKeeper, certifyPerson } from '#worker/people/certify'
import { confirmPerson, refusePerson } from '#worker/people/confirm'
import { invitePerson, withdrawInvitation } from '#worker/people/invite'
import { listPeople } from '#worker/people/list-people'
import { removePerson } from '#worker/people/remove'
import { joinStaff } from '#worker/people/join'
import { openInvitation } from '#worker/people/open-invitation'
import { readMe } from '#worker/people/read-me'
import { endSession } from '#worker/auth/session'
import { offerSignIn, signIn } from '#worker/auth/sign-in'
import { signInByPaper } from '#worker/auth/sign-in-paper'
import { depsFrom, siteFrom, type EdgeApp } from '../app.ts'
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
  .post('/invitations/accept', async (c) => {
    const join = await bodyOf(c, Join)
    return respondSignedIn(c, await joinStaff(depsFrom(c), partyOf(c), join))
  })
  .post('/invitations', async (c) => {
    await invitePerson(await staffDepsFrom(c), await bodyOf(c, SignedChange))
    return c.json({}, 201)
  })
  .post('/invitations/:hash/withdraw', async (c) => {
    const deps = await staffDepsFrom(c)
    await withdrawInvitation(deps, c.req.param('hash'), await bodyOf(c, SignedChange))
    return c.body(null, 204)
  })
  .get('/people', async (c) => c.json(await listPeople(await staffDepsFrom(c))))
  .post('/people/:id/confirm', async (c) => {
    const deps = await staffDepsFrom(c)
    await confirmPerson(deps, c.req.param('id'), await bodyOf(c, Confirmation))
    return c.body(null, 204)
  })
  .post('/people/:id/refuse', async (c) => {
    const deps = await staffDepsFrom(c)
    await refusePerson(deps, c.req.param('id'), await bodyOf(c, SignedChange))
    return c.body(null, 204)
  })
  .post('/people/:id/remove', async (c) => {
    const deps = await staffDepsFrom(c)
    await removePerson(deps, c.req.param('id'), await bodyOf(c, SignedChange))
    return c.body(null, 204)
  })
  .post('/me/keeper', async (c) => {
    const deps = await staffDepsFrom(c)
    await certifyKeeper(deps, await pinnedRoot(siteFrom(c)), await bodyOf(c, SignedChange))
    return c.body(null, 204)
  })
  .post('/me/certificate', async (c) => {
    const deps = await staffDepsFrom(c)
    await certifyPerson(deps, await pinnedRoot(siteFrom(c)), await bodyOf(c, Certificate))
    return c.body(null, 204)
  })
