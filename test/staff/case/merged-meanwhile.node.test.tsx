import { type ComponentType } from 'preact'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { ReplyForm } from '#site/staff/case/screen/reply/reply-form.tsx'
import { CaseVerbs } from '#site/staff/case/screen/head/case-verbs.tsx'
import { useCaseActs } from '#site/staff/case/screen/head/use-case-acts.ts'
import { savedDraftKey } from '#site/staff/crypto/drafts.ts'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { nodesOf, type FakeNode } from '../support/fake-dom.ts'
import { screenOf, soon } from '../support/shown-case.tsx'
import { workedCases } from '../support/worked-case.ts'

let team: Colleagues
let loaded: LoadedReport
beforeAll(async () => {
  team = await colleagues()
  const [one] = await workedCases(team, ['Биринчи кат'])
  loaded = await one!.load(team.aigul)
})
afterEach(() => vi.unstubAllGlobals())

/** Makes the edge refuse every change because this case has been merged into another case. */
function refuseAll(): void {
  vi.stubGlobal('fetch', (path: string) =>
    path.endsWith('/head')
      ? Response.json({ head: 'A'.repeat(43) })
      : Response.json({ error: { code: 'case_merged' } }, { status: 409 }),
  )
}

const buttonOf = (root: FakeNode, key: string): FakeNode | undefined =>
  [...nodesOf(root)].find(
    ({ localName, childNodes }) => localName === 'button' && childNodes[0]?.data === key,
  )

interface Part {
  loaded: LoadedReport
  reload: () => Promise<void>
}

function shownWith(Shown: ComponentType<Part>): { root: FakeNode; reload: () => Promise<void> } {
  refuseAll()
  const reload = vi.fn(() => Promise.resolve())
  const drafts = new Map([[savedDraftKey('answer', loaded.id), 'Угабыз']])
  return { root: screenOf({ team, drafts }, <Shown loaded={loaded} reload={reload} />), reload }
}

const Verbs = (part: Part) => (
  <CaseVerbs
    {...part}
    acts={useCaseActs(part.loaded, part.reload)}
    hasOutcome
    onReply={null}
    onNext={null}
  />
)

test('Taking a case that was merged in the meantime loads the surviving case', async () => {
  const { root, reload } = shownWith(Verbs)
  buttonOf(root, 'staff.take')?.fire('click')
  await soon(() => expect(reload).toHaveBeenCalledOnce())
})

test('A reply in a case that was merged in the meantime loads the surviving case', async () => {
  const { root, reload } = shownWith((part) => (
    <ReplyForm {...part} writers={[]} onSent={() => undefined} />
  ))
  const send = () =>
    [...nodesOf(root)].find(({ localName }) => localName === 'form')?.fire('submit')
  send()
  await soon(() => expect(buttonOf(root, 'staff.answer.send')).toBeDefined())
  send()
  await soon(() => expect(reload).toHaveBeenCalledOnce())
})
