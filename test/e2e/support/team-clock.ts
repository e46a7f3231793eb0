// Moves the clocks of a team ahead, on its server and on its devices. Timers keep their speed.
import { join } from 'node:path'
import { type Page } from '@playwright/test'
import { serve, type Served } from '#scripts/local/serve'
import { testDir, testDist, testWorkers } from '#scripts/shared/paths'
import { buttonOf, isInWorkspace, type Team } from './team.ts'

export class TeamClock {
  readonly #state: string
  #server: Served
  #aheadMs = 0

  /** @param folder  the folder that the team was made with */
  constructor(team: Team, folder: string) {
    this.#state = join(testDir, folder)
    this.#server = team.server
  }

  /** Returns the current time of the team, in milliseconds since 1970. */
  now(): number {
    return Date.now() + this.#aheadMs
  }

  /**
   * Starts the server again at a later time. Each page then loads the app again, and is unlocked.
   */
  async moveTo(timeMs: number, pages: readonly Page[]): Promise<void> {
    const passedMs = timeMs - this.now()
    this.#aheadMs += passedMs
    const port = Number(new URL(this.#server.origin).port)
    await this.#server.stop()
    this.#server = await serve({
      ...{ state: this.#state, dist: testDist, port, bundled: testWorkers },
      aheadMs: this.#aheadMs,
    })
    for (const page of pages) {
      await page.addInitScript((ms) => {
        const now = Date.now.bind(Date)
        Date.now = () => now() + ms
      }, passedMs)
      await page.goto('/staff/')
      const unlock = buttonOf(page, 'staff.locked.passkey')
      await buttonOf(page, 'staff.signin.go').or(unlock).first().click()
      await isInWorkspace(page)
    }
  }

  stop(): Promise<void> {
    return this.#server.stop()
  }
}
