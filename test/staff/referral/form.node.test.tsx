import { render } from 'preact'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { bundleOpener } from '#site/integrations/letter-opener.ts'
import { type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { GiveFile } from '#site/staff/case/screen/referral/give-file.tsx'
import { LoadReferralForm } from '#site/staff/case/screen/referral/load-referral-form.tsx'
import { type PreparedReferral } from '#site/staff/case/screen/referral/prepared-referral.ts'
import { readFile } from '#site/staff/referral/made-file.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { nodesOf, type FakeNode } from '../support/fake-dom.ts'
import { screenOf, shown, soon, textsIn } from '../support/shown-case.tsx'
import { copyCases, workedCases, type WorkedCase } from '../support/worked-case.ts'
import { allWords, wordsOf } from './support/words.ts'

const { say } = wordsOf('ky')

let team: Colleagues
let begun: WorkedCase[]
let loaded: LoadedReport
beforeAll(async () => {
  team = await colleagues()
  begun = await workedCases(team, ['Биринчи кат'])
})
beforeEach(async () => {
  const [work] = await copyCases(begun)
  await work!.openAndTake(team.aigul)
  loaded = await work!.load(team.aigul)
})
afterEach(() => void vi.unstubAllGlobals())

const labelled = (root: FakeNode, text: string, inside = ''): FakeNode => {
  const label = [...nodesOf(root)].find(
    (each) => each.localName === 'label' && textsIn(each) === text && isInside(each, inside),
  )
  if (!label) throw new Error(`no label: ${text}`)
  const own = [...nodesOf(label)].find(({ localName }) => localName === 'input')
  const id = label.attributes.get('for')
  const found = own ?? [...nodesOf(root)].find((each) => each.attributes.get('id') === id)
  if (!found) throw new Error(`no field: ${text}`)
  return found
}
const isInside = (node: FakeNode, legend: string): boolean =>
  legend === '' || textsIn(node.parentNode!).startsWith(legend)

/** Fires an event, and waits until the form has rendered the result. */
async function fire(node: FakeNode, type: string, value = ''): Promise<void> {
  const currentTarget = { value, checked: true, querySelector: () => null }
  // Guarantee: the handlers of the form read nothing else from a node.
  const event = { type, currentTarget, preventDefault: () => undefined } as never
  node.listeners.get(type)?.call(node, event)
  await new Promise((resolve) => setTimeout(resolve))
}
const button = (root: FakeNode, text: string): FakeNode => {
  const found = [...nodesOf(root)].find(
    (each) => each.localName === 'button' && textsIn(each) === text,
  )
  if (!found) throw new Error(`no button: ${text}`)
  return found
}
const form = (root: FakeNode): FakeNode =>
  [...nodesOf(root)].find(({ localName }) => localName === 'form')!

async function opened(onSave: (made: PreparedReferral) => Promise<void>): Promise<FakeNode> {
  const root = screenOf(
    { team },
    <LoadReferralForm {...{ loaded, onSave }} isPressed={false} onCancel={() => undefined} />,
  )
  await soon(() => expect(textsIn(root)).toContain(say('staff-referral.title')))
  return root
}

async function fillIn(root: FakeNode): Promise<void> {
  await fire(labelled(root, say('staff-referral.receiver')), 'input', 'Тунук')
  await fire(labelled(root, say('staff-referral.answers')), 'input', 'кезметчи')
  await fire(labelled(root, say('staff-referral.field.needs')), 'input', 'түнөк')
  await fire(
    labelled(root, say('staff-referral.form.whole'), say('staff-referral.field.needs')),
    'change',
  )
  await soon(() => expect(textsIn(root)).toContain(say('staff-referral.consent.ask')))
}

describe('the form of a referral', () => {
  test('The form asks for no answer to a text that it does not show yet', async () => {
    const root = await opened(() => Promise.resolve())
    await fire(form(root), 'submit')
    await soon(() => expect(textsIn(root)).toContain(say('staff-referral.fields.none')))
    expect(textsIn(root)).toContain(say('staff-referral.read_aloud.later'))
    expect(textsIn(root)).not.toContain(say('staff-referral.answer.needed'))
    await fillIn(root)
    expect(textsIn(root)).toContain(say('staff-referral.answer.needed'))
    expect(textsIn(root)).not.toContain(say('staff-referral.read_aloud.later'))
    render(null, root)
  })

  test('Without consent to the text that is read aloud no letter is made', async () => {
    const saved: PreparedReferral[] = []
    const root = await opened((made) => Promise.resolve(void saved.push(made)))
    await fillIn(root)
    await fire(form(root), 'submit')
    await soon(() => expect(textsIn(root)).toContain(say('staff-referral.answer.needed')))
    expect(textsIn(root)).not.toContain(say('staff-referral.save'))
    render(null, root)
    expect(saved).toEqual([])
  })

  test('A person who says no is not asked again, and no letter is made', async () => {
    const root = await opened(() => Promise.resolve())
    await fillIn(root)
    await fire(labelled(root, say('staff-referral.answer.no')), 'change')
    await soon(() => expect(textsIn(root)).toContain(say('staff-referral.answer.no.hint')))
    await fire(form(root), 'submit')
    expect(textsIn(root)).not.toContain(say('staff-referral.answer.needed'))
    expect(textsIn(root)).not.toContain(say('staff-referral.save'))
    render(null, root)
  })

  test('An empty form does not ask for the answer to a text that it does not show', async () => {
    const root = await opened(() => Promise.resolve())
    await fire(form(root), 'submit')
    await soon(() => expect(textsIn(root)).toContain(say('staff-referral.fields.none')))
    expect(textsIn(root)).not.toContain(say('staff-referral.answer.needed'))
    render(null, root)
  })

  test('With consent the letter is shown from its file, and signing gives that file', async () => {
    const saved: PreparedReferral[] = []
    const root = await opened((made) => Promise.resolve(void saved.push(made)))
    await fillIn(root)
    await fire(labelled(root, say('staff-referral.answer.call')), 'change')
    await soon(() =>
      expect(
        labelled(root, say('staff-referral.answer.call')).attributes.get('checked'),
      ).toBeTruthy(),
    )
    await fire(form(root), 'submit')
    await soon(() => expect(textsIn(root)).toContain(say('staff-referral.preview')))
    expect(textsIn(root)).toContain('түнөк')
    // Nobody may give the digits away before the letter is signed.
    expect(textsIn(root)).not.toContain(say('staff-referral.digits.hint'))
    await fire(button(root, say('staff-referral.save')), 'click')
    await soon(() => expect(saved).toHaveLength(1))
    render(null, root)
    const [made] = saved
    expect(made!.draft).toMatchObject({
      fields: ['needs'],
      receiver: { listed: null, name: 'Тунук', kind: 'organisation' },
      isUnder18: 'unknown',
      basis: { kind: 'consent', consent: { how: 'call', text: { lang: 'ky' } } },
      file: { way: 'page', digits: made!.file.digits },
    })
    const read = await readFile(made!.file, allWords, await bundleOpener())
    expect(JSON.stringify(read)).toContain('түнөк')
  })

  test('A consent does not count for other fields than those that were read aloud', async () => {
    const root = await opened(() => Promise.resolve())
    await fillIn(root)
    await fire(labelled(root, say('staff-referral.answer.call')), 'change')
    await soon(() =>
      expect(
        labelled(root, say('staff-referral.answer.call')).attributes.get('checked'),
      ).toBeTruthy(),
    )
    await fire(labelled(root, say('staff-referral.field.sex')), 'input', 'аял')
    await fire(
      labelled(root, say('staff-referral.form.whole'), say('staff-referral.field.sex')),
      'change',
    )
    await fire(form(root), 'submit')
    await soon(() => expect(textsIn(root)).toContain(say('staff-referral.answer.needed')))
    expect(textsIn(root)).not.toContain(say('staff-referral.save'))
    render(null, root)
  })
})

describe('giving the file out', () => {
  const letter = { lang: 'ky', pieces: [['h1', 'Кат'] as const] }
  const bytes = new Uint8Array([1])
  const shownFor = (file: PreparedReferral['file']): string =>
    shown({ team }, <GiveFile {...{ own: wordsOf('ky'), file, letter }} />)

  test('A page is saved, and its digits stand in groups beside the button', () => {
    const texts = shownFor({ way: 'page', bytes, digits: '123456789012345678901234' })
    expect(texts).toContain(say('staff-referral.give.page'))
    expect(texts).toContain('1234 5678 9012 3456 7890 1234')
  })

  test('A paper is printed, and has no digits', () => {
    const texts = shownFor({ way: 'paper', bytes, digits: null })
    expect(texts).toContain(say('staff-referral.give.paper'))
    expect(texts).not.toMatch(/\d{4}/)
  })
})
