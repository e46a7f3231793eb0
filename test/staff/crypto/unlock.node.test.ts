import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { concat, fromB64, sha256, toB64, utf8 } from '#protocol/bytes'
import { isSignedBy } from '#protocol/keys/signatures'
import { SignedChange } from '#protocol/staff/chain'
import { Statement } from '#protocol/staff/statement'
import { Me } from '#protocol/staff/people/people'
import { sealUnderKey } from '#protocol/crypto/aead-seal'
import { openUnderKey } from '#site/staff/crypto/aead-open.ts'
import { openDrafts, sealDrafts } from '#site/staff/crypto/drafts.ts'
import { makeKeys } from '#site/staff/crypto/make-keys.ts'
import { readPrivateHalves } from '#site/staff/crypto/private-halves.ts'
import { signCaseChange, signChange } from '#site/staff/crypto/sign-change.ts'
import { unlockKeys } from '#site/staff/crypto/unlock.ts'
import { staffed, type Staffed } from '../support/people.ts'
import { removeXWing } from '../support/x-wing.ts'

let staff: Staffed
afterEach(() => {
  vi.restoreAllMocks()
})
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
    // Node does not support X-Wing. The library imports the parts of a hybrid key itself.
    const points = keys.filter(({ algorithm }) => /^EC(DH|DSA)$/.test(algorithm.name))
    // Importing the epoch's key as an exportable key returns only its public half.
    expect(points.filter((key) => key.type === 'private' && key.extractable)).toHaveLength(1)
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

  test('A public key that belongs to another seed than the sealed one is detected', async () => {
    const { keys: other } = await makeKeys()
    const label = 'oasis/v1/person'
    const halves = readPrivateHalves(
      await openUnderKey(staff.master, label, fromB64(staff.me.keys.sealedPrivate)),
    )
    const { hpkePublic } = other
    const json = utf8(JSON.stringify({ ...halves, hpkePublic }))
    const sealedPrivate = toB64(await sealUnderKey(staff.master, label, json))
    const me = { ...staff.me, keys: { ...staff.me.keys, hpkePublic, sealedPrivate } }
    await expect(unlockKeys(me, staff.master.slice())).rejects.toMatchObject({
      code: 'cannot_open',
    })
  })

  test('A browser without X-Wing unlocks by the library, and the keys are the same', async () => {
    removeXWing()
    const { own, unproven } = await unlockKeys(staff.me, staff.master.slice())
    expect(toB64(own.publicBytes)).toBe(staff.me.keys.hpkePublic)
    expect(unproven.intake.map(({ epoch }) => epoch)).toEqual([1])
    const drafts = new Map([['note x', 'жарым сөз']])
    const sealed = await sealDrafts(own.publicBytes, drafts)
    vi.restoreAllMocks()
    expect(await openDrafts(staff.keys.own, sealed)).toEqual(drafts)
  })

  test('The keys that a new person sends, and an epoch sealed to them, fit the API', () => {
    expect(Me.parse(staff.me)).toEqual(staff.me)
    expect(fromB64(staff.me.intake[0]?.sealed ?? '')).toHaveLength(1306)
  })

  test('The keys of another person and an intake key of another epoch do not open', async () => {
    const { keys: other } = await makeKeys()
    for (const me of [
      { ...staff.me, keys: other },
      { ...staff.me, intake: staff.me.intake.map((each) => ({ ...each, epoch: 2 })) },
    ])
      await expect(unlockKeys(me, staff.master.slice())).rejects.toMatchObject({
        code: 'cannot_open',
      })
  })
})

describe('a change', () => {
  const prev = toB64(new Uint8Array(32).fill(7))
  const nowMs = Date.UTC(2026, 10, 26, 9, 30, 15)
  interface Asked {
    subject: string
    change: object
  }
  // A statement from one chain must not be valid in the other, so the signed labels differ.
  const CHAINS = [
    {
      ...{ action: 'status.set', label: 'oasis/v1/case-log', at: '2026-11-26' },
      sign: (asked: Asked) =>
        signCaseChange(staff, { action: 'status.set', ...asked }, { prev, nowMs }),
    },
    {
      ...{ action: 'invitation.withdraw', label: 'oasis/v1/ledger', at: '2026-11-26T09:30Z' },
      sign: (asked: Asked) =>
        signChange(staff.keys, { action: 'invitation.withdraw', ...asked }, { prev, nowMs }),
    },
  ] as const

  test.each(CHAINS)(
    'A change $action is signed over exactly the sent bytes with the published key',
    async ({ action, label, at, sign }) => {
      const change = { from: 'new', to: 'closed' }
      const asked = { subject: 'c3ViamVjdA', change }
      const signed = SignedChange.parse(await sign(asked))
      const statement = Statement.parse(JSON.parse(signed.statement))
      expect(statement).toMatchObject({ actor: staff.me.id, action, at, prev, v: 2 })
      expect(statement.changeHash).toBe(toB64(await sha256(utf8(signed.change))))
      expect(JSON.parse(signed.change)).toEqual(change)
      const publicKey = fromB64(staff.me.keys.signPublic)
      const signature = fromB64(signed.signature)
      const isSigned = (by: string, text: string) =>
        isSignedBy(publicKey, signature, concat(utf8(by), utf8(text)))
      expect(await isSigned(label, signed.statement)).toBe(true)
      expect(await isSigned(label, signed.statement.replace(action, 'case.save'))).toBe(false)
      for (const other of CHAINS.filter((each) => each.label !== label))
        expect(await isSigned(other.label, signed.statement)).toBe(false)
    },
  )
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
