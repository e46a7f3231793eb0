// Checks the invariants about report grades; see docs/overflow.md.
import { CHECKED_GRADE } from '#protocol/limits'
import { KIND } from '#protocol/report/envelope'
import { doubled, everythingHeld, idOf, type Invariant } from '#scripts/lab/simulate/evidence'

const gradeIsEarned: Invariant = {
  name: 'grade-is-earned',
  sentence: 'A report has at most the grade of its proof of work, or that of a passed check.',
  faults: ({ record, after }) =>
    after.reports
      .filter((report) => {
        const checked = record.checked.has(idOf(report)) ? CHECKED_GRADE : 0
        const proven = record.envelopes.get(report.hash)?.grade ?? 0
        return (report.grade ?? 0) > Math.max(checked, proven)
      })
      .map(({ hash }) => hash),
}

const proofCountsOnce: Invariant = {
  name: 'proof-counts-once',
  sentence: 'Of the reports with one header id, only one has a grade that no check gave.',
  faults: ({ record, before, after }) =>
    [before, after].flatMap(({ reports }) =>
      doubled(
        reports
          .filter((report) => report.grade && !record.checked.has(idOf(report)))
          .map(({ headerId }) => headerId),
      ),
    ),
}

const promotedHasItsGrade: Invariant = {
  name: 'promoted-has-its-grade',
  sentence: 'A report whose check was answered 204 has at least the grade of a passed check.',
  faults: ({ record, after }) =>
    [...record.promoted].filter((id) => {
      const held = everythingHeld(after).filter((each) => idOf(each) === id)
      return held.length > 0 && !held.some(({ grade }) => (grade ?? 0) >= CHECKED_GRADE)
    }),
}

const followUpHasNoGrade: Invariant = {
  name: 'follow-up-has-no-grade',
  sentence: 'A follow-up that stands alone is a report of grade 0.',
  faults: ({ after }) =>
    after.reports
      .filter((report) => report.bytes[1] === KIND.followUp && report.grade !== 0)
      .map(({ hash }) => hash),
}

export const GRADE_INVARIANTS: readonly Invariant[] = [
  gradeIsEarned,
  proofCountsOnce,
  promotedHasItsGrade,
  followUpHasNoGrade,
]
