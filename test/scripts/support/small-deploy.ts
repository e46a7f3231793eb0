// Deploys inside the test's process to a simulated account, with a simulated wrangler. A run takes
// a tenth of a second. `whole.node.test.ts` uses the real wrangler.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  readDeployment,
  type Deployment,
  type WrittenDeployment,
} from '#scripts/account/deployment'
import { deploySite } from '#scripts/deploy/deploy-site'
import type { Deploying } from '#scripts/deploy/deploying'
import { readDeploys, type Deploy } from '#scripts/deploy/deploys-file'
import { goBack } from '#scripts/deploy/go-back'
import type { Looked } from '#scripts/deploy/look-outside'
import { lookAgain } from '#scripts/deploy/report-look'
import type { Organisation } from '#scripts/org/organisation'
import { writeOrganisation } from '#scripts/org/write'
import { Stop } from '#scripts/shared/progress'
import { inFolder, makeClone } from '#test/scripts/support/deployable.ts'
import { FakeCloudflare } from '#test/scripts/support/fake-cloudflare.ts'
import { makeDatabase, type StoredDatabase } from '#test/scripts/support/account/database.ts'

export const OASIS = {
  ...{ site: 'https://oasis.example', staffHost: 'staff.oasis.example' },
  ...{ worker: 'oasis', database: 'oasis', bucket: 'oasis-files', plan: 'paid' as const },
}

export class SmallDeploy {
  readonly folder = mkdtempSync(join(tmpdir(), 'oasis-small-'))
  readonly account: FakeCloudflare
  /** the path of public.json */
  org = join(this.folder, 'org/public.json')
  isStaging = false
  /** the text of the site; a different text produces a different build */
  page = 'first'
  /** names of the wrangler steps that changed the account */
  ran: string[] = []
  /** a wrangler step that fails, and whether it changes the account first */
  fails: { step: string; after: boolean; message?: string } | null = null
  /** a wrangler step that ends without an error and without a change */
  isKilledIn: string | null = null
  /** the faults and broken rules that the check from outside finds */
  looked: Looked = { faults: [], settings: [], newKeys: [] }
  /** the folders whose signed site manifests were compared with the hosts, in order */
  compared: string[] = []

  constructor(of: Organisation, account = new FakeCloudflare()) {
    this.account = account
    makeClone(this.folder)
    writeOrganisation(join(this.folder, 'org'), of)
    this.write(OASIS)
  }

  write(fields: WrittenDeployment): void {
    writeFileSync(join(this.folder, 'org/deployment.json'), JSON.stringify(fields))
  }

  addMigration(name: string, sql: string): void {
    writeFileSync(join(this.folder, 'migrations', name), sql)
  }

