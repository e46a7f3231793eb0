import { afterEach, expect, test, vi } from 'vitest'
import { playLeaving } from './support/play-leaving.ts'

afterEach(() => vi.unstubAllGlobals())

test('plays', async () => {
  const t = Date.now()
  const played = await playLeaving()
  console.log(Date.now() - t, played.leaver.received.length, [...played.after.tables].map(([n, r]) => `${n} ${r.length}`), played.after.objects.map((o) => o.key))
  expect(1).toBe(1)
})
