import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { fromB64, sha256, toB64, type Bytes } from '#protocol/bytes'
import { KIND } from '#protocol/report/envelope'
import { contentOf } from '#protocol/report/letter-content'
import { CaseKeyPage, REWRAP_PAGE, UntakenPage } from '#protocol/staff/list/case-pages'
import { runChores } from '#worker/scheduled/run-chores'
import { dropEndedSecrets } from '#worker/store/cases/secrets'
import {
  addEntryAs,
  changeAs,
  freshCasework,
  makeKeyAs,
  openedBy,
  openTeams,
  takeAs,
  type Casework,
} from '../support/casework.ts'
import {
  db,
  deps,
  expectRefusal,
  idOf,
  ask,
  reporter,
  rowsIn,
  sealed,
  sealedBySuite2,
  submit,
} from '../support/edge.ts'
import { KEY_HASH } from '#test/protocol/support/case-log.ts'
import { asStaff, getAs, noise } from '../support/staff.ts'
import { mergeAs } from '../support/teamwork.ts'

let made: Casework
beforeEach(async () => {
  made = await freshCasework()
})

const opened = () => openedBy(made.staff, made.id)
const storedEnvelope = async (): Promise<Bytes> => fromB64((await opened()).envelope)
const secrets = async (): Promise<string[]> =>
  (await env.FILES.list({ prefix: 'secrets/' })).objects.map(({ key }) => key)

async function follow(): Promise<Bytes> {
  const { org, known } = made
  const envelope = await sealed(org, { ...known.hashes, kind: KIND.followUp })
  await submit(envelope, { 'oasis-write': toB64(known.keys.write) })
  return envelope
}

describe('a case key', () => {
  test('The first key of a case stores its secret once and adds a row to its log', async () => {
    const secret = noise(32)
    expect((await makeKeyAs(made.staff, made.id, { secret })).status).toBe(201)
    const { caseKeys, secrets: kept, log } = await opened()
    expect(caseKeys).toMatchObject([{ caseId: made.id, keyNo: 1, generation: 1 }])
    expect(kept).toEqual([{ caseId: made.id, secret }])
    expect(log.map(({ change }) => change)).toEqual([
      JSON.stringify({ keyNo: 1, generation: 1, keyHash: KEY_HASH }),
    ])
  })

  test('A key without a hash is refused as malformed and nothing is stored', async () => {
    const beside = { sealed: noise(88), secret: noise(32) }
    for (const wrong of [{}, { keyHash: noise(31) }, { keyHash: null }])
      await expectRefusal(
        await changeAs(
          made.staff,
          'key.make',
          made.id,
          { keyNo: 1, generation: 1, ...wrong },
          beside,
        ),
        400,
        'malformed',
      )
    expect([await rowsIn('case_keys'), await rowsIn('case_log')]).toEqual([0, 0])
    expect(await secrets()).toEqual([])
  })

  test('A key out of turn or with another secret gets case_key_changed and no row', async () => {
    const secret = noise(32)
    await makeKeyAs(made.staff, made.id, { secret })
    for (const wrong of [{ keyNo: 1 }, { keyNo: 3 }])
      await expectRefusal(
        await makeKeyAs(made.staff, made.id, { secret, ...wrong }),
        409,
        'case_key_changed',
      )
    await expectRefusal(
      await makeKeyAs(made.staff, made.id, { keyNo: 2, secret: noise(32) }),
      409,
      'case_key_changed',
    )
    await openTeams(2)
    const newer = { keyNo: 2, generation: 2, secret }
    expect((await makeKeyAs(made.staff, made.id, newer)).status).toBe(201)
    // Generation 1 is not the newest, and generation 3 is not open yet.
    for (const generation of [1, 3])
      await expectRefusal(
        await makeKeyAs(made.staff, made.id, { keyNo: 3, generation, secret }),
        409,
        'case_key_changed',
      )
    expect([await rowsIn('case_keys'), await rowsIn('case_log')]).toEqual([2, 2])
  })

  test('A report that is deleted takes its keys, letters, entries and secret along', async () => {
    const { org, staff, id, known } = made
    const first = await sealed(org, known.hashes)
    await submit(first)
    await makeKeyAs(staff, id)
    await takeAs(staff, id, [fromB64((await opened()).envelope)])
    await addEntryAs(staff, id)
    await db.prepare('DELETE FROM reports WHERE id = ?').bind(fromB64(id)).run()
    for (const table of ['case_keys', 'case_letters', 'case_entries'])
      expect(await rowsIn(table)).toBe(0)
    expect(await rowsIn('case_log')).toBe(3)
    expect(await secrets()).toHaveLength(1)
    await dropEndedSecrets(deps.db, deps.bucket)
    expect([await secrets(), await rowsIn('ended_cases')]).toEqual([[], 0])
  })

  test('The chores of a full hour delete the secrets of deleted cases', async () => {
    await makeKeyAs(made.staff, made.id)
    await db.prepare('DELETE FROM reports').run()
    const now = () => Date.UTC(2026, 10, 24, 9, 0, 30)
    await runChores({ ...deps, now })
    expect(await secrets()).toEqual([])
  })
})

