// Defines which repository the browser editor writes to, and which hosts it may call to do so.

export interface Backend {
  name: string
  repo?: string
  branch?: string
  api_root?: string
  base_url?: string
}

export type Environment = Readonly<Record<string, string | undefined>>

const HOSTS: Readonly<Record<string, string>> = {
  github: 'https://api.github.com',
  gitlab: 'https://gitlab.com',
  gitea: 'https://gitea.com',
}

/**
 * The backend of `npm run edit`. With this backend, the editor's package stores its files in a
 * folder inside the browser. served-folder.ts gives the package the folder of the project instead.
 */
export const SERVED: Backend = { name: 'test-repo' }

/**
 * Reads from the environment which repository the editor writes to. Returns null when the
 * environment does not set a repository.
 */
export function backendFrom(env: Environment): { backend: Backend; hosts: string[] } | null {
  const repo = env['OASIS_EDITOR_REPO']
  if (repo === undefined || repo === '') return null
  const name = env['OASIS_EDITOR_BACKEND'] ?? 'github'
  const known = HOSTS[name]
  if (known === undefined)
    throw new Error(`OASIS_EDITOR_BACKEND=${name}: say github, gitlab or gitea`)
  if (!/^[\w.-]+(\/[\w.-]+)+$/.test(repo))
    throw new Error(`OASIS_EDITOR_REPO=${repo} is no owner/name`)
  const api = env['OASIS_EDITOR_API']
  if (api !== undefined && new URL(api).protocol !== 'https:')
    throw new Error(`OASIS_EDITOR_API=${api} is not https`)
  return {
    backend: {
      name,
      repo,
      ...(env['OASIS_EDITOR_BRANCH'] === undefined ? {} : { branch: env['OASIS_EDITOR_BRANCH'] }),
      ...(api === undefined ? {} : { api_root: api, base_url: new URL(api).origin }),
    },
    hosts: [api === undefined ? known : new URL(api).origin],
  }
}
