// Writes items that belong to a person or the organisation: saved views, choices, templates,
// reading marks.
import { fromB64, toB64 } from '#protocol/bytes'
import { READING_INDEX } from '#protocol/limits'
import { sealReply } from '#protocol/report/reply'
import { UNSET } from '#protocol/staff/people/own-settings'
import { minuteOf } from '#protocol/time'
import { postReading } from '#site/staff/api/case-api.ts'
import { putOwnSettings } from '#site/staff/api/own-keys-api.ts'
import { loadReport } from '#site/staff/case/read/load-report.ts'
import { changeViews } from '#site/staff/list/filter/keep-views.ts'
import { NO_FILTER } from '#site/staff/list/filter/list-filter.ts'
import { withView } from '#site/staff/list/filter/views.ts'
import { sendTemplate } from '#site/staff/templates/send-template.ts'
import type { Office, Reader } from './office.ts'

/** Saves a view, which replaces all other saved views. */
export const saveView = (office: Office, reader: Reader, name: string): Promise<unknown> =>
  office.as(reader, ({ by }) =>
    changeViews(by.keys, () => withView([], { name, filter: NO_FILTER })),
  )

export const setOwnChoices = (office: Office, reader: Reader): Promise<unknown> =>
  office.as(reader, () => putOwnSettings({ ...UNSET, hasBreaks: false }))

/** Has the first reader, who is also an admin, write a template. */
export const writeTemplate = (office: Office, name: string, text: string): Promise<void> =>
  office.as(office.readers[0], ({ by: { keys, roster } }) =>
    sendTemplate({ keys, nextRoster: () => Promise.resolve(roster) }, { name, base: null }, text),
  )

/**
 * Leaves a mark that shows that the reader has a report open.
 *
 * @param text  words that identify the mark
 */
export const markReading = (
  office: Office,
  reader: Reader,
  id: string,
  text: string,
): Promise<void> =>
  office.as(reader, async ({ by }) => {
    const { first, reply } = await loadReport(by, id)
    if (!first || !reply) throw new Error('nobody can reply')
    const note = { v: 1, at: minuteOf(Date.now()), text } as const
    const { ownerHash } = first.header
    const sealed = await sealReply(fromB64(reply.down), ownerHash, READING_INDEX, note)
    await postReading(id, { sealed: toB64(sealed) })
  })