describe('taking letters into a case', () => {
  test('R36: A letter that is taken loses its wrap and keeps header and body', async () => {
    const { staff, id } = made
    await makeKeyAs(staff, id)
    const [whole, later] = [await storedEnvelope(), await follow()]
    expect((await takeAs(staff, id, [whole, later])).status).toBe(204)
    const report = await opened()
    expect(fromB64(report.envelope)).toEqual(contentOf(whole))
    expect(fromB64(report.followUps[0]?.envelope ?? '')).toEqual(contentOf(later))
    expect(report.taken.map(({ id: letter, caseId, keyNo }) => [letter, caseId, keyNo])).toEqual(
      expect.arrayContaining([
        [id, id, 1],
        [await idOf(later), id, 1],
      ]),
    )
    expect(await rowsIn('case_log')).toBe(2)
  })

  test('A letter of suite 2 loses its longer wrap', async () => {
    const { org, staff } = made
    const envelope = await sealedBySuite2(org)
    await submit(envelope)
    const id = await idOf(envelope)
    await makeKeyAs(staff, id)
    expect((await takeAs(staff, id, [envelope])).status).toBe(204)
    expect(fromB64((await openedBy(staff, id)).envelope)).toEqual(contentOf(envelope))
  })

  test('A letter is taken once, and a second taking cuts nothing more', async () => {
    const { staff, id } = made
    await makeKeyAs(staff, id)
    const whole = await storedEnvelope()
    await takeAs(staff, id, [whole])
    const { taken } = await opened()
    await expectRefusal(await takeAs(staff, id, [whole]), 409, 'case_key_changed')
    expect(await storedEnvelope()).toEqual(contentOf(whole))
    expect((await opened()).taken).toEqual(taken)
    expect(await rowsIn('case_log')).toBe(2)
  })

  test('Letters with a wrong hash, an old key or from another thread are not taken', async () => {
    const { org, staff, id } = made
    await makeKeyAs(staff, id)
    const whole = await storedEnvelope()
    const foreign = await sealed(org, { ...(await reporter()).hashes })
    await submit(foreign)
    const wrong = { keyNo: 1, letters: [{ id, contentHash: noise(32) }] }
    await expectRefusal(
      await changeAs(staff, 'letters.take', id, wrong, { sealed: [noise(60)] }),
      400,
      'malformed',
    )
    await expectRefusal(await takeAs(staff, id, [whole, foreign]), 404, 'not_found')
    await expectRefusal(await takeAs(staff, id, [whole, whole]), 400, 'malformed')
    await makeKeyAs(staff, id, { keyNo: 2 })
    await expectRefusal(await takeAs(staff, id, [whole], 1), 409, 'case_key_changed')
    expect(await rowsIn('case_letters')).toBe(0)
    expect(await storedEnvelope()).toEqual(whole)
  })

  test('A letter that another case holds comes with key, row and secret of that case', async () => {
    const { org, staff, id, known } = made
    const twin = await sealed(org, known.hashes)
    await submit(twin)
    const later = await follow()
    const secret = noise(32)
    await makeKeyAs(staff, id, { secret })
    await takeAs(staff, id, [later])
    const other = await openedBy(staff, await idOf(twin))
    expect(other.taken).toMatchObject([{ id: await idOf(later), caseId: id }])
    expect(other.caseKeys).toMatchObject([{ caseId: id, keyNo: 1 }])
    expect(other.secrets).toEqual([{ caseId: id, secret }])
    expect(other.keyRows).toEqual((await opened()).log.slice(0, 1))
  })

  test('The list of untaken letters names each report once, and no other report', async () => {
    const { org, staff, id } = made
    const untaken = async (query: string) =>
      UntakenPage.parse(await (await getAs(staff, `letters/untaken?${query}`)).json())
    const other = await sealed(org)
    await submit(other)
    await makeKeyAs(staff, id)
    await takeAs(staff, id, [await storedEnvelope()])
    const left = [await idOf(other)]
    expect(await untaken('epochs=1')).toEqual({
      reports: left,
      next: null,
      remaining: 1,
      waiting: 0,
    })
    await follow()
    await follow()
    expect((await untaken('epochs=1,7')).reports.sort()).toEqual([...left, id].sort())
    expect(await untaken('epochs=7')).toEqual({ reports: [], next: null, remaining: 0, waiting: 0 })
    for (const wrong of ['', '0', '1;2', 'x'])
      await expectRefusal(await getAs(staff, `letters/untaken?epochs=${wrong}`), 400, 'malformed')
  })
})

