// Tests `npm run deploy -- letter` with the real worker; a reader answers with the real staff app.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { toB64, type Bytes } from '#protocol/bytes'
import { tryLetter } from '#scripts/deploy/try-letter'
import { Stop } from '#scripts/shared/progress'
import { loadReport } from '#site/staff/case/read/load-report.ts'
import { sendReply } from '#site/staff/case/write/send-reply.ts'
import { openTlsFront, type Forwarded, type Front } from '#test/e2e/support/tls-front.ts'
import { OASIS } from '#test/scripts/support/small-deploy.ts'
import { Office } from '#test/staff/departure/support/office.ts'

const SHORT = { longestMs: 0, pauseMs: 1 }
const LONG = { longestMs: 60_000, pauseMs: 20 }
let office: Office
let folder: string
let server: Server
let front: Front | undefined
let said: string[]
const org = () => join(folder, 'public.json')

beforeEach(async () => {
  said = []
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line))
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  folder = mkdtempSync(join(tmpdir(), 'oasis-letter-'))
  office = await Office.open()
  writeKeys(office.root)
  const deployment = { ...OASIS, alerts: { language: 'ru' } }
  writeFileSync(join(folder, 'deployment.json'), JSON.stringify(deployment))
  server = createServer((asked, answer) => {
    const parts: Buffer[] = []
    asked.on('data', (part: Buffer) => parts.push(part))
    asked.on('end', () => {
      const { method = 'GET', url = '', headers } = asked
      const type = headers['content-type']
      const body = method === 'POST' && { body: new Uint8Array(Buffer.concat(parts)) }
      const init = { method, ...(type && { headers: { 'content-type': type } }), ...body }
      void office.edge.ask(url, init).then(async (response) => {
        answer.writeHead(response.status, Object.fromEntries(response.headers))
        answer.end(Buffer.from(await response.arrayBuffer()))
      })
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
})
afterEach(() => {
  front?.stop()
  server.close()
  office.edge.close()
  vi.unstubAllGlobals()
  rmSync(folder, { recursive: true, force: true })
})

function writeKeys(root: Bytes): void {
  const [epoch] = office.edge.rows('SELECT manifest, hybrid_key FROM epochs')
  const [manifest, hybridKey] = [epoch?.['manifest'] as Bytes, epoch?.['hybrid_key'] as Bytes]
  const keys = { root: toB64(root), manifest: toB64(manifest), hybridKey: toB64(hybridKey) }
  writeFileSync(org(), JSON.stringify(keys))
}

/**
 * @param lie  changes the host's response
 * @returns the message with which the run stops, or '' if the run completes
 */
async function letter(
  { isStaging = false, patience = SHORT } = {},
  lie?: (response: Forwarded) => void,
): Promise<string> {
  const { port } = server.address() as AddressInfo
  front = await openTlsFront(`127.0.0.1:${port}`, lie ? { answer: lie } : {})
  const host = { origin: front.origin, httpPort: front.httpPort }
  try {
    await tryLetter({ org: org(), isStaging }, host, patience)
    return ''
  } catch (reason) {
    if (reason instanceof Stop) return reason.message
    throw reason
  }
}

const reports = () => office.edge.rows('SELECT id, write_hash FROM reports')

/** Waits for the letter, and replies as the screen does. @returns the words of the letter */
async function answer(text: string): Promise<string | undefined> {
  while (reports().length === 0) await wait(5)
  const id = toB64(reports()[0]?.['id'] as Bytes)
  const [reader] = office.readers
  return office.as(reader, async ({ by }) => {
    const loaded = await loadReport(by, id)
    await sendReply(by, loaded, text)
    return loaded.first?.report.text
  })
}

test('A letter reaches the staff, its reply opens, and then the thread is gone', async () => {
  const [stopped, words] = await Promise.all([
    letter({ patience: LONG }),
    answer('We have read your letter'),
  ])
  expect(stopped).toBe('')
  // The letter is in the language of the alerts.
  expect(words).toBe(
    'Это проверочное письмо после обновления сайта. Помощь никому не нужна. ' +
      'Ответьте, пожалуйста, несколькими словами.',
  )
  expect(said).toContain('The reply came, and its number opens it: "We have read your letter"')
  expect(office.edge.rows('SELECT * FROM answers')).toEqual([])
  expect(reports()).toMatchObject([{ write_hash: null }])
})

test('Without a reply the command stops with the number, and the thread goes on', async () => {
  const stopped = await letter()
  expect(stopped).toMatch(/^No reply came in time\./)
  expect(stopped).toMatch(/with (\d{4} ){6}\d{4}\.$/)
  expect(reports()[0]?.['write_hash']).not.toBeNull()
})

test('On staging the thread ends at once', async () => {
  expect(await letter({ isStaging: true })).toBe('')
  expect(reports()).toMatchObject([{ write_hash: null }])
})

test('Keys of another root get no letter', async () => {
  const stranger = await Office.open()
  const manifest = stranger.edge.rows('SELECT manifest FROM epochs')[0]?.['manifest'] as Bytes
  stranger.edge.close()
  const lie = (response: Forwarded): void => {
    if (response.path === '/api/keys') response.body = Buffer.from(manifest).toString('latin1')
  }
  expect(await letter({}, lie)).toContain('The root key does not vouch for the keys of')
  expect(reports()).toEqual([])
})

test('A host that takes no letter, shows no inbox or keeps a reply is named', async () => {
  const answering = (path: string, status: number) => (response: Forwarded) => {
    if (response.path === path) response.status = status
  }
  expect(await letter({}, answering('/api/reports', 503))).toMatch(
    /does not take a letter: it answers 503\.$/,
  )
  expect(await letter({}, answering('/api/inbox', 500))).toMatch(/answers 500 with 4096 bytes\.$/)
  expect(await letter({ isStaging: true }, answering('/api/inbox/destroy', 503))).toMatch(
    /does not end the thread: it answers 503\.$/,
  )
})
