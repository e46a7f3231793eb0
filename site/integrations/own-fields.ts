// Lists the properties that the build shortens, because every byte of a lifeline page counts. A
// shortened property must never reach JSON, the DOM, WebCrypto or a tool, because the original name
// matters there. OWN_FIELDS fails to compile when a name is also a property of JSON, the DOM or a
// tool.
import type {
  PlainReply,
  PlainReport,
  ReplyFile,
  SafeContact,
  SealedFile,
} from '#protocol/report/plain-report'
import type { Page } from '../lifeline/dom/page.ts'
import type { ToolContext } from '../lifeline/dom/loader.ts'

/**
 * Names that other code reads literally: sealed JSON, page data, properties shared with tools, and
 * names in the browser.
 */
type ReadByName =
  | keyof PlainReport
  | keyof PlainReply
  | keyof ReplyFile
  | keyof SafeContact
  | keyof SealedFile
  | keyof Page
  | keyof ToolContext
  | keyof HTMLElement
  | keyof Pick<HTMLFormElement, 'submit' | 'reset' | 'elements'>
  | keyof HTMLTextAreaElement
  | keyof HTMLInputElement
  | keyof HTMLScriptElement
  | keyof RequestInit
  // Response.bytes is newer than the oldest supported browser, so no page calls it.
  | Exclude<keyof Response, 'bytes'>
  | keyof Event
  | keyof SubtleCrypto
  | keyof AesGcmParams
  | keyof HmacImportParams
  | keyof EcKeyImportParams

type OwnField<Name extends string> = Name extends ReadByName ? never : Name

const ownFields = <const Names extends readonly string[]>(
  ...names: { [At in keyof Names]: Names[At] extends string ? OwnField<Names[At]> : never }
): readonly string[] => names

export const OWN_FIELDS = ownFields(
  'firstDay',
  'lastDay',
  'admin',
  'adminLastDay',
  'envelope',
  'sealed',
  'writing',
  'dropped',
  'trusted',
  'renew',
  'work',
  'code',
  'lookup',
  'write',
  'check',
  'bytes',
  'helpForMe',
  'helpForAnother',
  'followUp',
)
