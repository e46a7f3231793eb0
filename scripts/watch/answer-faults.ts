// Compares one response with the signed site manifest.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashOfFile, type SiteManifest } from '#scripts/manifest/webcat'
import type { HostResponse } from '#scripts/shared/ask-host'
import { firstDifference } from '#scripts/shared/first-difference'
import { headerFaults } from '#scripts/shared/header-faults'
import type { Expected } from '#scripts/watch/expected'

/** A client that sends requests: a script, or a browser with one way of opening a page. */
export interface Visitor {
  /** the client's name in a sentence, after "for" */
  name: string
  /** the name of the browser; absent for a script */
  reader?: string
}

/** A fault at an address, as one visitor sees it. */
export interface Fault {
  address: string
  /** the end of a sentence that begins with the address */
  what: string
  visitor: Visitor
}

/** The signed bytes of a file, if they are known. */
export interface PublishedFile {
  /** null when the response contains no file */
  hash: string | null
  bytes: Buffer | null
}

const REDIRECTS = [301, 302, 307, 308]
const STILL_GOOD = 304

/** Finds the published bytes by their signed hash, in the build or among the copies. */
export function publishedFile(
  { file }: Expected,
  { files }: SiteManifest,
  build: string,
  copies: readonly Buffer[] = [],
): PublishedFile {
  if (file === null) return { hash: null, bytes: null }
  const hash = files[file] ?? ''
  const path = join(build, file)
  const built = existsSync(path) ? [readFileSync(path)] : []
  const bytes = [...built, ...copies].find((each) => hashOfFile(each) === hash) ?? null
  return { hash, bytes }
}

/** @param target  the address that the response must redirect to, or null */
export function answerFaults(
  { status, headers: signed, headersWhenLed }: Expected,
  target: string | null,
  { status: found, headers, bytes }: Omit<HostResponse, 'body'>,
  published: PublishedFile,
): string[] {
  if (target !== null) {
    if (REDIRECTS.includes(found) && headers.location === target)
      return headerFaults(new Map([...headersWhenLed, ['location', target]]), headers)
    const where = headers.location === undefined ? '' : ` ${headers.location}`
    return [`does not lead to ${target}: it answers ${found}${where}`]
  }
  // A browser that has a copy only asks whether the copy is still valid.
  const isShort = found === STILL_GOOD && status === 200
  if (found !== status && !isShort) return [`answers ${found} in place of ${status}`]
  return [...bodyFaults(bytes, published), ...headerFaults(signed, headers, isShort)]
}

function bodyFaults(found: Buffer, { hash, bytes }: PublishedFile): string[] {
  if (hash === null || hashOfFile(found) === hash) return []
  if (bytes !== null) return [`is not what was published: ${firstDifference(found, bytes)}`]
  return [
    'is not what was published. No client got the published bytes, so no byte can be named ' +
      'without the folder of the build',
  ]
}
