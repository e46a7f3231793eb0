// Decides, from the type that the sender's device claimed, whether the page can show a file. Only
// pictures, sound, films and PDFs are shown; an SVG is not, because a browser treats it as a page.
// A PDF can contain programs, so the app only draws it: see pdf/open-pdf.ts. The app chooses the
// names of saved files, so that a stranger cannot choose which program opens them.
import organisation from '#content/organisation.json' with { type: 'json' }
import { ownValue } from '../../../crypto/prototype-guard.ts'

/** The kinds that the page can show. */
type ShownKind = 'picture' | 'sound' | 'film' | 'document'
export type FileKind = ShownKind | 'other'

/** The media types for the browser, and the extensions of saved files. */
const SHOWN: Readonly<Record<string, { kind: ShownKind; ending: string }>> = {
  'image/jpeg': { kind: 'picture', ending: 'jpg' },
  'image/png': { kind: 'picture', ending: 'png' },
  'image/webp': { kind: 'picture', ending: 'webp' },
  'audio/webm': { kind: 'sound', ending: 'webm' },
  'audio/ogg': { kind: 'sound', ending: 'ogg' },
  'audio/mp4': { kind: 'sound', ending: 'm4a' },
  'audio/mpeg': { kind: 'sound', ending: 'mp3' },
  'audio/aac': { kind: 'sound', ending: 'aac' },
  'audio/wav': { kind: 'sound', ending: 'wav' },
  'audio/x-wav': { kind: 'sound', ending: 'wav' },
  'video/mp4': { kind: 'film', ending: 'mp4' },
  'video/webm': { kind: 'film', ending: 'webm' },
  'application/pdf': { kind: 'document', ending: 'pdf' },
}

const SAVED: Readonly<Record<string, string>> = {
  'image/gif': 'gif',
  'image/heic': 'heic',
  'image/heif': 'heif',
  'image/avif': 'avif',
  'video/quicktime': 'mov',
  'video/3gpp': '3gp',
  'text/plain': 'txt',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
}

/** Drops the parameters: `audio/webm;codecs=opus` is `audio/webm`. */
const plainType = (type: string): string => type.split(';', 1).join('').trim().toLowerCase()

const own = <Value>(table: Readonly<Record<string, Value>>, type: string): Value | undefined =>
  ownValue(table, plainType(type))

/** Returns the kind, and the type for the browser; null for a file that can only be saved. */
export function shownAs(type: string): { kind: ShownKind; type: string } | null {
  const kind = own(SHOWN, type)?.kind
  return kind ? { kind, type: plainType(type) } : null
}

export function kindOf(type: string): FileKind {
  const plain = plainType(type)
  if (plain.startsWith('image/')) return 'picture'
  if (plain.startsWith('audio/')) return 'sound'
  if (plain.startsWith('video/')) return 'film'
  const isKnown = own(SHOWN, type) !== undefined || own(SAVED, type) !== undefined
  return plain.startsWith('text/') || isKnown ? 'document' : 'other'
}

/**
 * Builds the app's name for a file from the report, the position, and the extension for its type.
 */
export const savedName = (id: string, type: string): string =>
  `${organisation.fileName}-${id.slice(0, 6).replace(/[^a-zA-Z0-9]/g, 'x')}-${id.slice(-2)}.` +
  (own(SHOWN, type)?.ending ?? own(SAVED, type) ?? 'bin')
