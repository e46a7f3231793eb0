import { beforeAll, describe, expect, test, vi } from 'vitest'
import { concat, fromB64, sha256, toB64, utf8 } from '#protocol/bytes'
import { isSignedBy } from '#protocol/keys/manifest'
import { SignedChange, Statement } from '#protocol/staff/audit'
import { openDrafts, sealDrafts } from '#site/staff/crypto/drafts.ts'
import { makeKeys } from '#site/staff/crypto/make-keys.ts'
import { signChange } from '#site/staff/crypto/sign-change.ts'
import { unlockKeys } from '#site/staff/crypto/unlock.ts'
import { staffed, type Staffed } from '../support/people.ts'

let staff: Staffed
beforeAll(async () => {
  staff = await staffed()
})

describe('unlocking', () => {
  test('Unlocking leaves keys that cannot be exported and erases the master key', async () => {
    const imported = vi.spyOn(crypto.subtle, 'importKey')
    const master = staff.master.slice()
    const { sign } = await unlockKeys(staff.me, master)
    const keys = await Promise.all(
      imported.mock.results.map(({ value }) => value as Promise<CryptoKey>),
    )
    imported.mockRestore()
    expect(sign).toMatchObject({ extractable: false, type: 'private' })
    // Two imports that can be exported only give the public halves: of the person and the epoch.
    expect(keys.filter((key) => key.type === 'private' && key.extractable)).toHaveLength(2)
    expect(master.every((byte) => byte === 0)).toBe(true)
  })

  test('A server that swaps a public key is detected', async () => {
    const { keys: other } = await makeKeys()
    for (const field of ['hpkePublic', 'signPublic'] as const)
      await expect(
        unlockKeys(
          { ...staff.me, keys: { ...staff.me.keys, [field]: other[field] } },
          staff.master.slice(),
        ),
      ).rejects.toMatchObject({ code: 'cannot_open' })
  })

  test('The keys of another person and an intake key of another epoch do not open', async () => {
    const { keys: other } = await makeKeys()
    const [intake] = staff.me.intake
    for (const me of [
      { ...staff.me, keys: other },
      { ...staff.me, intake: [{ epoch: 2, sealed: intake?.sealed ?? '' }] },
    ])
      await expect(unlockKeys(me, staff.master.slice())).rejects.toMatchObject({
        code: 'cannot_open',
      })
  })
})

describe('a change', () => {
  test('A change is signed over exactly the sent bytes with the published key', async () => {
    const change = { from: 'new', to: 'closed' }
    const prev = toB64(new Uint8Array(32).fill(7))
    const signed = SignedChange.parse(
      await signChange(
        staff.keys,
        { action: 'status.set', subject: 'c3ViamVjdA', change },
        { prev, nowMs: 1e12 },
      ),
    )
    const statement = Statement.parse(JSON.parse(signed.statement))
    expect(statement).toMatchObject({ actor: staff.me.id, action: 'status.set', prev, v: 1 })
    expect(statement.changeHash).toBe(toB64(await sha256(utf8(signed.change))))
    expect(JSON.parse(signed.change)).toEqual(change)
    const publicKey = fromB64(staff.me.keys.signPublic)
    const signature = fromB64(signed.signature)
    const message = (text: string) => concat(utf8('oasis/v1/audit'), utf8(text))
    expect(await isSignedBy(publicKey, signature, message(signed.statement))).toBe(true)
    const forged = signed.statement.replace('status.set', 'case.save')
    expect(await isSignedBy(publicKey, signature, message(forged))).toBe(false)
  })
})

describe('unsent drafts', () => {
  test('Unsent drafts are unreadable while locked and open for the same person only', async () => {
    const drafts = new Map([['answer x', 'Бүтпөгөн жооп']])
    const sealed = await sealDrafts(staff.keys.own.publicBytes, drafts)
    expect(new TextDecoder().decode(sealed)).not.toContain('Бүтпөгөн')
    expect(await openDrafts(staff.keys.own, sealed)).toEqual(drafts)
    const stranger = await staffed()
    await expect(openDrafts(stranger.keys.own, sealed)).rejects.toMatchObject({
      code: 'cannot_open',
    })
  })
})
