// Gives the editor of `npm run edit` the project folder, through requests to the local server. The
// editor requests the browser's folder, and receives this folder instead. A person therefore does
// not have to choose a folder, and the editor works in every browser.

import { askServer } from './ask-server.ts'

const ADDRESS = '/files/'
const addressOf = (path: string): string => ADDRESS + path

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const answer = await askServer(addressOf(path), init)
  if (!answer.ok) throw new DOMException(path, 'NotFoundError')
  return answer
}

/** Tells the page around the editor that the server has stored or refused a file. */
const tell = (): void => window.parent.postMessage('saved', window.location.origin)

class ServedFile {
  readonly kind = 'file'
  readonly path: string
  readonly name: string
  constructor(path: string, name: string) {
    this.path = path
    this.name = name
  }
  async getFile(): Promise<File> {
    return new File([await (await ask(this.path)).blob()], this.name)
  }
  createWritable(): Promise<{ write: (part: BlobPart) => void; close: () => Promise<void> }> {
    const parts: BlobPart[] = []
    return Promise.resolve({
      write: (part) => void parts.push(part),
      close: async () => {
        try {
          await ask(this.path, { method: 'PUT', body: new Blob(parts) })
        } finally {
          tell()
        }
      },
    })
  }
}

class ServedFolder {
  readonly kind = 'directory'
  readonly path: string
  readonly name: string
  /** The paths of all files: every folder shares this set. */
  private readonly files: Set<string>
  constructor(path: string, name: string, files: Set<string>) {
    this.path = path
    this.name = name
    this.files = files
  }
  private below(name: string): string {
    return this.path === '' ? name : `${this.path}/${name}`
  }
  getDirectoryHandle(name: string): Promise<ServedFolder> {
    return Promise.resolve(new ServedFolder(this.below(name), name, this.files))
  }
  getFileHandle(name: string, { create = false } = {}): Promise<ServedFile> {
    const path = this.below(name)
    if (!create && !this.files.has(path)) throw new DOMException(path, 'NotFoundError')
    this.files.add(path)
    return Promise.resolve(new ServedFile(path, name))
  }
  async removeEntry(name: string): Promise<void> {
    const path = this.below(name)
    await ask(path, { method: 'DELETE' })
    this.files.delete(path)
    tell()
  }
  *entries(): Generator<[string, ServedFile | ServedFolder]> {
    const inside = [...this.files].filter((path) => path.startsWith(this.below('')))
    const rest = inside.map((path) => path.slice(this.below('').length))
    for (const name of new Set(rest.map((path) => path.split('/')[0] ?? '')))
      yield [
        name,
        rest.includes(name)
          ? new ServedFile(this.below(name), name)
          : new ServedFolder(this.below(name), name, this.files),
      ]
  }
}

/** Makes the editor read and write the folder of the project, and sign in without asking. */
export async function useServedFolder(): Promise<void> {
  const files = new Set((await (await ask('')).json()) as string[])
  const root = new ServedFolder('', '', files)
  // The editor requests a folder with its own name inside the browser's folder.
  const browsers = { getDirectoryHandle: () => Promise.resolve(root) }
  Object.defineProperty(navigator, 'storage', {
    value: { getDirectory: () => Promise.resolve(browsers) },
  })
  // Without `move`, the editor writes a file in one request, and the server stores it in one step.
  if ('FileSystemFileHandle' in window)
    Reflect.deleteProperty(FileSystemFileHandle.prototype, 'move')
  const keep = (key: string, of: (before: object) => object): void => {
    const before = JSON.parse(localStorage.getItem(key) ?? '{}') as object
    localStorage.setItem(key, JSON.stringify(of(before)))
  }
  keep('sveltia-cms.user', () => ({ backendName: 'test-repo' }))
  // The package has no Kyrgyz translation, and an editor who reads Kyrgyz here also reads Russian.
  // The browser's language is replaced too, so that the package offers no other language.
  const { lang } = document.documentElement
  const locale = lang === 'ky' ? 'ru' : lang === 'en' ? 'en-US' : lang
  // An entry stays open after a save, so that its preview shows the change.
  keep('sveltia-cms.prefs', (before) => ({ closeOnSave: false, ...before, locale }))
  Object.defineProperty(navigator, 'language', { value: locale })
}
