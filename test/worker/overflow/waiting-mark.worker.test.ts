// Checks that the edge reads the waiting mark instead of listing R2, and overlooks no report.
// mark-orders.node.test.ts tries many orders of the calls.
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { openDatabase } from '#worker/store/database'
import { readMark } from '#worker/store/overflow/waiting-mark'
import { countedCalls } from '../support/counted-calls.ts'
import {
  ask,
  freshEdge,
  octets,
  reporter,
  rowsIn,
  sealed,
  submit,
  type Organisation,
} from '../support/edge.ts'
import { goneDb, heardBucket, keysIn } from '../support/failing.ts'
import {
  downWith,
  drain,
  fullLookAfter,
  submitWhileDown,
  usualMinute,
} from '../support/overflow.ts'
import { person } from '../support/staff.ts'

const MARK = 'marks/waiting'
const usual = { now: usualMinute }
const fullLook = { now: () => fullLookAfter(0) }

let org: Organisation
beforeEach(async () => {
  org = await freshEdge()
})

const stateOf = async (): Promise<string> => (await readMark(env.FILES)).state

describe('the clock', () => {
  test('A run of the clock makes two calls of R2 when the overflow is empty again', async () => {
    await submitWhileDown(await sealed(org))
    for (let run = 0; run < 3; run++) await drain(usual)
    expect([await stateOf(), await keysIn('overflow/')]).toEqual(['idle', []])
    const { bindings, calls } = countedCalls()
    await drain({ ...usual, bucket: bindings.FILES })
    expect(calls.sort()).toEqual(['get', 'head'])
  })

  test('A run of the clock makes two calls of R2 when the overflow was never used', async () => {
    await drain(usual)
    const { bindings, calls } = countedCalls()
    await drain({ ...usual, bucket: bindings.FILES })
    expect(calls.sort()).toEqual(['get', 'head'])
    expect(await keysIn('')).toEqual(['keys/current'])
  })

  test('The waiting mark becomes idle after two runs that find the overflow empty', async () => {
    await submitWhileDown(await sealed(org))
    expect(await stateOf()).toBe('waits')
    await drain(usual)
    expect([await stateOf(), await keysIn('overflow/')]).toEqual(['emptying', []])
    await drain(usual)
    expect(await stateOf()).toBe('idle')
  })

  test('The waiting mark stays while the database fails, and counts waiting reports', async () => {
    for (let at = 0; at < 3; at++) await submitWhileDown(await sealed(org))
    await expect(drain({ ...usual, db: openDatabase(goneDb) })).rejects.toThrow()
    expect(await readMark(env.FILES)).toMatchObject({ state: 'waits', waiting: 3, aside: 0 })
  })
})

