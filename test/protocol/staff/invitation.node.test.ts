import { createDecipheriv } from 'node:crypto'
import { expect, test } from 'vitest'
import { randomBytes, sameBytes } from '#protocol/bytes'
import { invitationKeys } from '#protocol/staff/invitation'
import { sealUnderKey } from '#protocol/crypto/aead-seal'

test('The secret of a link always gives the same token and key, and all three differ', async () => {
  const secret = randomBytes(32)
  const { token, key } = await invitationKeys(secret)
  expect([token.length, key.length]).toEqual([32, 32])
  expect(sameBytes(token, key) || sameBytes(token, secret) || sameBytes(key, secret)).toBe(false)
  expect(await invitationKeys(secret)).toEqual({ token, key })
})

test('An independent AES-GCM opens the output of sealUnderKey with its label', async () => {
  const [key, plain] = [randomBytes(32), randomBytes(100)]
  const sealed = Buffer.from(await sealUnderKey(key, 'oasis/v1/intake', plain))
  const opener = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
  opener.setAAD(Buffer.from('oasis/v1/intake'))
  opener.setAuthTag(sealed.subarray(-16))
  const opened = Buffer.concat([opener.update(sealed.subarray(12, -16)), opener.final()])
  expect(opened).toEqual(Buffer.from(plain))
})
