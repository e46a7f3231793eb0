// Casework as a test does it: a member of intake reads one report and its counts, and changes it with a signature.
import { KIND } from '#protocol/envelope'
import { Counts, OpenedReport, type SignedChange } from '#protocol/staff'
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

/** An empty database but for one member of intake and one report that speaks of danger. */
export async function freshCasework(): Promise<Casework> {
  const org = await freshEdge()
  const staff = await person('intake')
  const known = await reporter()
  const envelope = await sealed(org, { ...known.hashes, danger: true, kind: KIND.helpForMe })
  await submit(envelope)
  return { org, staff, known, id: idOf(envelope) }
}

export const openedBy = async (staff: Person, id: string): Promise<OpenedReport> =>
  OpenedReport.parse(await (await getAs(staff, `reports/${id}`)).json())

/** In the counts: nothing is in R2. */
export const NONE = { waiting: 0, aside: 0 }
export const countsFor = async (staff: Person): Promise<Counts> =>
  Counts.parse(await (await getAs(staff, 'counts')).json())

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

/** Takes a new report on. */
export const take = { from: 'new', to: 'in_progress' }
