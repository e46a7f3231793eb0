import { render } from 'preact'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { localDayOf } from '#content/clock.ts'
import { checkCase } from '#site/staff/case/read/check-case.ts'
import { helpOf, type HelpVersion } from '#site/staff/case/read/help-of.ts'
import { threadsOf } from '#site/staff/case/read/in-thread.ts'
import { type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { HelpGivenPart } from '#site/staff/case/screen/help/help-part.tsx'
import { timelineOf } from '#site/staff/case/screen/timeline/timeline-of.ts'
import { mendHelp } from '#site/staff/case/write/mend-help.ts'
import { sendMerging } from '#site/staff/case/write/send-merging.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'
import { type EntryOf } from '#site/staff/crypto/case-entry.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { nodesOf, type FakeNode } from '../support/fake-dom.ts'
import { draftIn, partOf, screenOf, shown, soon, textsIn } from '../support/shown-case.tsx'
import { copyCases, workedCases, type WorkedCase } from '../support/worked-case.ts'

const TODAY = localDayOf(Date.now())

let team: Colleagues
let begun: WorkedCase[]
let work: WorkedCase
let other: WorkedCase
beforeAll(async () => {
  team = await colleagues()
  begun = await workedCases(team, ['Биринчи кат', 'Экинчи кат'])
})
beforeEach(async () => {
  const [one, two] = await copyCases(begun)
  work = one!
  other = two!
  await work.openAndTake(team.aigul)
})
afterEach(() => void vi.unstubAllGlobals())

const help = (rest: Partial<EntryOf<'help'>> = {}): EntryOf<'help'> => ({
  ...{ v: 1, kind: 'help', at: '2026-11-30T10:00Z', text: '', help: 'medical', day: '2026-11-29' },
  ...{ outcome: 'given', receiver: null, person: null, ...rest },
})
const takenBack = (text: string) =>
  ({ v: 1, kind: 'help_end', at: '2026-11-30T11:00Z', text }) as const

const load = (): Promise<LoadedReport> => work.load(team.aigul)
const listed = async () => helpOf(threadsOf(await load()))
const add = async (entry: EntryOf<'help'>): Promise<HelpVersion> => {
  const key = await writeIn(team.aigul, (await load()).sealed).entry(entry)
  return (await listed()).find(({ last }) => last.key === key)!.last
}

/** Clicks or submits the first control whose text begins with these words. */
function press(root: FakeNode, event: 'click' | 'submit', text: string): void {
  const node = [...nodesOf(root)].find(
    (each) => each.listeners.has(event) && textsIn(each).startsWith(text),
  )
  if (!node) throw new Error(`nothing to ${event}: ${text}`)
  node.listeners
    .get(event)
    ?.call(node, { type: event, currentTarget: node, preventDefault: () => undefined })
}

const until = (check: () => Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 30_000 })

/** Fills in the form for new help, and clicks the button of a kind. */
async function pressKind(fields: Record<string, string>, kind: string): Promise<FakeNode> {
  const loaded = await load()
  const drafts = draftIn(loaded, 'help', fields)
  const root = screenOf({ team, drafts }, <HelpGivenPart {...partOf(loaded)} />)
  press(root, 'click', `staff.help.kind.${kind}`)
  return root
}

describe('writing help down', () => {
  test('A press on a kind saves it as given by us today', async () => {
    const root = await pressKind({ person: '' }, 'medical')
    await until(async () => expect(await listed()).toHaveLength(1))
    render(null, root)
    expect((await listed())[0]?.last.help).toMatchObject({
      ...{ help: 'medical', day: TODAY, outcome: 'given', receiver: null, person: null },
    })
  })

  test('Help can name a person of the case, a day and another organisation', async () => {
    const fields = { person: `${work.id} 1`, day: '2026-11-20', outcome: 'refused' }
    const rest = { giver: 'other', receiver: ' Тунук ', text: ' Азырынча керек эмес ' }
    const root = await pressKind({ ...fields, ...rest }, 'shelter')
    await until(async () => expect(await listed()).toHaveLength(1))
    render(null, root)
    expect((await listed())[0]?.last.help).toMatchObject({
      ...{ help: 'shelter', day: '2026-11-20', outcome: 'refused', receiver: 'Тунук' },
      ...{ person: { caseId: work.id, record: 1 }, text: 'Азырынча керек эмес' },
    })
  })

  test('Help that we could not give needs a reason and where the person was sent', async () => {
    const denied = { outcome: 'denied', giver: 'other', receiver: 'Тунук' }
    for (const [fields, mistake] of [
      [denied, 'staff.help.sent.missing'],
      [{ ...denied, why: 'no_place', sentTo: ' ' }, 'staff.help.sent.missing'],
    ] as const) {
      const root = await pressKind(fields, 'shelter')
      await soon(() => expect(textsIn(root)).toContain(mistake))
      render(null, root)
    }
    expect(await listed()).toEqual([])
    const whole = { ...denied, why: 'no_place', sentTo: 'Ак үй' }
    const root = await pressKind(whole, 'shelter')
    await until(async () => expect(await listed()).toHaveLength(1))
    render(null, root)
    expect((await listed())[0]?.last.help).toMatchObject({
      ...{ outcome: 'denied', receiver: null, denial: { why: 'no_place', sentTo: 'Ак үй' } },
    })
  })

  test('A day to come becomes today, and a missing organisation is asked for', async () => {
    const asked = await pressKind({ giver: 'other', day: '2999-01-01' }, 'legal')
    const mistake = 'staff.help.receiver.missing'
    await soon(() => expect(textsIn(asked)).toContain(mistake))
    render(null, asked)
    const root = await pressKind(
      { giver: 'other', receiver: 'Адвокат', day: '2999-01-01' },
      'legal',
    )
    await until(async () => expect(await listed()).toHaveLength(1))
    render(null, root)
    expect((await listed())[0]?.last.help.day).toBe(TODAY)
  })
})

