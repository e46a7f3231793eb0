// Builds the calls for each kind of carrier, and contains the sentences for the calls. The
// sentences are the same for every report and reveal nothing about it. A call contains only a
// sentence and the address of the staff app: no name, no time and no number. A digest also contains
// digits of a hash.
import { languages, type WholeLanguage } from '#content/languages.ts'
import { alertStrings } from '#content/strings.ts'
import type { AlertText } from '#protocol/staff/alerts/alert-number'

export const CARRIER_KINDS = ['telegram', 'ntfy', 'json'] as const
export type CarrierKind = (typeof CARRIER_KINDS)[number]

/**
 * The target of a call. The address and the key are secrets that leave the edge only in the call.
 */
export interface Target {
  kind: CarrierKind
  url: URL
  /**
   * id of the chat in which a Telegram bot posts; for the other carriers, a bearer token, or empty
   */
  key: string
}

type AlertStrings = (typeof alertStrings)[WholeLanguage]
const STRINGS: Readonly<Record<string, AlertStrings>> = alertStrings
const [FALLBACK] = languages

/** Returns the requested language if these sentences exist in it, otherwise the fallback. */
export const alertLanguage = (wanted: string): string =>
  Object.hasOwn(STRINGS, wanted) ? wanted : FALLBACK

export const alertSentence = (lang: string, topic: AlertText): string =>
  stringsFor(lang)[`alert.${topic}`]

/** Describes a checkpoint by its first digits, which the log screen also shows. */
export const checkpointSentence = (lang: string, digits: string): string =>
  stringsFor(lang)['alert.checkpoint'].replace('{digits}', digits)

/** Describes a ledger row by its first digits. @param n  row number */
export const ledgerSentence = (lang: string, n: number, digits: string): string =>
  stringsFor(lang)['alert.ledger'].replace('{n}', String(n)).replace('{digits}', digits)

const stringsFor = (lang: string): AlertStrings => STRINGS[lang] ?? alertStrings[FALLBACK]

interface Call {
  headers: Record<string, string>
  body: string
}

/**
 * Builds the headers and the body of a call.
 *
 * @param loud  true when the call may wake a person: an alert, not a digest
 */
export function callFor({ kind, key }: Target, text: string, loud: boolean): Call {
  const bearer: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {}
  const json = { 'content-type': 'application/json' }
  switch (kind) {
    case 'telegram':
      return {
        headers: json,
        body: JSON.stringify({
          chat_id: key,
          text,
          disable_notification: !loud,
          // Without this field, Telegram's own servers would fetch a page of the staff app to
          // generate a preview.
          link_preview_options: { is_disabled: true },
        }),
      }
    case 'ntfy':
      return {
        headers: {
          'content-type': 'text/plain;charset=utf-8',
          ...bearer,
          ...(loud && { priority: 'urgent' }),
        },
        body: text,
      }
    case 'json':
      return { headers: { ...json, ...bearer }, body: JSON.stringify({ text }) }
  }
}
