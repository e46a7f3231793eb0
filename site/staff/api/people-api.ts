// Defines the staff app's requests about colleagues, from invitation to removal.
import { LeftCases } from '#protocol/staff/list/case-pages'
import type { SealedFormerName } from '#protocol/staff/people/former-name'
import { InvitationOpened, People, type OpenInvitation } from '#protocol/staff/people/people'
import { ask, nothing } from './client.ts'

export const fetchPeople = (): Promise<People> =>
  ask({ method: 'GET', path: 'people', answer: People })

/** Stores the name of a person who has left, as sealed by a reader. */
export const putFormerName = (id: string, body: SealedFormerName): Promise<null> =>
  ask({
    method: 'PUT',
    path: `people/${encodeURIComponent(id)}/former-name`,
    body,
    answer: nothing,
  })

export const fetchInvitation = (link: OpenInvitation): Promise<InvitationOpened> =>
  ask({ method: 'POST', path: 'invitations/open', body: link, answer: InvitationOpened })

/** Fetches the cases of people who left. */
export const fetchLeftCases = (): Promise<LeftCases> =>
  ask({ method: 'GET', path: 'cases/left', answer: LeftCases })
