// The eleven indicators of forced labour of the ILO (2012), in the order of its list. `now`: somebody may be in danger while reading.
export interface Sign {
  id: string
  now: boolean
}

export const signs: readonly Sign[] = [
  { id: 'vulnerable', now: false },
  { id: 'deceived', now: false },
  { id: 'movement', now: true },
  { id: 'isolation', now: false },
  { id: 'violence', now: true },
  { id: 'threats', now: true },
  { id: 'documents', now: false },
  { id: 'wages', now: false },
  { id: 'debt', now: false },
  { id: 'conditions', now: false },
  { id: 'overtime', now: false },
]
