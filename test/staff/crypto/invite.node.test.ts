import { describe, expect, test } from 'vitest'
import { fromB64, sha256, toB64 } from '#protocol/bytes'
import { INVITATION_HOURS, InvitationCreate } from '#protocol/staff/ledger'
import { invitationLink, invitationTokenIn, makeInvitation } from '#site/staff/crypto/invite.ts'

const ORIGIN = 'https://staff.example.org'
const NOW = Date.UTC(2026, 10, 26)

describe('an invitation', () => {
  test('An invitation names its token by hash, its roles and its end', async () => {
    const { token, change } = await makeInvitation(['admin', 'intake'], NOW)
    expect(InvitationCreate.parse(change)).toEqual({
      tokenHash: toB64(await sha256(fromB64(token))),
      roles: ['admin', 'intake'],
      expiresAt: NOW + INVITATION_HOURS * 3_600_000,
    })
    expect(JSON.stringify(change)).not.toContain(token)
  })

  test('R34: The link of an invitation holds 32 random bytes and nothing else', async () => {
    const [one, other] = await Promise.all([
      makeInvitation(['intake'], NOW),
      makeInvitation(['intake'], NOW),
    ])
    const link = invitationLink(ORIGIN, one.token)
    expect(link).toBe(`${ORIGIN}/staff/#invite=${one.token}`)
    expect(fromB64(one.token)).toHaveLength(32)
    expect(one.token).not.toBe(other.token)
    // The change holds a hash, words and a time: no key goes with it either.
    expect(Object.keys(one.change).sort()).toEqual(['expiresAt', 'roles', 'tokenHash'])
    expect(invitationTokenIn(new URL(link).hash)).toBe(one.token)
  })

  test('Only a token of the right form behind the # counts as an invitation', () => {
    for (const hash of ['', '#', '#invite=', '#invite=abc', `#invite=${'a'.repeat(44)}`, '#x'])
      expect(invitationTokenIn(hash)).toBeNull()
  })
})
