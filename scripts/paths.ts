// Where things are. Everything that is made on this machine lives in one ignored folder, .oasis/ or $OASIS_STATE.
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '..')
export const stateDir = resolve(root, process.env['OASIS_STATE'] ?? '.oasis')
export const orgDir = join(stateDir, 'org')
export const logDir = join(stateDir, 'log')

// What `npm test` makes: an organisation of its own, the site built for it, and the state of the server that the browser visits.
export const testDir = join(stateDir, 'test')
export const testOrgDir = join(testDir, 'org')
export const testDist = join(testDir, 'dist')
export const e2eState = join(testDir, 'e2e')

// What `npm run bench` makes: the same, for an organisation that is gone with the run.
export const benchDir = join(stateDir, 'bench')
export const benchDist = join(benchDir, 'dist')

// What `npm run chaos` makes: the database and the files of a worker that is killed again and again.
export const chaosDir = join(stateDir, 'chaos')

// What `npm run curtain` makes: an organisation, the site built for two host names, a server's state, certificates, a capture.
export const curtainDir = join(stateDir, 'curtain')
