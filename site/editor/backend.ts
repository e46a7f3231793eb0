// Defines which repository the browser editor writes to, and which hosts it may call for that.

export interface Backend {
  name: string
  repo: string
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
 * Reads the repository that the editor writes to from the environment. Without a repository, the
 * editor can only write to a folder on its own computer.
 */
export function backendFrom(env: Environment): { backend: Backend; hosts: string[] } {
  const repo = env['OASIS_EDITOR_REPO']
  // The editor requires a name even for a local folder. This name matches no repository, and the
  // policy does not allow requests to other hosts.
  if (repo === undefined || repo === '')
    return { backend: { name: 'gitea', repo: 'no/repository' }, hosts: [] }
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
