// Checks which traces of a visitor the edge stores, and that stored ids and hashes do not grant
// access.
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { concat, fromB64, sha256, toB64, utf8, type Bytes } from '#protocol/bytes'
import { inboxBody } from '#protocol/report/reply'
import { KIND, reportIdOf } from '#protocol/report/envelope'
import { bytesFrom } from '#worker/store/database'
import { runChores } from '#worker/scheduled/run-chores'
import {
  ask,
  db,
  deps,
  expectRefusal,
  freshEdge,
  octets,
  reporter,
  sealed,
  storedReports,
  type Organisation,
} from '../support/edge.ts'
import { goneDb } from '../support/failing.ts'
import { asStaff, invitation, linkOf, person } from '../support/staff.ts'

let org: Organisation
beforeEach(async () => {
  org = await freshEdge()
})
afterEach(() => vi.restoreAllMocks())

const MARKS = {
  'cf-connecting-ip': '203.0.113.77',
  'x-forwarded-for': '203.0.113.78',
  'user-agent': 'KANARA-browser',
  referer: 'https://kanara.example/page',
}
const QUERY = '?from=KANARA-parameter'

/** Returns all rows, and all objects with their metadata, as bytes. */
async function everythingStored(): Promise<Bytes> {
  const { results } = await db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_*'")
    .all<{ name: string }>()
  const parts: Bytes[] = []
  for (const { name } of results)
    for (const row of await db.prepare(`SELECT * FROM ${name}`).raw())
      for (const value of row)
        parts.push(Array.isArray(value) ? bytesFrom(value) : utf8(String(value)))
  for (const { key } of (await env.FILES.list()).objects) {
    const object = await env.FILES.get(key)
    parts.push(utf8(`${key} ${JSON.stringify(object?.customMetadata)}`))
    parts.push(new Uint8Array((await object?.arrayBuffer()) ?? new ArrayBuffer(0)))
  }
  return concat(...parts)
}

test('R19: Address, browser and parameters of a reporter are not stored or logged', async () => {
  const consoleSpies = (['log', 'info', 'warn', 'error', 'debug', 'trace'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation(() => undefined),
  )
  const { keys, hashes } = await reporter()
  await runChores(deps)
  const form = { ...MARKS, 'content-type': 'application/x-www-form-urlencoded' }
  for (const changes of [{}, { DB: goneDb }, { FLOOD_MODE: 'on' }]) {
    await ask(`/api/reports${QUERY}`, octets(await sealed(org, hashes), MARKS), changes)
    const followUp = await sealed(org, { ...hashes, kind: KIND.followUp })
    const write = { ...MARKS, 'oasis-write': toB64(keys.write) }
    await ask(`/api/reports${QUERY}`, octets(followUp, write), changes)
    await ask(`/api/reports${QUERY}`, octets(new Uint8Array(9), MARKS), changes)
    await ask(`/api/form/ky${QUERY}`, { method: 'POST', body: 'text=a', headers: form }, changes)
    await ask(`/api/inbox${QUERY}`, octets(inboxBody(keys.lookup, 0), MARKS), changes)
    await ask(`/api/keys${QUERY}`, { headers: MARKS }, changes)
    await ask(`/nothing${QUERY}`, { headers: MARKS }, changes)
  }
  for (const spy of consoleSpies) expect(spy).not.toHaveBeenCalled()
  const stored = await everythingStored()
  expect(stored.length).toBeGreaterThan(20_000)
  for (const mark of ['203.0.113', 'KANARA', 'kanara'])
    for (const bytes of [utf8(mark), await sha256(utf8(MARKS['cf-connecting-ip']))])
      expect(new TextDecoder('latin1').decode(stored)).not.toContain(
        new TextDecoder('latin1').decode(bytes),
      )
})

test('R11: The stored hash of a session or an invitation is refused as a token', async () => {
  const { cookie } = await person('intake')
  expect((await asStaff('me', 'GET', undefined, cookie)).status).toBe(200)
  const session = await db
    .prepare('SELECT token_hash FROM sessions')
    .first<{ token_hash: unknown }>()
  const stolen = `__Host-oasis=${toB64(bytesFrom(session?.token_hash))}`
  await expectRefusal(await asStaff('me', 'GET', undefined, stolen), 401, 'signed_out')

  const link = await linkOf(await invitation(['intake']))
  const hash = toB64(await sha256(fromB64(link.token)))
  const answer = await asStaff('invitations/open', 'POST', { ...link, token: hash })
  await expectRefusal(answer, 404, 'invitation_unknown')
  expect((await asStaff('invitations/open', 'POST', link)).status).toBe(200)
})

test('R11: The stored hash of a write token writes to no thread', async () => {
  const { hashes } = await reporter()
  await ask('/api/reports', octets(await sealed(org, hashes)))
  const followUp = await sealed(org, { ...hashes, kind: KIND.followUp })
  const stolen = { 'oasis-write': toB64(hashes.writeHash) }
  await ask('/api/reports', octets(followUp, stolen))
  expect(await storedReports()).toMatchObject([
    { kind: 1, follow_ups: 0 },
    { kind: 4, grade: 0 },
  ])
})

test('R12: Ids are random bytes, and no table of reports counts or keeps an order', async () => {
  const { results } = await db
    .prepare(
      `SELECT name, sql FROM sqlite_master
      WHERE type = 'table' AND name NOT GLOB '_*' AND name <> 'd1_migrations'`,
    )
    .all<{ name: string; sql: string }>()
  expect(results.length).toBeGreaterThan(10)
  for (const { name, sql } of results) {
    expect([name, /autoincrement/i.test(sql)]).toEqual([name, false])
    if (/^(reports|follow_ups|answers)$/.test(name))
      expect([name, sql.includes('WITHOUT ROWID')]).toEqual([name, true])
    // Numbers of epochs, team generations and ledger rows count actions of the whole team. The rota
    // has one row. These numbers are not ids of persons or reports.
    const counted = /`(\w+)` integer PRIMARY KEY/.exec(sql)?.[1]
    expect(['ledger.seq', 'epochs.epoch', 'teams.generation', 'rotas.n', undefined]).toContain(
      counted && `${name}.${counted}`,
    )
  }
})

test('R12: Every bit of an id is one as often as zero', async () => {
  const COUNT = 300
  const envelopes = await Promise.all(Array.from({ length: COUNT }, () => sealed(org)))
  const ids = [
    await Promise.all(envelopes.map(reportIdOf)),
    Array.from({ length: COUNT }, () => deps.random(16)),
  ]
  for (const each of ids) {
    expect(new Set(each.map(toB64)).size).toBe(COUNT)
    for (let bit = 0; bit < 128; bit++) {
      const ones = each.filter((id) => ((id[bit >> 3] ?? 0) >> (bit & 7)) & 1).length
      // The bound is six standard deviations of 300 coin tosses.
      expect(Math.abs(ones - COUNT / 2)).toBeLessThan(52)
    }
  }
})
