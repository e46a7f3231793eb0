// Lists the staff app's requests about colleagues, from invitation to removal.
import { LeftCases } from '#protocol/staff/case-pages'
import { type SignedChange } from '#protocol/staff/chain'
import {
  InvitationOpened,
  Me,
  People,
  type Certificate,
  type Confirmation,
  type Join,
  type OpenInvitation,
} from '#protocol/staff/people'
import * as z from 'zod/mini'
import { ask, nothing } from './client.ts'

export const fetchPeople = (): Promise<People> =>
  ask({ method: 'GET', path: 'people', answer: People })

export const postInvitation = (change: SignedChange): Promise<unknown> =>
  ask({ method: 'POST', path: 'invitations', body: change, answer: z.unknown() })

export const postInvitationEnd = (tokenHash: string, change: SignedChange): Promise<null> =>
  ask({ method: 'POST', path: `invitations/${tokenHash}/withdraw`, body: change, answer: nothing })

export const fetchInvitation = (link: OpenInvitation): Promise<InvitationOpened> =>
  ask({ method: 'POST', path: 'invitations/open', body: link, answer: InvitationOpened })

export const postJoin = (join: Join): Promise<Me> =>
  ask({ method: 'POST', path: 'invitations/accept', body: join, answer: Me })

export const postConfirmation = (id: string, confirmation: Confirmation): Promise<null> =>
  ask({ method: 'POST', path: `people/${id}/confirm`, body: confirmation, answer: nothing })

export const postCertificate = (certificate: Certificate): Promise<null> =>
  ask({ method: 'POST', path: 'me/certificate', body: certificate, answer: nothing })

export const postRefusal = (id: string, change: SignedChange): Promise<null> =>
  ask({ method: 'POST', path: `people/${id}/refuse`, body: change, answer: nothing })

export const postRemoval = (id: string, change: SignedChange): Promise<null> =>
  ask({ method: 'POST', path: `people/${id}/remove`, body: change, answer: nothing })

/** Fetches the cases of people who left. */
export const fetchLeftCases = (): Promise<LeftCases> =>
  ask({ method: 'GET', path: 'cases/left', answer: LeftCases })