describe('an entry', () => {
  test('An entry of one of three lengths is stored under the number of its row', async () => {
    const { staff, id } = made
    await makeKeyAs(staff, id)
    const notes = [noise(540), noise(2076), noise(8220)]
    for (const note of notes)
      expect((await addEntryAs(staff, id, { sealed: note })).status).toBe(201)
    expect((await opened()).entries).toEqual(notes.map((note, at) => ({ n: at + 2, sealed: note })))
    await expectRefusal(await addEntryAs(staff, id, { sealed: noise(541) }), 400, 'malformed')
  })

  test('An entry without a key, under an old key or with other bytes is refused', async () => {
    const { staff, id } = made
    await expectRefusal(await addEntryAs(staff, id), 409, 'case_key_changed')
    await makeKeyAs(staff, id)
    await makeKeyAs(staff, id, { keyNo: 2 })
    await expectRefusal(await addEntryAs(staff, id), 409, 'case_key_changed')
    const change = { keyNo: 2, entryHash: toB64(await sha256(new Uint8Array(9))) }
    await expectRefusal(
      await changeAs(staff, 'entry.add', id, change, { sealed: noise(540) }),
      403,
      'signature_refused',
    )
    expect([await rowsIn('case_entries'), await rowsIn('case_log')]).toEqual([0, 2])
  })

  test('R36: A key from before the newest generation takes no entry and no letter', async () => {
    const { staff, id } = made
    await makeKeyAs(staff, id)
    await openTeams(2)
    const keys = [{ caseId: id, keyNo: 1, sealed: noise(88) }]
    await asStaff('case-keys/rewrap', 'POST', { from: 1, to: 2, keys }, staff.cookie)
    await expectRefusal(await addEntryAs(staff, id), 409, 'case_key_changed')
    const envelope = await storedEnvelope()
    await expectRefusal(await takeAs(staff, id, [envelope]), 409, 'case_key_changed')
    await makeKeyAs(staff, id, { keyNo: 2, generation: 2 })
    expect((await addEntryAs(staff, id, { keyNo: 2 })).status).toBe(201)
    expect((await takeAs(staff, id, [envelope], 2)).status).toBe(204)
  })
})

