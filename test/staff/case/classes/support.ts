// Makes classified people for tests, through the functions of the staff app.
import { personsIn } from '#site/staff/case/read/read-records.ts'
import { NOBODY_YET, personFrom } from '#site/staff/case/screen/persons/person-fields.ts'
import { writeIn } from '#site/staff/case/write/write-in.ts'
import { type CasePerson } from '#site/staff/crypto/case-record.ts'
import { UNCLASSIFIED, type Classification } from '#site/staff/crypto/classification.ts'
import { type CaseWriter } from '#site/staff/session/case-writer.ts'
import { type WorkedCase } from '../../support/worked-case.ts'

export const classes = (rest: Partial<Classification> = {}): Classification => ({
  ...UNCLASSIFIED,
  ...rest,
})
export const classified = (
  rest: Partial<Classification> = {},
  person: Partial<CasePerson> = {},
): CasePerson => ({
  ...personFrom({ ...NOBODY_YET, name: 'Айпери' }),
  ...{ classes: classes(rest), ...person },
})

/** Sets the record of a person, as a colleague who has read the newest record does. */
export async function setPerson(
  work: WorkedCase,
  by: CaseWriter,
  person: CasePerson,
  record = 1,
): Promise<void> {
  const { sealed, records } = await work.load(by)
  const revision = (records.find((each) => each.record === record)?.revision ?? 0) + 1
  await writeIn(by, sealed).record({ record, revision }, person)
}

export const personOf = async (
  work: WorkedCase,
  by: CaseWriter,
  record = 1,
): Promise<CasePerson | undefined> =>
  personsIn((await work.load(by)).records).find((each) => each.record === record)?.kept
