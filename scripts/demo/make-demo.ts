// Makes a throw-away organisation with a staff and invented reports. The code writes into the files
// of the local database and into the local R2. Keys and nonces are random; texts follow the seed.
import { rmSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes, toB64 } from '#protocol/bytes'
import { readManifest } from '#protocol/keys/manifest'
import { DAY_MS } from '#protocol/limits'
import { makeDemoStaff, type Colleague, type SignInSecrets } from '#scripts/demo/make-staff'
import { planReport } from '#scripts/demo/plan-report'
import { playThread, type PlayedThread, type Players } from '#scripts/demo/play-thread'
import { makeSampleFiles } from '#scripts/demo/sample-files'
import { signChanges, type CaseLogRow } from '#scripts/demo/sign-changes'
import { writeObjects, type DemoObject } from '#scripts/demo/write-objects'
import { DemoDatabase } from '#scripts/demo/write-rows'
import { writePassphrase } from '#scripts/org/local'
import { makeOrganisation } from '#scripts/org/organisation'
import { certifyScriptedMember, inviteByMember } from '#scripts/org/scripted-member'
import { writeOrganisation } from '#scripts/org/write'
import { applyMigrations, fileOfDatabase, storeOf } from '#scripts/shared/database'
import { inParallel } from '#scripts/shared/in-parallel'
import { step } from '#scripts/shared/progress'

export interface DemoOrder {
  /** the folder of the demo; its older organisation and stores are deleted */
  folder: string
  total: number
  seed: number
  /** milliseconds since 1970 */
  now: number
}

/** The secrets with which a person or a program signs in. */
export interface DemoSignIn {
  colleagues: SignInSecrets[]
  /** token of an invitation that nobody has used */
  invitation: string
}

/** Reports that are sealed before they are written in one transaction. */
const BATCH = 500
/** Reports that are sealed at the same time. */
const AT_ONCE = 32
/** The staff joined before the first report came. */
const JOINED_DAYS_AGO = 560

export const demoOrgDir = (folder: string): string => join(folder, 'org')

export async function makeDemo({ folder, total, seed, now }: DemoOrder): Promise<DemoSignIn> {
  for (const path of [demoOrgDir(folder), storeOf(folder)])
    rmSync(path, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { organisation, staff, member } = await step(
    'Making the organisation and its staff',
    async () => {
      const passphrase = toB64(randomBytes(24))
      const begunAt = now - JOINED_DAYS_AGO * DAY_MS
      const made = await makeOrganisation(passphrase, now, { begunAt })
      const certified = await certifyScriptedMember(made, passphrase, begunAt)
      const joined = await makeDemoStaff(certified, begunAt)
      const organisation = await inviteByMember({ ...certified, ...joined }, now)
      writeOrganisation(demoOrgDir(folder), organisation, certified.member)
      // With the passphrase somebody can practise the commands of the laptop with root.key.
      writePassphrase(demoOrgDir(folder), passphrase)
      return { organisation, staff: joined.colleagues, member: certified.member }
    },
  )
  await applyMigrations(folder)
  const file = fileOfDatabase(folder)
  if (file === undefined) throw new Error(`no database in ${folder}`)
  const database = new DemoDatabase(file)
  try {
    await database.writeStaff(organisation, member, staff)
    const objects = await step(`Sealing and writing ${total} reports`, async () => {
      const sealing = readManifest(organisation.manifest)
      const players = { sealing, staff, samples: await makeSampleFiles() }
      return writeReports(database, players, { total, seed, now })
    })
    await step('Writing the objects of R2', () => writeObjects(folder, objects))
    await step('Signing the changes of the staff', () => writeSigned(database, staff))
  } finally {
    database.close()
  }
  const signIn: DemoSignIn = {
    colleagues: staff.map(({ secrets }) => secrets),
    invitation: organisation.invitation.token,
  }
  writeFileSync(join(folder, 'sign-in.json'), `${JSON.stringify(signIn, null, 2)}\n`, {
    mode: 0o600,
  })
  return signIn
}

async function writeReports(
  database: DemoDatabase,
  players: Players,
  { total, seed, now }: Omit<DemoOrder, 'folder'>,
): Promise<DemoObject[]> {
  const objects: DemoObject[] = []
  for (let begin = 0; begin < total; begin += BATCH) {
    const length = Math.min(BATCH, total - begin)
    const indexes = Array.from({ length }, (_, at) => begin + at)
    const threads: PlayedThread[] = []
    await inParallel(AT_ONCE, indexes, async (index) => {
      threads.push(await playThread(players, planReport(seed, index, now)))
    })
    database.writeThreads(threads, players.sealing.epoch)
    for (const thread of threads) objects.push(...objectsOf(thread))
  }
  return objects
}

const objectsOf = ({ first, chunks, rows }: PlayedThread): DemoObject[] => [
  ...chunks.map(({ file, n, bytes }) => ({ name: `files/${file}/${n}`, bytes })),
  ...(rows.share ? [{ name: `shares/${toB64(first.id)}`, bytes: rows.share }] : []),
]

async function writeSigned(
  database: DemoDatabase,
  colleagues: readonly Colleague[],
): Promise<void> {
  let rows: CaseLogRow[] = []
  const write = (): void => {
    database.writeCaseLogs(rows)
    rows = []
  }
  for await (const row of signChanges(colleagues, database.readUnsigned()))
    if (rows.push(row) === BATCH) write()
  write()
}
