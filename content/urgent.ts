// Chooses the numbers that come first, by their ids in contacts.json.

/**
 * The numbers for danger now: inside the country, for children there, and for its citizens abroad.
 */
export const URGENT = { inside: ['KG-01', 'KG-02'], child: ['KG-05'], abroad: ['KG-09'] } as const

/** Each country's number for danger now, in the order of the page of numbers. */
export const DANGER = {
  KG: 'KG-01',
  RU: 'RU-01',
  KZ: 'KZ-01',
  TR: 'TR-01',
  AE: 'AE-01',
  KR: 'KR-01',
  GB: 'GB-01',
  DE: 'EU-01',
  PL: 'EU-01',
  EU: 'EU-01',
  US: 'US-01',
} as const
