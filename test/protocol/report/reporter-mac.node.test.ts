import { createHmac, createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { concat, randomBytes, toB64, u32, utf8 } from '#protocol/bytes'
import { addReporterMac, readReporterMac } from '#protocol/report/reporter-mac'

const JSON_TEXT = '{"v":1,"text":"Мен аманмын"}'
const up = randomBytes(32)
const header = { headerId: randomBytes(16), commitment: randomBytes(32) }
const place = { visit: randomBytes(8), n: 3 }
const sealed = () => addReporterMac(up, header, place, JSON_TEXT)

test('The mac is the HMAC of label, header id, commitment, visit, number and hash', async () => {
  const { mac } = JSON.parse(await sealed()) as { mac: string }
  const own = createHmac('sha256', up)
    .update('oasis/v1/up')
    .update(header.headerId)
    .update(header.commitment)
    .update(place.visit)
    .update(u32(3))
    .update(createHash('sha256').update(utf8(JSON_TEXT)).digest())
    .digest()
  expect(mac).toBe(toB64(concat(place.visit, u32(3), own)))
})

test('The mac of a follow-up gives the visit and the number in the visit', async () => {
  expect(await readReporterMac(up, header, await sealed())).toEqual(place)
})

test('R32: A follow-up with another key, header, text or place has no valid mac', async () => {
  const json = await sealed()
  const other = randomBytes(32)
  const wrong = [
    readReporterMac(other, header, json),
    readReporterMac(up, { ...header, headerId: randomBytes(16) }, json),
    readReporterMac(up, { ...header, commitment: other }, json),
    readReporterMac(up, header, json.replace('аманмын', 'өлдүм')),
    readReporterMac(up, header, JSON_TEXT),
    readReporterMac(up, header, json.replace('"mac"', '"mec"')),
    readReporterMac(up, header, json + ' '),
  ]
  expect(await Promise.all(wrong)).toEqual(wrong.map(() => null))
  const { mac } = JSON.parse(json) as { mac: string }
  for (let at = 0; at < mac.length; at++) {
    const changed = mac.slice(0, at) + (mac[at] === 'A' ? 'B' : 'A') + mac.slice(at + 1)
    const read = await readReporterMac(up, header, json.replace(mac, changed))
    // The last character has two spare bits, which do not affect the key.
    if (at < mac.length - 1) expect([at, read]).toEqual([at, null])
  }
})
