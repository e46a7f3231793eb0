import { afterEach, describe, expect, test, vi } from 'vitest'
import { fetchCounts } from '#site/staff/api/list-api.ts'
import { postSignOut, fetchMe } from '#site/staff/api/session-api.ts'

const answer = (make: () => Response | Promise<Response>) =>
  vi.stubGlobal('fetch', () => Promise.resolve().then(make))
afterEach(() => vi.unstubAllGlobals())

describe('the client of the staff API', () => {
  test('The client accepts a response only in the shape of the protocol', async () => {
    const counts = {
      new: 1,
      in_progress: 2,
      closed: 3,
      danger: 1,
      waiting: null,
      aside: 1,
      arrivals: { reports: 6, followUps: 2 },
      readers: 2,
      report: null,
      discard: null,
    }
    answer(() => Response.json(counts))
    expect(await fetchCounts(null)).toEqual(counts)
    for (const other of [{ new: '1' }, null, [], 'x']) {
      answer(() => Response.json(other))
      await expect(fetchCounts(null)).rejects.toMatchObject({ code: 'malformed' })
      await expect(fetchMe()).rejects.toMatchObject({ code: 'malformed' })
    }
  })

  test('The client accepts an empty response to a sign-out', async () => {
    answer(() => new Response(null, { status: 204 }))
    expect(await postSignOut()).toBe(true)
  })

  test('A sign-out reports success only when the session has ended', async () => {
    answer(() => new Response(null, { status: 401 }))
    expect(await postSignOut()).toBe(true)
    answer(() => new Response(null, { status: 503 }))
    expect(await postSignOut()).toBe(false)
    // The network hangs until the signal aborts the request.
    vi.stubGlobal(
      'fetch',
      (_path: string, { signal }: RequestInit) =>
        new Promise((_resolve, reject) =>
          signal?.addEventListener('abort', () => reject(new Error('aborted'))),
        ),
    )
    expect(await postSignOut(20)).toBe(false)
  })

  test('The client passes on known error codes and replaces unknown ones', async () => {
    answer(() => Response.json({ error: { code: 'not_allowed' } }, { status: 403 }))
    await expect(fetchCounts(null)).rejects.toMatchObject({ code: 'not_allowed' })
    answer(() => Response.json({ error: { code: 'exec /bin/sh' } }, { status: 500 }))
    await expect(fetchCounts(null)).rejects.toMatchObject({ code: 'unavailable' })
    answer(() => new Response('<h1>Bad gateway</h1>', { status: 502 }))
    await expect(fetchCounts(null)).rejects.toMatchObject({ code: 'unavailable' })
    answer(() => new Response(null, { status: 401 }))
    await expect(fetchCounts(null)).rejects.toMatchObject({ code: 'signed_out' })
  })

  test('The client reports network when the server cannot be reached', async () => {
    answer(() => {
      throw new TypeError('fetch failed')
    })
    await expect(fetchCounts(null)).rejects.toMatchObject({ code: 'network' })
  })
})
