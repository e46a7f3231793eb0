import { afterEach, expect, test, vi } from 'vitest'
import { type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { LinksPart } from '#site/staff/case/screen/links/links-part.tsx'
import { sendLink } from '#site/staff/case/write/send-link.ts'
import { colleagues } from '../support/colleagues.ts'
import { partOf, screenOf, soon, textsIn } from '../support/shown-case.tsx'
import { workedCases } from '../support/worked-case.ts'

afterEach(() => vi.unstubAllGlobals())

test('A link to a case that does not open shows no number and offers no removal', async () => {
  const team = await colleagues()
  const [one, two] = await workedCases(team, ['Биринчи кат', 'Экинчи кат'])
  await sendLink(team.aigul, (await one!.load(team.aigul)).sealed, two!.id, 'Бир айдоочу')
  const loaded = await one!.load(team.aigul)
  const show = () => screenOf({ team }, <LinksPart {...partOf(loaded)} onOpen={() => undefined} />)

  const open = show()
  await soon(() => expect(textsIn(open)).toContain('Экинчи кат'))
  expect(textsIn(open)).toContain('staff.link.remove')

  vi.stubGlobal('fetch', () => Response.json({ error: { code: 'not_found' } }, { status: 404 }))
  const shut = show()
  await soon(() => expect(textsIn(shut)).toContain('staff.link.shut'))
  expect(textsIn(shut)).not.toContain('staff.link.remove')
  expect(textsIn(shut)).not.toContain(two!.id)
})

test('Two cases that were linked and then merged are not linked with themselves', async () => {
  const team = await colleagues()
  const [one, two] = await workedCases(team, ['Биринчи кат', 'Экинчи кат'])
  await sendLink(team.aigul, (await one!.load(team.aigul)).sealed, two!.id, 'Бир айдоочу')
  const [first, second] = [await one!.load(team.aigul), await two!.load(team.aigul)]
  const linksIn = (loaded: LoadedReport): string =>
    textsIn(screenOf({ team }, <LinksPart {...partOf(loaded)} onOpen={() => undefined} />))
  expect(linksIn(first)).toContain('Бир айдоочу')
  const { id, sealed, followUps, followUpsRead } = second
  const thread = { ...first, id, sealed, followUps, followUpsRead, others: undefined }
  expect(linksIn({ ...first, others: [thread] })).not.toContain('Бир айдоочу')
})
