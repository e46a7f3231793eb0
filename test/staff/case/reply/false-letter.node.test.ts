// Tests the app against a server that has an old case key. The server replaces the first letter and
// makes up the number in the letter. Replies are never sent to that number.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { toB64 } from '#protocol/bytes'
import { contentOf } from '#protocol/report/letter-content'
import { caseKeyName } from '#protocol/staff/case-log/bodies'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { fetchReport } from '#site/staff/api/case-api.ts'
import { checkCase } from '#site/staff/case/read/check-case.ts'
import { openKeysOf } from '#site/staff/case/read/key-hashes.ts'
import { loadReport } from '#site/staff/case/read/load-report.ts'
import { sendReply } from '#site/staff/case/write/send-reply.ts'
import { sealCek } from '#site/staff/crypto/case-letter.ts'
import { openReport } from '#site/staff/crypto/open-report.ts'
import type { CaseWriter } from '#site/staff/session/case-writer.ts'
import { tell, type Filed } from '../../support/people.ts'
import { Casework } from '../team/support.ts'

const FALSE = 'Баары жакшы, чалбагыла'
let work: Casework
let told: Filed
beforeEach(async () => {
  work = await Casework.begin()
  told = await work.tell('Паспортумду алып коюшту')
})
afterEach(() => vi.unstubAllGlobals())

/** Seals the server's letter under a case key, as if the letter belonged to the real report. */
async function falseLetter(
  by: CaseWriter,
  caseId: string,
): Promise<Pick<StoredCase, 'envelope' | 'taken'>> {
  const { envelope } = await tell(await work.office.published(1), { text: FALSE })
  const { cek } = await openReport(by.keys.intake, envelope)
  const named = { caseId, keyNo: 1 }
  const key = (await openKeysOf(by, [await fetchReport(caseId)])).get(caseKeyName(named))
  if (!key) throw new Error('no key')
  const sealed = await sealCek(key, told.id, cek)
  return { envelope: toB64(contentOf(envelope)), taken: [{ id: told.id, ...named, sealed }] }
}

/**
 * Makes the edge respond with false parts of the report. `written` lists the paths of the write
 * requests.
 */
function lie(parts: Partial<StoredCase>): { written: string[]; end: () => void } {
  const { fetch } = globalThis
  const written: string[] = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    if (init.method !== 'GET') written.push(path)
    const answer = await fetch(path, init)
    if (!path.endsWith(told.id) || init.method !== 'GET') return answer
    return Response.json({ ...((await answer.json()) as StoredCase), ...parts })
  })
  return { written, end: () => void vi.stubGlobal('fetch', fetch) }
}

test('R48: A letter of the server under an old key of the case gets no reply', async () => {
  await work.open(work.aigul, told.id)
  await work.act(work.aigul, told.id, async (by) => {
    const { written, end } = lie(await falseLetter(by, told.id))
    const loaded = await loadReport(by, told.id)
    expect(loaded.first?.report.text).toBe(FALSE)
    const refused = { code: 'letter_differs' }
    await expect(sendReply(by, loaded, 'Эртең саат онго келиңиз')).rejects.toMatchObject(refused)
    expect(written).toEqual([])
    end()
  })
  await work.act(work.aigul, told.id, (by, loaded) => sendReply(by, loaded, 'Кайдасыз?'))
  expect(Casework.texts(await work.open(work.aigul, told.id))).toEqual([
    'Паспортумду алып коюшту',
    'Кайдасыз?',
  ])
})

test('R48: A new letter that the server says another case holds is marked', async () => {
  const other = await work.tell('Башка кат')
  await work.open(work.aigul, other.id)
  await work.act(work.aigul, told.id, async (by) => {
    const { caseKeys, secrets, log } = await fetchReport(other.id)
    const parts = await falseLetter(by, other.id)
    lie({ ...parts, caseKeys, secrets, keyRows: log.slice(0, 1) })
    const loaded = await loadReport(by, told.id)
    expect(loaded.first?.report.text).toBe(FALSE)
    expect((await checkCase(loaded.sealed, by.roster)).letters).toEqual(new Set([told.id]))
    await expect(sendReply(by, loaded, 'Кайдасыз?')).rejects.toMatchObject({
      code: 'letter_differs',
    })
  })
})
