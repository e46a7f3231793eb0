// Lists the staff app's requests about colleagues, from invitation to removal.
import { LeftCases } from '#protocol/staff/list/case-pages'
import { InvitationOpened, People, type OpenInvitation } from '#protocol/staff/people/people'
import { ask } from './client.ts'

export const fetchPeople = (): Promise<People> =>
  ask({ method: 'GET', path: 'people', answer: People })

export const fetchInvitation = (link: OpenInvitation): Promise<InvitationOpened> =>
  ask({ method: 'POST', path: 'invitations/open', body: link, answer: InvitationOpened })

/** Fetches the cases of people who left. */
export const fetchLeftCases = (): Promise<LeftCases> =>
  ask({ method: 'GET', path: 'cases/left', answer: LeftCases })
