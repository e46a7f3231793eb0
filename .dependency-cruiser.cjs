// States the allowed imports between rooms: site -> worker/protocol <- worker, and http -> verbs ->
// store. No import goes back or in a circle. scripts/verify/floors.json assigns each room of
// site/staff/ to a floor, the highest first. scripts/verify/astro-arrows.ts reads pages in .astro
// under these rules.
const { devDependencies } = require('./package.json')
const plainTasks = require('./scripts/setup/plain-tasks.json')
const floors = require('./scripts/verify/floors.json')
const VERBS = '^worker/(?!http/|store/|protocol/)[^/]+/'

/** A room imports rooms of lower floors only. A screen therefore imports no other screen. */
const floorRules = Object.entries(floors).flatMap(([folder, all]) =>
  Object.entries(all).map(([name, rooms], at) => ({
    name: `${folder.replace('/', '-')}-${name}`,
    comment: 'A room imports only rooms of a lower floor, and a screen imports no other screen.',
    severity: 'error',
    from: { path: `^${folder}/(${rooms.join('|')})/` },
    to: {
      path: `^${folder}/(${Object.values(all)
        .slice(0, at + 1)
        .flat()
        .join('|')})/`,
      pathNot: `^${folder}/$1/`,
    },
  })),
)

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'not-resolved',
      comment:
        'An import that no tool can follow cannot be checked either. ' +
        'The browser editor is installed on request, and vite/client holds only types.',
      severity: 'error',
      from: {},
      to: {
        couldNotResolve: true,
        pathNot: ['^(cloudflare|astro):', '^virtual:', '^@sveltia/cms$', '^vite/client$'],
      },
    },
    {
      name: 'plain-tasks-need-dependencies-only',
      comment: 'npm installs no devDependencies for the tasks of scripts/setup/plain-tasks.json.',
      severity: 'error',
      from: { path: `^(scripts/(${plainTasks.join('|')})\\.ts|astro\\.config\\.mjs)$` },
      to: { path: `^node_modules/(${Object.keys(devDependencies).join('|')})/`, reachable: true },
    },
    {
      name: 'protocol-stands-alone',
      comment: 'worker/protocol/ runs in the worker, the page and scripts: it imports only itself.',
      severity: 'error',
      from: { path: '^worker/protocol/', pathNot: '^worker/protocol/staff/' },
      to: { pathNot: '^worker/protocol/' },
    },
    {
      name: 'protocol-staff-parses-with-zod-mini',
      severity: 'error',
      from: { path: '^worker/protocol/staff/' },
      to: { pathNot: ['^worker/protocol/', '^node_modules/zod/(v4/)?mini/'] },
    },
    {
      name: 'site-sees-only-protocol',
      severity: 'error',
      from: { path: '^site/' },
      to: { path: '^worker/', pathNot: '^worker/protocol/' },
    },
    {
      name: 'worker-never-sees-site',
      severity: 'error',
      from: { path: '^worker/' },
      to: { path: '^site/' },
    },
    {
      name: 'routes-go-through-verbs',
      comment:
        'A route parses, calls a verb and answers; ' +
        'it may open the database for the verbs and ping it, no more.',
      severity: 'error',
      from: { path: '^worker/http/' },
      to: {
        path: '^worker/store/',
        pathNot: '^worker/store/database\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'verbs-know-no-http',
      severity: 'error',
      from: { path: VERBS },
      to: { path: '^worker/(http/|index\\.ts$)' },
    },
    {
      name: 'store-knows-nobody-above',
      severity: 'error',
      from: { path: '^worker/store/' },
      to: { path: ['^worker/(http/|index\\.ts$)', VERBS], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'drizzle-in-store-only',
      severity: 'error',
      from: { pathNot: ['^worker/store/', '^drizzle\\.config\\.ts$'] },
      to: { path: '^node_modules/drizzle-' },
    },
    {
      name: 'hono-in-routes-only',
      severity: 'error',
      from: {
        path: '^(worker|site|scripts)/',
        pathNot: '^worker/(http/|(index|staff-host)\\.ts$)',
      },
      to: { path: '^node_modules/hono/' },
    },
    {
      name: 'opening-is-for-staff',
      comment: 'Code that opens a report must never reach the edge or a public page.',
      severity: 'error',
      from: { pathNot: '^(site/staff|scripts|test)/' },
      to: { path: '^node_modules/(hpke|@hpke|@panva)/' },
    },
    {
      name: 'the-edge-opens-no-files',
      severity: 'error',
      from: { path: '^worker/' },
      to: { path: '^worker/protocol/file/open-chunk\\.ts$' },
    },
    {
      name: 'public-pages-hold-no-staff-code',
      severity: 'error',
      from: { path: '^site/', pathNot: '^site/(staff|pages/staff|integrations)/' },
      to: { path: '^site/staff/' },
    },
    ...floorRules,
    {
      name: 'staff-rooms-have-a-floor',
      comment: 'A new room of the staff app gets its floor in scripts/verify/floors.json.',
      severity: 'error',
      from: { path: '^site/staff/' },
      to: {
        path: '^site/staff/',
        pathNot: `^site/staff/(${Object.values(floors['site/staff']).flat().join('|')}|styles)/`,
      },
    },
    {
      name: 'scripts-are-for-hands-and-tests',
      severity: 'error',
      from: { path: '^(site|worker|content)/' },
      to: { path: '^scripts/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^(site|worker|scripts|content)/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.d\\.ts$' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'workerd', 'browser', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.astro', '.d.ts', '.css'],
    },
  },
}