describe('re-wrapping', () => {
  const pageOf = async (query: string) =>
    CaseKeyPage.parse(await (await getAs(made.staff, `case-keys?${query}`)).json())
  const rewrap = (body: object) => asStaff('case-keys/rewrap', 'POST', body, made.staff.cookie)

  /** Stores case keys without their log rows. */
  const storeKeys = (keys: number) =>
    db
      .prepare(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
        INSERT INTO case_keys (case_id, key_no, generation, sealed)
        SELECT ?1, i, 1, randomblob(88) FROM n`,
      )
      .bind(fromB64(made.id), keys)
      .run()

  test('Case keys are listed by pages and change once to the new generation', async () => {
    await storeKeys(REWRAP_PAGE + 5)
    await openTeams(2)
    const first = await pageOf('generation=1')
    expect([first.keys.length, first.remaining]).toEqual([REWRAP_PAGE, REWRAP_PAGE + 5])
    const rest = await pageOf(`generation=1&after=${first.next ?? ''}`)
    expect(rest).toMatchObject({ next: null, remaining: null })
    expect(rest.keys.map(({ keyNo }) => keyNo)).toEqual([1, 2, 3, 4, 5].map((n) => REWRAP_PAGE + n))
    const sealedAgain = first.keys.map(({ caseId, keyNo }) => ({
      ...{ caseId, keyNo },
      sealed: noise(88),
    }))
    expect((await rewrap({ from: 1, to: 2, keys: sealedAgain })).status).toBe(204)
    expect((await pageOf('generation=1')).remaining).toBe(5)
    const moved = await pageOf('generation=2')
    expect(moved.keys.map(({ sealed: bytes }) => bytes)).toEqual(
      sealedAgain.map(({ sealed: bytes }) => bytes),
    )
    // Repeating a page changes nothing, because the keys no longer belong to their old generation.
    await openTeams(3)
    await rewrap({ from: 1, to: 3, keys: sealedAgain })
    expect((await pageOf('generation=3')).remaining).toBe(0)
    expect(await rowsIn('case_log')).toBe(0)
  })

  test('Re-wrapping more keys than a page has is malformed', async () => {
    const keys = Array.from({ length: REWRAP_PAGE + 1 }, (_, at) => ({
      ...{ caseId: made.id, keyNo: at + 1 },
      sealed: noise(88),
    }))
    await expectRefusal(await rewrap({ from: 1, to: 2, keys }), 400, 'malformed')
  })

  test('Re-wrapping to the same or an older generation is malformed', async () => {
    await makeKeyAs(made.staff, made.id)
    const keys = [{ caseId: made.id, keyNo: 1, sealed: noise(88) }]
    for (const [from, to] of [
      [1, 1],
      [2, 1],
    ])
      await expectRefusal(await rewrap({ from, to, keys }), 400, 'malformed')
    await expectRefusal(await getAs(made.staff, 'case-keys?generation=0'), 400, 'malformed')
  })
})

test('A report opens without its secret while R2 fails, unless a case key needs it', async () => {
  const { staff, id } = made
  const FILES = {
    get: () => Promise.reject(new Error('R2 is down')),
  } as unknown as R2Bucket
  const read = () =>
    ask(`/api/staff/reports/${id}`, { headers: { cookie: staff.cookie } }, { FILES })
  expect((await read()).status).toBe(200)
  await makeKeyAs(staff, id)
  await expectRefusal(await read(), 503, 'unavailable')
})

test('A report is unavailable while R2 fails for the secret of another case', async () => {
  const { staff, id } = made
  const other = await idOf(await another())
  await mergeAs(staff, id, other)
  await makeKeyAs(staff, other)
  await takeAs(staff, other, [await follow()])
  const FILES = {
    get: (key: string) =>
      key.includes(other) ? Promise.reject(new Error('R2 is down')) : env.FILES.get(key),
  } as unknown as R2Bucket
  const cookie = { headers: { cookie: staff.cookie } }
  await expectRefusal(await ask(`/api/staff/reports/${id}`, cookie, { FILES }), 503, 'unavailable')
})

async function another(): Promise<Bytes> {
  const envelope = await sealed(made.org)
  await submit(envelope)
  return envelope
}
