// Does casework for a test.
// A member of intake reads one report and its counts, and changes the report with a signature.
import { KIND } from '#protocol/report/envelope'
import { type SignedChange } from '#protocol/staff/chain'
import { Counts, OpenedReport } from '#protocol/staff/cases'
import {
  freshEdge,
  idOf,
  reporter,
  sealed,
  submit,
  type Organisation,
  type Reporter,
} from './edge.ts'
import { asStaff, getAs, person, signed, type Person } from './staff.ts'

export interface Casework {
  org: Organisation
  staff: Person
  known: Reporter
  id: string
}

/** Makes a database with one member of intake and one report of danger. */
export async function freshCasework(): Promise<Casework> {
  const org = await freshEdge()
  const staff = await person('intake')
  const known = await reporter()
  const envelope = await sealed(org, { ...known.hashes, danger: true, kind: KIND.helpForMe })
  await submit(envelope)
  return { org, staff, known, id: await idOf(envelope) }
}

export const openedBy = async (staff: Person, id: string): Promise<OpenedReport> =>
  OpenedReport.parse(await (await getAs(staff, `reports/${id}`)).json())

/** The counts of R2 when it is empty. */
export const NONE = { waiting: 0, aside: 0 }
const readCounts = async (staff: Person, query = ''): Promise<Counts> =>
  Counts.parse(await (await getAs(staff, `counts${query}`)).json())
/** Reads the counts by status and in R2. */
export async function countsFor(staff: Person): Promise<Partial<Counts>> {
  const { new: fresh, in_progress, closed, danger, waiting, aside } = await readCounts(staff)
  return { new: fresh, in_progress, closed, danger, waiting, aside }
}
/** Reads how many people can open reports. */
export const readersFor = async (staff: Person): Promise<number> =>
  (await readCounts(staff)).readers
/** Reads the arrivals, and the growth of one report. */
export async function growthFor(
  staff: Person,
  id: string,
): Promise<Pick<Counts, 'arrivals' | 'report'>> {
  const { arrivals, report } = await readCounts(staff, `?report=${id}`)
  return { arrivals, report }
}

const ROUTES = {
  'status.set': ['PUT', 'status'],
  'case.save': ['PUT', 'case'],
  'answer.send': ['POST', 'answers'],
} as const
export type Change = keyof typeof ROUTES

export const sendSigned = (
  { cookie }: Person,
  action: Change,
  subject: string,
  body: SignedChange,
): Promise<Response> => {
  const [method, path] = ROUTES[action]
  return asStaff(`reports/${subject}/${path}`, method, body, cookie)
}

export const changeAs = async (
  staff: Person,
  action: Change,
  subject: string,
  plainChange: unknown,
): Promise<Response> =>
  sendSigned(staff, action, subject, await signed(staff, action, subject, plainChange))

/** The change that takes on a new report without follow-ups. */
export const take = { from: 'new', to: 'in_progress', followUps: 0 }