describe('mending help', () => {
  test('A correction shows its author, and keeps the former version readable', async () => {
    const version = await add(help())
    const mended = help({ help: 'legal', at: '2026-11-30T12:00Z' })
    await mendHelp(team.bermet, await work.load(team.bermet), version, mended)
    const [only, ...rest] = await listed()
    expect(rest).toEqual([])
    expect(only).toMatchObject({
      last: { author: team.bermet.keys.personId, help: { help: 'legal' } },
      former: [{ author: team.aigul.keys.personId, help: { help: 'medical' } }],
      end: null,
    })
    const text = shown({ team }, <HelpGivenPart {...partOf(await load())} />)
    expect(text.indexOf('kind.legal')).toBeLessThan(text.indexOf('staff.help.former'))
    expect(text.indexOf('staff.help.former')).toBeLessThan(text.indexOf('kind.medical'))
  })

  test('Help that is taken back stays in the case with the reason', async () => {
    const version = await add(help())
    await mendHelp(team.aigul, await load(), version, takenBack('Башка киши болчу'))
    expect(await listed()).toMatchObject([
      { last: { help: { help: 'medical' } }, end: { entry: { text: 'Башка киши болчу' } } },
    ])
    const text = shown({ team }, <HelpGivenPart {...partOf(await load())} />)
    expect(text).toContain('staff.help.ended')
    expect(text).toContain('Башка киши болчу')
  })

  test('The later of two corrections of one version is refused before it is signed', async () => {
    const version = await add(help())
    const seen = await work.load(team.bermet)
    await mendHelp(team.aigul, await load(), version, help({ help: 'legal' }))
    await expect(
      mendHelp(team.bermet, seen, version, help({ help: 'work' })),
    ).rejects.toMatchObject({ code: 'record_changed' })
    await expect(mendHelp(team.bermet, seen, version, takenBack(''))).rejects.toMatchObject({
      code: 'record_changed',
    })
    const [only] = await listed()
    expect(only).toMatchObject({ last: { help: { help: 'legal' } }, former: [{}] })
    await mendHelp(team.bermet, await work.load(team.bermet), only!.last, help({ help: 'work' }))
    expect(await listed()).toMatchObject([{ last: { help: { help: 'work' } }, former: [{}, {}] }])
  })

  test('A correction is no act for the person, and new help is one', async () => {
    const changeOfLast = async (): Promise<object> => {
      const { log } = await work.stored()
      return JSON.parse(log.at(-1)!.change) as object
    }
    const version = await add(help())
    expect(await changeOfLast()).toHaveProperty('followUps')
    await mendHelp(team.aigul, await load(), version, help({ help: 'work' }))
    expect(await changeOfLast()).not.toHaveProperty('followUps')
  })

  test('Help of an absorbed case is corrected in the surviving case', async () => {
    const version = await add(help())
    await other.openAndTake(team.aigul)
    await sendMerging(team.aigul, work.id, other.id)
    const loaded = await other.load(team.aigul)
    expect(helpOf(threadsOf(loaded))).toMatchObject([{ last: { caseId: work.id } }])
    await mendHelp(team.aigul, loaded, version, help({ help: 'papers' }))
    expect(helpOf(threadsOf(await other.load(team.aigul)))).toMatchObject([
      { last: { caseId: other.id, help: { help: 'papers' } }, former: [{ caseId: work.id }] },
    ])
  })

  test('The history of the case has each version', async () => {
    const version = await add(help())
    await mendHelp(team.aigul, await load(), version, help({ help: 'legal' }))
    const kinds = timelineOf(await load()).filter(({ kind }) => kind === 'help')
    expect(kinds).toHaveLength(2)
  })
})

describe('a server that lies about help', () => {
  const lied = async (lie: (stored: LoadedReport['sealed']) => LoadedReport['sealed']) => {
    const { roster } = team.aigul
    const stored = lie(await work.stored())
    return { checks: await checkCase(stored, roster), stored }
  }

  test('A hidden correction or taking back is counted as missing', async () => {
    const version = await add(help())
    await mendHelp(team.aigul, await load(), version, help({ help: 'legal' }))
    const { checks } = await lied((stored) => ({
      ...stored,
      entries: stored.entries.slice(0, -1),
    }))
    expect(checks.missing).toBe(1)
  })

  test('An old version in the place of its correction is marked', async () => {
    const version = await add(help())
    await mendHelp(team.aigul, await load(), version, help({ help: 'legal' }))
    const { checks } = await lied((stored) => {
      const [first, second] = stored.entries.slice(-2)
      return {
        ...stored,
        entries: [...stored.entries.slice(0, -1), { ...second!, sealed: first!.sealed }],
      }
    })
    expect([...checks.entries]).toEqual([(await listed())[0]!.last.n])
  })

  test('A correction of a hidden version is shown, and no circle hangs the screen', () => {
    const at = (n: number, corrects?: { row: number }) => ({
      ...{ n, key: `key ${n}`, author: 'aigul' },
      entry: help(corrects ? { corrects } : {}),
    })
    const hidden = [{ id: 'a', entries: [at(5, { row: 3 })] }]
    expect(helpOf(hidden)).toMatchObject([{ last: { n: 5 }, former: [] }])
    const circle = [{ id: 'a', entries: [at(1, { row: 2 }), at(2, { row: 1 }), at(3)] }]
    expect(helpOf(circle)).toMatchObject([
      { last: { n: 3 } },
      { last: { n: 2 }, former: [{ n: 1 }] },
    ])
  })
})
