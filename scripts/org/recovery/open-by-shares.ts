// Opens the root and the keys of an export with two shares, which a person types at the terminal.
// After a wrong share, the terminal asks for the share again.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromB64, type Bytes } from '#protocol/bytes'
import { readPublicFile } from '#scripts/org/files/public-file'
import { sentenceOf } from '#scripts/org/recovery/sentence'
import { Stop } from '#scripts/shared/progress'
import { RecoveryFault } from '#site/staff/ledger/recovery-fault.ts'
import type { RowSigner } from '#site/staff/recovery/chained-row.ts'
import { readExport, type WholeExport } from '#site/staff/recovery/export-file.ts'
import { openKeys, type FoundKey, type OpenedKeys } from '#site/staff/recovery/open-keys.ts'
import { openRoot } from '#site/staff/recovery/root-key.ts'
import {
  combineShares,
  NEEDED,
  readShare,
  recoveryKeyOf,
  requireTwoShares,
} from '#site/staff/recovery/shares.ts'

export interface RecoveryQuestions {
  /** asks for a share. @returns the typed text; an empty text ends the recovery */
  share: (question: string) => Promise<string>
  say: (line: string) => void
  /** asks whether older sheets are at hand, because some keys did not open */
  hasOlder: () => Promise<boolean>
  /** shows the digits. @returns true when the newcomer reads out the same digits */
  compareDigits: (digits: string[]) => Promise<boolean>
}

/** The root and the keys that shares have opened. */
export interface Recovered {
  file: WholeExport
  by: RowSigner
  keys: OpenedKeys
}

/** Reads export.json. @throws Stop for a missing file; RecoveryFault from readExport */
export function readExportFile(path: string, root: Bytes): Promise<WholeExport> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new Stop(`There is no file ${path}.`)
  }
  return readExport(text, root)
}

/**
 * Opens everything that the shares can open, and lists the opened keys.
 *
 * @param folder  the organisation's folder with public.json; root.key is not needed
 * @returns the keys, which the caller wipes
 */
export async function openByShares(
  folder: string,
  exportPath: string,
  questions: RecoveryQuestions,
): Promise<Recovered> {
  const { root, rootForRecovery } = readPublicFile(join(folder, 'public.json'))
  const file = await readExportFile(exportPath, fromB64(root))
  questions.say(`The export of ${file.day} is whole: ${file.rows.length} rows.`)
  const recovery = await combineShares(await askShares(file, questions), file.recoveryKeys)
  const by = await openRoot(recovery, fromB64(rootForRecovery), file.root)
  questions.say('The root key is open.')
  let keys = await openKeys(recovery, file)
  sayKeys(keys, questions)
  if (isAnyClosed(keys) && (await questions.hasOlder())) {
    const older = await combineShares(await askShares(file, questions), file.recoveryKeys)
    keys = await openKeys(older, file, keys)
    sayKeys(keys, questions)
  }
  return { file, by, keys }
}

/** Asks for two shares until both are right. @throws Stop when nothing is typed */
async function askShares(
  { recoveryKeys }: WholeExport,
  { share, say }: RecoveryQuestions,
): Promise<string[]> {
  const typed: string[] = []
  while (typed.length < NEEDED) {
    const text = await share(`Code of sheet ${typed.length + 1} of ${NEEDED}: `)
    if (text.trim() === '') throw new Stop('No code was typed. Nothing was written.')
    try {
      const read = await readShare(text)
      await recoveryKeyOf(read, recoveryKeys)
      for (const other of typed) requireTwoShares(await readShare(other), read)
      typed.push(text)
    } catch (reason) {
      if (!(reason instanceof RecoveryFault)) throw reason
      say(sentenceOf(reason))
    }
  }
  return typed
}

const isAnyClosed = ({ epochs, teams }: OpenedKeys): boolean =>
  [...epochs, ...teams].some(({ state }) => state === 'closed')

const STATES: Readonly<Record<FoundKey['state'], string>> = {
  opened: 'open and verified',
  closed: 'opens with older or newer sheets',
  ended: 'has ended and was deleted',
  wrong: 'not the key of the ledger, so it is not used',
}

function sayKeys({ epochs, teams }: OpenedKeys, { say }: RecoveryQuestions): void {
  for (const { number, state } of epochs) say(`Key for letters ${number}: ${STATES[state]}.`)
  for (const { number, state } of teams) say(`Key of cases ${number}: ${STATES[state]}.`)
}
