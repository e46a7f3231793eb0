// Opens the letters and the replies of one thread. A letter that does not open is null and does not
// hide other letters. A letter that belongs to another report is treated as one that does not open.
import { openReply } from '#protocol/report/reply'
import { sameBytes, type Bytes } from '#protocol/bytes'
import { caseKeyName } from '#protocol/staff/case-log/bodies'
import { Refusal } from '#protocol/errors'
import { KIND } from '#protocol/report/envelope'
import { type SealedFile } from '#protocol/report/plain-report'
import type { TakenLetter } from '#protocol/staff/case-log/stored-case'
import { type OpenCaseKeys } from '../../crypto/case-key.ts'
import { openCek } from '../../crypto/case-letter.ts'
import { decodeB64 } from '#protocol/staff/native-b64'
import { readFiles } from '../../crypto/listed-file.ts'
import { openReport, openTaken, type OpenReport } from '../../crypto/open-report.ts'
import { sealedMinute } from '../../crypto/parse-report.ts'
import { type UnlockedKeys } from '../../crypto/unlock.ts'

/** The letters of a thread as received from the edge. */
interface SealedLetters {
  /** id of the report that began the thread */
  id: string
  taken: readonly TakenLetter[]
  envelope: Bytes
  followUps: readonly { id: string; day: string; envelope: Bytes }[]
}

export interface OpenFollowUp {
  id: string
  day: string
  /** null for a letter that does not open */
  letter: OpenReport | null
}

export interface OpenLetters {
  first: OpenReport | null
  /** in the order in which the edge returned them, without repeats */
  followUps: OpenFollowUp[]
}

export interface OurReply {
  index: number
  day: string
  /** the sealed minute; empty when it is not known */
  at: string
  text: string | null
  /** null for an entry that does not open */
  files: (SealedFile | null)[]
}

/** @param caseKeys  the keys of all threads of the case, because any of them may seal a letter */
export async function openLetters(
  keys: Pick<UnlockedKeys, 'intake'>,
  caseKeys: OpenCaseKeys,
  { id: firstId, taken, envelope, followUps }: SealedLetters,
): Promise<OpenLetters> {
  const holders = new Map(taken.map((letter) => [letter.id, letter]))
  const open = (id: string, stored: Bytes): Promise<OpenReport | null> => {
    const holder = holders.get(id)
    return holder ? openFromCase(caseKeys, holder, stored) : openAs(keys, id, stored)
  }
  const first = await open(firstId, envelope)
  return {
    first,
    followUps: await Promise.all(
      distinct(followUps).map(async ({ id, day, envelope: stored }) => {
        const letter = await open(id, stored)
        return { id, day, letter: letter && first && continues(letter, first) ? letter : null }
      }),
    ),
  }
}

/** Opens the staff's replies. Only the first letter contains the key for the replies. */
export const openAnswers = (
  first: OpenReport | null,
  answers: readonly { index: number; day: string; sealed: Bytes }[],
): Promise<OurReply[]> =>
  Promise.all(
    answers.map(async ({ index, day, sealed }) => {
      const down = first?.report.down
      const answer = down
        ? await openReply(decodeB64(down), first.header.ownerHash, index, sealed)
        : null
      return {
        ...{ index, day },
        at: sealedMinute(answer?.at ?? ''),
        text: answer?.text ?? null,
        files: readFiles(answer?.files),
      }
    }),
  )

/**
 * Keeps one copy of a follow-up that the server lists twice, because a reply states how many
 * follow-ups had arrived.
 */
const distinct = (followUps: SealedLetters['followUps']): SealedLetters['followUps'] => [
  ...new Map(followUps.map((each) => [each.id, each])).values(),
]

/**
 * Returns the report when its envelope has the id that the server claims for the report, otherwise
 * null.
 */
export async function openAs(
  keys: Pick<UnlockedKeys, 'intake'>,
  id: string,
  envelope: Bytes,
): Promise<OpenReport | null> {
  const report = await orNull(openReport(keys.intake, envelope))
  return report?.id === id ? report : null
}

/** Returns the report when the case key opens its content key, otherwise null. */
const openFromCase = (
  caseKeys: OpenCaseKeys,
  letter: TakenLetter,
  stored: Bytes,
): Promise<OpenReport | null> => {
  const key = caseKeys.get(caseKeyName(letter))
  if (!key) return Promise.resolve(null)
  return orNull(
    openCek(key, letter.id, letter.sealed).then((cek) => openTaken(letter.id, stored, cek)),
  )
}

/**
 * Returns true for a follow-up that contains the receipt of `first`. The server has the hash and
 * could have written the follow-up itself; proveLetters finds out who wrote it.
 */
const continues = ({ header }: OpenReport, first: OpenReport): boolean =>
  header.kind === KIND.followUp && sameBytes(header.ownerHash, first.header.ownerHash)

async function orNull<Result>(opening: Promise<Result>): Promise<Result | null> {
  try {
    return await opening
  } catch (cause) {
    if (cause instanceof Refusal) return null
    throw cause
  }
}
