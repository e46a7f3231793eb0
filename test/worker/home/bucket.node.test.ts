// Compares the R2 of scripts/home with the R2 of workerd, for every feature that the worker uses.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { utf8 } from '#protocol/bytes'
import { HomeBucket } from '#scripts/home/bucket'
import { bothStores } from './support/both-stores.ts'

const ask = bothStores()
const folder = mkdtempSync(join(tmpdir(), 'home-'))
afterAll(() => rmSync(folder, { recursive: true }))

const FIRST = { onlyIf: { etagDoesNotMatch: '*' } }
const textOf = async (bucket: R2Bucket, key: string): Promise<string | null> => {
  const object = await bucket.get(key)
  return object && new TextDecoder().decode(await object.arrayBuffer())
}

test('An object comes back with its bytes, metadata, size and etag', async () => {
  const [home, workerd] = await ask(async ({ bucket }) => {
    const put = await bucket.put('a/1', utf8('one'), { customMetadata: { day: 'monday' } })
    const head = await bucket.head('a/1')
    const got = await bucket.get('a/1')
    return [
      ...[put, head, got].map((each) => [each?.key, each?.size, each?.etag, each?.customMetadata]),
      await textOf(bucket, 'a/1'),
      [await bucket.get('a/none'), await bucket.head('a/none')],
    ]
  })
  expect(home).toEqual(workerd)
  const object = ['a/1', 3, 'f97c5d29941bfb1b2fdab0874906ab82', { day: 'monday' }]
  expect(home).toEqual([object, object, object, 'one', [null, null]])
})

test('A first write stays, and an object is replaced only under its own etag', async () => {
  const [home, workerd] = await ask(async ({ bucket }) => {
    const first = await bucket.put('b', 'one', FIRST)
    const put = async (text: string, etagMatches: string, key = 'b') =>
      (await bucket.put(key, text, { onlyIf: { etagMatches } })) !== null
    const etag = first?.etag ?? ''
    return [
      await bucket.put('b', 'two', FIRST),
      await put('two', etag.replaceAll(/\d/g, '0')),
      await put('two', etag, 'b of nobody'),
      await textOf(bucket, 'b'),
      await put('three', etag),
      await put('four', etag),
      await textOf(bucket, 'b'),
    ]
  })
  expect(home).toEqual(workerd)
  expect(home).toEqual([null, false, false, 'one', true, false, 'three'])
})

test('A list has its keys in order and in pages, and metadata only on request', async () => {
  const [home, workerd] = await ask(async ({ bucket }) => {
    for (const at of [3, 1, 5, 2, 4])
      await bucket.put(`c/${at}`, 'x', { customMetadata: { at: `${at}` } })
    await bucket.put('d/1', 'x')
    const pages: string[][] = []
    let cursor: string | undefined
    do {
      const page = await bucket.list({ prefix: 'c/', limit: 2, ...(cursor && { cursor }) })
      pages.push(page.objects.map(({ key }) => key))
      cursor = page.truncated ? page.cursor : undefined
    } while (cursor !== undefined)
    const after = await bucket.list({ prefix: 'c/', startAfter: 'c/2' })
    const whole = await bucket.list({ prefix: 'c/', limit: 5, include: ['customMetadata'] })
    return [
      pages,
      after.objects.map(({ key }) => key),
      after.objects[0]?.customMetadata,
      whole.objects.map(({ customMetadata }) => customMetadata?.['at']),
      whole.truncated,
      (await bucket.list({ prefix: 'e/' })).objects,
    ]
  })
  expect(home).toEqual(workerd)
  expect(home).toEqual([
    [['c/1', 'c/2'], ['c/3', 'c/4'], ['c/5']],
    ['c/3', 'c/4', 'c/5'],
    {},
    ['1', '2', '3', '4', '5'],
    false,
    [],
  ])
})

test('A range returns a part of an object, and ends where the object ends', async () => {
  const [home, workerd] = await ask(async ({ bucket }) => {
    await bucket.put('f', '0123456789')
    const part = async (offset: number, length: number) => {
      const object = await bucket.get('f', { range: { offset, length } })
      return object && [object.size, new TextDecoder().decode(await object.arrayBuffer())]
    }
    return [await part(2, 3), await part(8, 5)]
  })
  expect(home).toEqual(workerd)
  expect(home).toEqual([
    [10, '234'],
    [10, '89'],
  ])
})

test('A deletion takes many keys at once, and keys that no object has', async () => {
  const [home, workerd] = await ask(async ({ bucket }) => {
    for (const at of [0, 1, 2]) await bucket.put(`g/${at}`, 'x')
    await bucket.delete(['g/0', 'g/2', 'g/none'])
    await bucket.delete('g/none')
    return (await bucket.list({ prefix: 'g/' })).objects.map(({ key }) => key)
  })
  expect(home).toEqual(workerd)
  expect(home).toEqual(['g/1'])
})

test('A list of more than 1,000 objects is refused', async () => {
  await expect(new HomeBucket().binding().list({ limit: 1001 })).rejects.toThrow('1000')
})

// The R2 of workerd accepts any number. Cloudflare documents the limit.
test('A deletion of more than 1,000 keys is refused, and deletes nothing', async () => {
  const bucket = new HomeBucket().binding()
  await bucket.put('g/0', 'x')
  const many = Array.from({ length: 1001 }, (_, at) => `g/${at}`)
  await expect(bucket.delete(many)).rejects.toThrow('1000')
  expect(await textOf(bucket, 'g/0')).toBe('x')
})

test('The body of an object stays the same when another put replaces it', async () => {
  const [home, workerd] = await ask(async ({ bucket }) => {
    await bucket.put('h', 'old')
    const object = await bucket.get('h')
    await bucket.put('h', 'new')
    return [new TextDecoder().decode(await object?.arrayBuffer()), await textOf(bucket, 'h')]
  })
  expect(home).toEqual(workerd)
  expect(home).toEqual(['old', 'new'])
})

test('A bucket in a folder keeps its objects, and drops unfinished files', async () => {
  const clock = (): number => 1_700_000_000_000
  const first = new HomeBucket({ folder, clock }).binding()
  await first.put('a/Long', 'one', { customMetadata: { day: 'monday' } })
  await first.put('a/long', 'two')
  await first.put('a/long', 'three')
  await first.put('a/gone', 'x')
  await first.delete('a/gone')
  writeFileSync(join(folder, 'unfinished.part'), 'half')
  const again = new HomeBucket({ folder })
  expect(again.objects().map(({ key }) => key)).toEqual(['a/Long', 'a/long'])
  const binding = again.binding()
  expect([await textOf(binding, 'a/Long'), await textOf(binding, 'a/long')]).toEqual([
    'one',
    'three',
  ])
  const head = await binding.head('a/Long')
  expect([head?.size, head?.uploaded.getTime(), head?.customMetadata]).toEqual([
    3,
    clock(),
    { day: 'monday' },
  ])
  expect(readdirSync(folder)).toHaveLength(2)
})
