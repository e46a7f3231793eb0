// The sources of the site somewhere else, to be built there: what is built must hang on nothing but them.
import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { buildEnvironment } from '#scripts/build'
import { root, testOrgDir } from '#scripts/paths'
import { runTool, type Ran } from '#scripts/tool'

const SOURCES = ['site', 'content', 'worker', 'astro.config.mjs', 'package.json', 'tsconfig.json']

/** Puts a copy into `folder`, inside the project: elsewhere Astro finds no packages. What lay there is gone. */
export function copySources(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const part of SOURCES) cpSync(join(root, part), join(folder, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
}

/** Builds a copy into its `dist`, for the organisation of the tests. */
export const buildCopy = (folder: string, env: Record<string, string> = {}): Promise<Ran> =>
  runTool('astro', ['build', '--root', folder], {
    env: {
      ...env,
      ...buildEnvironment({ dist: join(folder, 'dist'), org: join(testOrgDir, 'public.json') }),
    },
  })
