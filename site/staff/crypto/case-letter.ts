// Seals and opens the content keys of letters under a case key.
import { toB64, type Bytes } from '#protocol/bytes'
import { openWithKey, sealWithKey } from './aead-key.ts'
import { type OpenCaseKey } from './open-case-key.ts'
import { decodeB64 } from '#protocol/staff/native-b64'

const labelOf = ({ caseId }: OpenCaseKey, letter: string): string =>
  `oasis/v1/case-letter ${caseId} ${letter}`

/** Seals the content key of a letter. @param letter  id of the letter, base64url */
export const sealCek = async (key: OpenCaseKey, letter: string, cek: Bytes): Promise<string> =>
  toB64(await sealWithKey(await key.letters(), labelOf(key, letter), cek))

/** @throws Refusal `cannot_open` */
export const openCek = async (key: OpenCaseKey, letter: string, sealed: string): Promise<Bytes> =>
  openWithKey(await key.letters(), labelOf(key, letter), decodeB64(sealed))
