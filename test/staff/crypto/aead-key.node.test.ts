import { expect, test } from 'vitest'
import { importAeadKey, openWithKey, sealWithKey } from '#site/staff/crypto/aead-key.ts'
import { randomBytes, utf8 } from '#protocol/bytes'

test.each(['oasis/v1/case/entry|7', '', 'иш/7', 'case/é'])(
  'The label %j is the UTF-8 additional data',
  async (label) => {
    const key = await importAeadKey(randomBytes(32))
    const plain = utf8('сөз')
    const sealed = await sealWithKey(key, label, plain)
    const opened = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: sealed.slice(0, 12), additionalData: utf8(label) },
      key,
      sealed.slice(12),
    )
    expect(new Uint8Array(opened)).toEqual(plain)
    expect(await openWithKey(key, label, sealed)).toEqual(plain)
    await expect(openWithKey(key, `${label}.`, sealed)).rejects.toMatchObject({
      code: 'cannot_open',
    })
  },
)
