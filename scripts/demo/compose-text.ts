// Composes invented texts from the text parts of a language. Random sources with the same seed
// produce the same text.
import { writeParagraph, type Story } from '#scripts/demo/tell-story'
import { PARTS } from '#scripts/demo/parts'
import { chooseSome, happens, type Chance } from '#scripts/shared/seeded-random'

const LENGTHS = ['line', 'short', 'medium', 'long', 'pages'] as const
type Length = (typeof LENGTHS)[number]

/** The percentage of reports of each length. */
const SHARES: Readonly<Record<Length, number>> = {
  line: 9,
  short: 26,
  medium: 42,
  long: 19,
  pages: 4,
}

function lengthBy(chance: Chance): Length {
  let rest = chance.below(100)
  return LENGTHS.find((length) => (rest -= SHARES[length]) < 0) ?? 'short'
}

/** Composes the words of a report, from one line to several screens. */
export function composeReport(chance: Chance, story: Story): string {
  const parts = PARTS[story.lang]
  const { [story.voice]: own, more } = parts.situations[story.situation]
  const some = (from: readonly string[], count: number): string[] => chooseSome(chance, from, count)
  const opening = happens(chance, 55) ? some(parts.openings[story.voice], 1) : []
  const ask = some(parts.asks[story.voice], 1)
  const { recruiter, details, days } = parts
  // When the report is about somebody close to the writer, a second sentence would describe a
  // different person.
  const whole = story.voice === 'other' ? some(own, 1) : own
  const paragraphs = (): string[][] => {
    switch (lengthBy(chance)) {
      case 'line':
        return [some([...parts.lines[story.voice], ...own], 1)]
      case 'short':
        return [[...opening, ...some(own, 1), ...some(more, 1), ...ask]]
      case 'medium':
        return [
          [...opening, ...some(own, 1), ...some(more, 2), ...some(recruiter, 1)],
          [...some(details, 2 + chance.below(2)), ...ask],
        ]
      case 'long':
        return [
          [...opening, ...whole],
          some(more, 4),
          some(recruiter, 2),
          some(details, 8 + chance.below(5)),
          ask,
        ]
      case 'pages': {
        // Only the person concerned can describe each day.
        const length = story.voice === 'me' ? 3 + chance.below(6) : 0
        const weeks = Array.from({ length }, () => some(days, 4 + chance.below(3)))
        const ends = [some(recruiter, 3), some(details, 14), parts.asks[story.voice]]
        return [[...opening, ...whole], some(more, 4), ...weeks, ...ends]
      }
    }
  }
  return paragraphs()
    .map((sentences) => writeParagraph(chance, story, sentences))
    .join('\n\n')
}

/** Composes a follow-up by the reporter. A third of these texts mention the recruiter again. */
export function composeFollowUp(chance: Chance, story: Story): string {
  const { followUps, details, recruiter } = PARTS[story.lang]
  return writeParagraph(chance, story, [
    ...chooseSome(chance, followUps, 1 + chance.below(2)),
    ...chooseSome(chance, details, chance.below(3)),
    ...(happens(chance, 33) ? [chance.one(recruiter)] : []),
  ])
}

/** Composes a reply by the staff. The first reply starts with a greeting. */
export function composeReply(chance: Chance, story: Story, isFirst: boolean): string {
  const [greeting = '', ...rest] = PARTS[story.lang].replies
  const chosen = chooseSome(chance, rest, 1 + chance.below(3))
  return writeParagraph(chance, story, isFirst ? [greeting, ...chosen] : chosen)
}

/** The stage at which a note is written: before, during or after the work on the report. */
export type NoteTime = 'begin' | 'work' | 'end'

/**
 * Composes a note by a colleague. Only a first note has an opening, and only a last note has a
 * closing.
 */
export function composeNote(chance: Chance, story: Story, time: NoteTime): string {
  const { notes } = PARTS[story.lang]
  const [begin, work, end] = [notes.slice(0, 1), notes.slice(1, -1), notes.slice(-1)]
  const some = chooseSome(chance, work, 1 + chance.below(2))
  return writeParagraph(
    chance,
    story,
    time === 'end' ? end : time === 'begin' ? [...begin, ...some] : some,
  )
}
