// Runs the steps of a report's journey in text browsers, where a person only writes and sends
// words. A choice that the person did not make must not arrive: lynx preselects the first of
// several radio buttons.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { readEnvelope } from '#protocol/report/envelope'
import { openSent } from '#scripts/browser/sent-files'
import {
  isTextBrowserInstalled,
  runInTerminal,
  TEXT_BROWSERS,
  TEXT_LANG,
} from '#scripts/lab/clients/drive-text-browser'
import type { StepOutcome, ClientRow } from '#scripts/lab/clients/table'
import { fileOfDatabase } from '#scripts/shared/database'

export const TEXT_STEPS = ['arrived', 'no danger', 'nothing chosen'] as const

function envelopesIn(state: string): Uint8Array<ArrayBuffer>[] {
  const database = new DatabaseSync(fileOfDatabase(state) ?? '', { readOnly: true })
  try {
    const rows = database.prepare("SELECT envelope FROM reports WHERE sealed_by = 'worker'").all()
    return rows.map(({ envelope }) => new Uint8Array(envelope as Uint8Array))
  } finally {
    database.close()
  }
}

/**
 * Opens the stored report with two shares, as board members could, and determines the outcome of
 * each step.
 */
async function outcomesOf(state: string, words: string): Promise<StepOutcome[]> {
  for (const envelope of envelopesIn(state)) {
    const { report } = await openSent(envelope)
    if (report.text !== words) continue
    const chosen = [report.consent, report.signs, report.needs, report.contact]
    return [
      'ok',
      readEnvelope(envelope).danger ? 'failed' : 'ok',
      chosen.some((each) => each !== undefined) ? 'failed' : 'ok',
    ]
  }
  return ['failed', 'not reached', 'not reached']
}

/** Runs the steps in each installed text browser. */
export async function goWithText(state: string, origin: string): Promise<ClientRow[]> {
  const rows: ClientRow[] = []
  for (const { name, drive } of TEXT_BROWSERS) {
    if (!isTextBrowserInstalled(name)) {
      const outcomes = TEXT_STEPS.map((): StepOutcome => 'not here')
      rows.push({ client: name, outcomes, why: `not here: the package ${name} is not installed` })
      continue
    }
    const folder = join(state, name)
    mkdirSync(folder, { recursive: true })
    const words = `Words only from ${name} 1122`
    const { command, keys } = await drive(folder, `${origin}/${TEXT_LANG}/tell/`, words)
    await runInTerminal(command, keys)
    rows.push({ client: name, outcomes: await outcomesOf(state, words), why: '' })
  }
  return rows
}
