// Defines the staff app's requests about the person's own slots, sessions and settings.
import { Challenge } from '#protocol/staff/people/sign-in'
import { OwnKeys, type AddedSlot } from '#protocol/staff/people/slots'
import { OwnChoices } from '#protocol/staff/people/own-settings'
import * as z from 'zod/mini'
import { ask, nothing } from './client.ts'

const slot = (id: string): string => `me/slots/${encodeURIComponent(id)}`

export const fetchOwnKeys = (): Promise<OwnKeys> =>
  ask({ method: 'GET', path: 'me/keys', answer: OwnKeys })

export const fetchPasskeyOptions = (): Promise<Challenge> =>
  ask({ method: 'POST', path: 'me/slots/options', body: {}, answer: Challenge })

export const postSlot = (body: AddedSlot): Promise<unknown> =>
  ask({ method: 'POST', path: 'me/slots', body, answer: z.unknown() })

export const fetchNewKeysOptions = (): Promise<Challenge> =>
  ask({ method: 'POST', path: 'me/new-keys/options', body: {}, answer: Challenge })

export const postSlotName = (id: string, name: string): Promise<null> =>
  ask({ method: 'POST', path: `${slot(id)}/name`, body: { name }, answer: nothing })

export const postSlotRemoval = (id: string): Promise<null> =>
  ask({ method: 'POST', path: `${slot(id)}/remove`, body: {}, answer: nothing })

export const postSessionEnd = (id: string): Promise<null> =>
  ask({
    method: 'POST',
    path: `me/sessions/${encodeURIComponent(id)}/end`,
    body: {},
    answer: nothing,
  })

export const postOtherSessionsEnd = (): Promise<null> =>
  ask({ method: 'POST', path: 'me/sessions/end-others', body: {}, answer: nothing })

export const fetchOwnSettings = (): Promise<OwnChoices> =>
  ask({ method: 'GET', path: 'me/settings', answer: OwnChoices })

export const putOwnSettings = (body: OwnChoices): Promise<null> =>
  ask({ method: 'PUT', path: 'me/settings', body, answer: nothing })
