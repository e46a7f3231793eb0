import { afterEach, describe, expect, test, vi } from 'vitest'
import { endSession, fetchCounts, fetchMe } from '#site/staff/api/staff-api.ts'

const answer = (make: () => Response | Promise<Response>) =>
  vi.stubGlobal('fetch', () => Promise.resolve().then(make))
afterEach(() => vi.unstubAllGlobals())

describe('the client of the staff API', () => {
  test('takes an answer only in the shape of the protocol', async () => {
    const counts = { new: 1, in_progress: 2, closed: 3, danger: 1, waiting: null, aside: 1 }
    answer(() => Response.json(counts))
    expect(await fetchCounts()).toEqual(counts)
    for (const other of [{ new: '1' }, null, [], 'x']) {
      answer(() => Response.json(other))
      await expect(fetchCounts()).rejects.toMatchObject({ code: 'malformed' })
      await expect(fetchMe()).rejects.toMatchObject({ code: 'malformed' })
    }
  })

  test('takes an empty answer where there is nothing to say', async () => {
    answer(() => new Response(null, { status: 204 }))
    expect(await endSession()).toBe(true)
  })

  test('says of the session that it ended only when it did', async () => {
    answer(() => new Response(null, { status: 401 }))
    expect(await endSession()).toBe(true)
    answer(() => new Response(null, { status: 503 }))
    expect(await endSession()).toBe(false)
    // A network that hangs: nothing comes until the signal says stop.
    vi.stubGlobal(
      'fetch',
      (_path: string, { signal }: RequestInit) =>
        new Promise((_resolve, reject) =>
          signal?.addEventListener('abort', () => reject(new Error('aborted'))),
        ),
    )
    expect(await endSession(20)).toBe(false)
  })

  test('hands on the codes of the list and invents no others', async () => {
    answer(() => Response.json({ error: { code: 'not_allowed' } }, { status: 403 }))
    await expect(fetchCounts()).rejects.toMatchObject({ code: 'not_allowed' })
    answer(() => Response.json({ error: { code: 'exec /bin/sh' } }, { status: 500 }))
    await expect(fetchCounts()).rejects.toMatchObject({ code: 'unavailable' })
    answer(() => new Response('<h1>Bad gateway</h1>', { status: 502 }))
    await expect(fetchCounts()).rejects.toMatchObject({ code: 'unavailable' })
    answer(() => new Response(null, { status: 401 }))
    await expect(fetchCounts()).rejects.toMatchObject({ code: 'signed_out' })
  })

  test('says so when the server cannot be reached', async () => {
    answer(() => {
      throw new TypeError('fetch failed')
    })
    await expect(fetchCounts()).rejects.toMatchObject({ code: 'network' })
  })
})
