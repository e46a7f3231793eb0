// Makes a throw-away organisation with staff and invented reports. Writes directly into the files
// of the local database and the local R2. Keys and nonces are random, but the texts depend on the
// seed.
import { rmSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes, toB64 } from '#protocol/bytes'
import { readManifest } from '#protocol/keys/manifest'
import { DAY_MS } from '#protocol/limits'
import type { CaseLeaf } from '#protocol/staff/ledger/checkpoint-leaves'
import { makeDemoStaff, type SignInSecrets } from '#scripts/demo/make-staff'
import type { PlayedThread } from '#scripts/demo/begin-thread'
import { runThreads } from '#scripts/demo/run-threads'
import { makeSampleFiles } from '#scripts/demo/sample-files'
import { signDemoCheckpoint } from '#scripts/demo/sign-checkpoint'
import { writeObjects, type DemoObject } from '#scripts/demo/write-objects'
import { DemoDatabase } from '#scripts/demo/write-rows'
import { writersFrom } from '#scripts/demo/writers'
import { writePassphrase } from '#scripts/org/local'
import { makeOrganisation } from '#scripts/org/organisation'
import { certifyScriptedMember, inviteByMember } from '#scripts/org/scripted-member'
import { writeOrganisation } from '#scripts/org/write'
import { applyMigrations, fileOfDatabase, storeOf } from '#scripts/shared/database'
import { step } from '#scripts/shared/progress'
import { invitationLink } from '#site/staff/crypto/invitation-link.ts'

export interface DemoOrder {
  /** the demo's folder, whose older organisation and stores are deleted */
  folder: string
  total: number
  seed: number
  /** milliseconds since 1970 */
  now: number
}

/** The secrets that a person or a program needs for signing in. */
export interface DemoSignIn {
  colleagues: SignInSecrets[]
  /** path of an unused invitation link */
  invitation: string
}

/** The staff joined before the first report arrived. */
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
      // With the passphrase, a learner can practise the commands that the laptop runs with
      // root.key.
      writePassphrase(demoOrgDir(folder), passphrase)
      return { organisation, staff: joined, member: certified.member }
    },
  )
  await applyMigrations(folder)
  const file = fileOfDatabase(folder)
  if (file === undefined) throw new Error(`no database in ${folder}`)
  const database = new DemoDatabase(file)
  try {
    await database.writeStaff(organisation, member, staff.colleagues)
    const objects: DemoObject[] = []
    const leaves: CaseLeaf[] = []
    await step(`Sealing, signing and writing ${total} reports`, async () => {
      const sealing = readManifest(organisation.manifest)
      const samples = await makeSampleFiles()
      const order = { sealing, samples, writers: writersFrom(staff), seed, now }
      await runThreads(order, total, (threads) => {
        database.writeThreads(threads, sealing.epoch)
        objects.push(...threads.flatMap(objectsOf))
        leaves.push(...threads.flatMap(({ leaf }) => leaf ?? []))
      })
    })
    const [reader] = staff.colleagues
    if (reader && leaves.length > 0) {
      const { row, seq, stored } = await signDemoCheckpoint(
        organisation.ledger,
        reader,
        leaves,
        now,
      )
      database.writeLedgerRow(row, seq)
      objects.push({ name: `checkpoints/${toB64(row.hash)}`, bytes: stored })
    }
    await step(`Writing ${objects.length} objects of R2`, () => writeObjects(folder, objects))
  } finally {
    database.close()
  }
  const signIn: DemoSignIn = {
    colleagues: staff.colleagues.map(({ secrets }) => secrets),
    invitation: invitationLink('', organisation.invitation),
  }
  writeFileSync(join(folder, 'sign-in.json'), `${JSON.stringify(signIn, null, 2)}\n`, {
    mode: 0o600,
  })
  return signIn
}

const objectsOf = ({ first, chunks, rows }: PlayedThread): DemoObject[] => [
  ...chunks.map(({ file, n, bytes }) => ({ name: `files/${file}/${n}`, bytes })),
  ...(rows.secret ? [{ name: `secrets/${toB64(first.id)}`, bytes: rows.secret }] : []),
]
