import { describe, expect, test } from 'vitest'
import { fromB64, sha256, toB64 } from '#protocol/bytes'
import { INVITATION_HOURS, InvitationCreate } from '#protocol/staff/ledger/rows'
import { invitationLink, linkInAddress } from '#site/staff/crypto/invitation-link.ts'
import { makeInvitation, signedInvitation } from '#site/staff/crypto/invite.ts'
import { LedgerWriter } from '#test/protocol/support/ledger.ts'

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

  test('R34: A link holds 32 random bytes and the hash of its row, nothing else', async () => {
    const [made, other] = await Promise.all([
      makeInvitation(['intake'], NOW),
      makeInvitation(['intake'], NOW),
    ])
    const ledger = await LedgerWriter.begin(NOW)
    const { tokenHash } = made.change
    await ledger.add(ledger.root, 'invitation.create', tokenHash, made.change)
    const [, row] = ledger.rows
    if (!row) throw new Error('the row of the invitation is missing')
    const one = await signedInvitation(made, row)
    expect(one.row).toBe(toB64(ledger.head))
    const link = invitationLink(ORIGIN, one)
    expect(link).toBe(`${ORIGIN}/staff/#invite=${one.token}.${one.row}`)
    expect(fromB64(one.token)).toHaveLength(32)
    expect(one.token).not.toBe(other.token)
    // The change contains a hash, words and a time, but no key.
    expect(Object.keys(one.change).sort()).toEqual(['expiresAt', 'roles', 'tokenHash'])
    expect(linkInAddress(new URL(link).hash)).toEqual({ token: one.token, row: one.row })
  })

  test('Only a whole link of the right form counts as an invitation', () => {
    const part = 'a'.repeat(43)
    const cut = [`#invite=${part}`, `#invite=${part}.`, `#invite=${part}.${part.slice(1)}`]
    for (const hash of ['', '#', '#invite=', '#x', ...cut, `#invite=${part}.${part}a`])
      expect(linkInAddress(hash)).toBeNull()
  })
})