  /** @returns the steps that changed something @throws Stop with the refusal */
  async deploy(): Promise<string[]> {
    this.ran = []
    await deploySite(this.#deploying())
    return this.ran
  }

  /** Like deploy, but for a run that must stop. @returns the message */
  async stopped(): Promise<string> {
    return this.#messageOf(this.deploy())
  }

  /** @param typed  the person's answer @returns the steps that changed something */
  async back(began?: string, typed = 'yes'): Promise<string[]> {
    this.ran = []
    let asked = 0
    await goBack(this.#deploying(), began, { ask: () => Promise.resolve(asked++ ? '' : typed) })
    return this.ran
  }

  /** Checks again. @returns the message of a check that must stop, otherwise '' */
  async look(): Promise<string> {
    try {
      await lookAgain(this.#deploying())
      return ''
    } catch (reason) {
      if (reason instanceof Stop) return reason.message
      throw reason
    }
  }

  async backStopped(began?: string, typed = 'yes'): Promise<string> {
    return this.#messageOf(this.back(began, typed))
  }

  async #messageOf(work: Promise<unknown>): Promise<string> {
    try {
      await work
    } catch (reason) {
      if (reason instanceof Stop) return reason.message
      throw reason
    }
    throw new Error('The command did not stop.')
  }

  deploys(): Deploy[] {
    return readDeploys(this.org).deploys
  }

  deployment(): Deployment {
    return readDeployment(this.org)
  }

  breakNotes(): void {
    writeFileSync(join(this.folder, 'org/deploys.json'), '{')
  }

  /** Returns the last deployment recorded in deploys.json. */
  last(): Deploy {
    const deploy = this.deploys().at(-1)
    if (!deploy) throw new Error('deploys.json is empty.')
    return deploy
  }

  /** Returns the live versions of both workers. */
  live(worker = readDeployment(this.org).worker): (string | undefined)[] {
    const { all } = this.account.workers
    return [worker, `${worker}-staff`].map((name) => all.get(name)?.live)
  }

  database(): StoredDatabase {
    const found = this.account.databases.all.get(readDeployment(this.org).databaseId ?? '')
    if (!found) throw new Error('The account has no such database.')
    return found
  }

  delete(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  #deploying(): Deploying {
    return {
      ...inFolder(this.folder, this.org),
      isStaging: this.isStaging,
      cloudflare: () => Promise.resolve(this.account.ask),
      build: () => {
        const { site } = readDeployment(this.org)
        return Promise.resolve(
          Buffer.from(site + this.page)
            .toString('hex')
            .padEnd(64, '0'),
        )
      },
      wrangler: (config) => (step, args) => this.#wrangler(config, step, args),
      look: (_, build) => {
        this.compared.push(build)
        return Promise.resolve(this.looked)
      },
    }
  }

  async #wrangler(config: string | null, step: string, args: string[]): Promise<string> {
    if (step === 'database') return JSON.stringify(this.#query(args.at(-1) ?? ''))
    if (step === this.isKilledIn) return ''
    const { fails } = this
    if (fails?.step === step && !fails.after) throw new Stop(fails.message ?? 'It broke.')
    this.#change(config, args)
    this.ran.push(step)
    if (fails?.step === step) throw new Stop(fails.message ?? 'It broke.')
    return Promise.resolve('')
  }

  #query(sql: string): object[] {
    return [{ success: true, results: this.database().sql.prepare(sql).all() }]
  }

  #change(config: string | null, args: string[]): void {
    const [area = '', verb = '', name = '', more = ''] = args
    const command = `${area} ${verb}`
    const place = args[args.indexOf('--jurisdiction') + 1]
    const jurisdiction = args.includes('--jurisdiction') ? place : undefined
    if (command === 'd1 create') {
      const id = crypto.randomUUID()
      this.account.databases.all.set(id, makeDatabase(name, jurisdiction))
    } else if (command === 'r2 bucket' && name === 'create')
      this.account.buckets.set(jurisdiction === undefined ? more : `${jurisdiction}:${more}`, [])
    else if (command === 'd1 migrations') this.#migrate()
    else if (command === 'd1 execute') {
      const file = args[args.indexOf('--file') + 1] ?? ''
      this.database().sql.exec(readFileSync(file, 'utf8'))
    } else if (area === 'deploy') this.account.deploy(config ?? '')
    else if (command === 'versions deploy') {
      const worker = JSON.parse(readFileSync(config ?? '', 'utf8')) as { name: string }
      const stored = this.account.workers.all.get(worker.name)
      if (stored) stored.live = name.split('@')[0] ?? ''
    }
  }

  /** Applies the missing migrations and records each of them, as wrangler does. */
  #migrate(): void {
    const { sql } = this.database()
    sql.exec('CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY, name TEXT)')
    const has = new Set(
      sql
        .prepare('SELECT name FROM d1_migrations')
        .all()
        .map(({ name }) => name),
    )
    const folder = join(this.folder, 'migrations')
    const files = readdirSync(folder).filter((name) => name.endsWith('.sql') && !has.has(name))
    for (const name of files.sort()) {
      sql.exec(readFileSync(join(folder, name), 'utf8'))
      sql.prepare('INSERT INTO d1_migrations (name) VALUES (?)').run(name)
    }
  }
}
