// Builds the site for tests and budgets with a separate organisation, so that nothing depends on
// the local organisation. The result must depend only on the sources, so that a test can build a
// copy of them elsewhere.
import { cpSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { buildEnvironment, buildSite } from '#scripts/build'
import { organisation } from '#content/organisation.ts'
import { makeLocalOrganisation } from '#scripts/org/local'
import { isUsable } from '#scripts/start/set-aside'
import { root, testDist, testOrgDir } from '#scripts/shared/paths'
import { runTool, type Ran } from '#scripts/shared/run-tool'
import { DAY_MS } from '#protocol/limits'

// The test organisation is replaced well before its invitation expires.
const KEEP_MS = DAY_MS

export async function prepareTestSite(): Promise<void> {
  const org = join(testOrgDir, 'public.json')
  if (!isUsable(org) || Date.now() - statSync(org).mtimeMs > KEEP_MS) {
    rmSync(testOrgDir, { recursive: true, force: true })
    await makeLocalOrganisation(testOrgDir)
  }
  // Only a build that has a site address contains the pages to print.
  await buildSite({ dist: testDist, org, site: organisation.site })
}

const SOURCES = [
  ...['site', 'content', 'worker'],
  ...['astro.config.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'],
]

/**
 * Astro keeps the texts of a build in this folder. Two builds that run at the same time would mix
 * up their texts.
 */
const CACHE = '.astro'

/** Links each package into `modules`, but not the cache, so that each copy has a separate cache. */
function linkPackages(modules: string): void {
  const packages = join(root, 'node_modules')
  mkdirSync(modules)
  for (const name of readdirSync(packages))
    if (name !== CACHE) symlinkSync(join(packages, name), join(modules, name))
}

/**
 * Removes the files in `folder` and copies the sources into that folder. The folder must be inside
 * the project, because Astro cannot find packages from outside.
 */
export function copySources(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const part of SOURCES) cpSync(join(root, part), join(folder, part), { recursive: true })
  linkPackages(join(folder, 'node_modules'))
}

/** The parts that browser tests need inside a copy, in addition to the sources. */
const TESTS = ['scripts', 'test', 'migrations', 'wrangler.toml', 'playwright.config.ts', 'docs']

/**
 * Copies the sources as copySources does, and also the tests, which can then run inside the copy.
 */
export function copyProject(folder: string): void {
  copySources(folder)
  for (const part of TESTS) cpSync(join(root, part), join(folder, part), { recursive: true })
}

/** Builds a copy into its `dist`, for the organisation of the tests. */
export const buildCopy = (folder: string, env: Record<string, string> = {}): Promise<Ran> =>
  runTool('astro', ['build', '--root', folder], {
    cwd: folder,
    env: {
      ...env,
      ...buildEnvironment({ dist: join(folder, 'dist'), org: join(testOrgDir, 'public.json') }),
    },
  })
