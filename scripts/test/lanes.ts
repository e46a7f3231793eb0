// Divides the browser tests into lanes that run in parallel. Each lane has a server with its own
// database, so that tests in two lanes never see each other's reports.
import { join } from 'node:path'
import { testDir } from '#scripts/shared/paths'
import { anyPort } from '#scripts/shared/ports'

/**
 * The number of lanes: two, because each lane keeps a browser and a server busy on one processor.
 */
export const LANES = 2

/** Finds a free port for each lane. @returns the ports in the format of `OASIS_E2E_PORTS` */
export const chooseLanePorts = async (): Promise<string> =>
  (await Promise.all(Array.from({ length: LANES }, anyPort))).join()

export const lanePorts = (): number[] =>
  (process.env['OASIS_E2E_PORTS'] ?? '').split(',').map(Number)

/** Returns the folder with the database and the files of one lane's server. */
export const laneState = (lane: number): string => join(testDir, `e2e-${lane}`)

/** The lane of this process. Playwright numbers its processes from 0. */
export const lane = Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)
