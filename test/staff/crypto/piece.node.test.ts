import { beforeAll, describe, expect, test } from 'vitest'
import { concat, fromUtf8, randomBytes, u32, utf8, type Bytes } from '#protocol/bytes'
import { openPiece, pieceRoot, sealPiece } from '#site/staff/crypto/piece.ts'
import { staffed, type Staffed } from '../support/people.ts'

const PLACE = { generation: 1, n: 3 }
const TEXT = JSON.stringify({ words: 'Мейманкана '.repeat(200) })

let staff: Staffed
let root: CryptoKey
let sealed: Bytes
beforeAll(async () => {
  staff = await staffed()
  root = await pieceRoot(randomBytes(32))
  sealed = await sealPiece(root, staff.keys, PLACE, 7, utf8(TEXT))
})

const signer = (id: string): string | null => (id === staff.me.id ? staff.me.keys.signPublic : null)
const refused = (code: string) => expect.objectContaining({ code }) as unknown

test('A piece opens with its writer and its revision, and is shorter than its text', async () => {
  const { json, writer, revision } = await openPiece(root, signer, PLACE, sealed)
  expect([fromUtf8(json), writer, revision]).toEqual([TEXT, staff.me.id, 7])
  expect(sealed.length).toBeLessThan(400)
})

test('Two pieces with the same text differ', async () => {
  expect(await sealPiece(root, staff.keys, PLACE, 7, utf8(TEXT))).not.toEqual(sealed)
})

test('The key of pieces cannot be exported', async () => {
  expect(root.extractable).toBe(false)
  await expect(crypto.subtle.exportKey('raw', root)).rejects.toThrow()
})

describe('a piece that is refused', () => {
  test('Every changed byte of a piece is refused', async () => {
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = sealed.slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      await expect(openPiece(root, signer, PLACE, changed)).rejects.toEqual(
        refused('signature_refused'),
      )
    }
  })

  test.each([
    ['another generation', { ...PLACE, generation: 2 }],
    ['another number', { ...PLACE, n: 4 }],
  ])('A piece that was moved to %s is refused', async (_, place) => {
    await expect(openPiece(root, signer, place, sealed)).rejects.toEqual(
      refused('signature_refused'),
    )
  })

  test('A piece of somebody who reads no reports is refused', async () => {
    await expect(openPiece(root, () => null, PLACE, sealed)).rejects.toEqual(
      refused('signature_refused'),
    )
  })

  test('A piece under a colleague’s name without the signature is refused', async () => {
    const other = await staffed()
    const forged = await sealPiece(
      root,
      { personId: staff.me.id, sign: other.keys.sign },
      PLACE,
      8,
      utf8(TEXT),
    )
    await expect(openPiece(root, signer, PLACE, forged)).rejects.toEqual(
      refused('signature_refused'),
    )
  })

  test('A piece does not open under another team key', async () => {
    const other = await pieceRoot(randomBytes(32))
    await expect(openPiece(other, signer, PLACE, sealed)).rejects.toEqual(refused('cannot_open'))
  })

  test('Bytes that are too short for a piece do not open', async () => {
    for (const length of [0, 83, 84])
      await expect(
        openPiece(root, signer, PLACE, concat(u32(1), randomBytes(84)).slice(0, length)),
      ).rejects.toEqual(refused('cannot_open'))
  })
})
