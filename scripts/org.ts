// `npm run org`: makes the organisation's keys on a trusted laptop, best without a network.
// The command asks for two passphrases, each twice. `npm run org -- publishing` makes another
// publishing key before the certificate of the old one ends, and needs root.key.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dayNumber } from '#protocol/time'
import { openKeyFile } from '#scripts/org/key-file'
import { makeOrganisation } from '#scripts/org/organisation'
import { makePublishingFile, PUBLISHING_FILE } from '#scripts/org/publishing-key'
import { writeOrganisation } from '#scripts/org/write'
import { askNewPassphrase, askPassphrase, withHiddenLines } from '#scripts/shared/passphrase'
import { keysDir } from '#scripts/shared/paths'
import { runTask, step, Stop } from '#scripts/shared/progress'

async function makeKeys(): Promise<void> {
  if (existsSync(join(keysDir, 'public.json'))) {
    throw new Stop(
      `There is an organisation in ${keysDir} already; its keys are not overwritten. ` +
        'Move the folder away to make another.',
    )
  }
  console.log(
    'This makes the root key, the publishing key, the recovery key (three paper shares), ' +
      'the first epoch and the first invitation.',
  )
  console.log(
    'Do it on a laptop you trust, with the network off. ' +
      'Write both passphrases on paper; nobody can reset them.\n',
  )
  const { ofRoot, ofPublishing } = await withHiddenLines(async (lines) => ({
    ofRoot: await askNewPassphrase(lines, 'the root key'),
    ofPublishing: await askNewPassphrase(lines, 'the publishing key'),
  }))
  const organisation = await step('Making the keys', () =>
    makeOrganisation(ofRoot, Date.now(), ofPublishing),
  )
  const names = writeOrganisation(keysDir, organisation)
  console.log(`\nWritten to ${keysDir}: ${names.join(', ')}.`)
  console.log(
    '1. Print share-1.txt, share-2.txt and share-3.txt for three people, ' +
      'then delete the three files.',
  )
  console.log('2. Keep root.key on a USB stick in a safe, away from its passphrase.')
  console.log('3. Keep publishing.key where you deploy: it signs what the site serves.')
  console.log('4. Write deployment.json and deploy: docs/operations/first-deployment.md says how.')
  console.log(
    '5. Hand the link in invitation.txt to the first person in person, then destroy that file.',
  )
}

async function renewPublishingKey(): Promise<void> {
  const rootFile = join(keysDir, 'root.key')
  if (!existsSync(rootFile))
    throw new Stop(`There is no ${rootFile}: bring root.key from its safe and copy it there.`)
  const { ofRoot, ofPublishing } = await withHiddenLines(async (lines) => ({
    ofRoot: await askPassphrase(lines, 'the root key'),
    ofPublishing: await askNewPassphrase(lines, 'the new publishing key'),
  }))
  const { root } = await openKeyFile(ofRoot, readFileSync(rootFile, 'utf8'))
  const file = await makePublishingFile(root, ofPublishing, dayNumber(Date.now()))
  writeFileSync(join(keysDir, PUBLISHING_FILE), file, { mode: 0o600 })
  console.log(`Written to ${keysDir}: ${PUBLISHING_FILE}. Bring root.key back to its safe.`)
}

runTask(async () => {
  const [asked] = process.argv.slice(2)
  if (asked !== undefined && asked !== 'publishing')
    throw new Stop(`There is no ${asked}: say npm run org, or npm run org -- publishing.`)
  await (asked === undefined ? makeKeys() : renewPublishingKey())
  return 0
})
