// Serves the editor of `npm run edit` on this machine only: its pages, the files in content/ and
// the faults. Receives the forms for a new page and a new country.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { readFile } from 'node:fs/promises'
import { join, normalize, sep } from 'node:path'
import { isLanguage, languages, type Language } from '#content/languages.ts'
import { NO_STORE } from '#protocol/security-headers'
import {
  editableFiles,
  MOST_BYTES,
  readEditable,
  removeEditable,
  writeEditable,
} from '#scripts/edit/files'
import { cookieName, isAllowed, isOurHost, opensWith, type Guard } from '#scripts/edit/guard'
import { makeCountry } from '#scripts/edit/new-country'
import { makePage } from '#scripts/edit/new-page'
import type { MadeText } from '#scripts/edit/new-text'
import { editorHtml, headingsOf, shellHtml } from '#scripts/edit/pages'
import { stateOf } from '#scripts/edit/state'
import { editorPolicy } from '#site/editor/edit-page.ts'
import { shellPolicy } from '#site/editor/shell-page.ts'

export interface Editing extends Guard {
  /** The folder of the project. */
  folder: string
  /** The folder of the bundled scripts. */
  assets: string
  /** The origin of the server that shows the pages. */
  preview: string
  lang: Language
  changes: () => string[]
}

interface Answer {
  status?: number
  type?: string
  body?: string | Uint8Array
  headers?: Record<string, string>
}

const HTML = 'text/html; charset=utf-8'
const JSON_TYPE = 'application/json'
const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  woff2: 'font/woff2',
}
const NOT_FOUND: Answer = { status: 404, body: 'Not found' }
const REFUSED: Answer = {
  status: 403,
  body: 'This address belongs to one run of "npm run edit". Open the address that it printed.',
}

const json = (value: unknown, status = 200): Answer => ({
  status,
  type: JSON_TYPE,
  body: JSON.stringify(value),
})

/**
 * Returns the body, or null when it is longer than MOST_BYTES. Such a body is still read to its
 * end. An answer before the end of a request can lead to a reset connection.
 */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes <= MOST_BYTES) parts.push(part)
  }
  return bytes <= MOST_BYTES ? Buffer.concat(parts) : null
}

async function asset({ assets }: Editing, name: string): Promise<Answer> {
  const path = normalize(join(assets, name))
  if (!path.startsWith(assets + sep)) return NOT_FOUND
  try {
    const type = TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
    return { type, body: await readFile(path) }
  } catch {
    return NOT_FOUND
  }
}

async function file({ folder }: Editing, path: string, request: IncomingMessage): Promise<Answer> {
  if (request.method === 'GET') {
    if (path === '') return json(editableFiles(folder))
    const body = readEditable(folder, path)
    return body === null ? NOT_FOUND : { type: 'application/octet-stream', body }
  }
  if (request.method === 'DELETE') return removeEditable(folder, path) ? { status: 204 } : NOT_FOUND
  if (request.method !== 'PUT') return NOT_FOUND
  const bytes = await bodyOf(request)
  if (bytes === null) return { status: 413 }
  return writeEditable(folder, path, bytes) ? { status: 204 } : NOT_FOUND
}

async function make(editing: Editing, kind: string, request: IncomingMessage): Promise<Answer> {
  const { folder } = editing
  const form: unknown = JSON.parse((await bodyOf(request))?.toString('utf8') ?? '{}')
  const today = new Date().toISOString().slice(0, 10)
  const made: MadeText =
    kind === 'new-page' ? makePage(folder, form) : makeCountry(folder, form, headingsOf(), today)
  return json(made, 'file' in made ? 200 : 400)
}

async function inLanguage(
  editing: Editing,
  lang: Language,
  rest: string,
  request: IncomingMessage,
): Promise<Answer> {
  const { preview } = editing
  const page = (body: string, policy: string): Answer => ({
    type: HTML,
    body,
    headers: { 'Content-Security-Policy': policy },
  })
  if (request.method === 'POST' && ['new-page', 'new-country'].includes(rest))
    return make(editing, rest, request)
  if (request.method !== 'GET') return NOT_FOUND
  if (rest === '') return page(await shellHtml(lang, preview), shellPolicy(preview))
  if (rest === 'edit/') return page(await editorHtml(lang), editorPolicy([], "'self'"))
  return rest === 'state' ? json(await stateOf(editing, lang)) : NOT_FOUND
}

async function answer(editing: Editing, request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? '/', `http://${editing.host}`)
  if (!isOurHost(editing, request)) return REFUSED
  if (url.pathname === '/' && opensWith(editing, url)) {
    const cookie = `${cookieName(editing)}=${editing.key}; Path=/; HttpOnly; SameSite=Strict`
    return { status: 303, headers: { 'Set-Cookie': cookie, Location: `/${editing.lang}/` } }
  }
  if (!isAllowed(editing, request)) return REFUSED
  if (url.pathname === '/') return { status: 303, headers: { Location: `/${editing.lang}/` } }
  const [, first = '', rest = ''] = /^\/([^/]+)\/(.*)$/.exec(decodeURI(url.pathname)) ?? []
  if (first === 'assets') return asset(editing, rest)
  if (first === 'files') return file(editing, rest, request)
  return isLanguage(first) && languages.includes(first)
    ? inLanguage(editing, first, rest, request)
    : NOT_FOUND
}

function send(response: ServerResponse, { status = 200, type, body, headers }: Answer): void {
  response.writeHead(status, {
    'Cache-Control': NO_STORE,
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    ...(type === undefined
      ? { 'Content-Type': 'text/plain; charset=utf-8' }
      : { 'Content-Type': type }),
    ...headers,
  })
  response.end(body)
}

/** Listens on this machine only. */
export function serveEditor(editing: Editing): Promise<Server> {
  const server = createServer((request, response) => {
    answer(editing, request).then(
      (given) => send(response, given),
      (cause: unknown) => {
        console.error(cause)
        send(response, { status: 500, body: 'The editor failed; its terminal says why.' })
      },
    )
  })
  const [name = '', port = ''] = editing.host.split(':')
  return new Promise((done, fail) => {
    server.once('error', fail)
    server.listen(Number(port), name, () => done(server))
  })
}
