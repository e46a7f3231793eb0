import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { minuteOf } from '#protocol/time'
import { loadReport, type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { hasLeaver, releaseCase } from '#site/staff/case/write/release-case.ts'
import { sendAssignment } from '#site/staff/case/write/send-assignment.ts'
import { sendReply } from '#site/staff/case/write/send-reply.ts'
import { sendStatus } from '#site/staff/case/write/send-status.ts'
import { fetchReport } from '#site/staff/api/case-api.ts'
import { withCaseKey } from '#site/staff/case/write/case-key-in-use.ts'
import { type CaseWriter } from '#site/staff/session/case-writer.ts'
import { forgetSeen } from '#site/staff/ledger/known-heads.ts'
import { takeLetters } from '#site/staff/case/write/take-letters.ts'
import { sendRemoval } from '#site/staff/people/send-confirmation.ts'
import { type Filed } from '../../support/people.ts'
import { Casework } from './support.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'

let work: Casework
let told: Filed
beforeEach(async () => {
  work = await Casework.begin()
  told = await work.tell('Паспортумду алып коюшту')
  await work.open(work.aigul, told.id)
})
afterAll(() => vi.unstubAllGlobals())

const { texts, notes } = Casework
const personOf = ({ by }: Casework['aigul']): string => by.keys.personId

describe('a case that a caseworker gets', () => {
  test('Before, the caseworker opens nothing; then every letter and note of the case', async () => {
    await work.note(work.aigul, told.id, 'Айгүлдүн белгиси')
    await expect(work.open(work.cholpon, told.id)).rejects.toMatchObject({ code: 'not_found' })
    await work.give(work.aigul, told.id, work.cholpon)
    const opened = await work.open(work.cholpon, told.id)
    expect(texts(opened)).toEqual(['Паспортумду алып коюшту'])
    expect(notes(opened)).toEqual(['Айгүлдүн белгиси'])
    expect(opened.sealed.grants).toHaveLength(1)
    expect(work.cholpon.by.keys.team.size + work.cholpon.by.keys.intake.size).toBe(0)
  })

  test('A caseworker writes notes, replies and changes the status in their own case', async () => {
    await work.give(work.aigul, told.id, work.cholpon)
    await work.note(work.cholpon, told.id, 'Чолпондун белгиси')
    await work.act(work.cholpon, told.id, (by, loaded) =>
      sendReply(by, loaded, 'Биз сизди угуп жатабыз'),
    )
    await work.act(work.cholpon, told.id, (by, loaded) => sendStatus(by, loaded, 'in_progress'))
    const read = await work.open(work.bermet, told.id)
    expect([notes(read), texts(read)[1], read.item.status]).toEqual([
      ['Чолпондун белгиси'],
      'Биз сизди угуп жатабыз',
      'in_progress',
    ])
    expect(await work.check(told.id)).toMatchObject({ fault: null, missing: 0 })
  })

  test('A letter that comes later opens for the caseworker once a reader opened it', async () => {
    await work.give(work.aigul, told.id, work.cholpon)
    await work.writeAgain(told, 'Мен азыр бошмун')
    const before = await work.open(work.cholpon, told.id)
    expect([texts(before), before.sealedLetters]).toEqual([['Паспортумду алып коюшту', null], 1])
    await work.open(work.bermet, told.id)
    const after = await work.open(work.cholpon, told.id)
    expect([texts(after)[1], after.sealedLetters]).toEqual(['Мен азыр бошмун', 0])
  })

  test('Over a letter that stays sealed, a note is no act and a danger is not lifted', async () => {
    const danger = (isDanger: boolean) =>
      work.act(work.cholpon, told.id, (by, { sealed }) =>
        writeIn(by, sealed).danger({ v: 1, kind: 'danger', at, text: 'Себеп', isDanger }),
      )
    const at = minuteOf(Date.now())
    const hasActed = async () => (await work.open(work.cholpon, told.id)).item.acted
    await work.give(work.aigul, told.id, work.cholpon)
    await danger(true)
    expect(await hasActed()).toBe(true)
    await work.writeAgain(told, 'Мен азыр бошмун')
    await work.note(work.cholpon, told.id, 'Чолпондун белгиси')
    await danger(true)
    await expect(danger(false)).rejects.toMatchObject({ code: 'needs_reader' })
    expect([await hasActed(), await work.check(told.id)]).toMatchObject([false, { fault: null }])
    await work.open(work.bermet, told.id)
    await work.note(work.cholpon, told.id, 'Экинчи белги')
    expect(await hasActed()).toBe(true)
    await danger(false)
    expect((await work.open(work.bermet, told.id)).danger).toBe(false)
  })

  test('A letter that no case had is taken before the case is given away', async () => {
    const other = await work.tell('Экинчи кат')
    await work.give(work.aigul, other.id, work.cholpon)
    expect(texts(await work.open(work.cholpon, other.id))).toEqual(['Экинчи кат'])
  })

  test('A case is given from a screen that lacks the key made behind it', async () => {
    const other = await work.tell('Экинчи кат')
    await work.act(work.aigul, other.id, async (by, loaded) => {
      await takeLetters(by, loaded)
      await sendAssignment(by, loaded, personOf(work.cholpon))
    })
    expect(texts(await work.open(work.cholpon, other.id))).toEqual(['Экинчи кат'])
  })

  test.each(['first', 'second'])(
    'A case is given while its letters are taken, when the giver asks %s',
    async (turn) => {
      const other = await work.tell('Экинчи кат')
      await work.act(work.aigul, other.id, async (by, loaded) => {
        const acts = [
          // The second attempt to take the letters is refused, and the screen retries at the next
          // load.
          () => takeLetters(by, loaded).catch(() => undefined),
          () => sendAssignment(by, loaded, personOf(work.cholpon)),
        ]
        if (turn === 'first') acts.reverse()
        await Promise.all(acts.map((act) => act()))
      })
      expect(texts(await work.open(work.cholpon, other.id))).toEqual(['Экинчи кат'])
    },
  )

  test.each<[string, (by: CaseWriter, loaded: LoadedReport) => Promise<void>]>([
    ['takes the case', (by, loaded) => sendAssignment(by, loaded, by.keys.personId)],
    ['sets its status', (by, loaded) => sendStatus(by, loaded, 'in_progress')],
    ['gives it back', async (by) => releaseCase(by, told.id)],
    [
      'marks a danger',
      async (by, { sealed }) => {
        const at = minuteOf(Date.now())
        await writeIn(by, sealed).danger({ v: 1, kind: 'danger', at, text: '', isDanger: true })
      },
    ],
  ])('A reader %s while the screen takes letters in behind the shown words', async (_, act) => {
    await work.writeAgain(told, 'Мен азыр бошмун')
    await work.act(work.aigul, told.id, async (by, loaded) => {
      // The letters are taken after the server has responded, and before the response arrives.
      const { fetch } = globalThis
      let isTaken = false
      vi.stubGlobal('fetch', async (...asked: Parameters<typeof fetch>) => {
        const answer = await fetch(...asked)
        if (isTaken) return answer
        isTaken = true
        vi.stubGlobal('fetch', fetch)
        expect(await takeLetters(by, loaded)).toBe(1)
        return answer
      })
      await act(by, loaded)
      expect(isTaken).toBe(true)
    })
    expect(await work.check(told.id)).toMatchObject({ fault: null, known: 'fine', missing: 0 })
  })

  test('A reader takes a case without copies of keys', async () => {
    await work.give(work.aigul, told.id, work.aigul)
    const { item, sealed } = await work.open(work.aigul, told.id)
    expect([item.assignee, sealed.grants]).toEqual([personOf(work.aigul), []])
    expect((await work.log(told.id)).assignee).toMatchObject({
      id: personOf(work.aigul),
      isGranted: false,
    })
  })
})

describe('a case that a caseworker loses', () => {
  beforeEach(() => work.give(work.aigul, told.id, work.cholpon))

  test('The caseworker no longer reads the case, and knows no key of what comes', async () => {
    const { grants: known } = (await work.open(work.cholpon, told.id)).sealed
    await work.give(work.bermet, told.id, null)
    await expect(work.open(work.cholpon, told.id)).rejects.toMatchObject({ code: 'not_found' })
    await work.note(work.aigul, told.id, 'Жаңы белги')
    const { sealed } = await work.open(work.aigul, told.id)
    expect(sealed.caseKeys.map(({ keyNo }) => keyNo)).toEqual([1, 2])
    const { isKeyStale, entries } = await work.log(told.id)
    expect([isKeyStale, [...entries.values()].map(({ keyNo }) => keyNo)]).toEqual([false, [2]])
    expect(known.map(({ keyNo }) => keyNo)).toEqual([1])
    expect(work.office.edge.rows('SELECT * FROM case_grants')).toEqual([])
  })

  test('Another caseworker gets every key, the new one too, and can write at once', async () => {
    await work.give(work.bermet, told.id, null)
    await work.note(work.aigul, told.id, 'Арадагы белги')
    await work.give(work.aigul, told.id, work.cholpon)
    await work.note(work.cholpon, told.id, 'Кайра келдим')
    const read = await work.open(work.cholpon, told.id)
    expect(notes(read)).toEqual(['Арадагы белги', 'Кайра келдим'])
    expect(read.sealed.grants.map(({ keyNo }) => keyNo)).toEqual([1, 2])
  })

  test('A reader who saw another assignee gets assignee_changed and changes nothing', async () => {
    const seen = await work.open(work.bermet, told.id)
    await work.give(work.aigul, told.id, null)
    const rows = (await work.log(told.id)).rows
    const { sendAssignment } = await import('#site/staff/case/write/send-assignment.ts')
    await expect(
      work.office.as(work.bermet, ({ by }) => sendAssignment(by, seen, by.keys.personId)),
    ).rejects.toMatchObject({ code: 'assignee_changed' })
    expect((await work.log(told.id)).rows).toBe(rows)
  })

  test('A caseworker whose team key is older than the roster is told to ask a reader', async () => {
    const { openNextTeam } = await import('#site/staff/ledger/open-team.ts')
    await work.office.as(work.aigul, ({ by }) => openNextTeam(by.keys, by.roster))
    const write = (): Promise<unknown> => work.note(work.cholpon, told.id, 'Белги')
    await expect(write()).rejects.toMatchObject({ code: 'needs_reader' })
    await work.note(work.aigul, told.id, 'Айгүл ачты')
    await write()
    expect(notes(await work.open(work.cholpon, told.id))).toEqual(['Айгүл ачты', 'Белги'])
  })
})

describe('a case whose newest key may take no new parts', () => {
  const writes = async (): Promise<void> => {
    await work.give(work.aigul, told.id, work.cholpon)
    await work.note(work.cholpon, told.id, 'Чолпондун белгиси')
    expect(notes(await work.open(work.cholpon, told.id))).toEqual(['Чолпондун белгиси'])
  }

  test('A caseworker who gets it after a withdrawal without a new key can write', async () => {
    await work.give(work.aigul, told.id, work.cholpon)
    const real = globalThis.fetch
    vi.stubGlobal('fetch', (path: string, init: RequestInit) =>
      path.endsWith('/keys') ? Promise.reject(new TypeError('no network')) : real(path, init),
    )
    await expect(work.give(work.bermet, told.id, null)).rejects.toMatchObject({ code: 'network' })
    vi.stubGlobal('fetch', real)
    await writes()
  })

  test('A caseworker who gets it after a new team key, from a leaver, can write', async () => {
    await work.give(work.aigul, told.id, work.bermet)
    await work.office.as(work.aigul, ({ by }) =>
      sendRemoval(by.keys, by.roster, personOf(work.bermet)),
    )
    const { openNextTeam } = await import('#site/staff/ledger/open-team.ts')
    await work.office.as(work.aigul, ({ by }) => openNextTeam(by.keys, by.roster))
    await writes()
    expect((await work.check(told.id)).fault).toBeNull()
  })
})

describe('a caseworker who leaves', () => {
  test('R36: The first write afterwards takes the case back and makes a new key', async () => {
    await work.give(work.aigul, told.id, work.cholpon)
    await work.office.as(work.aigul, ({ by }) =>
      sendRemoval(by.keys, by.roster, personOf(work.cholpon)),
    )
    expect(work.office.edge.rows('SELECT * FROM case_grants')).toEqual([])
    await work.writeAgain(told, 'Кийинки кат')
    const read = await work.open(work.bermet, told.id)
    expect(read.item.assignee).toBeNull()
    expect(read.sealed.taken.map(({ keyNo }) => keyNo)).toEqual([1, 2])
    const { assignee, isKeyStale, fault } = await work.log(told.id)
    expect([assignee, isKeyStale, fault]).toEqual([null, false, null])
  })

  test('A caseworker with new keys since loses it too: a thief may have the old', async () => {
    await work.give(work.aigul, told.id, work.cholpon)
    const log = await work.log(told.id)
    const id = personOf(work.cholpon)
    await work.office.as(work.aigul, ({ by: { roster } }) => {
      const [span] = roster.caseworkers.get(id) ?? []
      if (!span) throw new Error('no caseworker')
      expect(hasLeaver(log, roster)).toBe(false)
      const renewed = [
        { ...span, until: roster.rows + 1 },
        { signPublic: personOf(work.aigul), from: roster.rows + 3, until: null },
      ]
      const later = { ...roster, caseworkers: new Map([[id, renewed]]) }
      expect(hasLeaver(log, later)).toBe(true)
      return Promise.resolve()
    })
  })

  test('R36: A caseworker uses no key of a log that gives the case to somebody else', async () => {
    const { cholpon } = work
    const [, rival] = work.office.caseworkers
    if (!rival) throw new Error('no second caseworker')
    await work.give(work.aigul, told.id, rival)
    const before = await work.log(told.id)
    await work.give(work.aigul, told.id, null)
    await work.note(work.aigul, told.id, 'the rival knows this key no more')
    await work.give(work.aigul, told.id, cholpon)
    // The server shows the earlier log to a browser that has never seen the later rows.
    forgetSeen()
    const writing = work.office.as(cholpon, async ({ by }) => {
      const opened = await fetchReport(told.id)
      const item = { ...opened.item, rows: before.rows, assignee: personOf(rival) }
      const shown = { ...opened, item, log: opened.log.slice(0, before.rows) }
      await withCaseKey(by, shown, () => Promise.reject(new Error('a key was used')))
    })
    await expect(writing).rejects.toMatchObject({ code: 'needs_reader' })
  })

  test('Somebody who left gets no case', async () => {
    const loaded = await work.open(work.aigul, told.id)
    const { sendAssignment } = await import('#site/staff/case/write/send-assignment.ts')
    await work.office.as(work.aigul, ({ by }) =>
      sendRemoval(by.keys, by.roster, personOf(work.cholpon)),
    )
    await expect(
      work.office.as(work.aigul, async ({ by }) =>
        sendAssignment(by, await loadReport(by, loaded.id), personOf(work.cholpon)),
      ),
    ).rejects.toMatchObject({ code: 'person_unknown' })
  })
})
