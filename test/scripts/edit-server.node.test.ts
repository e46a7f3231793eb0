// Tests the server of `npm run edit`: who may send requests, and which files it reads and writes.
// Saving without a change must not alter any byte.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { request, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { editableFiles } from '#scripts/edit/files'
import { serveEditor } from '#scripts/edit/server'
import { storedText } from '#scripts/edit/stored'
import { root } from '#scripts/shared/paths'
import { anyPort } from '#scripts/shared/ports'

const KEY = 'k'.repeat(32)
let folder: string
let host: string
let server: Server
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'oasis-edit-'))
  cpSync(join(root, 'content'), join(folder, 'content'), { recursive: true })
  host = `127.0.0.1:${await anyPort()}`
  server = await serveEditor({
    host,
    key: KEY,
    folder,
    assets: join(folder, 'assets'),
    preview: 'http://127.0.0.1:1',
    lang: 'ky',
    changes: () => [],
  })
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Asked {
  status: number
  body: string
  headers: NodeJS.Dict<string | string[]>
}

/** Sends a request as the editor's browser does, except for the given headers. */
function ask(path: string, method = 'GET', headers = {}, body = ''): Promise<Asked> {
  const [hostname, port] = host.split(':')
  const own = {
    host,
    cookie: `edit-${port ?? ''}=${KEY}`,
    ...(method === 'GET' ? {} : { origin: `http://${host}` }),
  }
  return new Promise((done, fail) => {
    const asking = request(
      // Each request has a connection of its own: the server may just be closing a kept one.
      { hostname, port, path, method, headers: { ...own, ...headers }, agent: false },
      (answer) => {
        let text = ''
        answer.on('data', (part: Buffer) => (text += part.toString('utf8')))
        answer.on('end', () =>
          done({ status: answer.statusCode ?? 0, body: text, headers: answer.headers }),
        )
      },
    )
    asking.on('error', fail)
    asking.end(body)
  })
}

const PAGE = 'content/pages/ru/about.mdx'

test('The server answers only the browser that opened the printed address', async () => {
  for (const path of ['/', '/ky/', '/ky/state', '/files/', `/files/${PAGE}`, '/assets/start.js']) {
    expect((await ask(path, 'GET', { cookie: '' })).status, path).toBe(403)
    expect((await ask(path, 'GET', { cookie: `edit-${host.split(':')[1] ?? ''}=x` })).status).toBe(
      403,
    )
  }
  expect((await ask('/?key=wrong', 'GET', { cookie: '' })).status).toBe(403)
  const opened = await ask(`/?key=${KEY}`, 'GET', { cookie: '' })
  expect(opened.status).toBe(303)
  expect(opened.headers['set-cookie']).toEqual([
    expect.stringContaining('HttpOnly; SameSite=Strict'),
  ])
})

test('The server refuses a request under another name than its own', async () => {
  const other = { host: `editor.example:${host.split(':')[1] ?? ''}` }
  expect((await ask(`/?key=${KEY}`, 'GET', other)).status).toBe(403)
  expect((await ask('/files/', 'GET', other)).status).toBe(403)
})

test('The server changes nothing for a page of another origin in the same browser', async () => {
  const before = readFileSync(join(folder, PAGE), 'utf8')
  for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1'])
    for (const [method, path] of [
      ['PUT', `/files/${PAGE}`],
      ['DELETE', `/files/${PAGE}`],
      ['POST', '/ky/new-page'],
    ] as const)
      expect((await ask(path, method, { origin }, method === 'DELETE' ? '' : '{}')).status).toBe(
        403,
      )
  expect(readFileSync(join(folder, PAGE), 'utf8')).toBe(before)
})

test('The server reads and writes texts, records and recordings, and no other file', async () => {
  symlinkSync(tmpdir(), join(folder, 'content/pages/en/out'))
  symlinkSync(join(root, 'package.json'), join(folder, 'content/linked.json'))
  for (const path of [
    'package.json',
    'content/schema.ts',
    'content/strings.ts',
    'content/../package.json',
    'content/%2e%2e/package.json',
    'content/pages/../../package.json',
    'content/linked.json',
    'content/pages/en/out/x.mdx',
    '.git/config',
  ]) {
    expect((await ask(`/files/${path}`)).status, path).toBe(404)
    expect((await ask(`/files/${path}`, 'PUT', {}, '{}')).status, path).toBe(404)
  }
  expect(existsSync(join(folder, 'package.json'))).toBe(false)
  expect((await ask(`/files/${PAGE}`, 'DELETE')).status).toBe(404)
  expect((await ask('/files/content/audio/ky/x.opus', 'PUT', {}, 'sound')).status).toBe(204)
  expect((await ask('/files/content/audio/ky/x.opus', 'DELETE')).status).toBe(204)
  expect((await ask(`/files/${PAGE}`, 'PUT', {}, 'x'.repeat(2_100_000))).status).toBe(413)
})

test('The pages of the server come with a policy that names no other host', async () => {
  const shell = await ask('/ru/')
  expect(shell.headers['content-security-policy']).toContain("default-src 'none'")
  expect(shell.headers['content-security-policy']).not.toMatch(/https:/)
  expect(shell.body).toContain('<html lang="ru">')
  const editor = await ask('/ru/edit/')
  expect(editor.headers['content-security-policy']).toContain("frame-ancestors 'self'")
  expect(editor.headers['content-security-policy']).not.toMatch(/https?:/)
  for (const { headers } of [shell, editor]) expect(headers['cache-control']).toContain('no-store')
})

test('A save without a change changes no byte of any file', async () => {
  const paths = editableFiles(root)
  expect(paths.length).toBeGreaterThan(120)
  for (const path of paths) {
    const text = readFileSync(join(root, path), 'utf8')
    expect(storedText(path, text, text), path).toBe(text)
  }
  expect(
    (await ask(`/files/${PAGE}`, 'PUT', {}, readFileSync(join(root, PAGE), 'utf8'))).status,
  ).toBe(204)
  expect(readFileSync(join(folder, PAGE), 'utf8')).toBe(readFileSync(join(root, PAGE), 'utf8'))
})

test('A list on several lines and an empty field are stored as the repository has them', () => {
  const saved =
    "---\ntitle: 'A: b'\nreviewed: false\nfacts:\n  - a.b\n  - c\ndescription: D\n---\n\nText\n"
  expect(storedText('content/pages/ru/x.mdx', saved, null)).toBe(
    "---\ntitle: 'A: b'\ndescription: D\nreviewed: false\nfacts: [a.b, c]\n---\n\nText\n",
  )
  const before = '[\n  {\n    "id": "x",\n    "note": null,\n    "name": "A"\n  }\n]\n'
  const after = '[{"name":"B","id":"x","url":"u"}]'
  expect(JSON.parse(storedText('content/x.json', after, before))).toEqual([
    { id: 'x', note: null, name: 'B', url: 'u' },
  ])
  expect(storedText('content/x.json', after, before)).toMatch(/"id"[^]*"note"[^]*"name"[^]*"url"/)
})
