import { beforeAll, describe, expect, test, vi } from 'vitest'
import { randomBytes } from '#protocol/bytes'
import type { Slot } from '#protocol/staff/people/slots'
import {
  openAnyPassphraseSlot,
  openPassphraseSlot,
  sealPassphraseSlot,
} from '#site/staff/crypto/passphrase-slot.ts'
import { openPrfSlot, openPrfSlotOf, sealPrfSlot } from '#site/staff/crypto/prf-slot.ts'
import { unlockKeys } from '#site/staff/crypto/unlock.ts'
import { staffed, type Staffed } from '../support/people.ts'

/** A low cost keeps the tests fast. The tests for the minimum cost use the real 64 MiB. */
const SMALL = { memoryKib: 64, passes: 1 }
const PASSPHRASE = 'кызыл чайнек тоодо ырдайт'

let staff: Staffed
let prfOutput: Uint8Array<ArrayBuffer>
let printed: Uint8Array<ArrayBuffer>
let prf: Slot
let paper: Slot
beforeAll(async () => {
  staff = await staffed()
  prfOutput = randomBytes(32)
  printed = randomBytes(16)
  prf = await sealPrfSlot(staff.master, prfOutput, 'cGFzc2tleQ')
  paper = await sealPassphraseSlot(staff.master, PASSPHRASE, printed, SMALL)
})

describe('slots', () => {
  test('R23: A passkey or a passphrase alone gives the master key and the reports', async () => {
    for (const master of [
      await openPrfSlot(prf, prfOutput),
      await openPassphraseSlot(paper, PASSPHRASE, printed, SMALL),
    ]) {
      expect(master).toEqual(staff.master)
      expect((await unlockKeys(staff.me, master)).unproven.intake).toHaveLength(1)
    }
  })

  test('R23: Another passkey, passphrase or sheet does not open the slots', async () => {
    await expect(openPrfSlot(prf, randomBytes(32))).rejects.toMatchObject({ code: 'cannot_open' })
    expect(await openPrfSlotOf([prf], { credentialId: 'b3RoZXI', prfOutput })).toBeNull()
    for (const [words, secret] of [
      [`${PASSPHRASE}.`, printed],
      [PASSPHRASE, randomBytes(16)],
    ] as const)
      await expect(openPassphraseSlot(paper, words, secret, SMALL)).rejects.toMatchObject({
        code: 'wrong_passphrase',
      })
  })

  test('R23: Each of two sheets gives the master key', async () => {
    const second = randomBytes(16)
    const slots = [prf, paper, await sealPassphraseSlot(staff.master, PASSPHRASE, second, SMALL)]
    for (const secret of [printed, second])
      expect(await openAnyPassphraseSlot(slots, PASSPHRASE, secret, SMALL)).toEqual(staff.master)
  })

  test('A passphrase in another Unicode form is the same passphrase', async () => {
    const slot = await sealPassphraseSlot(staff.master, 'й'.normalize('NFD'), printed, SMALL)
    expect(await openPassphraseSlot(slot, 'й', printed, SMALL)).toEqual(staff.master)
  })

  test('A slot of paper does not open as a slot of a passkey', async () => {
    await expect(openPrfSlot({ ...paper, kind: 'prf' }, prfOutput)).rejects.toMatchObject({
      code: 'cannot_open',
    })
  })
})

describe('the minimum of the stretching', () => {
  test('R5: A slot outside the bounds of stretching is refused before any work', async () => {
    const argon2 = await import('#site/staff/crypto/argon2.ts')
    const spy = vi.spyOn(argon2, 'argon2id').mockRejectedValue(new Error('stretched'))
    for (const [memoryKib, passes] of [
      [65_535, 3],
      [65_536, 2],
      [0, 0],
      [64, 1_000],
      [4_000_000, 3],
      [65_536, 100],
    ] as const)
      await expect(
        openPassphraseSlot({ ...paper, memoryKib, passes }, PASSPHRASE, printed),
      ).rejects.toMatchObject({ code: 'malformed' })
    expect(spy).not.toHaveBeenCalled()
    spy.mockRestore()
  })

  test('A new slot has the minimum of the stretching and opens', async () => {
    const slot = await sealPassphraseSlot(staff.master, PASSPHRASE, printed)
    expect(slot).toMatchObject({ memoryKib: 65_536, passes: 3 })
    expect(await openPassphraseSlot(slot, PASSPHRASE, printed)).toEqual(staff.master)
  })
})
