import { describe, expect, test } from 'vitest'
import { fromB64, sha256, toB64 } from '#protocol/bytes'
import { invitationKeys } from '#protocol/staff/invitation'
import { InvitationChange } from '#protocol/staff/people'
import { intakeFromInvitation, openIntake } from '#site/staff/crypto/intake-key.ts'
import { invitationLink, invitationSecretIn, makeInvitation } from '#site/staff/crypto/invite.ts'
import { openReport } from '#site/staff/crypto/open-report.ts'
import { staffed, tell } from '../support/people.ts'

const ORIGIN = 'https://staff.example.org'

describe('an invitation', () => {
  test('An invitation gives a colleague the intake key, which opens reports', async () => {
    const [inviter, colleague] = await Promise.all([staffed(), staffed()])
    const made = await makeInvitation(inviter.keys, inviter.me, ['intake'])
    InvitationChange.parse(made.change)

    const link = invitationLink(ORIGIN, made.secret)
    const secret = invitationSecretIn(new URL(link).hash)
    expect(secret && toB64(secret)).toBe(made.secret)
    const { token, key } = await invitationKeys(fromB64(made.secret))
    expect(toB64(await sha256(token))).toBe(made.change.tokenHash)

    const [sealed] = made.change.sealedIntake
    if (!sealed) throw new Error('no key in the invitation')
    const theirs = await intakeFromInvitation(key, sealed, colleague.keys.own.publicBytes)
    const intake = new Map([[1, await openIntake(colleague.keys.own, theirs)]])
    const reported = await tell(inviter, { text: 'сөз' })
    expect((await openReport(intake, toB64(reported.envelope))).report.text).toBe('сөз')
  })

  test('An invitation for an admin has no intake key and opens no other invitation', async () => {
    const inviter = await staffed()
    const forAdmin = await makeInvitation(inviter.keys, inviter.me, ['admin'])
    expect(forAdmin.change.sealedIntake).toEqual([])
    const forIntake = await makeInvitation(inviter.keys, inviter.me, ['admin', 'intake'])
    const { key } = await invitationKeys(fromB64(forAdmin.secret))
    const [sealed] = forIntake.change.sealedIntake
    if (!sealed) throw new Error('no key in the invitation')
    await expect(
      intakeFromInvitation(key, sealed, inviter.keys.own.publicBytes),
    ).rejects.toMatchObject({ code: 'cannot_open' })
  })

  test('The change that the server receives lacks the secret of an invitation', async () => {
    const inviter = await staffed()
    const { secret, change } = await makeInvitation(inviter.keys, inviter.me, ['intake'])
    expect(JSON.stringify(change)).not.toContain(secret)
  })

  test('Only a secret of the right form behind the # counts as an invitation', () => {
    for (const hash of ['', '#', '#invite=', '#invite=abc', `#invite=${'a'.repeat(44)}`, '#x'])
      expect(invitationSecretIn(hash)).toBeNull()
  })
})
