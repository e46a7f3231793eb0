import { expect, test } from 'vitest'
import { randomBytes } from '#protocol/bytes'
import { openKeyFile, sealKeyFile } from '#scripts/org/files/key-file'
import { passphraseFault } from '#scripts/org/files/passphrase-file'

const PASSPHRASE = 'snow spruce apricot felt road'
const keys = { root: randomBytes(138), admin: randomBytes(138), epochKeys: randomBytes(170) }

test('The right passphrase opens the key file in any Unicode form', async () => {
  const accented = 'café spruce apricot felt road'
  const file = await sealKeyFile(accented.normalize('NFC'), keys)
  expect(await openKeyFile(accented.normalize('NFD'), file)).toEqual(keys)
})

test('A wrong passphrase is refused', async () => {
  const file = await sealKeyFile(PASSPHRASE, keys)
  await expect(openKeyFile(`${PASSPHRASE}s`, file)).rejects.toThrow('passphrase is wrong')
})

test('R5: A key file with less stretching than the minimum is refused', async () => {
  const file = await sealKeyFile(PASSPHRASE, keys)
  expect(file).toContain('"memoryKib": 65536')
  for (const weaker of ['"memoryKib": 65535', '"memoryKib": 8']) {
    const tampered = file.replace('"memoryKib": 65536', weaker)
    await expect(openKeyFile(PASSPHRASE, tampered)).rejects.toThrow('less stretching')
  }
  await expect(openKeyFile(PASSPHRASE, file.replace('"passes": 3', '"passes": 1'))).rejects.toThrow(
    'less stretching',
  )
})

test('A key file with more stretching than it was sealed with is refused', async () => {
  const file = await sealKeyFile(PASSPHRASE, keys)
  await expect(
    openKeyFile(PASSPHRASE, file.replace('"passes": 3', '"passes": 4')),
  ).rejects.toThrow()
})

test('A file that is not a key file is refused', async () => {
  await expect(openKeyFile(PASSPHRASE, '{"what":"else"}')).rejects.toThrow('not a key file')
})

test('A short passphrase and a repetitive passphrase are refused with the reason', () => {
  expect(passphraseFault('too short')).toMatch(/at least 20 characters/)
  expect(passphraseFault('ababababababababababababab')).toMatch(/repeats/)
  expect(passphraseFault(PASSPHRASE)).toBeNull()
  expect(passphraseFault('алма бак кар жол кийиз')).toBeNull()
})
