import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { SIGNS } from '#protocol/report/plain-report'
import { type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { suggestionsOf, type CodeSuggestion } from '#site/staff/case/read/suggestions.ts'
import { isTaken, withSuggestion } from '#site/staff/case/screen/classes/class-suggestions.tsx'
import { colleagues } from '../../support/colleagues.ts'
import { tell } from '../../support/people.ts'
import { TeamEdge } from '../../support/team-edge.ts'
import { WorkedCase } from '../../support/worked-case.ts'
import { classes } from './support.ts'

let loaded: LoadedReport
beforeAll(async () => {
  const team = await colleagues()
  const edge = await TeamEdge.begin(team)
  const plain = {
    ...{ text: 'Биринчи кат', place: 'Россия', under18: 'yes' as const },
    signs: [...SIGNS],
  }
  loaded = await new WorkedCase(await edge.post(await tell(team.staff, plain)), edge).load(
    team.aigul,
  )
})
afterEach(() => vi.unstubAllGlobals())

const reportWith = (rest: object): LoadedReport => {
  const { first } = loaded
  if (!first) throw new Error('the first letter opens')
  return { ...loaded, first: { ...first, report: { ...first.report, ...rest } } }
}
const all = (): readonly CodeSuggestion[] => suggestionsOf(loaded).flat()

describe('what is suggested', () => {
  test('Each sign with a code of the standard, the age and the country of a button', () => {
    expect(all().map(({ field, code }) => `${field} ${code}`)).toEqual([
      ...SIGNS.filter((each) => each !== 'ForcedActs').map((each) => `control ${each}`),
      'under18 yes',
      'exploitedIn RU',
    ])
  })

  test('Nothing comes from words, from a place in own words, or from no answer', () => {
    const none = { signs: [], under18: undefined, place: '', text: 'Паспортту алып коюшту' }
    for (const rest of [none, { ...none, place: 'Россия, Уфа' }, { ...none, under18: 'unknown' }])
      expect(suggestionsOf(reportWith(rest)).flat()).toEqual([])
    expect(suggestionsOf(reportWith({ ...none, signs: ['constructor', 'Башка'] })).flat()).toEqual(
      [],
    )
  })
})

describe('pressing a suggestion', () => {
  const find = (field: CodeSuggestion['field'], code: string): CodeSuggestion => {
    const found = all().find((each) => each.field === field && each.code === code)
    if (!found) throw new Error('the suggestion is there')
    return found
  }

  test('Each is taken alone, and taken back alone', () => {
    const [debt, threats] = [find('control', 'DebtBondage'), find('control', 'PhysicalThreats')]
    const began = classes()
    expect(all().some((each) => isTaken(began, each))).toBe(false)
    const one = withSuggestion(began, began, debt)
    expect(one).toEqual(classes({ control: ['DebtBondage'] }))
    const two = withSuggestion(one, began, threats)
    expect(two.control).toEqual(['DebtBondage', 'PhysicalThreats'])
    expect(withSuggestion(two, began, debt).control).toEqual(['PhysicalThreats'])
    expect(withSuggestion(one, began, debt)).toEqual(began)
  })

  test('What a colleague had answered before comes back', () => {
    const began = classes({ control: 'unknown', under18: 'no', exploitedIn: ['TR'] })
    for (const each of [
      find('control', 'DebtBondage'),
      find('under18', 'yes'),
      find('exploitedIn', 'RU'),
    ]) {
      const taken = withSuggestion(began, began, each)
      expect(isTaken(taken, each)).toBe(true)
      expect(withSuggestion(taken, began, each)).toEqual(began)
    }
    expect(withSuggestion(began, began, find('exploitedIn', 'RU')).exploitedIn).toEqual([
      'TR',
      'RU',
    ])
  })
})
