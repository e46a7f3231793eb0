// Tests that an action waits for a proof of presence, and is then repeated with the typed text.
import { render } from 'preact'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { randomBytes, toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { GivenMessages, messagesFrom } from '#site/staff/i18n/messages.tsx'
import { CertificateExchange } from '#site/staff/session/certificate-exchange.tsx'
import { NewcomerContext } from '#site/staff/session/session-context.ts'
import { SharedKeysWatch } from '#site/staff/session/shared-keys-watch.tsx'
import { EditTemplate } from '#site/staff/templates/edit-template.tsx'
import { colleagues, type Colleagues } from '../support/colleagues.ts'
import { fakeDocument, makeRoot, nodesOf, type FakeNode } from '../support/fake-dom.ts'
import { screenOf, soon, textsIn } from '../support/shown-case.tsx'

let team: Colleagues
beforeAll(async () => {
  team = await colleagues()
})

let root: FakeNode
afterEach(() => {
  // Guarantee: Preact uses only the parts of a document that the fake document has.
  render(null, root)
  vi.unstubAllGlobals()
})

/**
 * Responds like an edge that finds the proof of presence too old.
 *
 * @returns the bodies that it received, keyed by path
 */
function edge(isGuarded: (path: string) => boolean): Map<string, unknown[]> {
  const taken = new Map<string, unknown[]>()
  let isProven = false
  const answer = (path: string): Response => {
    if (path === 'prove/options')
      return Response.json({ challengeId: toB64(randomBytes(56)), options: { challenge: 'AAAA' } })
    if (path === 'prove') isProven = true
    if (isGuarded(path) && !isProven)
      return Response.json({ error: { code: 'prove_again' } }, { status: 403 })
    if (path === 'ledger/head') return Response.json({ head: toB64(new Uint8Array(32)), rows: 0 })
    return new Response(null, { status: 204 })
  }
  vi.stubGlobal('fetch', (url: string, { body }: RequestInit) => {
    const path = url.replace('/api/staff/', '')
    const given = answer(path)
    if (given.ok && typeof body === 'string')
      taken.set(path, [...(taken.get(path) ?? []), JSON.parse(body) as unknown])
    return Promise.resolve(given)
  })
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
  vi.stubGlobal('document', fakeDocument)
  // No element in this test is a text field with a selection.
  vi.stubGlobal('HTMLTextAreaElement', Map)
  vi.stubGlobal('PublicKeyCredential', () => undefined)
  const bytes = new ArrayBuffer(8)
  const response = { authenticatorData: bytes, clientDataJSON: bytes, signature: bytes }
  const touched = { id: 'AAAA', rawId: bytes, type: 'public-key', response }
  const get = () => Promise.resolve({ ...touched, getClientExtensionResults: () => ({}) })
  vi.stubGlobal('navigator', { credentials: { get } })
  return taken
}

const find = (what: (node: FakeNode) => boolean): FakeNode => {
  const found = [...nodesOf(root)].find(what)
  if (!found) throw new Error('the part is missing')
  return found
}

const press = (key: string): void =>
  find((node) => node.localName === 'button' && textsIn(node).includes(key)).fire('click')

const isAsked = (): Promise<void> =>
  soon(() => expect(textsIn(root)).toContain('staff.proof.passkey'))

test('A template that an old proof stops keeps its words and is stored later', async () => {
  const taken = edge((path) => path.startsWith('templates/'))
  const template = {
    name: 'ky.first',
    purpose: 'first',
    text: null,
    textHash: null,
    source: 'none',
  } as const
  const draft = { text: 'Окудук', base: null, hasLater: false }
  root = screenOf(
    { team, drafts: new Map([['template ky.first', JSON.stringify(draft)]]) },
    <EditTemplate template={template} reload={() => Promise.resolve()} />,
  )
  find(({ localName }) => localName === 'form').fire('submit')
  await isAsked()
  expect(textsIn(root)).toContain('Окудук')
  expect(taken.has('templates/ky.first')).toBe(false)
  press('staff.proof.passkey')
  await soon(() => expect(taken.get('templates/ky.first')).toHaveLength(1))
  expect(taken.get('templates/ky.first')).toMatchObject([{ text: 'Окудук' }])
  await soon(() => expect(textsIn(root)).toContain('staff.template.saved'))
})

test('A newcomer proves presence, and the chosen certificate is sent again', async () => {
  edge(() => false)
  const send = vi.fn<(certificate: string) => Promise<void>>()
  send.mockRejectedValueOnce(new Refusal('prove_again')).mockResolvedValue(undefined)
  root = makeRoot()
  render(
    <GivenMessages value={messagesFrom({}, 'ky', () => undefined)}>
      <NewcomerContext.Provider value={{ me: team.staff.me, onSignedOut: () => undefined }}>
        <CertificateExchange
          request={{ name: 'request.txt', content: new Uint8Array(), command: 'certify' }}
          read={String}
          send={send}
        />
      </NewcomerContext.Provider>
    </GivenMessages>,
    // Guarantee: Preact uses only the parts of a document that the fake document has.
    root,
  )
  const input = find(({ attributes }) => attributes.get('type') === 'file')
  Object.assign(input, { files: [new File(['"Айгүл"'], 'certificate.json')] })
  input.fire('change')
  await isAsked()
  press('staff.proof.passkey')
  await soon(() => expect(send).toHaveBeenCalledTimes(2))
  expect(send).toHaveBeenLastCalledWith('Айгүл')
})

test('The first team key waits for a proof when the proof of signing in is old', async () => {
  const taken = edge((path) => path === 'teams')
  const before = { ...team.aigul, roster: { ...team.aigul.roster, teams: new Map() } }
  root = screenOf({ team: { ...team, aigul: before } }, <SharedKeysWatch />)
  await isAsked()
  expect(taken.has('teams')).toBe(false)
  press('staff.proof.passkey')
  await soon(() => expect(taken.get('teams')).toHaveLength(1))
})
