import { expect, test } from 'vitest'
import { backendFrom, editorPolicy } from '#site/editor/build.ts'

test('Without a repository the editor can reach only its own files', () => {
  expect(backendFrom({}).hosts).toEqual([])
  expect(editorPolicy([])).toContain("connect-src 'self' blob:")
  expect(editorPolicy([])).not.toContain('http')
})

test('The editor may call the one server that holds the repository', () => {
  const env = { OASIS_EDITOR_REPO: 'oasis/site', OASIS_EDITOR_BACKEND: 'gitea' }
  const { backend, hosts } = backendFrom({ ...env, OASIS_EDITOR_API: 'https://git.example/api/v1' })
  expect(backend).toEqual({
    name: 'gitea',
    repo: 'oasis/site',
    api_root: 'https://git.example/api/v1',
    base_url: 'https://git.example',
  })
  expect(hosts).toEqual(['https://git.example'])
})

test('A malformed repository, an unknown backend or a plain http address stops the build', () => {
  const repo = { OASIS_EDITOR_REPO: 'oasis/site' }
  expect(() => backendFrom({ OASIS_EDITOR_REPO: 'x; script-src *' })).toThrow('owner/name')
  expect(() => backendFrom({ ...repo, OASIS_EDITOR_BACKEND: 'ftp' })).toThrow('gitea')
  expect(() => backendFrom({ ...repo, OASIS_EDITOR_API: 'http://git.example' })).toThrow('https')
})