describe('no report is overlooked', () => {
  /** Sends a report while the database fails, and runs `around` on each call to R2. */
  async function sendAround(
    around: (name: string, key: string, call: () => Promise<unknown>) => Promise<unknown>,
  ): Promise<number> {
    const FILES = heardBucket(env.FILES, (name, call, key) => around(name, String(key), call))
    const sent = octets(await sealed(org))
    return (await ask('/api/reports', sent, { ...downWith, FILES })).status
  }

  test('A report whose put fails after the mark is refused, and the mark ends later', async () => {
    const status = await sendAround((name, key, call) =>
      name === 'put' && key !== MARK ? Promise.reject(new Error('interrupted')) : call(),
    )
    expect([status, await stateOf(), await keysIn('overflow/')]).toEqual([503, 'waits', []])
    for (let run = 0; run < 2; run++) await drain(usual)
    expect(await stateOf()).toBe('idle')
  })

  test('A report whose mark cannot be set is refused, and R2 stores nothing', async () => {
    const status = await sendAround((name, key, call) =>
      name === 'put' && key === MARK ? Promise.reject(new Error('interrupted')) : call(),
    )
    expect([status, await keysIn('')]).toEqual([503, []])
  })

  test('A report that is interrupted between its object and the mark is drained', async () => {
    let isPut = false
    const status = await sendAround((_name, key, call) => {
      if (isPut) return Promise.reject(new Error('interrupted'))
      isPut = key.startsWith('overflow/0/') && _name === 'put'
      return call()
    })
    expect(status).toBe(201)
    await drain(usual)
    expect(await rowsIn('reports')).toBe(1)
  })

  test.each([1, 2, 3])(
    'A report that is put while the clock ends the mark in %i runs is drained',
    async (runs) => {
      // A run of the clock between setting the mark and storing the object finds nothing to drain.
      const status = await sendAround(async (name, key, call) => {
        if (name === 'put' && key !== MARK) for (let run = 0; run < runs; run++) await drain(usual)
        return call()
      })
      expect([status, (await keysIn('overflow/')).length]).toEqual([201, 1])
      await drain(usual)
      expect([await rowsIn('reports'), await keysIn('overflow/')]).toEqual([1, []])
    },
  )

  test.each(['emptying', 'idle'])(
    'A report that is put just before the clock writes %s is drained',
    async (state) => {
      await submitWhileDown(await sealed(org))
      await drain(usual)
      if (state === 'emptying') await submitWhileDown(await sealed(org))
      let isSent = false
      const bucket = heardBucket(env.FILES, async (name, call, key) => {
        if (name === 'put' && key === MARK && !isSent) {
          isSent = true
          await submitWhileDown(await sealed(org))
        }
        return call()
      })
      await drain({ ...usual, bucket })
      expect([isSent, (await keysIn('overflow/')).length]).toEqual([true, 1])
      await drain(usual)
      expect(await keysIn('overflow/')).toEqual([])
      expect(await rowsIn('reports')).toBe(state === 'emptying' ? 3 : 2)
    },
  )

  test('A report whose mark is lost is drained by the full look of the hour', async () => {
    await submitWhileDown(await sealed(org))
    await env.FILES.delete(MARK)
    await drain(usual)
    expect(await rowsIn('reports')).toBe(0)
    await drain(fullLook)
    expect([await rowsIn('reports'), await keysIn('overflow/')]).toEqual([1, []])
  })

  test('Reports are accepted when R2 refuses a second write of the mark at once', async () => {
    let writes = 0
    const FILES = heardBucket(env.FILES, async (name, call, key) => {
      if (name !== 'put' || key !== MARK) return call()
      const isFirst = ++writes === 1
      await call()
      if (!isFirst) throw new Error('Reduce your concurrent request rate for the same object.')
      return null
    })
    const statuses = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const sent = octets(await sealed(org))
        return (await ask('/api/reports', sent, { ...downWith, FILES })).status
      }),
    )
    expect([statuses, writes > 1]).toEqual([[201, 201, 201, 201, 201], true])
  })
})

describe('nobody lists R2 to learn that the overflow is empty', () => {
  test('An open staff list reads the mark and lists nothing at each poll', async () => {
    const { cookie } = await person('intake')
    for (const waiting of [0, 1]) {
      if (waiting) await submitWhileDown(await sealed(org))
      const { bindings, calls } = countedCalls()
      for (let poll = 0; poll < 10; poll++) {
        const answer = await ask('/api/staff/counts', { headers: { cookie } }, bindings)
        expect(await answer.json()).toMatchObject({ waiting, aside: 0 })
      }
      expect(calls).toEqual(Array.from({ length: 10 }, () => 'head'))
    }
  })

  test('No report of any kind makes the edge list R2', async () => {
    const { bindings, calls } = countedCalls()
    const flooded = { FLOOD_MODE: 'on' }
    const down = { DB: goneDb }
    const send = async (envelope: Bytes, changes = {}, headers: Record<string, string> = {}) => {
      const sent = octets(envelope, headers)
      expect((await ask('/api/reports', sent, { ...bindings, ...changes })).status).toBe(201)
    }
    const { keys, hashes } = await reporter()
    const token = { 'oasis-write': toB64(keys.write) }
    const first = await sealed(org, hashes)
    await submit(first)
    for (const changes of [{}, flooded, down]) {
      const again = await sealed(org)
      await send(again, changes)
      await send(again, changes)
      await send(await sealed(org, { ...hashes, kind: KIND.followUp }), changes, token)
      const stray = { 'oasis-write': toB64(randomBytes(32)) }
      await send(await sealed(org, { kind: KIND.followUp }), changes, stray)
    }
    expect(calls.length).toBeGreaterThan(30)
    expect(calls).not.toContain('list')
  })
})
